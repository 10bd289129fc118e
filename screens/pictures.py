"""Pictures for those who would rather look than read, drawn in a box of 320 by 220 units.

They show this kiosk's things in one hand: ink outlines of five, paper inside, one soft shadow, and the
bright colour only on what moves or matters.
"""

from kiosk.views.models import Picture
from screens.vectors import Arc, Area, Disc, Paint, Shape, Sketch, Slab, Stroke

WIDTH, HEIGHT = 320.0, 220.0
_INK = 5.0


def _sketch(*groups: tuple[Shape, ...]) -> Sketch:
    shadow = (Disc((160, 110), 104, "soft"),)
    return Sketch(WIDTH, HEIGHT, shadow + tuple(shape for group in groups for shape in group))


def _box(x: float, y: float, width: float, height: float, radius: float) -> tuple[Shape, ...]:
    return (
        Slab((x, y), (width, height), radius, paint="paper"),
        Slab((x, y), (width, height), radius, width=_INK),
    )


def _line(*points: tuple[float, float], width: float = _INK, paint: Paint = "ink") -> tuple[Shape, ...]:
    return (Stroke(points, width=width, paint=paint),)


def _arrow(x: float, tail: float, tip: float) -> tuple[Shape, ...]:
    barb = 16 if tail > tip else -16
    return (
        Stroke(((x, tail), (x, tip)), width=9, paint="bright"),
        Stroke(((x - 16, tip + barb), (x, tip), (x + 16, tip + barb)), width=9, paint="bright"),
    )


def _chip_card(x: float, y: float) -> tuple[Shape, ...]:
    """A card held upright, its chip downwards: 84 wide, 128 high."""
    chip = (Slab((x + 27, y + 16), (30, 34), 5, paint="bright"),)
    return (
        *_box(x, y, 84, 128, 10),
        *chip,
        *_line((x + 27, y + 33), (x + 57, y + 33), width=3, paint="paper"),
        *_line((x + 18, y + 106), (x + 66, y + 106)),
        *_line((x + 18, y + 88), (x + 48, y + 88)),
    )


def _flat_card(x: float, y: float) -> tuple[Shape, ...]:
    """A card lying, its chip to the left: 132 wide, 84 high."""
    return (
        *_box(x, y, 132, 84, 10),
        Slab((x + 16, y + 34), (34, 28), 5, paint="bright"),
        *_line((x + 66, y + 56), (x + 112, y + 56)),
        *_line((x + 66, y + 38), (x + 94, y + 38)),
        *_line((x + 18, y + 17), (x + 112, y + 17)),
    )


def _id_card(x: float, y: float) -> tuple[Shape, ...]:
    """A resident ID card: lines to the left, a portrait to the right: 132 wide, 84 high."""
    return (
        *_box(x, y, 132, 84, 10),
        *_line((x + 18, y + 62), (x + 62, y + 62)),
        *_line((x + 18, y + 44), (x + 54, y + 44)),
        *_line((x + 18, y + 20), (x + 62, y + 20)),
        Disc((x + 100, y + 54), 12, "bright"),
        *_shoulders(x + 100, y + 18, 22, 22, "bright"),
    )


def _shoulders(x: float, y: float, half: float, height: float, paint: Paint = "ink") -> tuple[Shape, ...]:
    return (
        Slab((x - half, y), (2 * half, height), min(half, height) * 0.8, paint=paint),
        Slab((x - half, y), (2 * half, height / 2), 2, paint=paint),
    )


def _reader() -> tuple[Shape, ...]:
    """The slot of the card reader, drawn over the card that is in it."""
    return (
        *_box(62, 20, 196, 66, 16),
        Slab((94, 62), (132, 12), 6),
        Disc((92, 40), 6, "bright"),
        *_line((116, 40), (204, 40)),
    )


def _reading_area() -> tuple[Shape, ...]:
    """Where an ID card is laid, seen from above."""
    return (
        Area(((58, 26), (262, 26), (232, 72), (88, 72)), "paper"),
        Stroke(((58, 26), (262, 26), (232, 72), (88, 72)), closed=True, width=_INK),
        Arc((160, 48), 20, -90, 90, width=4, paint="bright"),
        Arc((160, 48), 8, -90, 90, width=4, paint="bright"),
    )


def _terminal(x: float, y: float) -> tuple[Shape, ...]:
    """The kiosk itself: 96 wide, 168 high."""
    return (
        *_box(x, y + 52, 96, 116, 12),
        Slab((x + 14, y + 84), (68, 70), 5, paint="soft"),
        Slab((x + 14, y + 84), (68, 70), 5, width=4),
        *_line((x + 30, y + 68), (x + 66, y + 68)),
        *_box(x + 34, y + 8, 28, 46, 2),
        *_line((x + 14, y + 8), (x + 82, y + 8), width=8),
    )


def _dashes(x: float, y: float, side: float) -> tuple[Shape, ...]:
    """The dashed square of what is recorded and not yet in effect, as in the mark of a result."""
    dash = side / 7
    sides = []
    for start in (0, 2 * dash, 4 * dash, 6 * dash):
        end = start + dash
        sides += [((x + start, y), (x + end, y)), ((x + start, y + side), (x + end, y + side))]
        sides += [((x, y + start), (x, y + end)), ((x + side, y + start), (x + side, y + end))]
    return tuple(Stroke(ends, width=8) for ends in sides)


