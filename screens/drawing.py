"""Draws a sketch of shapes with canvas instructions that smooth their own edges.

The window has no multisampling, which costs software rendering three quarters of its speed, so every
shape is one of Kivy's smooth ones; their lines have no round ends, so discs are set on joints and ends.
"""

import math
from collections.abc import Mapping

from kivy.graphics import (
    Color,
    SmoothEllipse,
    SmoothLine,
    SmoothQuad,
    SmoothRoundedRectangle,
    SmoothTriangle,
)
from kivy.utils import get_color_from_hex

from screens.layout import Block, Canvas
from screens.theme import Theme
from screens.vectors import Arc, Area, Disc, Paint, Point, Shape, Sketch, Slab, Stroke

DEGREES_PER_PIECE = 6


def paints_for(theme: Theme, ink: str = "", paper: str = "") -> dict[Paint, str]:
    """Return the colours a sketch is drawn in: `ink` on `paper`, with the theme's softer ones beside."""
    colours = theme.colours
    return {
        "ink": ink or colours.accent,
        "paper": paper or colours.surface,
        "soft": colours.tint,
        "bright": ink or colours.bright,
    }


class Drawing(Block):
    """A sketch at a fixed height, centred in its place."""

    def __init__(
        self,
        sketch: Sketch,
        paints: Mapping[Paint, str],
        height: float,
        *,
        weight: float = 0,
        grow: float = 0,
    ) -> None:
        super().__init__(weight=weight, grow=grow)
        self.sketch = sketch
        self._paints = paints
        self._wanted = height

    def natural_width(self) -> float:
        """Return the width that keeps the sketch in proportion."""
        return math.ceil(self._wanted * self.sketch.width / self.sketch.height)

    def height_for(self, width: float) -> float:
        """Return the given height."""
        return self._wanted

    def paint(self, canvas: Canvas) -> None:
        """Draw the sketch as large as fits, not larger than wanted unless it may grow."""
        unit = min(self.width / self.sketch.width, self.height / self.sketch.height)
        if not self.grow:
            unit = min(unit, self._wanted / self.sketch.height)
        left = self.x + (self.width - unit * self.sketch.width) / 2
        bottom = self.y + (self.height - unit * self.sketch.height) / 2
        pen = _Pen(canvas, left, bottom, unit)
        for shape in self.sketch.shapes:
            canvas.add(Color(*get_color_from_hex(self._paints[shape.paint])))
            pen.draw(shape)


class _Pen:
    """Turns units into pixels and shapes into instructions on a canvas."""

    def __init__(self, canvas: Canvas, left: float, bottom: float, unit: float) -> None:
        self._canvas = canvas
        self._left = left
        self._bottom = bottom
        self._unit = unit

    def draw(self, shape: Shape) -> None:
        match shape:
            case Stroke(points, closed, width):
                self._line(points, closed, width)
            case Arc(centre, radius, start, end, width):
                steps = max(3, math.ceil(abs(end - start) / DEGREES_PER_PIECE))
                angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
                points = tuple(
                    (centre[0] + radius * math.sin(angle), centre[1] + radius * math.cos(angle))
                    for angle in angles
                )
                whole = abs(end - start) >= 360
                self._line(points[:-1] if whole else points, whole, width, smooth=True)
            case Disc(centre, radius):
                self._disc(centre, radius)
            case Slab(corner, size, radius, width) if width:
                x, y = self._to_screen(corner)
                box = (x, y, size[0] * self._unit, size[1] * self._unit, radius * self._unit, 40)
                self._canvas.add(SmoothLine(rounded_rectangle=box, width=width * self._unit / 2))
            case Slab(corner, size, radius):
                pixels = (size[0] * self._unit, size[1] * self._unit)
                rounding = [radius * self._unit]
                self._canvas.add(
                    SmoothRoundedRectangle(pos=self._to_screen(corner), size=pixels, radius=rounding)
                )
            case Area(points):
                flat = [part for point in points for part in self._to_screen(point)]
                self._canvas.add((SmoothTriangle if len(points) == 3 else SmoothQuad)(points=flat))

    def _line(self, points: tuple[Point, ...], closed: bool, width: float, smooth: bool = False) -> None:
        flat = [part for point in points for part in self._to_screen(point)]
        self._canvas.add(SmoothLine(points=flat, close=closed, width=width * self._unit / 2))
        # The joints of an arc are too flat to show, so only its ends are rounded.
        for point in points if not smooth else () if closed else (points[0], points[-1]):
            self._disc(point, width / 2)

    def _disc(self, centre: Point, radius: float) -> None:
        corner = self._to_screen((centre[0] - radius, centre[1] - radius))
        across = 2 * radius * self._unit
        self._canvas.add(SmoothEllipse(pos=corner, size=(across, across)))

    def _to_screen(self, point: Point) -> tuple[float, float]:
        return self._left + point[0] * self._unit, self._bottom + point[1] * self._unit
