"""What wrong tries cost: the wait before the next, and the one-time codes that are used up.

A try is on the disk as a wrong one before it is judged, so cutting the power gives none back. A wait is
measured by the steady clock and begins anew when the kiosk starts: no restart and no jump of the wall clock
shortens it.
"""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kiosk.private_files import NotPrivate, read_private, write_private

FREE_TRIES = 2  # wrong ones that cost nothing: fingers slip
FIRST_WAIT_S, LONGEST_WAIT_S = 15.0, 900.0
_KEPT_STEPS = 100


@dataclass(frozen=True, slots=True)
class Tries:
    """One technician's: wrong tries since the last right one, the wait they cost, and the codes used."""

    wrong: int = 0
    wait_s: float = 0.0
    used_steps: tuple[int, ...] = ()


_FILE = TypeAdapter(dict[str, Tries])


@dataclass(slots=True)
class Attempts:
    """The tries of all technicians, in a file. Use `at`. Belongs to one thread."""

    path: Path
    steady: Callable[[], float]
    _tries: dict[str, Tries] = field(default_factory=dict)
    _until: dict[str, float] = field(default_factory=dict)
    _everybody_until: float = 0.0

    @classmethod
    def at(cls, path: Path, steady: Callable[[], float]) -> "Attempts":
        """Return what the file tells. When it can't be believed, everybody waits the longest wait once."""
        attempts = cls(path, steady)
        try:
            attempts._tries = _FILE.validate_json(read_private(path))
        except FileNotFoundError:
            pass
        except (OSError, NotPrivate, ValidationError):
            attempts._everybody_until = steady() + LONGEST_WAIT_S
        attempts._until = {name: steady() + tries.wait_s for name, tries in attempts._tries.items()}
        return attempts

    def wait_s(self, name: str) -> float:
        """Return the seconds before this technician may try again."""
        until = max(self._until.get(name, 0.0), self._everybody_until)
        return max(0.0, until - self.steady())

    def used_steps(self, name: str) -> tuple[int, ...]:
        """Return the steps whose one-time codes are used up."""
        return self._of(name).used_steps

    def begin(self, name: str) -> None:
        """Write a try down as wrong, before it is judged."""
        tries = self._of(name)
        over = tries.wrong - FREE_TRIES
        wait_s = min(FIRST_WAIT_S * 2 ** min(over, 10), LONGEST_WAIT_S) if over >= 0 else 0.0
        self._keep(name, replace(tries, wrong=tries.wrong + 1, wait_s=wait_s))
        self._until[name] = self.steady() + wait_s

    def succeed(self, name: str, step: int) -> None:
        """Write down that the try was right, and that its one-time code is used up."""
        self._keep(name, Tries(used_steps=(*self._of(name).used_steps, step)[-_KEPT_STEPS:]))
        self._until.pop(name, None)

    def settle(self) -> None:
        """Write down which waits are over, so that a later start does not begin them anew."""
        for name, tries in self._tries.items():
            if tries.wait_s and not self.wait_s(name):
                self._keep(name, replace(tries, wait_s=0.0))

    def _of(self, name: str) -> Tries:
        return self._tries.get(name, Tries())

    def _keep(self, name: str, tries: Tries) -> None:
        self._tries[name] = tries
        content = {one: asdict(each) for one, each in self._tries.items()}
        try:
            write_private(self.path, json.dumps(content, ensure_ascii=False).encode())
        except OSError:
            return  # a full disk is why a technician comes: the tries are counted until the kiosk restarts
