"""Full stops in lists: every point of a list has one, or none has.

Points come together from several places, some a word and some a sentence. Where one of them is a sentence,
all are closed like one.
"""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.views.models import Body, Comparison, Facts, Instruction, Outcome, StatusList, Table

_CLOSED = ("。", "！", "？", ".", "!", "?")


def evenly_stopped(body: Body, stop: str) -> Body:
    """Return the body of a view with the points of its list closed alike."""
    match body:
        case Instruction(points=points):
            return replace(body, points=closed_alike(points, stop))
        case Comparison() | Facts() | Outcome() | StatusList() | Table():
            return replace(body, notes=closed_alike(body.notes, stop))
    return body


def closed_alike(points: Sequence[str], stop: str) -> tuple[str, ...]:
    """Return the points, each with a full stop if any of them has one."""
    if not any(point.endswith(_CLOSED) for point in points):
        return tuple(points)
    return tuple(point if point.endswith(_CLOSED) else point + stop for point in points)
