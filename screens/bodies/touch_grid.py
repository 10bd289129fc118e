"""Targets all over the screen, each with a cross in its middle to aim at."""

from kiosk.views.models import AnyChoice, TouchGrid
from screens.icons import CHECK
from screens.layout import Block, Column, place_on_pixels
from screens.pieces import Drawing, Words
from screens.targets import Target
from screens.theme import Theme
from screens.tokens import TARGET_MM
from screens.vectors import Sketch, Stroke

LEAST_GAP_MM = 12.0  # so that the targets lie far apart
SIGN_MM = 5.0  # the letter has the rest

CROSSHAIR = Sketch(
    24.0, 24.0, (Stroke(((12, 2), (12, 22)), width=1.2), Stroke(((2, 12), (22, 12)), width=1.2))
)


def lay_touch_grid(body: TouchGrid, theme: Theme) -> Block:
    """The targets stand out to the edges of the room there is: touch screens drift most at the rim."""
    targets = [_target(choice, theme) for choice in body.targets]
    return Column(
        [Words(theme, body.lead), Spread(targets, body.columns, theme)], theme.space(3), most_grown=20
    )


class Spread(Block):
    """Equal blocks in rows of `columns`, spread evenly from edge to edge."""

    def __init__(self, blocks: list[Target], columns: int, theme: Theme) -> None:
        super().__init__(blocks, grow=1)
        self._columns = columns
        self._side = theme.mm(TARGET_MM)
        self._gap = theme.mm(LEAST_GAP_MM)

    def height_for(self, width: float) -> float:
        """Return the height with the least gaps."""
        rows = -(-len(self.blocks) // self._columns)
        return rows * (self._side + self._gap) - self._gap

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Set the blocks from the top left."""
        super().place(x, y, width, height)
        rows = -(-len(self.blocks) // self._columns)
        across = (width - self._side) / max(1, self._columns - 1)
        down = (height - self._side) / max(1, rows - 1)
        for at, block in enumerate(self.blocks):
            row, column = divmod(at, self._columns)
            top = y + height - row * down
            place_on_pixels(block, x + column * across, top - self._side, self._side, self._side)


class Aim(Block):
    """A cross in the very middle, where a hit is measured from, and a letter beside it."""

    def __init__(self, choice: AnyChoice, theme: Theme) -> None:
        ink = theme.paint(choice).ink
        sketch = CHECK if choice.chosen else CROSSHAIR
        self._sign = Drawing(theme, sketch, theme.mm(SIGN_MM), ink)
        self._letter = Words(theme, choice.text, "caption", colour=ink)
        super().__init__((self._sign, self._letter))

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Set the cross in the middle and the letter into the corner below it."""
        super().place(x, y, width, height)
        self._sign.place(x, y, width, height)
        wide = self._letter.natural_width()
        place_on_pixels(self._letter, x + width - wide, y, wide, self._letter.height_for(wide))


def _target(choice: AnyChoice, theme: Theme) -> Target:
    return Target(theme, choice, Aim(choice, theme), padding=(0.5, 0.25), key=True)
