"""Line breaking as Chinese print does it. Pure: a text, a width and a way to measure give lines.

Kept true for every text and width:
  - no line starts with closing punctuation, none ends with opening punctuation (kinsoku, GB/T 15834);
  - a number, a Latin word or a masked number is not cut, as long as it fits on a line of its own, nor a
    number from its measure (12条, 2026年), nor the name of an article (第十九条); an e-mail address may break
    before its @, and behind its dots and hyphens but the last;
  - spaces at a break are dropped, and nothing else;
  - where a text has a wide space and does not fit on a line, it breaks there first;
  - no more lines than needed; in the middle of a screen one more, if they then end where clauses do.

Of the ways that are left the one that costs least is taken: a break behind a clause or before a bracket is
free, one inside a date, a term in brackets or `Article 30` dear; so is a last line of a word or two hanzi.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import TypeVar

C = TypeVar("C", float, tuple[int, float])

NO_START = frozenset("，。、；：？！）》】』」”’〉〕］｝…—·％‰℃°～%,.;:?!)]}")
WIDE_SPACE = "　"
NO_END = frozenset("（《【『「“‘〈〔［｛￥¥$#([{")

# One hanzi, kana or full-width sign at a time; anything else runs until the next of those or a space.
_HAN = (
    r"\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
_OPENING_OR_CLOSING = "".join(re.escape(sign) for sign in "“”‘’…—·￥")
_LATIN = rf"[^\s{_HAN}{_OPENING_OR_CLOSING}@]"
_ARTICLE = r"第\s?[\d〇一二三四五六七八九十百]+\s?[条款项页步]"
_MEASURED = rf"{_LATIN}*\d\s?(?:小时|分钟|个月|[年月日时分秒天元角个次位岁周条页步张号])"
_EMAIL = r"[A-Za-z0-9._%+*-]+@[A-Za-z0-9.-]+"
_PART_OF_EMAIL = re.compile(r"@?[^.@-]*[.-]+|@?[^.@-]+|@")
_SHORT_END = 4  # signs of a top level domain: cn, com, info
_PIECE = re.compile(
    rf"{_EMAIL}|{_ARTICLE}|{_MEASURED}|\s+|[{_HAN}{_OPENING_OR_CLOSING}]|{_LATIN}*@|{_LATIN}+"
)


_CLAUSE_END = frozenset("，。；：？！,;:?!")
_DATE = re.compile(r"\d{2,4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?")
_DAY = re.compile(r"\d{1,2}\s?月\s?\d{1,2}\s?日")
_BRACKETED = re.compile(r"[（(][^（()）]{1,12}[）)]")
_TERM = re.compile(
    "社会保障卡?|社保[卡账系](?:户|统)?|身份证|持卡人|服务窗口|信息中心|服务热线|复印件|原件|补换卡|(?:开户|中国)?银行"
    "|账户|解除挂失|挂失|冻结|解锁|密码|查询|登记|提交|打印|输入|发行|办理|业务|终端|屏幕|网点|地址|电话|联系方式|委托|组织"
    "|办法|当地|任何|改变|保护|看不到|还可以|没有|哪?一[位次张]"
)
_COUNTED = re.compile(r"[A-Za-z]+:?\s\d[\d,.:]*\d?(?:\s[A-Za-z]+)?|\d[\d,.]*\s[A-Za-z]+")
_TEARING = ((_DATE, 30.0), (_DAY, 40.0), (_BRACKETED, 60.0), (_TERM, 8.0), (_COUNTED, 15.0))

BEHIND_COMMA, BETWEEN_WORDS, BETWEEN_HANZI = 1.0, 2.0, 4.0
PARTICLE = 10.0  # 的, 了: it ends what stands before
TWO_HANZI, A_WORD = 3.2, 4.5  # em, with the sign behind them
LONELY = 25.0  # a last line of one word, or of two hanzi
RAGGED = 40.0  # a line that is all white; less white, its square
# For lines in the middle, where every word cut in two is read twice.
DEARER = 6.0
ONE_LINE_MORE = 12.0
UNEVEN = 6.0

Measure = Callable[[str], float]


def break_lines(text: str, width: float, measure: Measure) -> list[str]:
    """Return the lines of `text`, none wider than `width` unless it is a single character.

    `measure` gives the width of a string in the unit of `width`. A line feed in the text starts a new line.
    """
    return [line for part in _paragraphs(text, width, measure) for line in part.best()]


def fill_lines(text: str, width: float, measure: Measure) -> list[str]:
    """Return as many lines as `break_lines`, each as full as can be: to count them, and while one types."""
    return [line for part in _paragraphs(text, width, measure) for line in part.filled()]


def balance_lines(text: str, width: float, measure: Measure) -> list[str]:
    """Return lines that end where a clause ends, if that takes at most one more than needed, or even ones.

    For what stands alone in the middle of a screen.
    """
    return [line for part in _paragraphs(text, width, measure) for line in part.balanced()]


def shortened(text: str, width: float, measure: Measure, *, before: float = 0.0) -> str:
    """Return the text on one line: as much of it as fits, and … for the rest.

    `before` is the share of what is kept that stands before the …; the end of the text always stays.
    """
    if measure(text) <= width:
        return text

    def keeping(count: int) -> str:
        head = int(count * before)
        return text[:head].rstrip() + "…" + text[len(text) - count + head :].lstrip()

    fitting = bisect_right(range(len(text)), width, lo=1, key=lambda count: measure(keeping(count)))
    return keeping(max(1, fitting - 1))


def least_width(text: str, measure: Measure) -> float:
    """Return the width of the widest number or word: on a narrower line, breaking has to cut it."""
    units = (unit.rstrip() for line in text.split("\n") for unit in _units(line))
    return max((measure(unit) for unit in units), default=0.0)


def _paragraphs(text: str, width: float, measure: Measure) -> Iterator["_Paragraph"]:
    for line in text.split("\n"):
        parts = [line] if measure(line) <= width else line.strip().split(WIDE_SPACE)
        for part in parts:
            yield _Paragraph(part.strip(), width, measure)


class _Paragraph:
    """Units, each with what it costs to begin a line with it."""

    def __init__(self, text: str, width: float, measure: Measure) -> None:
        self._width = width
        self._units = [part for unit in _units(text) for part in _cut_to_width(unit, width, measure)]
        if measure(text) <= width:
            self._units = [text]
        self._wide = [measure(unit) for unit in self._units]
        self._bare = [measure(unit.rstrip()) for unit in self._units]  # at the end of a line
        self._text = text
        self._em = measure("国")

    def filled(self) -> list[str]:
        starts, used = [0], 0.0
        for at, wide in enumerate(self._wide):
            if at > starts[-1] and used + self._bare[at] > self._width:
                starts.append(at)
                used = 0.0
            used += wide
        return self._lines(starts)

    def best(self) -> list[str]:
        if len(filled := self.filled()) == 1:
            return filled
        tearing = _costs_of_tearing(self._text, self._units)

        def cost(first: int, end: int, wide: float) -> tuple[int, float]:
            white = 0.0 if end == len(self._units) else RAGGED * (1 - wide / self._width) ** 2
            return 1, tearing[first] + white + self._lonely(first, end, wide)

        return self._cheapest((0, 0.0), cost, lambda one, more: (one[0] + more[0], one[1] + more[1]))

    def balanced(self) -> list[str]:
        if len(filled := self.filled()) == 1:
            return filled
        tearing = [DEARER * each for each in _costs_of_tearing(self._text, self._units)]
        even = sum(self._wide) / len(filled)

        def cost(first: int, end: int, wide: float) -> float:
            lonely = self._lonely(first, end, wide)
            return ONE_LINE_MORE + tearing[first] + lonely + UNEVEN * (1 - wide / even) ** 2

        lines = self._cheapest(0.0, cost, lambda one, more: one + more)
        return lines if len(lines) <= len(filled) + 1 else self.best()

    def _lonely(self, first: int, end: int, wide: float) -> float:
        """The last line shall not be one word, or two hanzi."""
        if end < len(self._units) or not first:
            return 0.0
        least = TWO_HANZI if end - first > 1 else A_WORD
        return LONELY if wide < least * self._em else 0.0

    def _cheapest(
        self, nothing: C, cost: Callable[[int, int, float], C], add: Callable[[C, C], C]
    ) -> list[str]:
        """Return the lines whose costs come to least: of a first unit, the one behind the last, a width."""
        count = len(self._units)
        known: list[tuple[C, int] | None] = [(nothing, 0)]
        for end in range(1, count + 1):
            found: tuple[C, int] | None = None
            wide = self._bare[end - 1]
            for first in range(end - 1, -1, -1):
                if first < end - 1:
                    wide += self._wide[first]
                    if wide > self._width:
                        break
                before = known[first]
                if before is not None:
                    total = add(before[0], cost(first, end, wide))
                    if found is None or total < found[0]:
                        found = (total, first)
            known.append(found)
        starts = [count]
        while starts[-1]:
            last = known[starts[-1]]
            assert last is not None  # a unit alone is always a line
            starts.append(last[1])
        return self._lines(starts[:0:-1])

    def _lines(self, starts: list[int]) -> list[str]:
        ends = [*starts[1:], len(self._units)]
        return ["".join(self._units[a:b]).strip() for a, b in zip(starts, ends, strict=True)]


def _costs_of_tearing(text: str, units: Sequence[str]) -> list[float]:
    """Return what it costs to begin a line with each unit."""
    inside = [0.0] * (len(text) + 1)
    for pattern, cost in _TEARING:
        for match in pattern.finditer(text):
            for at in range(match.start() + 1, match.end()):
                inside[at] = max(inside[at], cost)
    costs, at = [0.0], 0
    for before, unit in pairwise(units):
        at += len(before)
        costs.append(inside[at] + _cost_between(before, unit))
    return costs


def _cost_between(before: str, unit: str) -> float:
    end = before.rstrip()[-1:]
    if end in _CLAUSE_END or unit[0] in "（(《“":
        return 0.0
    if end in "、”）)》":
        return BEHIND_COMMA
    if unit[0] in "的了":
        return PARTICLE
    return BETWEEN_WORDS if before[-1].isspace() else BETWEEN_HANZI


def _units(text: str) -> list[str]:
    """Cut into what must stay together. A space hangs on the unit before it."""
    units: list[str] = []
    open_end = False
    pieces = (part for piece in _PIECE.findall(text) for part in _parts(piece))
    for piece in pieces:
        clings = bool(units) and not units[-1][-1].isspace() and (open_end or piece[0] in NO_START)
        if units and (piece.isspace() or clings):
            units[-1] += piece
        else:
            units.append(piece)
        open_end = piece[-1] in NO_END
    return units


def _parts(piece: str) -> list[str]:
    parts: list[str] = _PART_OF_EMAIL.findall(piece) if "@" in piece else [piece]
    if len(parts) > 1 and len(parts[-1]) <= _SHORT_END:
        parts[-2:] = [parts[-2] + parts[-1]]
    return parts


def _cut_to_width(unit: str, width: float, measure: Measure) -> list[str]:
    """Cut a unit that no line can hold, still without a closing sign at the start of a part."""
    parts: list[str] = []
    rest = unit
    while measure(rest.rstrip()) > width and len(rest) > 1:
        end = 1
        while end < len(rest) and measure(rest[: end + 1]) <= width:
            end += 1
        cut = end
        while cut > 1 and (rest[cut] in NO_START or rest[cut - 1] in NO_END):
            cut -= 1
        if rest[cut] in NO_START or rest[cut - 1] in NO_END:
            cut = end  # nothing but punctuation: the rule gives way to the width
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [*parts, rest]
