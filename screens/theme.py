"""A theme: the tokens in the pixels of one display, for one visitor's look and one degree of fullness.

Every block of a screen is given the same theme. Nothing scrolls, so a screen that is too full is set
again in a tighter theme: first the space shrinks, then the letters, down to the least the rules allow.
"""

import math
from dataclasses import dataclass, replace

from kiosk.views.models import Choice, Health, Look, Mark, Role, Size
from screens.textures import Textures
from screens.tokens import (
    CAP_HEIGHT_OF_EM,
    EDGE_MM,
    GRID_MM,
    HEAVY_EDGE_MM,
    LEAST_TYPE_STEP,
    PALETTES,
    RADIUS_MM,
    SIDE_MM,
    TARGET_GAP_MM,
    TYPE_SCALE_MM,
    TYPE_STEPS,
    Colours,
    Tone,
)
from screens.typesetting import Typesetter

MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Fullness:
    """How tightly a screen is set: a factor on space, steps on the type scale, and a last shrinking."""

    space: float
    steps: int = 0
    shrunk: float = 1.0


# A body is set from roomy to packed. The frame has but two settings, so that nearly every screen has the
# same one, and gives way last. No letter is smaller than the rules allow, and nothing touched.
BODIES = (
    Fullness(1.5, 2),
    Fullness(1.25, 2),
    Fullness(1.25, 1),
    Fullness(1.0, 1),
    Fullness(1.0),
    Fullness(0.75),
    Fullness(0.6),
    Fullness(0.5),
    Fullness(0.5, -1),
    Fullness(0.4, -1),
    Fullness(0.25, -1),
    Fullness(0.1, -1),
)
FRAME = Fullness(0.85)
PACKED_FRAME = Fullness(0.1, -1)
LAWFUL = (*((FRAME, body) for body in BODIES), *((PACKED_FRAME, body) for body in BODIES[-4:]))

# These break the rules on letters. The inspection reports them, so no view that ships needs them.
LAST_RESORTS = (
    Fullness(0.1, -1, 0.9),
    Fullness(0.2, -1, 0.75),
    Fullness(0.2, -1, 0.6),
    Fullness(0.1, -1, 0.45),
)


@dataclass(frozen=True, slots=True)
class Colouring:
    """The colours of something to touch."""

    fill: str
    ink: str
    edge: str
    pressed: str


@dataclass(frozen=True, slots=True)
class Theme:
    """The design in pixels. `width` and `height` are those of the screen."""

    typesetter: Typesetter
    textures: Textures
    width: int
    height: int
    ppi: float
    look: Look
    fullness: Fullness = BODIES[0]

    def tightened(self, fullness: Fullness) -> "Theme":
        """Return the same theme, set more tightly."""
        return replace(self, fullness=fullness)

    @property
    def colours(self) -> Colours:
        """Return the palette in force."""
        return PALETTES[self.look.palette]

    @property
    def landscape(self) -> bool:
        """Whether there is more width than height."""
        return self.width > self.height

    @property
    def half_width(self) -> int:
        """Return about the width of one of two columns of a body."""
        return self.width // 2 - self.mm(SIDE_MM)

    @property
    def elder(self) -> bool:
        """Whether the elder mode is on: nothing moves, everything is larger."""
        return self.look.size is Size.ELDER

    def mm(self, millimetres: float) -> int:
        """Return whole pixels, never less than `millimetres`."""
        return math.ceil(millimetres * self.ppi / MM_PER_INCH - 1e-6)

    def space(self, steps: float) -> int:
        """Return `steps` of the grid, narrower when the screen is full."""
        return round(steps * GRID_MM * self.fullness.space * self.ppi / MM_PER_INCH)

    @property
    def gap(self) -> int:
        """Return the distance between things to touch."""
        return max(self.key_gap, self.space(2))

    @property
    def key_gap(self) -> int:
        """Return the distance between the keys of a keyboard, where more would only make the keys smaller."""
        return self.mm(TARGET_GAP_MM)

    @property
    def radius(self) -> int:
        """Return the rounding of cards and buttons."""
        return self.mm(RADIUS_MM)

    @property
    def edge(self) -> int:
        """Return the thickness of the edge round something to touch."""
        return self.mm(EDGE_MM)

    @property
    def heavy_edge(self) -> int:
        """Return the thickness of the edge of what is pressed or chosen."""
        return self.mm(HEAVY_EDGE_MM)

    def letters(self, use: str) -> int:
        """Return the font size in pixels for a use: caption, body, label, heading, title or display."""
        size = self.look.size
        step = max(TYPE_STEPS[use][size] + self.fullness.steps, LEAST_TYPE_STEP[size])
        cap_mm = TYPE_SCALE_MM[min(step, len(TYPE_SCALE_MM) - 1)] * self.fullness.shrunk
        return self.mm(cap_mm / CAP_HEIGHT_OF_EM)

    def tone(self, mark: Mark) -> Tone:
        """Return the colours of a result."""
        return {
            Mark.IN_EFFECT: self.colours.in_effect,
            Mark.RECORDED: self.colours.recorded,
            Mark.REFUSED: self.colours.refused,
            Mark.NEUTRAL: self.colours.neutral,
        }[mark]

    def health_tone(self, health: Health) -> Tone:
        """Return the colours of a part of the kiosk that is well, or isn't."""
        return {
            Health.WELL: self.colours.in_effect,
            Health.NOTED: self.colours.recorded,
            Health.FAILED: self.colours.refused,
            Health.UNKNOWN: self.colours.neutral,
        }[health]

    @property
    def band_paint(self) -> Colouring:
        """Return the colours of a choice on the dark band at the top."""
        colours = self.colours
        return Colouring(colours.accent, colours.on_accent, colours.on_accent, colours.accent_pressed)

    def paint(self, choice: Choice[object]) -> Colouring:
        """Return the colours of a choice by its role. Colour is never the only sign of the role."""
        colours = self.colours
        if not choice.enabled:
            return Colouring(colours.tint, colours.quiet, colours.tint, colours.tint)
        match choice.role:
            case Role.PRIMARY:
                return Colouring(colours.accent, colours.on_accent, colours.accent, colours.accent_pressed)
            case Role.DANGER:
                tone = colours.refused
                return Colouring(colours.surface, tone.ink, tone.ink, tone.ground)
            case _:
                fill = colours.tint if choice.chosen else colours.surface
                return Colouring(fill, colours.accent, colours.accent, colours.tint)
