"""Before and after, side by side, to be looked at before it is confirmed."""

from kiosk.views.models import Compared, Comparison, Icon
from screens.controls import icon
from screens.layout import Blank, Block, Column, Row
from screens.notes import remarks
from screens.pieces import Panel, Words
from screens.rims import NO_RIM
from screens.theme import Theme


def lay_comparison(body: Comparison, theme: Theme) -> Block:
    """One card per line, what will be beside what was; the notes below."""
    arrow = theme.letters("heading") * 1.35
    headings = Row(
        [
            Words(theme, body.before_heading, "label", colour=theme.colours.quiet, weight=1),
            Blank(arrow),
            Words(theme, body.after_heading, "label", colour=theme.colours.accent, weight=1),
        ],
        theme.space(2),
    )
    cards = [_card(row, theme) for row in body.rows]
    blocks: list[Block] = [
        Panel(theme, headings, fill=theme.colours.ground, padding=(3, 0), rim=NO_RIM, square=True),
        *cards,
    ]
    if body.notes:
        blocks += [Blank(height=theme.space(1)), remarks(theme, body.notes)]
    return Column(blocks, theme.space(2))


def _card(row: Compared, theme: Theme) -> Block:
    colours = theme.colours
    changed = row.before != row.after
    before = Words(theme, row.before, "body", weight=1)
    after = Words(theme, row.after, "heading" if changed else "body", bold=changed)
    ground = Panel(
        theme, after, fill=colours.tint if changed else colours.surface, padding=(2, 1.5), weight=1
    )
    sign = icon(theme, Icon.NEXT, "heading")
    across: Block = sign if changed else Blank(sign.natural_width())
    line = Row([before, across, ground], theme.space(2))
    return Panel(theme, Column([Words(theme, row.label, colour=colours.quiet), line], theme.space(1)))
