import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.line_breaking import (
    NO_END,
    NO_START,
    balance_lines,
    break_lines,
    fill_lines,
    least_width,
    shortened,
)

EM = 2.0


def width_of(text: str) -> float:
    """Hanzi and full-width signs take an em, everything else half of one."""
    return sum(EM if ord(char) > 0x2E80 or char in "“”…—" else EM / 2 for char in text)


def lines(text: str, ems: float) -> list[str]:
    return break_lines(text, ems * EM, width_of)


def test_a_text_that_fits_is_one_line():
    assert lines("请插入社会保障卡", 8) == ["请插入社会保障卡"]


def test_hanzi_break_anywhere():
    assert lines("请插入社会保障卡再等", 5) == ["请插入社会", "保障卡再等"]


def test_closing_punctuation_takes_the_sign_before_it_along():
    assert lines("请插入卡片，谢谢您", 5) == ["请插入卡", "片，谢谢您"]


def test_an_opening_bracket_goes_with_what_it_opens():
    assert lines("新乡市管理（暂行）办法", 6) == ["新乡市管理", "（暂行）办法"]


def test_a_number_moves_to_the_next_line_whole():
    assert lines("请马上拨打 12333 挂失", 7) == ["请马上拨打", "12333 挂失"]
    assert lines("合计缴费4,608.00元", 6) == ["合计缴费", "4,608.00元"]


def test_a_number_stays_with_its_measure_word_and_an_article_with_its_number():
    assert lines("截至2026年11月1日止", 6) == ["截至2026年", "11月1日止"]
    assert lines("由持卡人承担（第二十六条）", 8) == ["由持卡人承担", "（第二十六条）"]
    assert lines("还可以输入 2 次", 7) == ["还可以", "输入 2 次"]


def test_a_wide_space_is_where_a_text_breaks_first():
    assert lines("卡号 *****0001　中国银行", 9) == ["卡号 *****0001", "中国银行"]


def test_lines_in_the_middle_end_where_a_clause_ends():
    assert balance_lines("请稍候，不要取出社保卡。", 9 * EM, width_of) == ["请稍候，", "不要取出社保卡。"]


def test_lines_in_the_middle_are_even_where_no_clause_ends():
    assert balance_lines("没有查到您可以挂失的社保卡", 10 * EM, width_of) == [
        "没有查到您可以",
        "挂失的社保卡",
    ]


def test_a_word_is_rather_kept_whole_than_a_line_saved():
    assert balance_lines("办理已结束，身份证还在读卡区，请取走。", 12 * EM, width_of) == [
        "办理已结束，",
        "身份证还在读卡区，",
        "请取走。",
    ]


def test_balanced_lines_are_one_more_than_needed_at_most_and_no_wider_than_allowed():
    text = "本终端现在不能登记挂失。请马上拨打电话，或到服务窗口办理。"
    for ems in range(6, 30):
        balanced = balance_lines(text, ems * EM, width_of)
        assert len(balanced) - len(lines(text, ems)) in {0, 1}
        assert "".join(balanced) == text
        assert all(width_of(line) <= ems * EM for line in balanced)


def test_a_masked_number_stays_whole():
    assert lines("号码 4107**********1234", 10) == ["号码", "4107**********1234"]


def test_english_breaks_between_words():
    assert lines("Insert your social security card", 8) == ["Insert your", "social", "security card"]


def test_an_address_may_break_before_its_at_sign_and_behind_its_dots_but_the_last():
    assert lines("zhang@example.com", 6) == ["zhang", "@example.com"]
    assert lines("wang.xiuying@xx.example.cn", 7) == ["wang.xiuying", "@xx.example.cn"]


def test_a_word_wider_than_the_line_is_cut_and_reported():
    assert lines("x" * 12, 2) == ["xxxx", "xxxx", "xxxx"]
    assert least_width("x" * 12, width_of) == 6 * EM
    assert least_width("号码 12333", width_of) == 2.5 * EM


def test_even_a_cut_word_leaves_no_closing_sign_at_a_line_start():
    assert lines("xxxx,yyyy", 2) == ["xxx", "x,yy", "yy"]


def test_a_line_feed_starts_a_line():
    assert lines("一\n二", 9) == ["一", "二"]


