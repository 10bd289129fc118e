from dataclasses import astuple

import pytest

from kiosk.views.models import Icon, Mark, Picture
from screens.icons import ICONS
from screens.marks import MARKS
from screens.pictures import PICTURES
from screens.vectors import Arc, Area, Disc, Sketch, Slab, Stroke

SKETCHES = {**ICONS, **PICTURES, **MARKS}


def corners(sketch: Sketch) -> list[tuple[float, float]]:
    """The outermost points of every shape."""
    points: list[tuple[float, float]] = []
    for shape in sketch.shapes:
        match shape:
            case Stroke(points=line, width=width):
                points += [(x + side * width / 2, y + side * width / 2) for x, y in line for side in (-1, 1)]
            case Area(points=line):
                points += line
            case Disc(centre=(x, y), radius=radius):
                points += [(x - radius, y - radius), (x + radius, y + radius)]
            case Slab(corner=(x, y), size=(width, height)):
                points += [(x, y), (x + width, y + height)]
            case Arc(start=start, end=end, centre=(x, y), radius=radius) if end - start >= 360:
                points += [(x - radius, y - radius), (x + radius, y + radius)]
    return points


@pytest.mark.parametrize("kind", [Icon, Picture, Mark])
def test_every_member_has_its_drawing(kind):
    assert all(member in SKETCHES for member in kind)


@pytest.mark.parametrize("member", [member for member in SKETCHES if member is not Icon.NONE])
def test_a_drawing_stays_in_its_box(member):
    sketch = SKETCHES[member]
    assert sketch.shapes
    for x, y in corners(sketch):
        assert -0.5 <= x <= sketch.width + 0.5
        assert -0.5 <= y <= sketch.height + 0.5


def test_no_two_drawings_are_the_same():
    drawn = [astuple(sketch) for sketch in SKETCHES.values()]
    assert len({repr(each) for each in drawn}) == len(drawn)
