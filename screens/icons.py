"""The icons beside the words, drawn in a box of 24 by 24 units with strokes of two."""

from kiosk.views.models import Icon
from screens.vectors import Arc, Disc, Shape, Sketch, Slab, Stroke

BOX = 24.0


def _sketch(*shapes: Shape) -> Sketch:
    return Sketch(BOX, BOX, shapes)


def _line(*points: tuple[float, float], closed: bool = False) -> Stroke:
    return Stroke(points, closed)


CHECK = _sketch(Stroke(((4, 12), (10, 6), (20, 18)), width=3))
CHEVRON = _sketch(Stroke(((9, 5), (16, 12), (9, 19)), width=2.4))
ONWARD = _sketch(Stroke(((9, 4), (17, 12), (9, 20))))  # to the next page
LIST_DOT = _sketch(Disc((12, 12), 3.2))
CROSS = _sketch(Stroke(((6, 6), (18, 18)), width=3), Stroke(((6, 18), (18, 6)), width=3))

_EYE: tuple[Shape, ...] = (
    _line(
        (1.5, 12),
        (4.8, 15.9),
        (8.2, 18),
        (12, 18.7),
        (15.8, 18),
        (19.2, 15.9),
        (22.5, 12),
        (19.2, 8.1),
        (15.8, 6),
        (12, 5.3),
        (8.2, 6),
        (4.8, 8.1),
        closed=True,
    ),
    Disc((12, 12), 3.4),
)

