"""A thread for calls into C that may never return.

SCardTransmit waits for its reader without limit, and nothing short of pulling the card or ending pcscd frees
it. So the call is made on a thread that can be given up: the caller gets `DeviceSilent` and goes on, and the
thread ends by itself when the call comes back, if it ever does.
"""

from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TypeVar

from drivers.errors import DeviceSilent

T = TypeVar("T")


class WatchedThread:
    """Runs one call at a time on a thread of its own and waits for each no longer than it may take.

    `on_given_up` is called by the caller's thread, once, when a call took too long; `on_back` by the watched
    thread, once, when that call has returned after all. After that nothing runs here any more.
    """

    def __init__(
        self, name: str, on_given_up: Callable[[DeviceSilent], None], on_back: Callable[[], None]
    ) -> None:
        self._on_given_up = on_given_up
        self._on_back = on_back
        self._work: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._deciding = Lock()
        self._given_up: DeviceSilent | None = None
        self.has_ended = False
        Thread(target=self._run, name=name, daemon=True).start()

    def call(self, work: Callable[[], T], timeout_s: float) -> T:
        """Return or raise what `work` does. Raises `DeviceSilent` when it takes too long, and ever after."""
        if self._given_up is not None:
            raise self._given_up.again()
        if self.has_ended:
            raise RuntimeError("the thread has ended")
        future: Future[T] = Future()
        self._work.put(lambda: self._settle(future, work))
        try:
            return future.result(timeout_s)
        except TimeoutError:
            with self._deciding:
                if not future.done():
                    self._given_up = DeviceSilent(f"no answer within {timeout_s:g} s")
        if self._given_up is None:  # it came in the last moment
            return future.result()
        self._on_given_up(self._given_up)
        raise self._given_up.again()

    def end(self) -> None:
        """Let the thread go; a call under way is not waited for."""
        self.has_ended = True
        self._work.put(None)

    def _settle(self, future: Future[T], work: Callable[[], T]) -> None:
        try:
            result = work()
        except BaseException as error:  # noqa: BLE001 - it is the caller's, whatever it is
            with self._deciding:
                future.set_exception(error)
        else:
            with self._deciding:
                future.set_result(result)

    def _run(self) -> None:
        while (work := self._work.get()) is not None:
            work()
            if self._given_up is not None:
                self._on_back()
                return
