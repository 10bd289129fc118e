"""Written words as they are read aloud: amounts in words, numbers digit by digit, dates as people say them.

    1,234.56 元          一千二百三十四元五角六分
    0012-000001-3        零零幺二，零零零零零幺，三
    138****0021          幺三八，隐藏，零零二幺
    2025年01月02日 08:05   二零二五年一月二日，八点零五分
    K-201               K二零幺

An embedded voice reads 12333 as twelve thousand; nobody can dial that. English is left to the engine where
it reads figures well, and spelled out where it does not.
"""

import re
from collections.abc import Callable, Mapping

DIGITS = "零一二三四五六七八九"
SPELLED = "零幺二三四五六七八九"  # one digit of many: 一 is overheard as 七
_UNITS = ("", "十", "百", "千")
_MYRIADS = ("", "万", "亿")
_ENGLISH_MONTHS = {
    "Jan": "January", "Feb": "February", "Mar": "March", "Apr": "April", "Jun": "June", "Jul": "July",
    "Aug": "August", "Sep": "September", "Oct": "October", "Nov": "November", "Dec": "December",
}  # fmt: skip

_CODE = r"[A-Z]?(?<![\d.,])[\d*][\d*-]{3,}[\dX](?![\d.])"
_FILE = r"[A-Za-z0-9._-]*\d{8}T\d{4,6}Z[A-Za-z0-9._-]*"  # made at a moment: nobody remembers its name by ear
_FAULT = r"(?<![A-Za-z\d])([A-Z])-(\d{3})(?!\d)"
_MONEY = r"(-?)(\d{1,3}(?:,\d{3})+|\d+)\.(\d\d)(?!\d)"


def aloud(text: str, language: str) -> str:
    """Return a text as it is read aloud. `language` is a catalogue's name."""
    for pattern, said in _RULES[language]:
        text = pattern.sub(said, text)
    return text.strip(" ，,")


def chinese_number(number: int) -> str:
    """Return a whole number in words, below 10**12."""
    if number < 0:
        return "负" + chinese_number(-number)
    if number == 0:
        return DIGITS[0]
    said, gap, myriads = "", False, []
    while number:
        number, rest = divmod(number, 10_000)
        myriads.append(rest)
    for place in reversed(range(len(myriads))):
        rest = myriads[place]
        if not rest:
            gap = True
            continue
        if said and (gap or rest < 1000):
            said += DIGITS[0]
        said, gap = said + _below_myriad(rest) + _MYRIADS[place], False
    return said.removeprefix("一") if said.startswith("一十") else said


def _below_myriad(number: int) -> str:
    said, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(said)
            continue
        said += (DIGITS[0] if gap else "") + DIGITS[digit] + _UNITS[place]
        gap = False
    return said


def _chinese_money(found: re.Match[str]) -> str:
    yuan, jiao, fen = int(found[2].replace(",", "")), int(found[3][0]), int(found[3][1])
    said = "负" if found[1] else ""
    if yuan or not (jiao or fen):
        said += chinese_number(yuan) + "元"
    if jiao:
        said += DIGITS[jiao] + "角"
    if fen:
        said += (DIGITS[0] if yuan and not jiao else "") + DIGITS[fen] + "分"
    return said


def _chinese_code(found: re.Match[str]) -> str:
    code = found[0]
    if code[0] == "*":
        code = "尾号" + code.lstrip("*")
    code = re.sub(r"\*+", "，隐藏，", code).replace("-", "，")
    return re.sub(r"\d", lambda digit: SPELLED[int(digit[0])], code)


def _chinese_hidden(found: re.Match[str]) -> str:
    """What ends in stars: a postcode, an address, the name in an e-mail address."""
    return "".join(SPELLED[int(digit)] for digit in found[0].rstrip("*")) + "，隐藏，"


def _chinese_year(found: re.Match[str]) -> str:
    return "".join(DIGITS[int(digit)] for digit in found[1]) + "年"


def _chinese_time(found: re.Match[str]) -> str:
    hour, minute = chinese_number(int(found[1])) + "点", int(found[2])
    if not minute:
        return hour + "整"
    return hour + (DIGITS[0] if minute < 10 else "") + chinese_number(minute) + "分"


def _chinese_count(found: re.Match[str]) -> str:
    """Two of something is 两, the second of something 二."""
    if found[0] == "2" and found.string[: found.start()].rstrip()[-1:] != "第":
        counted = found.string[found.end() :].lstrip()[:1]
        if counted and counted in "次个张条步位项":
            return "两"
    return chinese_number(int(found[0]))


def _english_code(found: re.Match[str]) -> str:
    code = re.sub(r"^\*+", "ending in ", found[0])
    code = re.sub(r"\*+", ", hidden, ", code).replace("-", ", ")
    return re.sub(r"(?<=\d)(?=[\dX])", " ", code)


def _english_money(found: re.Match[str]) -> str:
    minus, yuan, fen = "minus " if found[1] else "", int(found[2].replace(",", "")), int(found[3])
    return f"{minus}{yuan} yuan" + (f" {fen} fen" if fen else "")


_Said = str | Callable[[re.Match[str]], str]
_RULES: Mapping[str, tuple[tuple[re.Pattern[str], _Said], ...]] = {
    "zh_CN": (
        # The embedded voice reads 重 as heavy here, 行 as in walking, and 端的 as one word.
        (re.compile("重启"), "重新启动"),
        (re.compile("可重读"), "可重新读"),
        (re.compile("省内同行"), "省内同一银行"),
        (re.compile("终端的"), "终端机的"),
        (re.compile(_FILE), "文件已写好"),
        (re.compile(_FAULT), lambda found: found[1] + "".join(SPELLED[int(digit)] for digit in found[2])),
        (re.compile(_MONEY + r"\s*(?:元|yuan)?"), _chinese_money),
        (re.compile(r"(\d{4})\s*年度?"), _chinese_year),
        (re.compile(r"(?<!\d)(\d\d?):(\d\d)(?!\d)"), lambda found: "，" + _chinese_time(found)),
        (re.compile(_CODE), _chinese_code),
        (re.compile(r"\d*\*{2,}"), _chinese_hidden),
        (re.compile(r"(\d+)%"), lambda found: "百分之" + chinese_number(int(found[1]))),
        (re.compile(r"@"), "艾特"),
        (re.compile(r"(?<=[A-Za-z\d])\.(?=[A-Za-z\d])"), "点"),
        (re.compile(r"\d+"), _chinese_count),
        (re.compile(r"[（）“”《》〔〕　]"), "，"),
        (re.compile(r"\s+"), ""),
        (re.compile(r"[，、](?=[，。；：！？、])|(?<=[，。；：！？、])，|^，"), ""),
    ),
    "en": (
        (re.compile(_FILE), "the file is written"),
        (re.compile(_FAULT), lambda found: " ".join((found[1], *found[2]))),
        (re.compile(_MONEY + r"(?:\s*(?:yuan|元))?"), _english_money),
        (re.compile(r"\b(" + "|".join(_ENGLISH_MONTHS) + r")\b"), lambda found: _ENGLISH_MONTHS[found[1]]),
        (re.compile(_CODE), _english_code),
        (re.compile(r"[()\u201c\u201d\u3000]"), ", "),
        (re.compile(r"\s+"), " "),
        (re.compile(r"\s*,\s*(?=[,.;:!?])|(?<=[,;:]) ?,"), ""),
    ),
}
