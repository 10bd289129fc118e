"""Numbers as they are read aloud: amounts in words, codes digit by digit, dates as people say them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.views.aloud import DIGITS, SPELLED, aloud, chinese_number
from kiosk.views.words import load_words

CHINESE = load_words("zh_CN")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"), (2, "二"), (10, "十"), (12, "十二"), (20, "二十"), (100, "一百"), (105, "一百零五"),
        (110, "一百一十"), (1000, "一千"), (1005, "一千零五"), (10000, "一万"), (10010, "一万零一十"),
        (12000, "一万二千"), (100500, "十万零五百"), (1000000, "一百万"), (100000001, "一亿零一"),
        (1234567890, "十二亿三千四百五十六万七千八百九十"), (-7, "负七"),
    ],
)  # fmt: skip
def test_a_number_is_said_as_people_say_it(number: int, said: str) -> None:
    assert chinese_number(number) == said


@given(st.integers(0, 10**12 - 1))
def test_no_digit_of_a_number_is_lost(number: int) -> None:
    assert understood(chinese_number(number)) == number


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元"), (5, "五分"), (50, "五角"), (100, "一元"), (105, "一元零五分"),
        (123456, "一千二百三十四元五角六分"),
        (32560, "三百二十五元六角"), (-250, "负二元五角"), (1000000, "一万元"),
    ],
)  # fmt: skip
def test_an_amount_is_said_in_words(fen: int, said: str) -> None:
    assert aloud(CHINESE.money(fen), "zh_CN") == said


@given(st.integers(0, 10**13))
def test_no_fen_of_an_amount_is_lost(fen: int) -> None:
    said = aloud(CHINESE.money(fen), "zh_CN")
    yuan, _, rest = said.partition("元") if "元" in said else ("", "", said)
    assert not set(said) - set(DIGITS + "十百千万亿元角分")
    jiao, _, left = rest.partition("角") if "角" in rest else ("", "", rest)
    assert understood(yuan) * 100 + understood(jiao) * 10 + understood(left.strip("零分")) == fen


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12333", "幺二三三三"),
        ("0012-000001-3", "零零幺二，零零零零零幺，三"),
        ("138****0021", "幺三八，隐藏，零零二幺"),
        ("*****0001", "尾号零零零幺"),
        ("故障 K-201", "故障K二零幺"),
        ("11月24日 09:10　K-301 打印机没有纸", "十一月二十四日，九点十分，K三零幺打印机没有纸"),
        ("报告已保存：readiness-0012-20261124T013000Z", "报告已保存：文件已写好"),
        ("outbox-0012-20261124T013000Z.bundle", "文件已写好"),
        ("410702**********29", "四幺零七零二，隐藏，二九"),
        ("2025年01月02日 08:05", "二零二五年一月二日，八点零五分"),
        ("2025年11月12日 18:00", "二零二五年十一月十二日，十八点整"),
        ("2024 年", "二零二四年"),
        ("第 2 页，共 12 页", "第二页，共十二页"),
        ("还可以输入 2 次。", "还可以输入两次。"),
        ("6 位数字密码", "六位数字密码"),
        ("省内同行存取款免手续费，重启终端的程序", "省内同一银行存取款免手续费，重新启动终端机的程序"),
        ("请马上拨打 12333 挂失。", "请马上拨打幺二三三三挂失。"),
        ("到窗口解锁（第二十四条）。", "到窗口解锁，第二十四条。"),
        ("依据：《新乡市社会保障卡管理暂行办法》第九条", "依据：新乡市社会保障卡管理暂行办法，第九条"),
    ],
)  # fmt: skip
def test_chinese_is_said_as_it_is_written(written: str, said: str) -> None:
    assert aloud(written, "zh_CN") == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("12333", "1 2 3 3 3"),
        ("Fault K-201", "Fault K 2 0 1"),
        ("Report saved: readiness-0012-20261124T013000Z", "Report saved: the file is written"),
        ("0012-000001-3", "0 0 1 2, 0 0 0 0 0 1, 3"),
        ("138****0021", "1 3 8, hidden, 0 0 2 1"),
        ("1,234.56 yuan", "1234 yuan 56 fen"),
        ("2 Jan 2025, 08:05", "2 January 2025, 08:05"),
        ("Please call 12333 now.", "Please call 1 2 3 3 3 now."),
    ],
)
def test_english_is_said_as_it_is_written(written: str, said: str) -> None:
    assert aloud(written, "en") == said


@given(st.text(alphabet="0123456789*-,.:年月日元 第页，（）a", max_size=30))
def test_no_figure_is_left_to_a_chinese_voice(text: str) -> None:
    assert not any(character.isdigit() for character in aloud(text, "zh_CN"))


def understood(said: str) -> int:
    """Read a number in words back, as a listener does."""
    total = part = digit = 0
    if said.startswith("十"):
        said = "一" + said
    for character in said:
        if character in DIGITS:
            digit = DIGITS.index(character)
        elif character in "十百千":
            part, digit = part + digit * {"十": 10, "百": 100, "千": 1000}[character], 0
        elif character == "万":
            part, digit = (part + digit) * 10_000, 0
            total, part = total + part, 0
        elif character == "亿":
            total, part, digit = (total + part + digit) * 10**8, 0, 0
    return total + part + digit


def test_one_is_spelled_so_that_it_is_not_overheard_as_seven() -> None:
    assert SPELLED[1] == "幺"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("45****", "四五，隐藏"),
        ("河南省新乡市********", "河南省新乡市，隐藏"),
        ("w***@example.com", "w，隐藏，艾特example点com"),
        ("0.1.0", "零点一点零"),
        ("40%", "百分之四十"),
    ],
)
def test_no_sign_is_left_for_the_engine_to_guess(written: str, said: str) -> None:
    assert aloud(written, "zh_CN") == said
