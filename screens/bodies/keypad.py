"""Digits to enter: slots that fill, and keys under a finger that need no aiming."""

from kiosk.views.models import Keypad, Picture
from screens.controls import key
from screens.grids import Grid
from screens.layout import Blank, Block, Column, Row
from screens.notes import notice, strip
from screens.pictures import PICTURES
from screens.pieces import Drawing, Words
from screens.theme import Theme

KEY_MM = 30.0
KEY_WIDTH_MM = 60.0
SLOT_MM = 15.0
PICTURE_MM = 110.0
LEAST_PICTURE_MM = 40.0
FULL = 0.5  # of the full space between things: below that the words need the width more than the picture


def lay_keypad(body: Keypad, theme: Theme) -> Block:
    """The field above the keys, or beside them on a wide screen."""
    above: list[Block] = [Words(theme, body.label, "heading", align="center"), _slots(body, theme)]
    if body.note:
        above.append(Words(theme, body.note, colour=theme.colours.quiet, align="center"))
    if body.warning:
        above.append(notice(theme, body.warning))
    if body.picture is not None:
        return _beside_device(above, body.picture, theme)
    keys = Grid(
        [
            key(theme, choice, "title" if len(choice.text) == 1 else "caption", discreet=body.secret)
            for choice in body.keys
        ],
        3,
        theme.gap,
        grow=1,
        tallest=theme.mm(KEY_MM),
    )
    pad = Column([keys], widest=3 * theme.mm(KEY_WIDTH_MM) + 2 * theme.gap, most_grown=3, grow=1)
    if theme.landscape:
        field = Column(above, theme.space(3), weight=1, middle=True)
        pad.weight = 1
        return Row([field, pad], theme.space(5), stretch=True, grow=1)
    # Near the hand: whatever is over, the keys stand at the bottom.
    return Column([Blank(grow=1), *above, Blank(grow=2), pad], theme.space(3), most_grown=3)


def _beside_device(above: list[Block], picture: Picture, theme: Theme) -> Block:
    """The field, and a picture of the device that has the keys."""
    height = theme.mm(max(LEAST_PICTURE_MM, PICTURE_MM * theme.fullness.space))
    drawing = Drawing(theme, PICTURES[picture], height)
    if theme.landscape:
        full = theme.fullness.space < FULL
        field = Column(above, theme.space(3), weight=2 if full else 1, middle=True)
        shown = Column([drawing], weight=1, middle=True)
        return Row([field, shown], theme.space(5), stretch=True, grow=1)
    return Column([*above, drawing], theme.space(4), middle=True, grow=1)


def _slots(body: Keypad, theme: Theme) -> Block:
    use = "body" if body.secret else "title"  # a dot is as wide as high, and must fit into its slot
    groups = body.groups or (body.length,)
    filled = iter(body.shown.ljust(body.length))
    blocks = [
        Row([_slot(next(filled).strip(), use, theme) for _ in range(count)], theme.space(0.75), weight=count)
        for count in groups
    ]
    row = Row(blocks, theme.space(2.5))
    return Column([row], widest=body.length * theme.mm(SLOT_MM) + len(groups) * theme.space(2.5))


def _slot(shown: str, use: str, theme: Theme) -> Block:
    colours = theme.colours
    height = theme.typesetter.line_height(theme.letters(use), True)
    sign: Block = Words(theme, shown, use, bold=True, align="center") if shown else Blank(height=height)
    line = strip(theme, colours.accent if shown else colours.quiet, theme.heavy_edge)
    return Column([sign, line], weight=1)
