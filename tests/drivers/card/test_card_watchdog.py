from queue import SimpleQueue
from threading import Event

import pytest

from drivers.errors import DeviceSilent, NoDevice
from drivers.social_security_card.watchdog import WatchedThread

PATIENCE_S = 10.0


class Witness:
    def __init__(self) -> None:
        self.given_up: list[DeviceSilent] = []
        self.back: SimpleQueue[bool] = SimpleQueue()

    def watch(self) -> WatchedThread:
        return WatchedThread("watched", self.given_up.append, lambda: self.back.put(True))


def test_what_the_call_returns_or_raises_comes_back():
    thread = Witness().watch()
    assert thread.call(lambda: 7, PATIENCE_S) == 7
    with pytest.raises(NoDevice):
        thread.call(_no_device, PATIENCE_S)
    assert thread.call(lambda: 8, PATIENCE_S) == 8
    thread.end()


def _no_device():
    raise NoDevice("none")


def test_a_call_that_takes_too_long_is_given_up_and_the_thread_with_it():
    witness, release = Witness(), Event()
    thread = witness.watch()
    with pytest.raises(DeviceSilent):
        thread.call(release.wait, timeout_s=0.01)
    assert len(witness.given_up) == 1

    with pytest.raises(DeviceSilent):
        thread.call(lambda: 7, PATIENCE_S)
    assert len(witness.given_up) == 1, "once is enough"

    assert witness.back.empty()
    release.set()
    assert witness.back.get(timeout=PATIENCE_S)


def test_after_its_end_a_thread_takes_no_calls():
    thread = Witness().watch()
    thread.end()
    with pytest.raises(RuntimeError):
        thread.call(lambda: 7, PATIENCE_S)
