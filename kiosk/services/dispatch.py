"""An open outbox at work: sends what is due, writes down what came back, and looks after the file.

Sending blocks, so couriers carry entries to the backend and touch nothing else; in a headless test there
are none, and each entry is carried inline.
"""

from collections.abc import Iterator
from queue import Empty, SimpleQueue

from kiosk.backend.delivery import Delivery
from offline_queue.clock import Moment
from offline_queue.couriers import Couriers
from offline_queue.entry import Entry
from offline_queue.errors import Damage, StorageFailure
from offline_queue.outbox import Outbox
from offline_queue.outcome import Outcome
from offline_queue.sender import Sender
from offline_queue.upkeep import Habits, Upkeep


class Dispatch:
    """One opening of the outbox. Used by the thread that opened it; done with when the file is damaged."""

    def __init__(self, outbox: Outbox, delivery: Delivery, habits: Habits, couriers: int) -> None:
        self.outbox = outbox
        self._upkeep = Upkeep(outbox, habits)
        self._sender = Sender(outbox, delivery.deliver, delivery.look_up, at_once=max(1, couriers))
        self._done: SimpleQueue[tuple[Entry, Outcome]] = SimpleQueue()
        self._couriers = (
            Couriers(
                self._sender.ask, lambda entry, outcome: self._done.put((entry, outcome)), count=couriers
            )
            if couriers
            else None
        )
        self._on_their_way = 0

    @property
    def upkeep_failure(self) -> str | None:
        """Why the last second copy was not written; None when it was, or none are wanted."""
        return self._upkeep.failure

    @property
    def is_sending(self) -> bool:
        """Whether an answer is awaited."""
        return self._on_their_way > 0

    def send(self) -> Iterator[Entry]:
        """Send what is due; yield each entry that was asked about, as it now is. Raises Damage."""
        yield from self._take_back()
        while due := self._sender.claim():
            if self._couriers is None:
                yield from self._conclude(due, self._sender.ask(due))
            else:
                self._on_their_way += 1
                self._couriers.carry(due)

    def look_after(self, clock_found_right: Moment | None) -> None:
        """Copy, forget and verify, each at its time. Raises Damage if a row is not as it was written."""
        if self._upkeep.next_in_s() > 0:
            return
        report = self._upkeep.turn(clock_found_right)
        if report.first_break is not None:
            raise Damage(report.first_break)

    def resume(self) -> None:
        """The backend was heard from elsewhere."""
        self._sender.resume()

    def next_in_s(self) -> float | None:
        """Seconds until something is due; None if nothing waits."""
        return self._sender.next_in_s()

    def close(self) -> None:
        """Let go of the file. What is on its way stays pending, and is looked up next time."""
        if self._couriers is not None:
            self._couriers.close(wait_s=0.5)
        self.outbox.close()

    def _take_back(self) -> Iterator[Entry]:
        while True:
            try:
                entry, outcome = self._done.get_nowait()
            except Empty:
                return
            self._on_their_way -= 1
            yield from self._conclude(entry, outcome)

    def _conclude(self, entry: Entry, outcome: Outcome) -> Iterator[Entry]:
        try:
            yield self._sender.conclude(entry, outcome)
        except StorageFailure:
            return  # the disk takes no writes: the entry is as it was, and is looked up by its key later
