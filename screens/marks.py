"""The four marks of a result, each with a silhouette of its own: they differ even as black shadows.

in effect   a full seal with a check
recorded    a dashed card with a clock: taken down, not yet in effect
refused     an octagon with a bar, as on the road
neutral     a speech square with an i

And the four of a part of the kiosk: a ring with a check, a triangle, an octagon with a cross, a bare ring.
None of them is the seal: that a printer is well is no legal effect.
"""

import math

from kiosk.views.models import Health, Mark
from screens.vectors import Arc, Disc, Point, Shape, Sketch, Slab, Stroke

BOX = 48.0
_MIDDLE = BOX / 2


def _ring(radius: float, corners: int, turn: float = 0.0) -> tuple[Point, ...]:
    angles = [math.radians(turn + 360 * corner / corners) for corner in range(corners)]
    return tuple((_MIDDLE + radius * math.sin(angle), _MIDDLE + radius * math.cos(angle)) for angle in angles)


def _seal() -> tuple[Shape, ...]:
    scallops = tuple(Disc(point, 6.4) for point in _ring(17, 12))
    check = Stroke(((14.5, 24), (21.5, 17), (33.5, 31)), width=4.5, paint="paper")
    return (*scallops, Disc((_MIDDLE, _MIDDLE), 18), check)


def _dashes(low: float, high: float, count: int) -> list[tuple[float, float]]:
    step = (high - low) / (2 * count - 1)
    return [(low + 2 * step * index, low + 2 * step * index + step) for index in range(count)]


def _dashed_card() -> tuple[Shape, ...]:
    sides = [
        Stroke(line, width=3)
        for start, end in _dashes(4, 44, 4)
        for line in (
            ((start, 4.0), (end, 4.0)),
            ((start, 44.0), (end, 44.0)),
            ((4.0, start), (4.0, end)),
            ((44.0, start), (44.0, end)),
        )
    ]
    clock = (Arc((_MIDDLE, _MIDDLE), 13, width=3.6), Stroke(((24, 32), (24, 24), (30, 20)), width=3.6))
    return (*sides, *clock)


def _octagon() -> tuple[Shape, ...]:
    edge = Stroke(_ring(22, 8, 22.5), closed=True, width=3.6)
    return (edge, Stroke(((16, 16), (32, 32)), width=5), Stroke(((16, 32), (32, 16)), width=5))


def _letter() -> tuple[Shape, ...]:
    return (
        Slab((4, 4), (40, 40), 9, width=3.6),
        Disc((24, 33.5), 3),
        Stroke(((21, 26), (24.5, 26), (24.5, 14)), width=4),
        Stroke(((20, 14), (29, 14)), width=4),
    )


MARKS: dict[Mark, Sketch] = {
    Mark.IN_EFFECT: Sketch(BOX, BOX, _seal()),
    Mark.RECORDED: Sketch(BOX, BOX, _dashed_card()),
    Mark.REFUSED: Sketch(BOX, BOX, _octagon()),
    Mark.NEUTRAL: Sketch(BOX, BOX, _letter()),
}


def _triangle() -> tuple[Shape, ...]:
    edge = Stroke(((24, 43), (45, 7), (3, 7)), closed=True, width=3.6)
    return (edge, Stroke(((24, 30), (24, 21)), width=4.4), Disc((24, 14), 2.7))


HEALTH: dict[Health, Sketch] = {
    Health.WELL: Sketch(
        BOX,
        BOX,
        (
            Arc((_MIDDLE, _MIDDLE), 20.5, width=3.6),
            Stroke(((14.5, 24), (21.5, 17), (33.5, 31)), width=4.5),
        ),
    ),
    Health.NOTED: Sketch(BOX, BOX, _triangle()),
    Health.FAILED: Sketch(BOX, BOX, _octagon()),
    Health.UNDER_WAY: Sketch(BOX, BOX, tuple(Disc((x, _MIDDLE), 5) for x in (8, _MIDDLE, 40))),
    Health.UNKNOWN: Sketch(
        BOX, BOX, (Arc((_MIDDLE, _MIDDLE), 20.5, width=3.6), Stroke(((15, 24), (33, 24)), width=4))
    ),
}
