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
    cards = [_section(title, points, theme) for title, points in body.sections]
    if theme.landscape and len(cards) > 1:
        parts = halves([card.height_for(theme.half_width) for card in cards])
        even = _beside(cards, parts[0].stop, 1, theme)
        blocks.append(Shortest([even, *_arrangements(cards, theme)]) if full else even)
    else:
        blocks += cards
    if body.article:
        blocks.append(
            signed(theme, Icon.GUIDE, body.article, Tone(theme.colours.quiet, theme.colours.ground))
        )
    return Column(blocks, theme.space(3))


def _arrangements(cards: Sequence[Block], theme: Theme) -> Iterator[Block]:
    """Yield the ways to part the sections into two columns, in reading order, or to leave them in one."""
    for cut, share in product(range(1, len(cards)), SHARES):
        yield _beside(cards, cut, share, theme)
    yield Column(cards, theme.space(3))


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
