"""One thing to do, or to wait for: a picture, the sentence, what to heed."""

from kiosk.views.models import Instruction
from screens.layout import Block, Column, Row
from screens.notes import bulleted
from screens.pictures import PICTURES
from screens.pieces import Drawing, Panel, Words
from screens.theme import Theme

PICTURE_MM = 84.0
LEAST_PICTURE_MM = 30.0
LEAST_PICTURE_BESIDE_MM = 60.0
PACKED = 0.2  # of the full space between things: below that the sentence is no larger than its points
FULL = 0.5  # of the full space between things: below that the words need the width more than the picture


def lay_instruction(body: Instruction, theme: Theme) -> Block:
    """The picture above the words, or beside them on a wide screen."""
    full = theme.fullness.space < FULL
    least = LEAST_PICTURE_BESIDE_MM if theme.landscape and not full else LEAST_PICTURE_MM
    height = theme.mm(max(least, PICTURE_MM * theme.fullness.space))
    picture = Drawing(theme, PICTURES[body.picture], height)
    align = "left" if theme.landscape else "center"
    use = "label" if theme.landscape and theme.fullness.space < PACKED else "heading"
    words: list[Block] = [Words(theme, body.text, use, align=align, balanced=True)]
    if body.emphasis:
        number = Words(theme, body.emphasis, "display", colour=theme.colours.on_accent, align="center")
        words.append(Panel(theme, number, fill=theme.colours.accent))
    if body.points:
        words.append(Row([bulleted(theme, body.points)], align=align))
    if theme.landscape:
        picture.weight = 1
        beside = Column(words, theme.space(3), weight=5 if full else 1.4, middle=True)
        return Panel(theme, Row([picture, beside], theme.space(5)), padding=(5, 4), grow=1)
    return Panel(theme, Column([picture, *words], theme.space(4), middle=True), padding=(5, 4), grow=1)
