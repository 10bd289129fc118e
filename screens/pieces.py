"""The pieces every screen is made of: words, drawings, panels, and things to touch; and how they look.

An edge means: this can be touched. Colours and lengths come from the theme.
"""

import math

from kivy.graphics import Color, InstructionGroup, Rectangle, SmoothLine
from kivy.utils import get_color_from_hex

from kiosk.views.models import AnyChoice
from screens.layout import Block, Canvas
from screens.line_breaking import balance_lines, break_lines, fill_lines, least_width
from screens.rims import NO_RIM, Plate, Rim
from screens.theme import Colouring, Theme
from screens.tokens import TARGET_MM
from screens.vectors import Paint, Sketch


class Words(Block):
    """Text in one size and colour, broken as print does. `drawn` is the box of its pixels.

    Lines in the middle are `balanced`, and others if asked for. Of a text that is being typed only the
    `last_lines` are shown. A `label` is meant for one line: letters larger than need be are not worth
    breaking it for.
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
        last_lines: int = 0,
        label: bool = False,
        balanced: bool = False,
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__(weight=weight, grow=grow)
        self.text = text
        self.label = label
        self._last_lines = last_lines
        self.size_px = theme.letters(use)
        self.bold = use in {"label", "heading", "title", "display"} if bold is None else bold
        self.colour = colour or theme.colours.ink
        self._lines: list[str] | None = []
        self.drawn = (0.0, 0.0, 0.0, 0.0)  # x, y, width, height
        self._type = theme.typesetter
        self._align = align
        self._balanced = balanced or align == "center"
        self._counts: dict[float, int] = {}

    @property
    def cut(self) -> bool:
        """Whether a number or a word had to be cut where it stands; what is being typed may be."""
        return bool(self.text) and not self._last_lines and self.uncut_width() > self.width

    def uncut_width(self) -> float:
        """Return the width of the widest number or word."""
        return least_width(self.text, self._measure)

    def natural_width(self) -> float:
        """Return the width of the longest line as written."""
        return max(self._measure(line) for line in self.text.split("\n"))

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
        canvas.add(_colour(self.colour))
        canvas.add(Rectangle(texture=texture, pos=corner, size=texture.size))
        self.drawn = (*corner, width, height)

    def _broken(self, width: float, *, counted: bool = False) -> list[str]:
        """Break the lines; those that are only counted may end elsewhere."""
        if self._last_lines:
            return fill_lines(self.text, width, self._measure)[-self._last_lines :]
        if self._balanced:
            return balance_lines(self.text, width, self._measure)
        return (fill_lines if counted else break_lines)(self.text, width, self._measure)

    def _measure(self, text: str) -> float:
        return self._type.width(text, self.size_px, self.bold)


class Drawing(Block):
    """A sketch at a fixed height, centred in its place: `ink` on `paper`, the accent on a card by default."""

    def __init__(self, theme: Theme, sketch: Sketch, height: float, ink: str = "", paper: str = "") -> None:
        super().__init__()
        colours = theme.colours
        self.sketch = sketch
        self._paints: dict[Paint, str] = {
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
        texture = self._textures.sketch(sketch, self._paints, unit)
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
        self._rim = (Rim(theme.hairline) if vanishes else NO_RIM) if rim is None else rim
        self._edge = edge or theme.colours.line
        self._textures = theme.textures
        bare = square and not self._rim.thickness  # from side to side of the display, or a strip
        self._padding = tuple(map(theme.space, padding)) if bare else theme.padding(*padding)

    @property
    def edged(self) -> bool:
        """Whether one sees where it ends; a band from side to side of the display ends with that."""
        return bool(self._radius or self._rim.thickness)

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
        if self._radius or self._rim.thickness:
            plate = Plate(self._fill, self._edge, self._radius, self._rim)
            for layer in self._textures.plate(box, plate):
                canvas.add(layer)
        else:
            canvas.add(_colour(self._fill))
            canvas.add(Rectangle(pos=box[:2], size=box[2:]))
        super().paint(canvas)


class Target(Block):
    """Something to touch: the choice it makes, and the block it shows.

    It knows nothing of fingers; `screens.touch` finds it and sets `pressed`. `least_mm` is its least width
    and height. A `discreet` target does not show that it is pressed: bystanders read passwords from that.
    A `key` may be struck again at once; all else rests for a moment (see `screens.touch`).
    """

    def __init__(
        self,
        theme: Theme,
        choice: AnyChoice,
        inside: Block,
        *,
        least_mm: tuple[float, float] = (TARGET_MM, TARGET_MM),
        padding: tuple[float, float] = (2, 1),
        key: bool = False,
        discreet: bool = False,
        paint: Colouring | None = None,
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__((inside,), weight=weight, grow=grow)
        self.choice = choice
        self.key = key
        self.discreet = discreet
        self._pressed = self._ringed = False
        self._paint = paint or theme.paint(choice)
        self._edge = theme.heavy_edge if choice.chosen else theme.edge
        self._rim = self._paint.rim
        self._radius = theme.radius
        self._least = (theme.mm(least_mm[0]), theme.mm(least_mm[1]))
        self._padding = theme.padding(*padding)
        self._textures = theme.textures
        self._ground = InstructionGroup()
        self._above = InstructionGroup()

    @property
    def edged(self) -> bool:
        """Whether one sees where it ends: always, as an edge says that it can be touched."""
        return True

    @property
    def pressed(self) -> bool:
        """Whether a finger is on it."""
        return self._pressed

    @pressed.setter
    def pressed(self, pressed: bool) -> None:
        """Show a press by a ring in the colour of the words, which every palette has, and by the ground."""
        self._pressed = pressed
        if not self.discreet:
            self._lay_ground(self._paint.pressed if pressed else self._paint.fill)
            self._draw_ring(self._edge if pressed else 0)

    @property
    def ringed(self) -> bool:
        """Whether the ring of the accessible keypad is on it."""
        return self._ringed

    @ringed.setter
    def ringed(self, ringed: bool) -> None:
        self._ringed = ringed
        self._draw_ring(2 * self._edge if ringed else 0)

    def natural_width(self) -> float:
        """Return the width of what is inside, never less than a finger needs."""
        return max(self._least[0], self.blocks[0].natural_width() + 2 * self._padding[0])

    def height_for(self, width: float) -> float:
        """Return the height of what is inside, never less than a finger needs."""
        inner = self.blocks[0].height_for(width - 2 * self._padding[0])
        return max(self._least[1], inner + 2 * self._padding[1])

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Place what is inside."""
        super().place(x, y, width, height)
        side, end = self._padding
        self.blocks[0].place(x + side, y + end, width - 2 * side, height - 2 * end)

    def paint(self, canvas: Canvas) -> None:
        """Draw the ground with its edge, what stands on it, and keep room for the ring of a press."""
        self._lay_ground(self._paint.fill)
        canvas.add(self._ground)
        super().paint(canvas)
        canvas.add(self._above)

    def _draw_ring(self, thickness: float) -> None:
        self._above.clear()
        if thickness:
            inset = self._rim.depth + self._edge + thickness / 2
            x, y, width, height = (
                self.x + inset,
                self.y + inset,
                self.width - 2 * inset,
                self.height - 2 * inset,
            )
            path = (x, y, width, height, max(1.0, self._radius - inset), 12)
            self._above.add(_colour(self._paint.ink))
            self._above.add(SmoothLine(rounded_rectangle=path, width=thickness / 2))

    def _lay_ground(self, fill: str) -> None:
        box = (self.x, self.y, self.width, self.height)
        self._ground.clear()
        for layer in self._textures.plate(box, Plate(fill, self._paint.edge, self._radius, self._rim)):
            self._ground.add(layer)


def _colour(colour: str) -> Color:
    return Color(*get_color_from_hex(colour))
