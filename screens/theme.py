"""A theme: the tokens in the pixels of one display, for one visitor's look and one degree of fullness.

Every block of a screen is given the same theme. Nothing scrolls, so a screen that is too full is set
again in a tighter theme: first the space shrinks, then the letters, down to the least the rules allow.
"""

import math
from dataclasses import dataclass, replace

from kiosk.views.models import Choice, Health, Look, Mark, Role, Size
from screens.rims import NO_RIM, Pattern, Rim
from screens.textures import Textures
from screens.tokens import (
    CAP_HEIGHT_OF_EM,
    EDGE_MM,
    ELDER_TARGET,
    FINE_EDGE_MM,
    GRID_MM,
    HEAVY_EDGE_MM,
    LEAST_BESIDE_MM,
    LEAST_END_MM,
    LEAST_SIDE_MM,
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


# A body is set from roomy to packed. Letters are worth more than the space round them; and below 0.6 of it,
# where bodies arrange their parts to save lines, larger ones may fit again. The frame has but two settings,
# so that nearly every screen has the same one, and gives way last. No letter is smaller than the rules allow,
# and nothing touched.
BODIES = (
    Fullness(1.5, 2),
    Fullness(1.25, 2),
    Fullness(1.25, 1),
    Fullness(1.0, 1),
    Fullness(0.75, 1),
    Fullness(1.0),
    Fullness(0.75),
    Fullness(0.6),
    Fullness(0.5, 1),
    Fullness(0.5),
    Fullness(0.35),
    Fullness(0.75, -1),
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
    """The colours of something to touch, and its edge."""

    fill: str
    ink: str
    edge: str
    pressed: str
    rim: Rim


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

    @property
    def enlarged(self) -> float:
        """Return how many times as large as for others things to touch are at least."""
        return ELDER_TARGET if self.elder else 1.0

    def space(self, steps: float) -> int:
        """Return `steps` of the grid, narrower when the screen is full."""
        return round(steps * GRID_MM * self.fullness.space * self.ppi / MM_PER_INCH)

    def beside(self, steps: float) -> int:
        """Return the room between an icon and its words: narrower when the screen is full, but never none."""
        return max(self.space(steps), self.mm(LEAST_BESIDE_MM))

    def padding(self, side: float, end: float) -> tuple[int, int]:
        """Return the room between an edge and what is inside, beside and above it, in pixels.

        `side` and `end` are steps of the grid; however full the screen, words don't touch an edge.
        """
        return (
            max(self.space(side), self.mm(LEAST_SIDE_MM) if side else 0),
            max(self.space(end), self.mm(LEAST_END_MM) if end else 0),
        )

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

    @property
    def fine_edge(self) -> int:
        """Return the thickness of the edge of what can't be touched now."""
        return self.mm(FINE_EDGE_MM)

    @property
    def hairline(self) -> int:
        """Return the thickness of rules, and of frames round what is only to be read."""
        return max(1, self.edge // 2)

    @property
    def high(self) -> bool:
        """Whether the palette has two colours only, so that a fill tells nothing from its ground."""
        return self.colours.surface == self.colours.ground

    def letters(self, use: str) -> int:
        """Return the font size in pixels for a use: caption, body, label, heading, title or display."""
        size = self.look.size
        step = max(TYPE_STEPS[use][size] + self.fullness.steps, LEAST_TYPE_STEP[size])
        cap_mm = TYPE_SCALE_MM[min(step, len(TYPE_SCALE_MM) - 1)] * self.fullness.shrunk
        return self.mm(cap_mm / CAP_HEIGHT_OF_EM)

    def tone(self, mark: Mark) -> Tone:
        """Return the colours of a result."""
        in_effect = self.colours.in_effect
        return {
            Mark.IN_EFFECT: Tone(in_effect.ground, in_effect.ink) if self.high else in_effect,
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
            Health.UNDER_WAY: self.colours.neutral,
            Health.UNKNOWN: self.colours.neutral,
        }[health]

    @property
    def band_paint(self) -> Colouring:
        """Return the colours of a choice on the dark band at the top."""
        colours = self.colours
        accent, on_accent = colours.accent, colours.on_accent
        return Colouring(accent, on_accent, on_accent, colours.accent_pressed, Rim(self.edge))

    def paint(self, choice: Choice[object]) -> Colouring:
        """Return the colours of a choice by its role. Colour is never the only sign of the role."""
        colours = self.colours
        accent, rim = colours.accent, Rim(self.edge)
        if choice.chosen:  # touching it again may do nothing, but it is in force
            return Colouring(colours.tint, accent, accent, colours.tint, Rim(self.heavy_edge))
        if not choice.enabled:
            dashed = Rim(self.fine_edge, Pattern.DASHED)
            return Colouring(colours.tint, colours.quiet, colours.quiet, colours.tint, dashed)
        match choice.role:
            case Role.PRIMARY:
                return Colouring(accent, colours.on_accent, accent, colours.accent_pressed, rim)
            case Role.DANGER:
                tone = colours.refused
                double = Rim(self.edge, Pattern.DOUBLE)
                return Colouring(colours.surface, tone.ink, tone.ink, tone.ground, double)
            case _:
                return Colouring(colours.surface, accent, accent, colours.tint, rim)

    def result_rim(self, mark: Mark) -> Rim:
        """Return the frame of a result, by its shape: the filled one of what is in effect needs none."""
        return {
            Mark.IN_EFFECT: NO_RIM,
            Mark.RECORDED: Rim(self.heavy_edge, Pattern.DASHED),
            Mark.REFUSED: Rim(self.heavy_edge, Pattern.DOUBLE),
            Mark.NEUTRAL: Rim(self.edge),
        }[mark]
