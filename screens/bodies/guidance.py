"""A guide or a refusal on one screen: the gist, the points under their titles, the article it rests on."""

from collections.abc import Iterator, Sequence
from itertools import product

from kiosk.views.models import Guidance, Icon
from screens.grids import Shortest, halves
from screens.layout import Block, Column, Row
from screens.notes import bulleted, signed
from screens.pieces import Panel, Words
from screens.theme import Theme
from screens.tokens import Tone

SHARES = (1.0, 1.2, 1.35, 1.5, 0.7)  # the left column's width beside the right one's, where every line counts
FULL = 0.6  # of the full space between things: below that, titles are as small as what they head


def lay_guidance(body: Guidance, theme: Theme) -> Block:
    """The sections below each other, or beside each other on a wide screen."""
    full = theme.fullness.space < FULL
    blocks: list[Block] = [Words(theme, body.lead, "body" if full else "heading", bold=False)]
    cards: list[Block] = [_section(title, points, theme) for title, points in body.sections]
    tone = Tone(theme.colours.quiet, theme.colours.ground)
    article: list[Block] = [signed(theme, Icon.GUIDE, body.article, tone)] if body.article else []
    if theme.landscape and len(cards) > 1:
        parts = halves([card.height_for(theme.half_width) for card in cards])
        even = _beside(cards, parts[0].stop, 1, theme)
        if not full:
            return Column([*blocks, even, *article], theme.space(3))
        arranged = [even, *_arrangements(cards, theme)]
        ways: list[Block] = [Column([way, *article], theme.space(3)) for way in arranged]
        ways += [_beside([*cards, *article], cut, share, theme) for cut, share in _parted(cards)]
        return Column([*blocks, Shortest(ways)], theme.space(3))
    return Column([*blocks, *cards, *article], theme.space(3))


def _arrangements(cards: Sequence[Block], theme: Theme) -> Iterator[Block]:
    """Yield the ways to part the sections into two columns, in reading order, or to leave them in one."""
    for cut, share in _parted(cards):
        yield _beside(cards, cut, share, theme)
    yield Column(cards, theme.space(3))


def _parted(cards: Sequence[Block]) -> Iterator[tuple[int, float]]:
    """Yield where the left column ends, and how wide it is beside the right one, which ends with the article
    where it is short."""
    yield from product(range(1, len(cards)), SHARES)


def _beside(cards: Sequence[Block], cut: int, share: float, theme: Theme) -> Row:
    left = Column(cards[:cut], theme.space(3), weight=share)
    return Row([left, Column(cards[cut:], theme.space(3), weight=1)], theme.space(3), top=True)


def _section(title: str, points: tuple[str, ...], theme: Theme) -> Panel:
    """Points under their title; where the screen is full, a single one beside it if that saves a line."""
    full = theme.fullness.space < FULL
    heading = Words(theme, title, "label" if full else "heading")
    inside: Block = Column([heading, bulleted(theme, points)], theme.space(2))
    if len(points) == 1 and full:
        beside = Row([heading, Words(theme, points[0], weight=1)], theme.mm(4))
        inside = Shortest([beside, inside])
    return Panel(theme, inside, padding=(4, 2.5))
