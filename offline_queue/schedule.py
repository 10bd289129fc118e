"""Who is sent next. Pure: no file, no clock, no randomness.

Entries stand in lanes, one lane per person, in the order they were recorded.
- From one lane at most one entry is on its way at a time, and the first goes first.
- A lane with an urgent entry anywhere in it goes before all lanes without one.
- An entry that must wait parks its lane, and no other. Only an urgent entry passes ones that failed: a
  loss report must not wait behind a contact change the backend chokes on.
- Among lanes of equal urgency the entry recorded first goes first.

    add -> waiting -> take -> on its way -> remove
              ^------ give_back ---'

Due times are seconds since boot. Lanes are short; of their number, each operation takes the logarithm.
"""

from bisect import insort
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import inf


@dataclass(slots=True, order=True)
class _Waiting:
    position: int
    urgent: bool = field(compare=False)
    due_s: float = field(compare=False)


class _Lane:
    __slots__ = ("on_its_way", "urgent", "version", "waiting")

    def __init__(self, first: _Waiting) -> None:
        self.waiting = [first]
        self.urgent = int(first.urgent)
        self.on_its_way: int | None = None  # position
        self.version = 0  # the heaps hold stale mentions of a lane; only the newest counts

    def first_urgent(self) -> _Waiting | None:
        return next((entry for entry in self.waiting if entry.urgent), None) if self.urgent else None

    def candidate(self, now_s: float) -> _Waiting | None:
        first = self.waiting[0]
        if first.due_s <= now_s:
            return first
        passing = self.first_urgent()
        return passing if passing is not None and passing.due_s <= now_s else None

    def due_s(self) -> float:
        first_s = self.waiting[0].due_s
        passing = self.first_urgent()
        return first_s if passing is None else min(first_s, passing.due_s)

    def find(self, position: int) -> _Waiting:
        return next(entry for entry in self.waiting if entry.position == position)


class Schedule:
    """The order of sending, over positions and lanes."""

    def __init__(self) -> None:
        self._lanes: dict[str, _Lane] = {}
        self._pending = 0
        self._urgent = 0
        self._ready: list[tuple[bool, int, int, str]] = []  # (not urgent, position, version, lane)
        self._parked: list[tuple[float, int, str]] = []  # (due, version, lane)
        self._versions = 0

    def __len__(self) -> int:
        return self._pending

    @property
    def urgent(self) -> int:
        """How many urgent entries there are, waiting or on their way."""
        return self._urgent

    @property
    def oldest(self) -> int | None:
        """The lowest position there is."""
        return min((line.waiting[0].position for line in self._lanes.values()), default=None)

    def add(self, position: int, lane: str, *, urgent: bool, due_s: float = -inf) -> None:
        """Put an entry in its lane, at the place its position gives it."""
        entry = _Waiting(position, urgent, due_s)
        self._pending += 1
        self._urgent += urgent
        line = self._lanes.get(lane)
        if line is None:
            line = self._lanes[lane] = _Lane(entry)
        else:
            insort(line.waiting, entry)
            line.urgent += urgent
        self._queue(lane, line)

    def take(self, now_s: float) -> int | None:
        """The position to send now, which then is on its way; None if nothing is due."""
        while self._parked and self._parked[0][0] <= now_s:
            _, version, lane = heappop(self._parked)
            line = self._lanes.get(lane)
            if line is not None and line.version == version:
                entry = line.candidate(now_s)
                assert entry is not None, "a lane is parked until its own due time"
                heappush(self._ready, (not line.urgent, entry.position, version, lane))
                if entry is not line.waiting[0]:  # the first may become due before this one has gone
                    heappush(self._parked, (line.waiting[0].due_s, version, lane))
        while self._ready:
            _, position, version, lane = heappop(self._ready)
            line = self._lanes.get(lane)
            if line is not None and line.version == version:
                line.on_its_way = position
                self._versions += 1
                line.version = self._versions
                return position
        return None

    def give_back(self, position: int, lane: str, due_s: float) -> None:
        """The entry was not settled: it stands where it stood, and waits until `due_s`."""
        line = self._lanes[lane]
        line.find(position).due_s = due_s
        if line.on_its_way == position:
            line.on_its_way = None
        self._queue(lane, line)

    def release(self, position: int, lane: str) -> None:
        """The entry was not sent after all: it stands where it stood, due as it was."""
        self.give_back(position, lane, self._lanes[lane].find(position).due_s)

    def hasten(self, position: int, lane: str) -> None:
        """The entry need not wait any longer."""
        line = self._lanes[lane]
        line.find(position).due_s = -inf
        self._queue(lane, line)

    def remove(self, position: int, lane: str) -> None:
        """The entry is settled."""
        line = self._lanes[lane]
        entry = line.find(position)
        line.waiting.remove(entry)
        line.urgent -= entry.urgent
        self._pending -= 1
        self._urgent -= entry.urgent
        if line.on_its_way == position:
            line.on_its_way = None
        if line.waiting:
            self._queue(lane, line)
        else:
            del self._lanes[lane]

    def next_due_s(self) -> float | None:
        """When the next entry is due (-inf: at once); None if none waits that is free to go."""
        while self._ready and not self._is_current(self._ready[0][3], self._ready[0][2]):
            heappop(self._ready)
        if self._ready:
            return -inf
        while self._parked and not self._is_current(self._parked[0][2], self._parked[0][1]):
            heappop(self._parked)
        return self._parked[0][0] if self._parked else None

    def _is_current(self, lane: str, version: int) -> bool:
        line = self._lanes.get(lane)
        return line is not None and line.version == version

    def _queue(self, lane: str, line: _Lane) -> None:
        self._versions += 1
        line.version = self._versions
        if line.on_its_way is not None:
            return
        first = line.waiting[0]
        if first.due_s == -inf:  # not by way of the parked: one claim would have to move a whole backlog
            heappush(self._ready, (not line.urgent, first.position, line.version, lane))
        else:
            heappush(self._parked, (line.due_s(), line.version, lane))
