"""Things to touch, and how they look. An edge means: this can be touched."""

from kivy.graphics import InstructionGroup, SmoothLine

from kiosk.views.models import AnyChoice
from screens.layout import Block, Canvas
from screens.pieces import tint
from screens.rims import Plate
from screens.theme import Colouring, Theme
from screens.tokens import TARGET_MM


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
        enlarged = 1 if key else theme.enlarged
        self._least = (theme.mm(least_mm[0] * enlarged), theme.mm(least_mm[1] * enlarged))
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

    def wipe(self) -> None:
        """Let go of the ground and the ring that were drawn."""
        self._ground.clear()
        self._above.clear()

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
            self._above.add(tint(self._paint.ink))
            self._above.add(SmoothLine(rounded_rectangle=path, width=thickness / 2))

    def _lay_ground(self, fill: str) -> None:
        box = (self.x, self.y, self.width, self.height)
        self._ground.clear()
        for layer in self._textures.plate(box, Plate(fill, self._paint.edge, self._radius, self._rim)):
            self._ground.add(layer)
