"""Inspects a drawn screen as an old eye and a trembling finger would. What it finds is wrong with the screen.

Sizes come from the widgets, colours from the pixels. The limits stand here once more, apart from the
tokens of the design, so that a token cannot quietly lower them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TypeVar

from PIL import Image

from kiosk.views.models import (
    ColourField,
    Facts,
    Icon,
    Instruction,
    Keypad,
    Outcome,
    Role,
    Size,
    StatusList,
    StatusRow,
    Table,
    TextEntry,
    TouchGrid,
)
from screens.bodies.chart import ChartBar
from screens.contrast import pale
from screens.glyphs import STAND_IN
from screens.icons import CHECK
from screens.layout import Block
from screens.line_breaking import NO_END, NO_START
from screens.marks import HEALTH, MARKS
from screens.pieces import Drawing, Panel, Words
from screens.screen import Screen
from screens.targets import Target
from screens.theme import LAST_RESORTS, MM_PER_INCH

SMALLEST_TARGET_MM = 12.7  # VVSG 2.0, 7.2-I
MAIN_TARGET_MM = 20.0  # Colle and Hiszem 2004
# In the elder mode everything but keys, settings and the tabs of keyboards. A tenth more than for others is
# as much as the smallest display has room for without smaller letters than have to be. A key is no larger:
# ten of them stand side by side on 268 mm of glass.
ELDER_TARGET_MM = 22.0
GAP_MM = 2.54  # VVSG 2.0, 7.2-I
# From an edge one sees to the words inside: nearer, they look as if they crossed it. Above and below, a line
# has a millimetre of white of its own, which is measured with it.
FROM_EDGE_MM = (1.4, 0.6)
# 4.8 mm for everyone and 6.4 mm in the elder mode: VVSG 2.0, 7.1-G. The largest letters without it are an
# enlargement in the sense of EN 301 549, 5.1.4: 0.7 degrees, which is 6.1 mm from 50 cm. The step to them
# has to be larger than the letters everybody has: ours, from the type scale.
CAP_HEIGHT_MM = {Size.NORMAL: 4.8, Size.LARGE: 5.3, Size.LARGER: 6.1, Size.ELDER: 6.4}
# And 7.3 mm for all but captions, 0.7 degrees from 60 cm, where there is room: upright, in Chinese, below no
# more than two banners. English takes more lines, and the wide displays are half as high: there a full screen
# has 6.4 mm.
MOST_BANNERS = 2
BODY_CAP_HEIGHT_MM = 7.3
CAP_HEIGHT_OF_EM = 0.733  # Noto Sans SC, OS/2 sCapHeight
SENTENCES = 2

B = TypeVar("B", bound=Block)
Rect = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: the rule that is broken, where, and what was measured."""

    rule: str
    where: str
    measured: str


def inspect(screen: Screen, picture: Image.Image) -> list[Finding]:
    """Return everything that is wrong with a screen. `picture` holds the pixels of its present frame."""
    if isinstance(screen.view.body, ColourField):
        return []  # there is nothing to read, and all of it can be touched
    return [
        *_room(screen),
        *_target_sizes(screen),
        *_target_gaps(screen),
        *_target_faces(screen),
        *_signs(screen),
        *_charts(screen),
        *_letters(screen),
        *_lines(screen),
        *_places(screen),
        *_edges(screen),
        *_contrast(screen, picture),
        *_reading_load(screen),
    ]


def _room(screen: Screen) -> Iterator[Finding]:
    if screen.theme.fullness in LAST_RESORTS:
        yield Finding("everything fits", screen.view.name, str(screen.theme.fullness))


