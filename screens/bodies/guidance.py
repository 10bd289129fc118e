"""A guide or a refusal on one screen: the gist, the points under their titles, the article it rests on."""

from kiosk.views.models import Guidance, Icon
from screens.layout import Block, Column, Row
from screens.notes import bulleted, signed
from screens.pieces import Panel, Words
from screens.theme import Theme
from screens.tokens import Tone


def lay_guidance(body: Guidance, theme: Theme) -> Block:
    """The sections below each other, or beside each other on a wide screen."""
    blocks: list[Block] = [Words(theme, body.lead, "heading", bold=False)]
    cards = [_section(title, points, theme) for title, points in body.sections]
    if theme.landscape and len(cards) > 1:
        halves = _halves([len(points) + 1 for _, points in body.sections])
        columns = [Column(cards[part], theme.space(3), weight=1) for part in halves]
        blocks.append(Row(columns, theme.space(3), top=True))
    else:
        blocks += cards
    if body.article:
        blocks.append(
            signed(theme, Icon.GUIDE, body.article, Tone(theme.colours.quiet, theme.colours.ground))
        )
    return Column(blocks, theme.space(3))


def _halves(lengths: list[int]) -> tuple[slice, slice]:
    """Return the two parts, in reading order, whose lengths differ least."""
    cut = min(range(1, len(lengths)), key=lambda at: max(sum(lengths[:at]), sum(lengths[at:])))
    return slice(0, cut), slice(cut, None)


def _section(title: str, points: tuple[str, ...], theme: Theme) -> Panel:
    return Panel(
        theme,
        Column([Words(theme, title, "heading"), bulleted(theme, points)], theme.space(2)),
        padding=(4, 2.5),
    )
