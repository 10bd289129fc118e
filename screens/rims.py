"""Edges of panels and of what can be touched. Each kind has a shape of its own, as no meaning is told by
colour alone, and the high palettes have nothing else:

    line     something to touch; a heavy one is the chosen of several
    thin     a panel that would vanish on its ground: to be read
    dashed   not now: a choice that can't be made yet; thick, a report that isn't in effect yet
    double   heed: a choice that can't be undone; thick, a refusal
"""

from dataclasses import dataclass
from enum import Enum

from kivy.graphics import Mesh

Box = tuple[float, float, float, float]  # x, y, width, height

DASH, GAP = 4.0, 3.0  # in thicknesses of the line


class Pattern(Enum):
    """The shape of a line."""

    LINE = "line"
    DASHED = "dashed"
    DOUBLE = "double"  # a second line inside, half as thick, its own thickness away


@dataclass(frozen=True, slots=True)
class Rim:
    """An edge of `thickness` pixels; none when that is zero."""

    thickness: int
    pattern: Pattern = Pattern.LINE

    @property
    def inner(self) -> int:
        """Return the thickness of the second line of a double rim, and of the gap before it, in pixels."""
        return max(2, self.thickness // 2)

    @property
    def depth(self) -> int:
        """Return how many pixels the rim takes from the inside."""
        return self.thickness + (2 * self.inner if self.pattern is Pattern.DOUBLE else 0)


NO_RIM = Rim(0)


@dataclass(frozen=True, slots=True)
class Plate:
    """A rounded ground in two colours, its corners `radius` pixels round."""

    fill: str
    edge: str
    radius: int
    rim: Rim


def dashes(box: Box, radius: int, thickness: int) -> Mesh:
    """Return the dashes of the four sides of a rounded box; its corners are dashes too, drawn elsewhere."""
    x, y, width, height = box
    quads: list[Box] = []
    for at, long in _cut(width, radius, thickness):
        quads += [(x + at, low, long, thickness) for low in (y, y + height - thickness)]
    for at, long in _cut(height, radius, thickness):
        quads += [(left, y + at, thickness, long) for left in (x, x + width - thickness)]
    vertices = [
        value
        for left, bottom, wide, high in quads
        for across, up in ((0, 0), (wide, 0), (wide, high), (0, high))
        for value in (left + across, bottom + up, 0, 0)
    ]
    indices = [4 * quad + corner for quad in range(len(quads)) for corner in (0, 1, 2, 2, 3, 0)]
    return Mesh(vertices=vertices, indices=indices, mode="triangles")


def _cut(length: float, radius: int, thickness: int) -> list[tuple[float, float]]:
    """Return where the dashes of a side begin and how long they are; a gap stands at both ends."""
    room = length - 2 * radius
    count = round((room / thickness - GAP) / (DASH + GAP))
    if count < 1:
        return []
    unit = room / (count * DASH + (count + 1) * GAP)
    return [(radius + unit * (GAP + at * (DASH + GAP)), unit * DASH) for at in range(count)]