def test_the_last_line_is_not_one_lonely_hanzi():
    assert lines("请到服务窗口办理业务", 9) == ["请到服务窗口", "办理业务"]


def test_dates_and_what_is_counted_stay_together_where_no_line_is_lost():
    assert lines("您的社保卡在2026年11月24日已经补办", 12) == ["您的社保卡在", "2026年11月24日已经补办"]
    assert lines("请在12月31日之前来服务窗口", 8)[0].count("月") in {0, 1}
    assert lines("最多等待 2 小时再来", 7) == ["最多等待", "2 小时再来"]
    assert lines("Under Article 30 you pay 30.00 yuan", 8) == ["Under", "Article 30 you", "pay 30.00 yuan"]


def test_what_stands_in_brackets_stays_together_where_no_line_is_lost():
    assert lines("挂失已生效（此前已挂失）", 8) == ["挂失已生效", "（此前已挂失）"]
    assert lines("It is suspended (封存) for now", 10) == ["It is suspended", "(封存) for now"]


def test_a_heading_breaks_behind_its_comma_rather_than_inside_a_word():
    assert balance_lines("本终端只办理河南省发行的社保卡，请到发卡地办理", 16 * EM, width_of) == [
        "本终端只办理河南省发行的社保卡，",
        "请到发卡地办理",
    ]


def test_filled_lines_are_as_many():
    text = "本终端现在不能登记挂失。请马上拨打电话 12333，或到服务窗口办理（第十九条）。"
    for ems in range(6, 30):
        assert len(fill_lines(text, ems * EM, width_of)) == len(lines(text, ems))


words = st.text(st.sampled_from("请插入社会保障卡，。、（）《》：？！“”12345.*- abcXYZ"), max_size=60)
widths = st.floats(3, 30)


@given(words, widths)
def test_nothing_is_lost_but_spaces(text, ems):
    assert re.sub(r"\s", "", "".join(lines(text, ems))) == re.sub(r"\s", "", text)


@given(words, widths)
def test_no_line_is_too_wide(text, ems):
    assert all(width_of(line) <= ems * EM for line in lines(text, ems))


@given(words, widths)
def test_no_line_starts_with_closing_or_ends_with_opening_punctuation(text, ems):
    if least_width(text, width_of) > ems * EM:
        return  # a run of nothing but punctuation has to break somewhere
    broken = lines(text, ems)
    whole = text.strip()
    for line in broken[1:]:
        assert line[0] not in NO_START or f" {line[0]}" in whole
    for line in broken[:-1]:
        assert line[-1] not in NO_END or f"{line[-1]} " in whole


@given(
    st.lists(st.from_regex(r"[0-9]{1,3}(,[0-9]{3}){0,2}(\.[0-9]{2})?", fullmatch=True), max_size=8), widths
)
def test_no_number_is_cut_that_fits_on_a_line(numbers, ems):
    text = "合计".join(numbers)
    broken = "/".join(lines(text, ems))
    for number in numbers:
        assert number in broken or width_of(number) > ems * EM


@pytest.mark.parametrize("sign", sorted("，。）：、！？；》"))
def test_each_closing_sign_is_kept_off_the_line_start(sign):
    for ems in range(3, 12):
        assert not any(line[0] == sign for line in lines(f"社会保障卡{sign}新乡市{sign}挂失", ems))


def test_a_text_too_long_for_its_line_loses_its_beginning_or_its_middle():
    assert shortened("河南省新乡市", 6 * EM, width_of) == "河南省新乡市"
    assert shortened("河南省新乡市红旗区", 5 * EM, width_of) == "…市红旗区"
    assert shortened("河南省新乡市红旗区", 5 * EM, width_of, before=0.5) == "河南…旗区"


@given(
    text=st.text(alphabet="河南省ab 1", min_size=1), ems=st.integers(2, 12), before=st.sampled_from([0, 0.5])
)
def test_a_shortened_text_fits_and_keeps_its_end(text, ems, before):
    shown = shortened(text, ems * EM, width_of, before=before)
    assert width_of(shown) <= ems * EM
    assert shown == text or ("…" in shown and text.endswith(shown.rpartition("…")[2]))
