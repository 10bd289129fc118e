"""Draws a sketch of shapes into a picture. Pure: no window, no texture.

Everything is drawn several times too large and scaled down, which smooths it; once drawn it is kept as a
texture (screens/textures.py), because smoothed shapes are costly for software rendering frame by frame.
"""

import math
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

from screens.vectors import Arc, Area, Disc, Paint, Point, Shape, Sketch, Slab, Stroke

FINER = 4
DEGREES_PER_PIECE = 3


def draw(sketch: Sketch, paints: Mapping[Paint, str], unit_px: float) -> Image.Image:
    """Return the sketch at `unit_px` pixels per unit, on nothing, its first row at the bottom."""
    size = (max(1, math.ceil(sketch.width * unit_px)), max(1, math.ceil(sketch.height * unit_px)))
    # With its colours multiplied by how opaque they are, it need not be converted before it is scaled down.
    picture = Image.new("RGBa", (size[0] * FINER, size[1] * FINER), (0, 0, 0, 0))
    pen = _Pen(ImageDraw.Draw(picture), unit_px * FINER)
    for shape in sketch.shapes:
        pen.draw(shape, paints[shape.paint])
    return picture.reduce(FINER).convert("RGBA")


class _Pen:
    def __init__(self, draw: ImageDraw.ImageDraw, unit_px: float) -> None:
        self._draw = draw
        self._unit_px = unit_px

    def draw(self, shape: Shape, colour: str) -> None:
        match shape:
            case Stroke(points, closed, width):
                self._line([*points, points[0]] if closed else points, width, colour)
            case Arc(centre, radius, start, end, width):
                pieces = max(1, math.ceil(abs(end - start) / DEGREES_PER_PIECE))
                angles = [math.radians(start + (end - start) * piece / pieces) for piece in range(pieces + 1)]
                self._line([_on_circle(centre, radius, angle) for angle in angles], width, colour)
            case Disc(centre, radius):
                self._draw.ellipse(self._box(centre, radius), colour)
            case Slab((x, y), (across, up), radius, width) if width:
                # Pillow draws the outline inside the box, a stroke lies on its middle.
                half = width / 2
                box = [self._px(edge) for edge in (x - half, y - half, x + across + half, y + up + half)]
                rounding = self._px(radius + half)
                self._draw.rounded_rectangle(box, rounding, outline=colour, width=round(self._px(width)))
            case Slab((x, y), (across, up), radius):
                box = [self._px(edge) for edge in (x, y, x + across, y + up)]
                self._draw.rounded_rectangle(box, self._px(radius), colour)
            case Area(points):
                self._draw.polygon([self._at(point) for point in points], colour)

    def _line(self, points: Sequence[Point], width: float, colour: str) -> None:
        self._draw.line([self._at(point) for point in points], colour, round(self._px(width)))
        for point in points:  # round joints and ends
            self._draw.ellipse(self._box(point, width / 2), colour)

    def _box(self, centre: Point, radius: float) -> list[float]:
        (x, y), reach = self._at(centre), self._px(radius)
        return [x - reach, y - reach, x + reach, y + reach]

    def _at(self, point: Point) -> tuple[float, float]:
        return self._px(point[0]), self._px(point[1])

    def _px(self, units: float) -> float:
        return units * self._unit_px


def _on_circle(centre: Point, radius: float, angle: float) -> Point:
    return centre[0] + radius * math.sin(angle), centre[1] + radius * math.cos(angle)
