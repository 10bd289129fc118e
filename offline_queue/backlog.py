"""The pending entries of one run: who is next, which failed, and which may have arrived already.

An entry that was pending when the run began may have been on its way when the run before ended. Until it
has been asked about once, it is doubtful, whatever its row says; and so is one whose answer was lost here.
"""

from collections.abc import Iterable
from math import inf

from offline_queue.clock import Moment
from offline_queue.entry import Entry, State
from offline_queue.record import at_us
from offline_queue.schedule import Schedule
from offline_queue.verification import Pending

# The longest a sender waits of its own accord. A wait found in a row is not believed beyond that: it was
# written by a wall clock, which may have jumped since, or begun anew in 1970.
LONGEST_WAIT_S = 300.0
LONGEST_URGENT_WAIT_S = 30.0


class Backlog:
    """What the outbox knows of its pending entries without looking into the file."""

    def __init__(self, inherited: Iterable[Pending], now: Moment) -> None:
        rows = list(inherited)
        self._doubtful = {position for position, *_ in rows}
        self._failing = {position for position, *_, attempts in rows if attempts}
        self._schedule = Schedule(
            (person, (position, bool(urgent), -inf if next_us is None else _due_s(next_us, now, urgent)))
            for position, person, urgent, next_us, _ in rows
        )

    def __len__(self) -> int:
        return len(self._schedule)

    @property
    def urgent(self) -> int:
        """How many are urgent."""
        return self._schedule.urgent

    @property
    def failing(self) -> int:
        """How many were asked about in vain the last time."""
        return len(self._failing)

    @property
    def oldest(self) -> int | None:
        """The position of the oldest."""
        return self._schedule.oldest

    def add(self, position: int, person: str, *, urgent: bool) -> None:
        """An entry was recorded, or taken up again."""
        self._schedule.add(position, person, urgent=urgent)

    def take(self, now_s: float) -> int | None:
        """The position of the entry to ask about now."""
        return self._schedule.take(now_s)

    def settle(self, entry: Entry) -> None:
        """The backend has answered for good."""
        self._schedule.remove(entry.position, person_of(entry))
        self._doubtful.discard(entry.position)
        self._failing.discard(entry.position)

    def postpone(self, entry: Entry, due_s: float) -> None:
        """The backend was asked in vain; from now on the row says whether there is doubt."""
        self._schedule.give_back(entry.position, person_of(entry), due_s)
        self._doubtful.discard(entry.position)
        self._failing.add(entry.position)

    def release(self, entry: Entry, *, doubtful: bool, failed: bool = False) -> None:
        """The backend was not asked, or (then it is doubtful) its answer could not be written down.

        `failed`: it could not be reached.
        """
        self._schedule.release(entry.position, person_of(entry))
        if doubtful:
            self._doubtful.add(entry.position)
        if failed:
            self._failing.add(entry.position)

    def hasten(self, entry: Entry) -> None:
        """The entry need not wait any longer."""
        self._schedule.hasten(entry.position, person_of(entry))

    def hasten_all(self) -> None:
        """No entry need wait any longer."""
        self._schedule.hasten_all()

    def next_due_s(self) -> float | None:
        """When the next entry may be asked about (-inf: at once); None if none is free to go."""
        return self._schedule.next_due_s()

    def with_doubt(self, entry: Entry) -> Entry:
        """The entry as its row has it, and doubtful if it is."""
        doubtful = entry.state is State.PENDING and entry.position in self._doubtful
        return entry._replace(doubtful=True) if doubtful else entry


def _due_s(next_us: int, now: Moment, urgent: int) -> float:
    longest_s = LONGEST_URGENT_WAIT_S if urgent else LONGEST_WAIT_S
    return now.boottime_s + min((at_us(next_us) - now.wall).total_seconds(), longest_s)


def person_of(entry: Entry) -> str:
    """Whose entry it is; only settled entries ever lose that."""
    assert entry.person is not None
    return entry.person
