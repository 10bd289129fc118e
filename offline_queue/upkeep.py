"""What an outbox needs from time to time: a second copy, payloads forgotten, the chain walked.

Nothing here is urgent, and nothing of it may cost an entry: a turn that cannot do its work says so, and
the next one tries again. Times are measured since boot; a restart counts as a first turn.

Forgetting cannot be undone, and a wall clock set wrong would have everything forgotten at once. So over a
restart it is believed only if somebody who knows has found it right, and it has gone steadily since.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from offline_queue.clock import Moment
from offline_queue.errors import Break, StorageFailure
from offline_queue.outbox import Outbox

STEADY_S = 60.0  # the wall clock may drift so far from the time since boot, and be set right by so much


@dataclass(frozen=True, slots=True)
class Habits:
    """How often, and for how long payloads are kept: of what was delivered, and of what was rejected and may
    yet be taken up again.
    """

    copy_every_s: float = 3600.0
    verify_every_s: float = 86_400.0
    retention: timedelta = timedelta(days=7)
    rejected_retention: timedelta = timedelta(days=180)


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

    def turn(self, found_right: Moment | None = None) -> UpkeepReport:
        """Do what is due. `found_right`: when the wall clock was last found right, if it has been since boot.

        Raises Damage if the file cannot even be read any more.
        """
        now_s = self._outbox.now().boottime_s
        first_break = None
        if now_s >= self._verify_due_s:
            self._verify_due_s = now_s + self._habits.verify_every_s
            first_break = self._outbox.verify().first_break
        if now_s < self._copy_due_s:
            return UpkeepReport(first_break=first_break)
        self._copy_due_s = now_s + self._habits.copy_every_s
        try:
            forgotten = self._outbox.forget(
                self._habits.retention,
                self._habits.rejected_retention,
                wall_is_right=found_right is not None and _is_steady(found_right, self._outbox.now()),
            )
            copy = self._outbox.take_second_copy()
        except StorageFailure as failure:
            self.failure = str(failure)
            return UpkeepReport(first_break=first_break, failure=self.failure)
        self.failure = None
        return UpkeepReport(copy, forgotten, first_break)


def _is_steady(before: Moment, now: Moment) -> bool:
    """Whether the wall clock has gone as the time since boot has."""
    if before.boot_id != now.boot_id:
        return False
    apart_s = (now.wall - before.wall).total_seconds() - (now.boottime_s - before.boottime_s)
    return abs(apart_s) <= STEADY_S
