"""One thing to do, or to wait for: a picture, the sentence, what to heed."""

from kiosk.views.models import Icon, Instruction
from screens.controls import icon
from screens.layout import Blank, Block, Column, Row
from screens.notes import bulleted, strip
from screens.pictures import PICTURES
from screens.pieces import Drawing, Panel, Words
from screens.rims import Rim
from screens.theme import Theme

PICTURE_MM = 84.0
LEAST_PICTURE_MM = 30.0
LEAST_PICTURE_BESIDE_MM = 60.0
BAR_MM = 6.0
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
        words.append(_emphasis(body, theme))
    if body.points:
        words.append(Row([bulleted(theme, body.points)], align=align))
    if theme.landscape:
        picture.weight = 1
        beside = Column(words, theme.space(3), weight=5 if full else 1.4, middle=True)
        return Panel(theme, Row([picture, beside], theme.space(5)), padding=(5, 4), grow=1)
    return Panel(theme, Column([picture, *words], theme.space(4), middle=True), padding=(5, 4), grow=1)


def _emphasis(body: Instruction, theme: Theme) -> Panel:
    """What is larger than all, in a light frame: a dark block would be taken for a button and pressed."""
    colours = theme.colours
    use = "title" if theme.landscape and theme.fullness.space < PACKED else "display"
    line: list[Block] = [Words(theme, body.emphasis, use, colour=colours.accent)]
    if body.sign is not Icon.NONE:
        line.insert(0, icon(theme, body.sign, "title", colours.accent, colours.surface))
    inside: list[Block] = [Row(line, theme.beside(2), align="center")]
    if body.done is not None:
        inside.append(Bar(body.done, theme))
    return Panel(theme, Column(inside, theme.space(1)), rim=Rim(theme.hairline), square=True)


class Bar(Block):
    """A level bar, filled from the left as far as the work is done."""

    def __init__(self, done: float, theme: Theme) -> None:
        filled = strip(theme, theme.colours.bright, 0)
        frame = Panel(theme, Blank(), rim=Rim(theme.edge), edge=theme.colours.accent, square=True)
        super().__init__((frame, filled))
        self._done = done
        self._high = theme.mm(BAR_MM)
        self._edge = theme.edge

    def height_for(self, width: float) -> float:
        """Return the height of the bar."""
        return self._high

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Fill the frame so far, inside its edge."""
        super().place(x, y, width, height)
        frame, filled = self.blocks
        frame.place(x, y, width, height)
        inset = self._edge
        filled.place(x + inset, y + inset, round((width - 2 * inset) * self._done), height - 2 * inset)
