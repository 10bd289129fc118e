"""The last faults with their times, kept across restarts: what a technician asks after "is it well?".

A line for each fault that begins or ends, and one for each start of the kiosk, in a file of the kiosk's own:

    {"at": "2026-11-24T01:30:00+00:00", "what": "began", "code": "K-301"}

A fault that stood when the kiosk was switched off ends with the next start. Nobody's data is in it, and a
disk that takes no writes costs the memory and nothing else.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from kiosk.domain.faults import Fault, fault_by_code
from kiosk.flows import events as on
from kiosk.flows.mode import Kiosk
from kiosk.private_files import private_folder, write_private

FILE = "faults.jsonl"
KEPT = 400  # lines; twice as many are let come before the older half goes

_BEGAN, _ENDED, _STARTED = "began", "ended", "started"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A fault and how long it stood. `ended_at` is None while it stands."""

    fault: Fault
    began_at: datetime
    ended_at: datetime | None = None


class FaultMemory:
    """Writes down which faults begin and end, as the thread of the loop tells it; any other may read."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self._file = folder / FILE
        self._now = now
        self._lines = len(_lines_of(self._file))
        with suppress(OSError):
            private_folder(folder)
        self._write(_STARTED)

    def __call__(self, event: on.Event, before: Kiosk, after: Kiosk) -> None:
        """Compare the faults that stood before a step and stand after it."""
        stood, stand = before.visit.conditions.faults, after.visit.conditions.faults
        if stood == stand:
            return
        for fault in stand:
            if fault not in stood:
                self._write(_BEGAN, fault)
        for fault in stood:
            if fault not in stand:
                self._write(_ENDED, fault)

    def _write(self, what: str, fault: Fault | None = None) -> None:
        line = {"at": self._now().isoformat(timespec="seconds"), "what": what}
        if fault is not None:
            line["code"] = fault.code
        with suppress(OSError):
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")
            self._lines += 1
            if self._lines > 2 * KEPT:
                kept = _lines_of(self._file)[-KEPT:]
                write_private(self._file, "".join(f"{each}\n" for each in kept).encode())
                self._lines = KEPT


def recent(folder: Path) -> tuple[Remembered, ...]:
    """Return the remembered faults, the one that began last first. Lines nobody can read are passed over."""
    remembered: list[Remembered] = []
    for at, what, fault in _told(folder / FILE):
        if fault is not None and what == _BEGAN:
            remembered.append(Remembered(fault, at))
            continue
        for place, each in enumerate(remembered):
            if each.ended_at is None and (what == _STARTED or each.fault is fault):
                remembered[place] = replace(each, ended_at=at)
    return tuple(reversed(remembered))


def _told(file: Path) -> Iterator[tuple[datetime, str, Fault | None]]:
    for line in _lines_of(file):
        try:
            told = json.loads(line)
            code = told.get("code")
            yield datetime.fromisoformat(told["at"]), told["what"], fault_by_code(code) if code else None
        except (ValueError, KeyError, TypeError, AttributeError):  # half a line after a power cut
            continue


def _lines_of(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
