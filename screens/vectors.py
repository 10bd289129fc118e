"""A small vocabulary of shapes in which icons, pictures and marks are drawn, as plain data.

Coordinates are units of the drawing's own box, y upwards. `paint` names a colour of the theme, so one
drawing serves every palette. Strokes have round ends and joints.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Paint: TypeAlias = Literal["ink", "paper", "soft", "bright"]

Point: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    closed: bool = False
    width: float = 2.0
    paint: Paint = "ink"


@dataclass(frozen=True, slots=True)
class Arc:
    """A part of a circle, degrees clockwise from the top; a whole one by default."""

    centre: Point
    radius: float
    start: float = 0.0
    end: float = 360.0
    width: float = 2.0
    paint: Paint = "ink"


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle."""

    centre: Point
    radius: float
    paint: Paint = "ink"


@dataclass(frozen=True, slots=True)
class Slab:
    """A rectangle with rounded corners: filled, outlined when `width` is given."""

    corner: Point
    size: Point
    radius: float = 0.0
    width: float = 0.0
    paint: Paint = "ink"


@dataclass(frozen=True, slots=True)
class Area:
    """A filled convex shape of three or four corners."""

    points: tuple[Point, ...]
    paint: Paint = "ink"


Shape: TypeAlias = Stroke | Arc | Disc | Slab | Area


@dataclass(frozen=True, slots=True)
class Sketch:
    """Shapes in a box of `width` by `height` units, drawn in order."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
