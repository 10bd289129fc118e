"""What an outbox needs from time to time: a second copy, payloads forgotten, the chain walked.

Nothing here is urgent, and nothing of it may cost an entry: a turn that cannot do its work says so, and
the next one tries again. Times are measured since boot; a restart counts as a first turn.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from offline_queue.errors import Break, StorageFailure
from offline_queue.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Habits:
    """How often, and for how long payloads of delivered entries are kept."""

    copy_every_s: float = 3600.0
    verify_every_s: float = 86_400.0
    retention: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class UpkeepReport:
    """What one turn did. `failure` is why a copy or the forgetting did not work."""

    copy: Path | None = None
    forgotten: int = 0
    first_break: Break | None = None
    failure: str | None = None


class Upkeep:
    """The upkeep of one outbox."""

    def __init__(self, outbox: Outbox, habits: Habits | None = None) -> None:
        self.failure: str | None = None
        """Why the last copy or forgetting did not work; None when it did."""
        self._outbox = outbox
        self._habits = habits or Habits()
        self._copy_due_s = outbox.now().boottime_s
        self._verify_due_s = self._copy_due_s + self._habits.verify_every_s  # opening has just verified

    def next_in_s(self) -> float:
        """Seconds until there is something to do."""
        return max(0.0, min(self._copy_due_s, self._verify_due_s) - self._outbox.now().boottime_s)

    def turn(self) -> UpkeepReport:
        """Do what is due. Raises Damage if the file cannot even be read any more."""
        now_s = self._outbox.now().boottime_s
        first_break = None
        if now_s >= self._verify_due_s:
            self._verify_due_s = now_s + self._habits.verify_every_s
            first_break = self._outbox.verify().first_break
        if now_s < self._copy_due_s:
            return UpkeepReport(first_break=first_break)
        self._copy_due_s = now_s + self._habits.copy_every_s
        try:
            forgotten = self._outbox.forget_delivered(self._outbox.now().wall - self._habits.retention)
            copy = self._outbox.take_second_copy()
        except StorageFailure as failure:
            self.failure = str(failure)
            return UpkeepReport(first_break=first_break, failure=self.failure)
        self.failure = None
        return UpkeepReport(copy, forgotten, first_break)
