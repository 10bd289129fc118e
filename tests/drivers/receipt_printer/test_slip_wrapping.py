import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.receipt_printer.wrapping import columns, legible, set_in_columns, wrap

CLOSING = "，。、；：？！）》」』】”’…—,.;:?!)]}%"
OPENING = "（《「『【“‘￥([{$"
texts = st.text(alphabet="王华社保卡挂失，。、；：？！（）《》“”￥·0123456789.,-:/()% abcXYZ", max_size=80)
widths = st.sampled_from([12, 16, 24, 32, 48])


def without_spaces(text: str) -> str:
    return text.replace(" ", "")


@given(texts, widths)
def test_no_line_is_wider_than_the_paper(text: str, width: int) -> None:
    assert all(columns(line) <= width for line in wrap(text, width))


@given(texts, widths)
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    assert without_spaces("".join(wrap(text, width))) == without_spaces(text)


@given(texts, widths)
def test_a_number_is_never_cut(text: str, width: int) -> None:
    short = {word for word in re.findall(r"[!-~]+", text) if len(word) <= 6}
    lines = " ".join(wrap(text, width))
    assert all(word in lines for word in short if word in text.split())


@given(
    st.lists(
        st.sampled_from(["社保", "卡", "挂失", "12333", "（", "）", "，", "。", "《", "》", " "]), max_size=40
    )
)
def test_punctuation_stays_with_the_word_it_belongs_to(words: list[str]) -> None:
    text = "".join(words)
    if re.search(r"[（《]{3}|[，。）》]{3}|[（《][，。）》]|[（《] | [，。）》]", text):
        return  # heaps of punctuation that no sentence has, and no line can hold together
    lines = wrap(text, 24)
    assert not any(line[:1] in CLOSING for line in lines[1:] if line)
    assert not any(line[-1:] in OPENING for line in lines[:-1] if line)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("挂失已登记，尚未生效。", ["挂失已登记，", "尚未生效。"]),
        ("电话是 12333 请拨打", ["电话是 12333", "请拨打"]),
        ("金额￥1,234.50元整", ["金额", "￥1,234.50元", "整"]),
        ("ABCDEFGHIJKLMNOP", ["ABCDEFGHIJKL", "MNOP"]),
    ],
)
def test_lines_are_broken_as_a_reader_expects(text: str, lines: list[str]) -> None:
    assert wrap(text, 12) == lines


def test_a_short_value_stands_at_the_right_margin() -> None:
    assert set_in_columns("姓名", "王*华", 20) == ["姓名           王*华"]


def test_a_long_value_is_wrapped_beside_its_label() -> None:
    assert set_in_columns("地址", "新乡市红旗区平原路一号", 20) == ["地址  新乡市红旗区平", "      原路一号"]


def test_a_long_value_goes_below_a_long_label() -> None:
    assert set_in_columns("社会保障号码", "410***********1234", 20) == [
        "社会保障号码",
        "  410***********1234",
    ]


@given(texts, texts, st.sampled_from([24, 32, 48]))
def test_columns_hold_both_parts_and_fit(left: str, right: str, width: int) -> None:
    lines = set_in_columns(left, right, width)
    assert all(columns(line) <= width for line in lines)
    assert without_spaces("".join(lines)) == without_spaces(left + right)


@given(st.text(max_size=60))
def test_what_is_legible_holds_no_command_of_the_printer(text: str) -> None:
    assert all(character >= " " and character != "\x7f" for character in legible(text))


def test_invisible_marks_vanish_and_strange_spaces_become_plain() -> None:
    assert legible("王\u200b华\ufe0f\u00a0\tA\U000e0101") == "王华  A"
