"""Which lines of the audit log belong to what is asked.

For a receipt: the visit it was recorded in, with what the devices said shortly before, and every later line
that names it. For a time: all of its lines. Each piece goes on to the next signature, so that it can be
verified alone, and begins with a line that only anchors the chain.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from kiosk.audit.files import files_in, lines_in
from kiosk.audit.line import Line, NotALine
from kiosk.evidence.asked import AboutReceipt, AboutTime, Asked

LEAD_LINES = 30  # before the visit


@dataclass(frozen=True, slots=True)
class Selection:
    """The lines, in their order, and how each device stood before the first of them."""

    lines: tuple[Line, ...]
    devices_before: tuple[Line, ...]


def select(folder: Path, asked: Asked) -> Selection:
    """Return what a log says of what is asked; what is no line of a log is passed over. Raises OSError."""
    near = [line for file in _files_near(folder, asked) for line in lines_in(file) if _is_line(line)]
    places = sorted({place for piece in _pieces(near, asked) for place in piece})
    lines = tuple(near[place] for place in places)
    return Selection(lines, _devices_before(folder, lines[0]) if lines else ())


def _files_near(folder: Path, asked: Asked) -> Iterator[Path]:
    """Return the files that tell of it, and their neighbours: a visit may lie across the end of a file."""
    files = files_in(folder)
    telling = {place for place, file in enumerate(files) if _tells_of(file, files[place + 1 :][:1], asked)}
    for place, file in enumerate(files):
        if telling & {place - 1, place, place + 1}:
            yield file


def _tells_of(file: Path, following: Sequence[Path], asked: Asked) -> bool:
    match asked:
        case AboutReceipt(number):
            return f'"receipt":"{number}"'.encode() in file.read_bytes()
        case AboutTime(begin, end):
            first, after = _begins_at(file), _begins_at(following[0]) if following else None
            return (first is None or first <= end) and (after is None or begin <= after)


def _pieces(near: Sequence[Line], asked: Asked) -> Iterator[range]:
    for place, line in enumerate(near):
        match asked:
            case AboutReceipt(number) if line.content.get("receipt") == number:
                visit = line.content.get("visit")
                begin, end = _visit_around(near, place, visit) if visit is not None else (place, place)
                lead = LEAD_LINES if visit is not None else 1
                yield range(max(0, begin - lead), _signed_after(near, end) + 1)
            case AboutTime(begin_at, end_at) if begin_at <= line.at <= end_at:
                yield range(max(0, place - 1), _signed_after(near, place) + 1)


def _visit_around(near: Sequence[Line], place: int, visit: object) -> tuple[int, int]:
    """Return where the visit begins and ends; where the kiosk was started is the farthest it can reach."""
    begin = next((at for at in range(place, -1, -1) if _is(near[at], "visit_began", visit)), place)
    ends = range(place, len(near))
    return begin, next((at for at in ends if _is(near[at], "visit_ended", visit)), len(near) - 1)


def _is(line: Line, event: str, visit: object) -> bool:
    return line.event == "kiosk_started" or (line.event == event and line.content.get("visit") == visit)


def _signed_after(near: Sequence[Line], place: int) -> int:
    signed = (at for at in range(place, len(near)) if near[at].event == "log_signed")
    return next(signed, len(near) - 1)


def _devices_before(folder: Path, first: Line) -> tuple[Line, ...]:
    states: dict[str, Line] = {}
    for line in _lines_of(folder, b'"device_changed"', b'"kiosk_started"'):
        if line.number >= first.number:
            break
        if line.event == "kiosk_started":
            states.clear()
        else:
            states[str(line.content["device"])] = line
    return tuple(states.values())


def _lines_of(folder: Path, *words: bytes) -> Iterator[Line]:
    every = (line for file in files_in(folder) for line in lines_in(file))
    return (line for line in every if any(word in line.raw for word in words) and _is_line(line))


def _begins_at(file: Path) -> datetime | None:
    line = next(lines_in(file), None)
    return line.at if line is not None and _is_line(line) else None


def _is_line(line: Line) -> bool:
    """Whether it can be read as a line was written; the verdict on the log tells of one that can't."""
    try:
        told = bool(line.number and line.at.tzinfo and line.link)
        return told and (line.event != "device_changed" or {"device", "state"} <= line.content.keys())
    except NotALine:
        return False


def pieces_of(lines: Iterable[Line]) -> list[list[Line]]:
    """Return lines in pieces without a gap in their numbers."""
    lines = list(lines)
    pieces = [lines[:1]] if lines else []
    for before, line in pairwise(lines):
        if line.number == before.number + 1:
            pieces[-1].append(line)
        else:
            pieces.append([line])
    return pieces
