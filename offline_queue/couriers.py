"""Threads that ask the backend about several entries at once, and touch nothing else.

    owner thread:  claim() -> carry() ......................... conclude()
    couriers:                    \\-> ask(entry) -> done(entry, outcome)

`done` is called on a courier's thread: it puts the pair into the inbox of the thread that owns the
outbox (`queue.SimpleQueue().put` of a tuple will do), and nothing more.
"""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread

from offline_queue.entry import Entry
from offline_queue.outcome import Outcome


class Couriers:
    """A fixed number of threads."""

    def __init__(
        self, ask: Callable[[Entry], Outcome], done: Callable[[Entry, Outcome], None], *, count: int
    ) -> None:
        self._ask = ask
        self._done = done
        self._entries: SimpleQueue[Entry | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._run, name=f"courier-{number}", daemon=True) for number in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def carry(self, entry: Entry) -> None:
        """Hand an entry to the next free courier."""
        self._entries.put(entry)

    def close(self, wait_s: float) -> None:
        """Take no more entries, and give those on their way so many seconds each to come back.

        Whoever does not come back in time costs nothing: its entry is pending, and doubtful.
        """
        for _ in self._threads:
            self._entries.put(None)
        for thread in self._threads:
            thread.join(wait_s)

    def _run(self) -> None:
        while entry := self._entries.get():
            self._done(entry, self._ask(entry))
