"""A guide or a refusal on one screen: the gist, the points under their titles, the article it rests on."""

from kiosk.views.models import Guidance, Icon
from screens.layout import Block, Column, Grid, Row
from screens.pieces import Panel, Words, bulleted, heading, icon
from screens.theme import Theme


def lay_guidance(body: Guidance, theme: Theme) -> Block:
    """The sections below each other, or beside each other on a wide screen."""
    blocks: list[Block] = [Words(theme, body.lead, "heading", bold=False)]
    cards = [_section(title, points, theme) for title, points in body.sections]
    if theme.landscape and len(cards) > 1:
        blocks.append(Grid(cards, 2, theme.space(3)))
    else:
        blocks += cards
    if body.article:
        sign = icon(theme, Icon.GUIDE)
        words = Words(theme, body.article, colour=theme.colours.quiet, weight=1)
        blocks.append(Row([sign, words], theme.space(2)))
    return Column(blocks, theme.space(3))


def _section(title: str, points: tuple[str, ...], theme: Theme) -> Panel:
    return Panel(
        theme, Column([heading(theme, title), bulleted(theme, points)], theme.space(2)), padding=(4, 2.5)
    )