def _target_sizes(screen: Screen) -> Iterator[Finding]:
    body = screen.view.body
    minor = (*screen.view.tools, *(body.keyboards if isinstance(body, TextEntry) else ()))
    for target in _all(screen, Target):
        typed = target.key or _is_candidate(screen, target)
        main = typed or target.choice.role in {Role.PRIMARY, Role.DANGER}
        least = MAIN_TARGET_MM if main else SMALLEST_TARGET_MM
        if screen.theme.elder and not target.key and target.choice not in minor:
            least = ELDER_TARGET_MM
        width, height = (_mm(screen, length) for length in (target.width, target.height))
        if min(width, height) < least:
            yield Finding("large enough to touch", target.choice.text, f"{width:.1f} x {height:.1f} mm")


def _target_gaps(screen: Screen) -> Iterator[Finding]:
    for one, other in combinations(_all(screen, Target), 2):
        (left, bottom, right, top), (left2, bottom2, right2, top2) = _rect(one), _rect(other)
        gap = max(left2 - right, left - right2, bottom2 - top, bottom - top2)
        if _mm(screen, gap) < GAP_MM:
            where = f"{one.choice.text} | {other.choice.text}"
            yield Finding("far enough apart", where, f"{_mm(screen, gap):.2f} mm")


def _target_faces(screen: Screen) -> Iterator[Finding]:
    secret = isinstance(screen.view.body, Keypad) and screen.view.body.secret
    beside = _all(screen, Words) if isinstance(screen.view.body, TouchGrid) else ()  # as a cross must be bare
    named = {words.text for words in beside if words.lines}
    for target in _all(screen, Target):
        inside = list(target.walk())
        worded = any(isinstance(block, Words) and block.lines for block in inside)
        if not worded and target.choice.text not in named:
            yield Finding("a word on every control", str(target.choice.icon), "no words")
        drawn = any(isinstance(block, Drawing) and block.sketch.shapes for block in inside)
        typed = target.key or _is_candidate(screen, target)  # a sign itself, which needs none beside it
        if not typed and (target.choice.icon is Icon.NONE or not drawn):
            yield Finding("an icon on every control", target.choice.text, "no icon")
        if secret and target.key and not target.discreet:
            yield Finding(
                "no highlight on the keys of a password", target.choice.text, "shows that it is pressed"
            )


def _is_candidate(screen: Screen, target: Target) -> bool:
    body = screen.view.body
    return isinstance(body, TextEntry) and target.choice in body.candidates


def _signs(screen: Screen) -> Iterator[Finding]:
    """What has a meaning of its own has a sign of its own; that the signs differ is tested in grey."""
    body = screen.view.body
    wanted: Counter[str] = Counter()
    match body:
        case Outcome(mark):
            wanted[repr(MARKS[mark])] += 1
        case StatusList(rows, verdict=verdict):
            wanted.update(repr(HEALTH[row.health]) for row in (*rows, verdict) if row is not None)
        case Facts(verdict=StatusRow(health)):
            wanted[repr(HEALTH[health])] += 1
    wanted[repr(CHECK)] += sum(target.choice.chosen for target in _all(screen, Target))
    missing = wanted - Counter(repr(drawing.sketch) for drawing in _all(screen, Drawing))
    for sign, count in missing.items():
        yield Finding("never by colour alone", screen.view.name, f"{count} missing of {sign[:40]}")


def _charts(screen: Screen) -> Iterator[Finding]:
    """However full the screen, what is told by bars has all of them."""
    body = screen.view.body
    if isinstance(body, Table) and body.rows:
        drawn = len(_all(screen, ChartBar))
        if drawn != len(body.chart):
            yield Finding("a chart has its bars", screen.view.name, f"{drawn} of {len(body.chart)}")


def _letters(screen: Screen) -> Iterator[Finding]:
    theme, look = screen.theme, screen.view.look
    roomy = theme.elder and not theme.landscape and look.language == "zh_CN"
    roomy = roomy and len(screen.view.banners) <= MOST_BANNERS
    for words in _all(screen, Words):
        least = BODY_CAP_HEIGHT_MM if roomy and words.use != "caption" else CAP_HEIGHT_MM[look.size]
        height = _mm(screen, words.size_px) * CAP_HEIGHT_OF_EM
        if words.lines and height < least:
            yield Finding("large enough to read", words.text, f"capitals of {height:.2f} mm")