PICTURES: dict[Picture, Sketch] = {
    Picture.INSERT_CARD: _sketch(_chip_card(118, 62), _reader(), _arrow(254, 176, 112)),
    Picture.TAKE_CARD: _sketch(_chip_card(118, 78), _reader(), _arrow(254, 112, 176)),
    Picture.PLACE_ID_CARD: _sketch(_reading_area(), _id_card(94, 118), _arrow(266, 170, 106)),
    Picture.TAKE_ID_CARD: _sketch(_reading_area(), _id_card(94, 118), _arrow(266, 106, 170)),
    Picture.READING: _sketch(
        _chip_card(118, 44),
        _reader(),
        (Arc((252, 146), 26, 20, 320, width=8, paint="bright"),),
    ),
    Picture.WAITING: _sketch(
        (Disc((160, 110), 68, "paper"), Arc((160, 110), 68, width=_INK + 1)),
        _line((160, 110), (160, 154), width=7),
        _line((160, 110), (190, 92), width=7),
        tuple(Disc(point, 4) for point in ((160, 166), (216, 110), (160, 54), (104, 110))),
        (Arc((160, 110), 88, 20, 110, width=8, paint="bright"),),
    ),
    Picture.PRINTING: _sketch(
        _box(112, 118, 96, 76, 6),
        _box(76, 72, 168, 76, 14),
        (Slab((104, 92), (112, 10), 5), Disc((222, 128), 6, "bright")),
        _box(114, 20, 92, 78, 4),
        _line((130, 76), (190, 76)),
        _line((130, 58), (190, 58)),
        _line((130, 40), (164, 40)),
        _arrow(258, 72, 28),
    ),
    Picture.CALL: _sketch(
        (
            Slab((92, 24), (88, 172), 16, paint="paper"),
            Slab((92, 24), (88, 172), 16, width=_INK),
            *_line((124, 180), (148, 180)),
            *(Disc((x, y), 6) for y in (134, 110, 86) for x in (114, 136, 158)),
            Disc((136, 56), 14, "bright"),
            Arc((196, 128), 22, 40, 140, width=7, paint="bright"),
            Arc((196, 128), 42, 40, 140, width=7, paint="bright"),
            Arc((196, 128), 62, 40, 140, width=7, paint="bright"),
        )
    ),
    Picture.NOT_YET: _sketch(
        (Slab((84, 34), (152, 152), paint="paper"), *_dashes(84, 34, 152)),
        (Arc((160, 110), 48, width=7), *_line((160, 142), (160, 110), (186, 94), width=8, paint="bright")),
    ),
    Picture.CARD_FAULT: _sketch(
        _flat_card(76, 84),
        (
            Area(((214, 124), (270, 30), (158, 30)), "paper"),
            Stroke(((214, 124), (266, 34), (162, 34)), closed=True, width=7, paint="bright"),
        ),
        _line((214, 94), (214, 68), width=8),
        (Disc((214, 50), 5.5),),
    ),
    Picture.GO_TO_WINDOW: _sketch(
        _box(72, 92, 176, 108, 10),
        (Disc((160, 158), 17, "bright"), *_shoulders(160, 104, 34, 36, "bright")),
        _box(52, 66, 216, 28, 6),
        _line((72, 66), (72, 22)),
        _line((248, 66), (248, 22)),
        _arrow(160, 16, 52),
    ),
    Picture.OUT_OF_SERVICE: _sketch(
        _terminal(112, 22),
        _line((140, 124), (180, 158), width=7, paint="bright"),
        _line((140, 158), (180, 124), width=7, paint="bright"),
    ),
    Picture.STILL_THERE: _sketch(
        _terminal(60, 22),
        (Disc((218, 136), 20), *_shoulders(218, 30, 36, 76)),
        (Disc((108, 142), 22, "paper"), Arc((108, 142), 22, width=5, paint="bright")),
        _line((108, 142), (108, 156), width=5, paint="bright"),
        _line((108, 142), (118, 136), width=5, paint="bright"),
    ),
    Picture.LOCKED: _sketch(
        (Arc((160, 130), 38, -90, 90, width=14),),
        _line((122, 130), (122, 100), width=14),
        _line((198, 130), (198, 100), width=14),
        _box(96, 30, 128, 88, 14),
        (Disc((160, 82), 12, "bright"), *_line((160, 78), (160, 54), width=9, paint="bright")),
    ),
    Picture.PIN_PAD: _sketch(
        _box(98, 18, 124, 184, 16),
        (Slab((114, 168), (92, 20), 5, paint="soft"), Slab((114, 168), (92, 20), 5, width=4)),
        tuple(Disc((x, 178), 4, "bright") for x in range(125, 196, 14)),
        tuple(Slab((x, y), (20, 18), 5) for y in (138, 112, 86) for x in (117, 150, 183)),
        (Slab((117, 60), (86, 18), 5), Slab((117, 34), (86, 18), 5, paint="bright")),
    ),
    Picture.FAREWELL: _sketch(
        (Disc((126, 152), 26), *_shoulders(126, 26, 50, 92)),
        _flat_card(160, 66),
        (
            Disc((244, 160), 28, "bright"),
            Stroke(((232, 160), (241, 151), (257, 170)), width=7, paint="paper"),
        ),
    ),
}
