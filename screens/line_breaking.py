"""Line breaking as Chinese print does it. Pure: a text, a width and a way to measure give lines.

Kept true for every text and width:
  - no line starts with closing punctuation, none ends with opening punctuation (kinsoku, GB/T 15834);
  - a number, a Latin word or a masked number is not cut, as long as it fits on a line of its own, nor a
    number from its measure (12条, 2026年), nor the name of an article (第十九条); an e-mail address may break
    behind its @, its dots and its hyphens;
  - spaces at a break are dropped, and nothing else;
  - where a text has a wide space and does not fit on a line, it breaks there first.
"""

import re
from collections.abc import Callable

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
_MEASURED = rf"{_LATIN}*\d\s?[年月日时分元角个次位岁周条页步张号]"
_EMAIL = r"[A-Za-z0-9._%+*-]+@[A-Za-z0-9.-]+"
_PART_OF_EMAIL = re.compile(r"[^.@-]*[.@-]+|[^.@-]+")
_PIECE = re.compile(
    rf"{_EMAIL}|{_ARTICLE}|{_MEASURED}|\s+|[{_HAN}{_OPENING_OR_CLOSING}]|{_LATIN}*@|{_LATIN}+"
)

_CLAUSE = re.compile(r".+?(?:[，。；：？！]+[”’）》]*|[,.;:?!]+\s|\n|$)", re.DOTALL)

Measure = Callable[[str], float]


def break_lines(text: str, width: float, measure: Measure) -> list[str]:
    """Return the lines of `text`, none wider than `width` unless it is a single character.

    `measure` gives the width of a string in the unit of `width`. A line feed in the text starts a new line.
    """
    return [line for paragraph in text.split("\n") for line in _break_paragraph(paragraph, width, measure)]


def balance_lines(text: str, width: float, measure: Measure) -> list[str]:
    """Return lines that end where a clause ends, if that takes at most one more than needed, or even ones.

    For what stands alone in the middle of a screen, where a last line of two hanzi looks like a mistake, and
    a word cut in two is read twice.
    """
    lines = break_lines(text, width, measure)
    clauses = _join_clauses(text, width, measure)
    if len(lines) > 1 and len(clauses) <= len(lines) + 1 and all(measure(line) <= width for line in clauses):
        return clauses
    even = lines
    while len(lines) == len(even) > 1:
        even = lines
        narrower = max(measure(line) for line in lines) - 1  # the widest line has to give something up
        if least_width(text, measure) > narrower:
            break
        lines = break_lines(text, narrower, measure)
    return even


def _join_clauses(text: str, width: float, measure: Measure) -> list[str]:
    lines: list[str] = []
    for clause in _CLAUSE.findall(text):
        if lines and not lines[-1].endswith("\n") and measure((lines[-1] + clause).strip()) <= width:
            lines[-1] += clause
        else:
            lines.append(clause)
    return [line.strip() for line in lines]


def least_width(text: str, measure: Measure) -> float:
    """Return the width of the widest number or word: on a narrower line, breaking has to cut it."""
    units = (unit.rstrip() for line in text.split("\n") for unit in _units(line))
    return max((measure(unit) for unit in units), default=0.0)


def _break_paragraph(text: str, width: float, measure: Measure) -> list[str]:
    if measure(text) <= width:
        return [text.strip()]
    if WIDE_SPACE in text.strip():
        first, _, rest = text.strip().rpartition(WIDE_SPACE)
        return [*_break_paragraph(first, width, measure), *_break_paragraph(rest, width, measure)]
    lines: list[list[str]] = [[]]
    used = 0.0
    parts = (part for unit in _units(text) for part in _cut_to_width(unit, width, measure))
    for unit in parts:
        wide = measure(unit)
        if lines[-1] and used + measure(unit.rstrip()) > width:
            lines.append([])
            used = 0.0
        if not lines[-1]:
            unit = unit.lstrip()  # noqa: PLW2901 - a line does not start with the space it was broken at
            wide = measure(unit)
        if unit:
            lines[-1].append(unit)
            used += wide
    _keep_company(lines, width, measure)
    return ["".join(line).strip() for line in lines]


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
    return _PART_OF_EMAIL.findall(piece) if "@" in piece else [piece]


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


def _keep_company(lines: list[list[str]], width: float, measure: Measure) -> None:
    """Do not leave one hanzi alone on the last line: it takes its neighbour along."""
    if len(lines) < 2 or len(lines[-1]) != 1 or len(lines[-2]) < 4:
        return
    lonely = lines[-1][0].rstrip("".join(NO_START))
    if len(lonely) == 1 and measure(lines[-2][-1] + lines[-1][0]) <= width:
        lines[-1].insert(0, lines[-2].pop())
