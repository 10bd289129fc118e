"""The pieces every screen is made of: words, drawings and panels. What can be touched is next door
(screens/targets.py). Colours and lengths come from the theme.
"""

import math

from kivy.graphics import Color, Rectangle
from kivy.utils import get_color_from_hex

from screens.layout import Block, Canvas
from screens.line_breaking import balance_lines, break_lines, fill_lines, least_width
from screens.rims import NO_RIM, Plate, Rim
from screens.theme import Theme
from screens.vectors import Paint, Sketch


class Words(Block):
    """Text in one size and colour, broken as print does. `drawn` is the box of its pixels.

    Lines in the middle are `balanced`, and others if asked for. A `label` is meant for one line: letters
    larger than need be are not worth breaking it for.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        use: str = "body",
        *,
        colour: str = "",
        bold: bool | None = None,
        align: str = "left",
        label: bool = False,
        balanced: bool = False,
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__(weight=weight, grow=grow)
        self.use = use
        self.label = label
        self.size_px = theme.letters(use)
        self.bold = use in {"label", "heading", "title", "display"} if bold is None else bold
        self.colour = colour or theme.colours.ink
        self.text = theme.typesetter.legible(text, self.bold)
        self._lines: list[str] | None = []
        self.drawn = (0.0, 0.0, 0.0, 0.0)  # x, y, width, height
        self._type = theme.typesetter
        self._align = align
        self._balanced = balanced or align == "center"
        self._counts: dict[float, int] = {}

    @property
    def cut(self) -> bool:
        """Whether a number or a word had to be cut where it stands."""
        return bool(self.text) and self.uncut_width() > self.width

    def uncut_width(self) -> float:
        """Return the width of the widest number or word."""
        return least_width(self.text, self.measure)

    def natural_width(self) -> float:
        """Return the width of the longest line as written."""
        return max(self.measure(line) for line in self.text.split("\n"))

    def height_for(self, width: float) -> float:
        """Return the height of the lines it takes at that width."""
        if not self.text:
            return 0.0
        return self.count_lines(width) * self._type.line_height(self.size_px, self.bold)

    def count_lines(self, width: float) -> int:
        """Return how many lines it takes at that width."""
        if width not in self._counts:
            self._counts[width] = len(self._broken(width, counted=True)) if self.text else 0
        return self._counts[width]

    @property
    def lines(self) -> list[str]:
        """The lines where it was placed last: broken when they are looked at, as most places are tries."""
        if self._lines is None:
            self._lines = self._broken(self.width)
        return self._lines

    @lines.setter
    def lines(self, lines: list[str]) -> None:
        self._lines = lines

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Settle where the lines are broken."""
        super().place(x, y, width, height)
        self._lines = None if self.text else []

    def paint(self, canvas: Canvas) -> None:
        """Set the lines, in the middle of the height."""
        if not self.lines:
            return
        texture = self._type.texture(self.lines, self.size_px, self.bold, self._align)
        width, height = texture.size
        left = {"left": 0.0, "center": (self.width - width) / 2, "right": self.width - width}[self._align]
        corner = (round(self.x + left), round(self.y + (self.height - height) / 2))
        canvas.add(tint(self.colour))
        canvas.add(Rectangle(texture=texture, pos=corner, size=texture.size))
        self.drawn = (*corner, width, height)

    def measure(self, text: str) -> float:
        """Return the width of a text set in one line as these words are."""
        return self._type.width(text, self.size_px, self.bold)

    def _broken(self, width: float, *, counted: bool = False) -> list[str]:
        """Break the lines; those that are only counted may end elsewhere."""
        if self._balanced:
            return balance_lines(self.text, width, self.measure)
        return (fill_lines if counted else break_lines)(self.text, width, self.measure)


class Drawing(Block):
    """A sketch at a fixed height, centred in its place: `ink` on `paper`, the accent on a card by default."""

    def __init__(self, theme: Theme, sketch: Sketch, height: float, ink: str = "", paper: str = "") -> None:
        super().__init__()
        colours = theme.colours
        self.sketch = sketch
        self.paints: dict[Paint, str] = {
            "ink": ink or colours.accent,
            "paper": paper or colours.surface,
            "soft": colours.tint,
            "bright": ink or colours.bright,
        }
        self._wanted = height
        self._textures = theme.textures

    def natural_width(self) -> float:
        """Return the width that keeps the sketch in proportion."""
        return math.ceil(self._wanted * self.sketch.width / self.sketch.height)

    def height_for(self, width: float) -> float:
        """Return the given height."""
        return self._wanted

    def paint(self, canvas: Canvas) -> None:
        """Draw the sketch as large as wanted, or as fits."""
        sketch = self.sketch
        unit = min(self.width / sketch.width, self.height / sketch.height, self._wanted / sketch.height)
        texture = self._textures.sketch(sketch, self.paints, unit)
        left, bottom = self.center_x - texture.width / 2, self.center_y - texture.height / 2
        canvas.add(Color(1, 1, 1, 1))
        canvas.add(Rectangle(texture=texture, pos=(round(left), round(bottom)), size=texture.size))


class Panel(Block):
    """A block on a ground of its own, with padding.

    Not to touch, so without a rim as a rule; where its fill is that of the screen, a thin one shows it.
    """

    def __init__(
        self,
        theme: Theme,
        inside: Block,
        *,
        fill: str = "",
        padding: tuple[float, float] = (3, 2),
        square: bool = False,
        rim: Rim | None = None,
        edge: str = "",
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__((inside,), weight=weight, grow=grow)
        self._fill = fill or theme.colours.surface
        self._radius = 0 if square else theme.radius
        vanishes = self._fill == theme.colours.ground
        self.rim = (Rim(theme.hairline) if vanishes else NO_RIM) if rim is None else rim
        self._edge = edge or theme.colours.line
        self._textures = theme.textures
        bare = square and not self.rim.thickness  # from side to side of the display, or a strip
        self._padding = tuple(map(theme.space, padding)) if bare else theme.padding(*padding)

    @property
    def edged(self) -> bool:
        """Whether one sees where it ends; a band from side to side of the display ends with that."""
        return bool(self._radius or self.rim.thickness)

    def natural_width(self) -> float:
        """Return the width of the block inside and the padding."""
        return self.blocks[0].natural_width() + 2 * self._padding[0]

    def height_for(self, width: float) -> float:
        """Return the height of the block inside and the padding."""
        return self.blocks[0].height_for(width - 2 * self._padding[0]) + 2 * self._padding[1]

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Place the block inside."""
        super().place(x, y, width, height)
        side, end = self._padding
        self.blocks[0].place(x + side, y + end, width - 2 * side, height - 2 * end)

    def paint(self, canvas: Canvas) -> None:
        """Draw the ground, then what stands on it."""
        box = (self.x, self.y, self.width, self.height)
        if self._radius or self.rim.thickness:
            plate = Plate(self._fill, self._edge, self._radius, self.rim)
            for layer in self._textures.plate(box, plate):
                canvas.add(layer)
        else:
            canvas.add(tint(self._fill))
            canvas.add(Rectangle(pos=box[:2], size=box[2:]))
        super().paint(canvas)


def tint(colour: str) -> Color:
    """Return what draws in a colour of the palette, "#RRGGBB"."""
    return Color(*get_color_from_hex(colour))
