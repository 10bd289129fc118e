"""Targets all over the screen, each with a cross in its middle to aim at, and its letter beside it."""

from kiosk.views.models import AnyChoice, TouchGrid
from screens.icons import CHECK
from screens.layout import Block, Column, place_on_pixels
from screens.pieces import Drawing, Words
from screens.targets import Target
from screens.theme import Theme
from screens.tokens import TARGET_MM
from screens.vectors import Sketch, Stroke

LEAST_GAP_MM = 12.0  # so that the targets lie far apart
SIGN_MM = 14.0

CROSSHAIR = Sketch(24.0, 24.0, (Stroke(((12, 1), (12, 23)), width=2), Stroke(((1, 12), (23, 12)), width=2)))


def lay_touch_grid(body: TouchGrid, theme: Theme) -> Block:
    """The targets stand out to the edges of the room there is: touch screens drift most at the rim."""
    return Column([Words(theme, body.lead), Spread(body, theme)], theme.space(3), most_grown=20)


class Spread(Block):
    """Targets in rows, spread evenly from edge to edge, each with its letter beside it.

    The middle of a target is for the cross alone: a hit is measured from there.
    """

    def __init__(self, body: TouchGrid, theme: Theme) -> None:
        self._targets = [_target(choice, theme) for choice in body.targets]
        self._letters = [Words(theme, choice.text, "caption") for choice in body.targets]
        super().__init__((*self._targets, *self._letters), grow=1)
        self._columns = body.columns
        self._side = theme.mm(TARGET_MM)
        self._gap = theme.mm(LEAST_GAP_MM)
        self._beside = theme.beside(1)

    def height_for(self, width: float) -> float:
        """Return the height with the least gaps."""
        rows = -(-len(self._targets) // self._columns)
        return rows * (self._side + self._gap) - self._gap

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Set the targets from the top left; the letters of the last column before them."""
        super().place(x, y, width, height)
        rows = -(-len(self._targets) // self._columns)
        across = (width - self._side) / max(1, self._columns - 1)
        down = (height - self._side) / max(1, rows - 1)
        for at, (target, letter) in enumerate(zip(self._targets, self._letters, strict=True)):
            row, column = divmod(at, self._columns)
            left, bottom = x + column * across, y + height - row * down - self._side
            place_on_pixels(target, left, bottom, self._side, self._side)
            wide = letter.natural_width()
            high = letter.height_for(wide)
            before, after = left - self._beside - wide, left + self._side + self._beside
            aside = before if column == self._columns - 1 else after
            place_on_pixels(letter, aside, bottom + (self._side - high) / 2, wide, high)


def _target(choice: AnyChoice, theme: Theme) -> Target:
    sketch = CHECK if choice.chosen else CROSSHAIR
    sign = Drawing(theme, sketch, theme.mm(SIGN_MM), theme.paint(choice).ink)
    return Target(theme, choice, sign, padding=(0.5, 0.25), key=True)
