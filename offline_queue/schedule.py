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

from bisect import bisect_left, insort
from collections.abc import Iterable
from heapq import heapify, heappop, heappush
from math import inf
from typing import TypeAlias

Waiting: TypeAlias = tuple[int, bool, float]
"""An entry in its lane: its position, whether it is urgent, and when it is due (-inf: at once)."""


class Schedule:
    """The order of sending, over positions and lanes."""

    def __init__(self, inherited: Iterable[tuple[str, Waiting]] = ()) -> None:
        """With the entries there are, each with its lane, by position: each costs next to nothing yet."""
        self._lanes: dict[str, list[Waiting]] = {}
        self._on_their_way: dict[str, int] = {}  # from each lane at most one position
        self._ready: list[tuple[bool, int, int, str]] = []  # (not urgent, position, version, lane)
        self._parked: list[tuple[float, int, str]] = []  # (due, version, lane)
        # The heaps hold stale mentions of a lane; only the newest counts. That of an untouched one is 0.
        self._newest: dict[str, int] = {}
        self._mentions = 0
        self._inherit(inherited)

    def __len__(self) -> int:
        return self._pending

    @property
    def urgent(self) -> int:
        """How many urgent entries there are, waiting or on their way."""
        return self._urgent

    @property
    def oldest(self) -> int | None:
        """The lowest position there is."""
        return min((waiting[0][0] for waiting in self._lanes.values()), default=None)

    def add(self, position: int, lane: str, *, urgent: bool, due_s: float = -inf) -> None:
        """Put an entry in its lane, at the place its position gives it."""
        insort(self._lanes.setdefault(lane, []), (position, urgent, due_s))
        self._pending += 1
        self._urgent += urgent
        self._queue(lane)

    def take(self, now_s: float) -> int | None:
        """The position to send now, which then is on its way; None if nothing is due."""
        while self._parked and self._parked[0][0] <= now_s:
            _, version, lane = heappop(self._parked)
            if self._counts(version, lane):
                waiting = self._lanes[lane]
                passing = _first_urgent(waiting)
                position, _, due_s = waiting[0]
                if due_s > now_s:  # it may become due before the urgent one has gone
                    assert passing is not None, "a lane is parked until its own due time"
                    heappush(self._parked, (due_s, version, lane))
                    position = passing[0]
                heappush(self._ready, (passing is None, position, version, lane))
        while self._ready:
            _, position, version, lane = heappop(self._ready)
            if self._counts(version, lane):
                self._on_their_way[lane] = position
                self._mention(lane)
                return position
        return None

    def give_back(self, position: int, lane: str, due_s: float) -> None:
        """The entry was not settled: it stands where it stood, and waits until `due_s`."""
        self._wait(position, lane, due_s)
        self._come_back(position, lane)
        self._queue(lane)

    def release(self, position: int, lane: str) -> None:
        """The entry was not sent after all: it stands where it stood, due as it was."""
        self._come_back(position, lane)
        self._queue(lane)

    def hasten(self, position: int, lane: str) -> None:
        """The entry need not wait any longer."""
        self._wait(position, lane, -inf)
        self._queue(lane)

    def hasten_all(self) -> None:
        """No entry need wait any longer."""
        for lane, waiting in self._lanes.items():
            if any(due_s != -inf for _, _, due_s in waiting):
                waiting[:] = [(position, urgent, -inf) for position, urgent, _ in waiting]
                self._queue(lane)

    def remove(self, position: int, lane: str) -> None:
        """The entry is settled."""
        waiting = self._lanes[lane]
        _, urgent, _ = waiting.pop(_index(waiting, position))
        self._pending -= 1
        self._urgent -= urgent
        self._come_back(position, lane)
        if waiting:
            self._queue(lane)
        else:
            del self._lanes[lane]
            self._newest.pop(lane, None)

    def next_due_s(self) -> float | None:
        """When the next entry is due (-inf: at once); None if none waits that is free to go."""
        while self._ready and not self._counts(*self._ready[0][2:]):
            heappop(self._ready)
        if self._ready:
            return -inf
        while self._parked and not self._counts(*self._parked[0][1:]):
            heappop(self._parked)
        return self._parked[0][0] if self._parked else None

    # -- inside -------------------------------------------------------------------------------------

    def _inherit(self, inherited: Iterable[tuple[str, Waiting]]) -> None:
        lanes = self._lanes
        self._pending = self._urgent = 0
        for lane, entry in inherited:
            self._pending += 1
            self._urgent += entry[1]
            if lane in lanes:
                lanes[lane].append(entry)
            else:
                lanes[lane] = [entry]
        for lane, waiting in lanes.items():
            position, _, due_s = waiting[0]
            if due_s == -inf:
                self._ready.append((_first_urgent(waiting) is None, position, 0, lane))
            else:
                self._parked.append((_due_s(waiting), 0, lane))
        heapify(self._ready)
        heapify(self._parked)

    def _wait(self, position: int, lane: str, due_s: float) -> None:
        waiting = self._lanes[lane]
        index = _index(waiting, position)
        waiting[index] = (position, waiting[index][1], due_s)

    def _come_back(self, position: int, lane: str) -> None:
        if self._on_their_way.get(lane) == position:
            del self._on_their_way[lane]

    def _queue(self, lane: str) -> None:
        version, waiting = self._mention(lane), self._lanes[lane]
        if lane in self._on_their_way:
            return
        position, _, due_s = waiting[0]
        if due_s == -inf:  # not by way of the parked: one claim would have to move a whole backlog
            heappush(self._ready, (_first_urgent(waiting) is None, position, version, lane))
        else:
            heappush(self._parked, (_due_s(waiting), version, lane))

    def _mention(self, lane: str) -> int:
        self._mentions += 1
        self._newest[lane] = self._mentions
        return self._mentions

    def _counts(self, version: int, lane: str) -> bool:
        return lane in self._lanes and self._newest.get(lane, 0) == version


def _first_urgent(waiting: list[Waiting]) -> Waiting | None:
    for entry in waiting:
        if entry[1]:
            return entry
    return None


def _due_s(waiting: list[Waiting]) -> float:
    passing = _first_urgent(waiting)
    first_s = waiting[0][2]
    return first_s if passing is None else min(first_s, passing[2])


def _index(waiting: list[Waiting], position: int) -> int:
    return bisect_left(waiting, (position,))
