# mypy: allow-subclassing-any
"""The pieces every screen is made of: words, panels, things to touch, badges, notes. `theme.kv` draws them."""

from collections.abc import Sequence
from pathlib import Path

from kivy.lang import Builder
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, ObjectProperty

from kiosk.views.models import AnyChoice, Icon
from screens.drawing import Drawing, paints_for
from screens.icons import CHECK, ICONS, LIST_DOT
from screens.layout import Block, Column, Row
from screens.line_breaking import break_lines
from screens.theme import Theme
from screens.tokens import SMALL_TARGET_MM, TARGET_MM

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
        """Set the lines, in the middle of the height."""
        super().place(x, y, width, height)
        if not self.text:
            return
        self.lines = self._broken(width)
        self.texture = self._type.texture(self.lines, self.size_px, self.bold, self._align)
        self.texture_size = self.texture.size
        spare = width - self.texture.width
        left = {"left": 0.0, "center": spare / 2, "right": spare}[self._align]
        self.texture_pos = (round(x + left), round(y + (height - self.texture.height) / 2))

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
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__(weight=weight, grow=grow)
        self.choice = choice
        self.key = key
        self.discreet = discreet
        self.least_mm = least_mm
        paint = theme.paint(choice)
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


def icon(
    theme: Theme, name: Icon, use: str = "body", ink: str = "", paper: str = "", factor: float = 1.35
) -> Drawing:
    """Return an icon that goes with words of the given use, in `ink` on `paper`."""
    return Drawing(ICONS[name], paints_for(theme, ink, paper), round(theme.letters(use) * factor))


def button(
    theme: Theme,
    choice: AnyChoice,
    *,
    use: str = "label",
    least_mm: tuple[float, float] = (TARGET_MM, TARGET_MM),
    weight: float = 0,
) -> Target:
    """Return an action: icon and words in a row. The way on has its arrow behind the words."""
    paint = theme.paint(choice)
    ink, paper = paint.ink, paint.fill
    words = Words(theme, choice.text, use, colour=ink, align="left")
    blocks: list[Block] = [words]
    if choice.chosen:
        blocks.insert(0, Drawing(CHECK, paints_for(theme, ink), theme.letters(use)))
    elif choice.icon is Icon.NEXT:
        blocks.append(icon(theme, choice.icon, use, ink, paper))
    elif choice.icon is not Icon.NONE:
        blocks.insert(0, icon(theme, choice.icon, use, ink, paper))
    inside = Row(blocks, theme.space(1.25), align="center")
    return Target(theme, choice, inside, least_mm=least_mm, weight=weight)


def tool(theme: Theme, choice: AnyChoice, *, weight: float = 0) -> Target:
    """Return a small setting for the footer."""
    return button(theme, choice, use="caption", least_mm=(SMALL_TARGET_MM, SMALL_TARGET_MM), weight=weight)


def badge(theme: Theme, text: str) -> Panel:
    """Return a short word on a tinted ground."""
    words = Words(theme, text, "caption", colour=theme.colours.accent, bold=True)
    outlined = theme.colours.accent if theme.colours.tint == theme.colours.surface else ""
    return Panel(theme, words, fill=theme.colours.tint, padding=(1.5, 0.5), outlined=outlined)


def bulleted(theme: Theme, points: Sequence[str], use: str = "body", colour: str = "") -> Column:
    """Return points, each behind a dot."""
    colour = colour or theme.colours.ink
    lines = [
        _marked(
            theme,
            Drawing(LIST_DOT, paints_for(theme, theme.colours.bright), theme.letters(use)),
            text,
            use,
            colour,
        )
        for text in points
    ]
    return Column(lines, theme.space(1.5))


def notice(
    theme: Theme, text: str, *, tone_ink: str = "", tone_ground: str = "", sign: Icon = Icon.WARNING
) -> Panel:
    """Return a sentence that must not be missed, behind a sign."""
    ink = tone_ink or theme.colours.recorded.ink
    ground = tone_ground or theme.colours.recorded.ground
    outlined = ink if ground == theme.colours.ground else ""
    row = _marked(theme, icon(theme, sign, "body", ink, ground), text, "body", ink)
    return Panel(theme, row, fill=ground, outlined=outlined)


def _marked(theme: Theme, sign: Drawing, text: str, use: str, colour: str) -> Row:
    return Row([sign, Words(theme, text, use, colour=colour, weight=1)], theme.space(1.5))


def heading(theme: Theme, text: str) -> Words:
    """Return the words over a part of a screen."""
    return Words(theme, text, "heading")