ICONS: dict[Icon, Sketch] = {
    Icon.VOICE: _sketch(
        _line((3, 9), (7, 9), (12.5, 4.5), (12.5, 19.5), (7, 15), (3, 15), closed=True),
        Arc((12.5, 12), 4, 35, 145),
        Arc((12.5, 12), 8, 35, 145),
    ),
    Icon.NONE: _sketch(),
    Icon.RECORDS: _sketch(
        Slab((4, 2), (16, 20), 2, width=2),
        _line((8, 16), (16, 16)),
        _line((8, 12), (16, 12)),
        _line((8, 8), (12, 8)),
    ),
    Icon.CONTACT: _sketch(
        Slab((2, 4), (20, 16), 2, width=2),
        Disc((8, 14), 2.4),
        Arc((8, 7), 3.6, -75, 75),
        _line((14.5, 14.5), (18.5, 14.5)),
        _line((14.5, 10), (18.5, 10)),
    ),
    Icon.LOSS: _sketch(
        Slab((2, 9), (16, 12), 2, width=2),
        _line((2, 16.5), (18, 16.5)),
        Disc((18, 7), 6, "paper"),
        Arc((18, 7), 4.6),
        _line((15, 4), (21, 10)),
    ),
    Icon.RECEIPT: _sketch(
        _line(
            (5, 2.5),
            (5, 22),
            (19, 22),
            (19, 2.5),
            (16.6, 4.8),
            (14.3, 2.5),
            (12, 4.8),
            (9.7, 2.5),
            (7.4, 4.8),
            closed=True,
        ),
        _line((9, 17), (15, 17)),
        _line((9, 12.5), (15, 12.5)),
        _line((9, 8.5), (12, 8.5)),
    ),
    Icon.GUIDE: _sketch(
        _line((12, 4), (12, 19)),
        _line(
            (12, 19),
            (9, 20.5),
            (2.5, 20.5),
            (2.5, 5.5),
            (9, 5.5),
            (12, 4),
            (15, 5.5),
            (21.5, 5.5),
            (21.5, 20.5),
            (15, 20.5),
            closed=True,
        ),
    ),
    Icon.PHONE: _sketch(
        _line(
            (7.8, 21),
            (4.5, 21),
            (3, 19),
            (3.6, 14.5),
            (6.2, 9.6),
            (9.6, 6.2),
            (14.5, 3.6),
            (19, 3),
            (21, 4.5),
            (21, 7.8),
            (16.2, 9.6),
            (14.2, 7.6),
            (11.6, 9.4),
            (9.4, 11.6),
            (7.6, 14.2),
            (9.6, 16.2),
            closed=True,
        )
    ),
    Icon.ADDRESS: _sketch(
        Arc((12, 14.5), 7, -125, 125),
        _line((6.27, 10.48), (12, 2)),
        _line((17.73, 10.48), (12, 2)),
        Arc((12, 14.5), 2.4),
    ),
    Icon.MAIL: _sketch(Slab((2, 4), (20, 16), 2, width=2), _line((3.2, 18.2), (12, 11), (20.8, 18.2))),
    Icon.POSTCODE: _sketch(
        Slab((2, 5), (20, 14), 2, width=2),
        _line((6, 9), (7.5, 9)),
        _line((10.3, 9), (11.8, 9)),
        Slab((15, 12), (3.5, 3.5), 0.5, width=2),
    ),
    Icon.PERSON: _sketch(Arc((12, 16.5), 4.5), Arc((12, 2), 8.5, -84, 84)),
    Icon.SHIELD: _sketch(
        _line((12, 22), (20, 19), (20, 12), (18.2, 7), (12, 2), (5.8, 7), (4, 12), (4, 19), closed=True),
        _line((8.2, 12), (11, 9), (16, 15)),
    ),
    Icon.COINS: _sketch(
        Arc((12, 12), 9.5),
        _line((8, 17.5), (12, 12.2), (16, 17.5)),
        _line((12, 12.2), (12, 6)),
        _line((8.6, 12), (15.4, 12)),
        _line((8.6, 9), (15.4, 9)),
    ),
    Icon.CHART: _sketch(
        _line((3, 21), (3, 3), (21, 3)),
        Slab((6.5, 5), (3, 6), 0.5),
        Slab((11.5, 5), (3, 10), 0.5),
        Slab((16.5, 5), (3, 14), 0.5),
    ),
    Icon.MEDICAL: _sketch(
        Slab((3, 3), (18, 18), 3, width=2), _line((12, 7.5), (12, 16.5)), _line((7.5, 12), (16.5, 12))
    ),
    Icon.CARD: _sketch(
        Slab((2, 4), (20, 16), 2, width=2),
        Slab((5.2, 10.5), (5, 4.6), 0.8),
        _line((13.5, 8), (18.5, 8)),
        _line((5.5, 8), (9, 8)),
    ),
    Icon.PRINT: _sketch(
        _line((6.5, 15.5), (6.5, 22), (17.5, 22), (17.5, 15.5)),
        _line((6.5, 6.5), (3, 6.5), (3, 15.5), (21, 15.5), (21, 6.5), (17.5, 6.5)),
        Slab((6.5, 2), (11, 8.5), 0.5, width=2),
        Disc((17.6, 12.6), 1.1),
    ),
    Icon.CONFIRM: _sketch(Arc((12, 12), 10), Stroke(((7, 12), (10.8, 8.2), (17, 15.4)), width=2.4)),
    Icon.BACK: _sketch(_line((10, 5), (3, 12), (10, 19)), _line((3.4, 12), (21, 12))),
    Icon.HOME: _sketch(
        _line((2.5, 11), (12, 20.5), (21.5, 11)),
        _line((5.5, 13), (5.5, 3), (10, 3), (10, 9), (14, 9), (14, 3), (18.5, 3), (18.5, 13)),
    ),
    Icon.NEXT: _sketch(_line((14, 5), (21, 12), (14, 19)), _line((20.6, 12), (3, 12))),
    Icon.PREVIOUS: _sketch(_line((15, 4), (7, 12), (15, 20))),
    Icon.ERASE: _sketch(
        _line((8.5, 5), (22, 5), (22, 19), (8.5, 19), (2, 12), closed=True),
        _line((11.5, 9), (17.5, 15)),
        _line((11.5, 15), (17.5, 9)),
    ),
    Icon.HIDE: _sketch(*_EYE, _line((3.5, 2.5), (20.5, 21.5))),
    Icon.EYE: _sketch(*_EYE),
    Icon.LANGUAGE: _sketch(
        Arc((12, 12), 10),
        _line((2.4, 12), (21.6, 12)),
        _line(
            (12, 2.4),
            (8.7, 6),
            (7.6, 12),
            (8.7, 18),
            (12, 21.6),
            (15.3, 18),
            (16.4, 12),
            (15.3, 6),
            closed=True,
        ),
    ),
    Icon.TEXT_SIZE: _sketch(
        _line((2, 4), (8.5, 20), (15, 4)),
        _line((4.6, 10), (12.4, 10)),
        _line((16, 4), (19, 11.5), (22, 4)),
        _line((17, 6.6), (21, 6.6)),
    ),
    Icon.CONTRAST: _sketch(
        Arc((12, 12), 9.5),
        *(
            _line((12 + x, 12.0 - y), (12 + x, 12.0 + y))
            for x, y in ((1, 8.6), (2.6, 8.2), (4.2, 7.4), (5.8, 6.2), (7.4, 4.4), (8.4, 2.4))
        ),
    ),
    Icon.RESTART: _sketch(Arc((12, 12), 8.5, 60, 345), _line((9.6, 23.4), (10.4, 19.9), (7.2, 18.2))),
    Icon.SHUT_DOWN: _sketch(Arc((12, 11.5), 8.5, 35, 325), _line((12, 22), (12, 12.5))),
    Icon.CLOCK: _sketch(Arc((12, 12), 10), _line((12, 17.5), (12, 12), (16, 9))),
    Icon.WINDOW: _sketch(
        _line((2.5, 9), (21.5, 9)),
        _line((4.5, 9), (4.5, 2.5), (19.5, 2.5), (19.5, 9)),
        Disc((12, 18.8), 2.8),
        Arc((12, 9.5), 5.4, -90, 90),
    ),
    Icon.WARNING: _sketch(
        _line((12, 21.5), (22.5, 3.5), (1.5, 3.5), closed=True),
        Stroke(((12, 15), (12, 10.5)), width=2.2),
        Disc((12, 7), 1.35),
    ),
    Icon.KEYBOARD: _sketch(
        Slab((1.5, 5), (21, 14), 2, width=2),
        *(Disc((x, y), 1.1) for y in (15, 12) for x in (6, 10, 14, 18)),
        _line((8, 8.8), (16, 8.8)),
    ),
    Icon.WRENCH: _sketch(
        Arc((16.5, 16.5), 5, 75, 375),
        _line((16.2, 15.0), (21.3, 17.8)),
        _line((17.8, 21.3), (15.0, 16.2)),
        _line((12.9, 13), (4.2, 4.3)),
    ),
    Icon.CALENDAR: _sketch(
        Slab((2.5, 2.5), (19, 17), 2, width=2),
        _line((2.5, 14.5), (21.5, 14.5)),
        _line((7.5, 22), (7.5, 17.5)),
        _line((16.5, 22), (16.5, 17.5)),
        *(Disc((x, y), 1.3) for y in (10.8, 6.4) for x in (7.5, 12, 16.5)),
    ),
    Icon.UNLOCK: _sketch(
        Slab((4, 2), (16, 11), 2, width=2),
        _line((7.5, 13), (7.5, 17)),
        Arc((12, 17), 4.5, -90, 75),
        _line((12, 9), (12, 6)),
    ),
    Icon.QUESTION: _sketch(
        Arc((12, 12), 10),
        Arc((12, 14.2), 3.2, -90, 130),
        _line((14.2, 12), (12, 10.2), (12, 9.4)),
        Disc((12, 6.4), 1.3),
    ),
    Icon.BANK: _sketch(
        _line((3, 15), (12, 21), (21, 15), closed=True),
        *(_line((x, 12), (x, 6)) for x in (6, 12, 18)),
        _line((2.5, 3), (21.5, 3)),
    ),
    Icon.CANCEL: _sketch(
        Slab((2, 4), (20, 16), 2, width=2),
        _line((8.5, 8.5), (15.5, 15.5)),
        _line((8.5, 15.5), (15.5, 8.5)),
    ),
    Icon.PEOPLE: _sketch(
        Arc((8.5, 16), 3.6),
        Arc((8.5, 3.5), 6.6, -84, 84),
        Arc((16.5, 17), 3.0, -60, 150),
        Arc((17, 3.5), 5.6, 0, 84),
    ),
    Icon.ELDER: _sketch(
        Disc((9, 19.4), 2.8),
        _line((9.4, 14.6), (8.2, 8.6), (5.4, 2.4)),
        _line((8.2, 8.6), (11.6, 2.4)),
        _line((9.2, 13.4), (12.8, 10.2), (15.6, 10.8)),
        Arc((17.2, 11), 1.8, -90, 90),
        _line((19, 11), (19, 2.4)),
    ),
    Icon.BRIEFCASE: _sketch(
        Slab((2.5, 3.5), (19, 13), 2, width=2),
        _line((8.5, 16.5), (8.5, 20.5), (15.5, 20.5), (15.5, 16.5)),
        _line((2.5, 10.5), (21.5, 10.5)),
        _line((12, 12), (12, 9)),
    ),
    Icon.INJURY: _sketch(  # a helmet
        Arc((12, 8.5), 8.5, -90, 90),
        _line((1.5, 8), (22.5, 8)),
        _line((4, 4.5), (20, 4.5)),
        _line((9.5, 16.5), (9.5, 11.5)),
        _line((14.5, 16.5), (14.5, 11.5)),
    ),
    Icon.MORE: _sketch(
        *(Slab((x, y), (7.5, 7.5), 1.6, width=2) for x in (3.2, 13.3) for y in (3.2, 13.3)),
    ),
}
