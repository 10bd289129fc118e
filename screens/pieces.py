# mypy: allow-subclassing-any
"""The three widgets every screen is made of: words, panels, and things to touch. `theme.kv` draws them."""

from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, ObjectProperty

from kiosk.views.models import AnyChoice
from screens.layout import Block
from screens.line_breaking import break_lines, must_cut
from screens.theme import Paint, Theme
from screens.tokens import TARGET_MM

# Once, at import: loading the same rules again would apply them twice to every widget.
Builder.load_file(str(Path(__file__).with_name("theme.kv")))


class Words(Block):
    """Text in one size and colour, broken as print does."""

    texture = ObjectProperty(None, allownone=True)
    texture_pos = ObjectProperty((0, 0))
    texture_size = ObjectProperty((0, 0))
    colour = ColorProperty("#000000")

    def __init__(
        self,
        theme: Theme,
        text: str,
        use: str = "body",
        *,
        colour: str = "",
        bold: bool | None = None,
        align: str = "left",
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__(weight=weight, grow=grow)
        self.text = text
        self.use = use
        self.size_px = theme.letters(use)
        self.bold = use in {"label", "heading", "title", "display"} if bold is None else bold
        self.lines: list[str] = []
        self.colour = colour or theme.colours.ink
        self._type = theme.typesetter
        self._align = align

    def natural_width(self) -> float:
        """Return the width of the longest line as written."""
        return max(self._measure(line) for line in self.text.split("\n"))

    def height_for(self, width: float) -> float:
        """Return the height of the lines it takes at that width."""
        if not self.text:
            return 0.0
        return len(self._broken(width)) * self._type.line_height(self.size_px, self.bold)

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Break the lines for good."""
        super().place(x, y, width, height)
        self.lines = self._broken(width) if self.text else []

    def paint(self) -> None:
        """Set the lines, in the middle of the height."""
        if not self.lines:
            return
        self.texture = self._type.texture(self.lines, self.size_px, self.bold, self._align)
        self.texture_size = self.texture.size
        spare = self.width - self.texture.width
        left = {"left": 0.0, "center": spare / 2, "right": spare}[self._align]
        self.texture_pos = (round(self.x + left), round(self.y + (self.height - self.texture.height) / 2))

    @property
    def cut(self) -> bool:
        """Whether a number or a word had to be cut where it stands."""
        return bool(self.lines) and must_cut(self.text, self.width, self._measure)

    def _broken(self, width: float) -> list[str]:
        return break_lines(self.text, width, self._measure)

    def _measure(self, text: str) -> float:
        return self._type.width(text, self.size_px, self.bold)


class Panel(Block):
    """A block on a ground of its own, with padding. Not to touch, so without an edge."""

    fill = ColorProperty("#00000000")
    edge_colour = ColorProperty("#00000000")
    edge = NumericProperty(1)
    radius = NumericProperty(0)

    def __init__(
        self,
        theme: Theme,
        inside: Block,
        *,
        fill: str = "",
        padding: tuple[float, float] = (3, 2),
        square: bool = False,
        outlined: str = "",
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__(weight=weight, grow=grow)
        self.fill = fill or theme.colours.surface
        self.radius = 0 if square else theme.radius
        self.edge = theme.edge
        if outlined:
            self.edge_colour = outlined
        self._inside = inside
        self._padding = (theme.space(padding[0]), theme.space(padding[1]))
        self.add_widget(inside)

    def natural_width(self) -> float:
        """Return the width of the block inside and the padding."""
        return self._inside.natural_width() + 2 * self._padding[0]

    def height_for(self, width: float) -> float:
        """Return the height of the block inside and the padding."""
        return self._inside.height_for(width - 2 * self._padding[0]) + 2 * self._padding[1]

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Place the block inside."""
        super().place(x, y, width, height)
        side, end = self._padding
        self._inside.place(x + side, y + end, width - 2 * side, height - 2 * end)


class Target(Block):
    """Something to touch: the choice it makes, and the blocks it shows.

    It knows nothing of fingers; `screens.touch` finds it and sets `pressed`. `least_mm` is its least width
    and height. A `discreet` target does not show that it is pressed: bystanders read passwords from that.
    A `key` may be struck again at once; all else rests for a moment (see `screens.touch`).
    """

    pressed = BooleanProperty(False)
    fill = ColorProperty("#00000000")
    pressed_fill = ColorProperty("#00000000")
    edge_colour = ColorProperty("#00000000")
    edge = NumericProperty(1)
    ring_colour = ColorProperty("#00000000")
    ring = NumericProperty(1)
    radius = NumericProperty(0)
    lifted = BooleanProperty(False)

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
        paint: Paint | None = None,
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__(weight=weight, grow=grow)
        self.choice = choice
        self.key = key
        self.discreet = discreet
        self.least_mm = least_mm
        paint = paint or theme.paint(choice)
        self.fill = paint.fill
        self.pressed_fill = paint.pressed
        self.edge_colour = paint.edge
        self.edge = theme.heavy_edge if choice.chosen else theme.edge
        self.ring_colour = paint.ink
        self.ring = theme.edge
        self.radius = theme.radius
        self._least = (theme.mm(least_mm[0]), theme.mm(least_mm[1]))
        self._padding = (theme.space(padding[0]), theme.space(padding[1]))
        self._inside = inside
        self.add_widget(inside)

    def natural_width(self) -> float:
        """Return the width of what is inside, never less than a finger needs."""
        return max(self._least[0], self._inside.natural_width() + 2 * self._padding[0])

    def height_for(self, width: float) -> float:
        """Return the height of what is inside, never less than a finger needs."""
        inner = self._inside.height_for(width - 2 * self._padding[0])
        return max(self._least[1], inner + 2 * self._padding[1])

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Place what is inside."""
        super().place(x, y, width, height)
        side, end = self._padding
        self._inside.place(x + side, y + end, width - 2 * side, height - 2 * end)
