"""The wire between driver and emulator in one process, and its faults."""

from collections.abc import Callable

import pytest

from drivers.emulators.wire import InProcessWire
from drivers.errors import DeviceDisconnected, NoDevice


class Echo:
    def __init__(self) -> None:
        self.on_outgoing: Callable[[], None] = lambda: None
        self._outgoing = b""

    def receive(self, data: bytes) -> None:
        self._outgoing += data

    def take_outgoing(self) -> bytes:
        said, self._outgoing = self._outgoing, b""
        return said


@pytest.fixture
def wire() -> InProcessWire:
    return InProcessWire(Echo()).open()


def test_an_answer_lies_ready_when_the_write_returns(wire: InProcessWire) -> None:
    wire.write(b"hello")
    assert wire.read(0.0) == b"hello"
    assert wire.read(1000.0) == b""


def test_a_silent_wire_loses_the_answer_for_good(wire: InProcessWire) -> None:
    wire.silent = True
    wire.write(b"hello")
    wire.silent = False
    assert wire.read(1.0) == b""


def test_a_slow_line_brings_one_byte_at_a_time(wire: InProcessWire) -> None:
    wire.one_byte_at_a_time = True
    wire.write(b"abc")
    assert [wire.read(1.0) for _ in range(4)] == [b"a", b"b", b"c", b""]


def test_noise_comes_before_the_next_answer_once(wire: InProcessWire) -> None:
    wire.inject_noise(b"\xff\x00")
    wire.write(b"a")
    assert wire.read(1.0) == b"\xff\x00a"
    wire.write(b"b")
    assert wire.read(1.0) == b"b"


def test_a_cut_answer_loses_its_end_once(wire: InProcessWire) -> None:
    wire.cut_next_answer(2)
    wire.write(b"hello")
    assert wire.read(1.0) == b"he"
    wire.write(b"hello")
    assert wire.read(1.0) == b"hello"


def test_a_held_answer_comes_late(wire: InProcessWire) -> None:
    wire.held = True
    wire.write(b"first")
    assert wire.read(1.0) == b""
    wire.held = False
    wire.write(b" second")
    assert wire.read(1.0) == b"first second"


def test_an_open_line_is_dead_after_an_unplug_also_when_plugged_in_again(wire: InProcessWire) -> None:
    wire.unplug()
    with pytest.raises(DeviceDisconnected):
        wire.write(b"x")
    with pytest.raises(NoDevice):
        wire.open()
    wire.plug_in()
    with pytest.raises(DeviceDisconnected):
        wire.read(1.0)
    wire.open().write(b"x")
    assert wire.read(1.0) == b"x"


def test_opening_forgets_what_came_before(wire: InProcessWire) -> None:
    wire.write(b"stale")
    wire.close()
    assert wire.open().read(1.0) == b""
