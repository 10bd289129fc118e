"""The whole display in one colour. Nothing else is drawn: a dead pixel must have nowhere to hide."""

from kivy.graphics import Color, Rectangle
from kivy.utils import get_color_from_hex

from kiosk.views.models import ColourField
from screens.layout import Blank, Canvas
from screens.targets import Target
from screens.theme import Theme
from screens.tokens import TEST_HUES


class Field(Target):
    """One target as large as the display."""

    def __init__(self, body: ColourField, theme: Theme) -> None:
        super().__init__(theme, body.onward, Blank(), discreet=True)
        self._hue = TEST_HUES[body.hue]

    def paint(self, canvas: Canvas) -> None:
        """Fill the place."""
        canvas.add(Color(*get_color_from_hex(self._hue)))
        canvas.add(Rectangle(pos=(self.x, self.y), size=(self.width, self.height)))


def lay_colour_field(body: ColourField, theme: Theme) -> Field:
    """Return the field, to be placed over the whole display."""
    return Field(body, theme)