def _lines(screen: Screen) -> Iterator[Finding]:
    for words in _all(screen, Words):
        if words.cut:
            yield Finding("no number or word is cut", words.text, " / ".join(words.lines))
        for above, below in pairwise(words.lines):
            if above and below and (below[0] in NO_START or above[-1] in NO_END):
                yield Finding("no line starts with a closing sign", words.text, f"{above} / {below}")
        if STAND_IN in words.text:
            yield Finding("every character has a glyph", words.text, f"{STAND_IN} stands for one")


def _places(screen: Screen) -> Iterator[Finding]:
    display = (0.0, 0.0, float(screen.theme.width), float(screen.theme.height))
    drawn = {words: _drawn(words) for words in _all(screen, Words) if words.lines}
    for words, holder in _held(screen, screen):
        rect = _drawn(words)
        for where, bounds in (
            ("display", display),
            ("its place", _rect(words)),
            ("its holder", _rect(holder)),
        ):
            if words.lines and not _inside(rect, bounds):
                yield Finding("nothing is clipped", words.text, f"{rect} outside {where} {bounds}")
    for (one, rect), (other, rect2) in combinations(drawn.items(), 2):
        if rect[0] < rect2[2] and rect2[0] < rect[2] and rect[1] < rect2[3] and rect2[1] < rect[3]:
            yield Finding("words do not cover words", f"{one.text} | {other.text}", f"{rect} {rect2}")


def _edges(screen: Screen) -> Iterator[Finding]:
    side, end = FROM_EDGE_MM
    for words, holder in _held(screen, screen):
        if not words.lines or not isinstance(holder, Panel | Target) or not holder.edged:
            continue
        (left, bottom, right, top), (left2, bottom2, right2, top2) = _rect(holder), _drawn(words)
        beside = _mm(screen, min(left2 - left, right - right2))
        above = _mm(screen, min(bottom2 - bottom, top - top2))
        if beside < side or above < end:
            yield Finding(
                "words keep off their edge", words.text, f"{beside:.1f} mm beside, {above:.1f} above"
            )


def _contrast(screen: Screen, picture: Image.Image) -> Iterator[Finding]:
    for rule, where, ratio in pale(screen, picture):
        yield Finding(rule, where, f"{ratio:.1f}:1")


def _reading_load(screen: Screen) -> Iterator[Finding]:
    body = screen.view.body
    if isinstance(body, Instruction):
        count = sum(body.text.count(end) for end in "。！？.!?")
        if count > SENTENCES:
            yield Finding("two sentences at most", body.text, f"{count} sentences")


def _all(screen: Screen, kind: type[B]) -> list[B]:
    return [block for block in screen.walk() if isinstance(block, kind)]


def _held(block: Block, holder: Block) -> Iterator[tuple[Words, Block]]:
    """Return all words with the nearest panel or target, or the screen, that holds them."""
    if isinstance(block, Words):
        yield block, holder
    for inside in block.blocks:
        yield from _held(inside, block if isinstance(block, Panel | Target) else holder)


def _mm(screen: Screen, pixels: float) -> float:
    return pixels * MM_PER_INCH / screen.theme.ppi


def _rect(block: Block) -> Rect:
    return block.x, block.y, block.right, block.top


def _drawn(words: Words) -> Rect:
    left, bottom, width, height = words.drawn
    return left, bottom, left + width, bottom + height


def _inside(rect: Rect, bounds: Rect) -> bool:
    """Whether a rectangle is inside another, but for a pixel of rounding."""
    return all(
        (inner >= outer - 1 if low else inner <= outer + 1)
        for inner, outer, low in zip(rect, bounds, (True, True, False, False), strict=True)
    )
