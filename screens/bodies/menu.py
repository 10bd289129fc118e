"""A menu: large tiles, each with an icon, its name, and what it is for."""

from kiosk.views.models import AnyChoice, Icon, Menu
from screens.grids import Grid
from screens.icons import CHECK, CHEVRON, ICONS
from screens.layout import Blank, Block, Column, Row
from screens.pieces import Drawing, Panel, Words
from screens.rims import NO_RIM
from screens.targets import Target
from screens.theme import Theme

TALLEST_MM = 62.0
TALLEST_ELDER_MM = 76.0
TALLEST_ABOVE_MM = 84.0  # where the icon stands above the words


def lay_menu(body: Menu, theme: Theme) -> Block:
    """One column while each choice can have a full line; more columns when there are many."""
    columns = _columns(len(body.items), theme)
    beside = columns == 1 or theme.landscape
    tiles = Grid(
        [_tile(choice, theme, beside) for choice in body.items],
        columns,
        theme.gap,
        grow=1,
        tallest=theme.mm(_tallest_mm(theme, beside)),
    )
    blocks: list[Block] = [Words(theme, body.lead)] if body.lead else []
    return Column([*blocks, tiles], theme.space(3), most_grown=6)


def _tallest_mm(theme: Theme, beside: bool) -> float:
    if not beside:
        return TALLEST_ABOVE_MM
    return TALLEST_ELDER_MM if theme.elder else TALLEST_MM


def _columns(count: int, theme: Theme) -> int:
    if count <= 3:
        return 1
    if theme.landscape:
        return 2 if count <= 6 or theme.elder else 3
    return 1 if count <= 6 else 2


def _tile(choice: AnyChoice, theme: Theme, beside: bool) -> Target:
    colours = theme.colours
    ink = theme.paint(choice).ink
    warns = choice.icon is Icon.WARNING  # in force, it warns all the more: the check stands at the other end
    sketch = CHECK if choice.chosen and not warns else ICONS[choice.icon]
    signed, ground = ink, colours.tint
    if choice.chosen and warns:
        signed, ground = colours.recorded.ink, colours.recorded.ground
    sign = Panel(
        theme,
        Drawing(theme, sketch, theme.letters("heading") * 1.7, signed, ground),
        fill=ground,
        padding=(2, 2),
        rim=NO_RIM,
    )
    bold, align = choice.enabled or choice.chosen, "left" if beside else "center"
    words: list[Block] = [
        Words(theme, choice.text, "heading", colour=ink, bold=bold, align=align, label=True)
    ]
    if choice.detail and theme.fullness.space > 0.5:  # what a full screen can do without
        words.append(Words(theme, choice.detail, "body", colour=colours.quiet, align=align))
    text = Column(words, theme.space(1), weight=1 if beside else 0)
    inside: Block
    if beside:
        height = theme.letters("heading")
        end = CHECK if choice.chosen and warns else CHEVRON if choice.enabled else None
        onward = Drawing(theme, end, height, ink) if end else Blank(height)
        inside = Row([sign, text, onward], theme.beside(3))
    else:
        inside = Column([Row([sign], align="center"), text], theme.space(2), middle=True)
    return Target(theme, choice, inside, padding=(3, 2))
