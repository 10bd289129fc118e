"""A guide or a refusal on one screen: the gist, the points under their titles, the article it rests on."""

from kiosk.views.models import Guidance, Icon
from screens.grids import halves
from screens.layout import Block, Column, Row
from screens.notes import bulleted, signed
from screens.pieces import Panel, Words
from screens.theme import Theme
from screens.tokens import Tone

FULL = 0.6  # of the full space between things: below that, titles are as small as what they head


def lay_guidance(body: Guidance, theme: Theme) -> Block:
    """The sections below each other, or beside each other on a wide screen."""
    full = theme.fullness.space < FULL
    blocks: list[Block] = [Words(theme, body.lead, "body" if full else "heading", bold=False)]
    cards = [_section(title, points, theme) for title, points in body.sections]
    if theme.landscape and len(cards) > 1:
        parts = halves([card.height_for(theme.half_width) for card in cards])
        columns = [Column(cards[part], theme.space(3), weight=1) for part in parts]
        blocks.append(Row(columns, theme.space(3), top=True))
    else:
        blocks += cards
    if body.article:
        blocks.append(
            signed(theme, Icon.GUIDE, body.article, Tone(theme.colours.quiet, theme.colours.ground))
        )
    return Column(blocks, theme.space(3))


def _section(title: str, points: tuple[str, ...], theme: Theme) -> Panel:
    """Points under their title; where the screen is full, a single one beside it."""
    full = theme.fullness.space < FULL
    heading = Words(theme, title, "label" if full else "heading")
    inside: Block = Column([heading, bulleted(theme, points)], theme.space(2))
    if len(points) == 1 and full:
        inside = Row([heading, Words(theme, points[0], weight=1)], theme.mm(4))
    return Panel(theme, inside, padding=(4, 2.5))
