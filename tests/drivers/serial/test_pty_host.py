"""The pty that emulators are served on."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.emulators.pty_host import PtyHost
from drivers.errors import DeviceDisconnected
from drivers.serial_port import SerialPort


class Listener:
    """Keeps what it hears, and says what it is told."""

    def __init__(self) -> None:
        self.on_outgoing: Callable[[], None] = lambda: None
        self.heard = bytearray()
        self.heard_something = threading.Event()
        self._outgoing = b""

    def receive(self, data: bytes) -> None:
        self.heard += data
        self.heard_something.set()

    def take_outgoing(self) -> bytes:
        said, self._outgoing = self._outgoing, b""
        return said

    def say(self, data: bytes) -> None:
        self._outgoing += data
        self.on_outgoing()


def read_exactly(port: SerialPort, count: int) -> bytes:
    arrived = b""
    while len(arrived) < count:
        piece = port.read(5.0)
        assert piece, f"only {len(arrived)} of {count} bytes came"
        arrived += piece
    return arrived


def test_the_symlink_keeps_its_name_while_the_port_behind_it_changes(tmp_path: Path) -> None:
    link = tmp_path / "device"
    with PtyHost(Listener(), link) as host:
        first = link.resolve()
        port = SerialPort(link, 9600)  # held open, so that the number of the first pty stays taken
        host.unplug()
        assert not host.plugged_in
        assert not link.is_symlink()
        host.plug_in()
        assert link.resolve().is_char_device()
        assert link.resolve() != first
        port.close()


def test_unplugging_and_plugging_in_twice_is_harmless(tmp_path: Path) -> None:
    with PtyHost(Listener(), tmp_path / "device") as host:
        host.plug_in()
        host.unplug()
        host.unplug()
        host.plug_in()
        SerialPort(tmp_path / "device", 9600).close()


def test_closing_leaves_neither_symlink_nor_thread(tmp_path: Path) -> None:
    host = PtyHost(Listener(), tmp_path / "device")
    assert "pty device" in {thread.name for thread in threading.enumerate()}
    host.close()
    host.close()
    assert list(tmp_path.iterdir()) == []
    assert "pty device" not in {thread.name for thread in threading.enumerate()}


def test_bytes_an_emulator_sends_by_itself_arrive_without_a_question(tmp_path: Path) -> None:
    listener = Listener()
    with PtyHost(listener, tmp_path / "device"):
        port = SerialPort(tmp_path / "device", 9600)
        listener.say(b"7")
        assert read_exactly(port, 1) == b"7"
        port.close()


def test_at_the_wrong_speed_both_sides_get_garbage(tmp_path: Path) -> None:
    listener = Listener()
    with PtyHost(listener, tmp_path / "device", baud=9600):
        port = SerialPort(tmp_path / "device", 115200)
        port.write(b"hello, device")
        assert listener.heard_something.wait(5.0)
        assert listener.heard
        assert b"hello" not in listener.heard
        listener.say(b"hello, driver")
        assert b"hello" not in read_exactly(port, 5)
        port.close()


def test_at_the_right_speed_both_sides_understand(tmp_path: Path) -> None:
    listener = Listener()
    with PtyHost(listener, tmp_path / "device", baud=9600):
        port = SerialPort(tmp_path / "device", 9600)
        port.write(b"hello")
        assert listener.heard_something.wait(5.0)
        listener.say(b"good day")
        assert read_exactly(port, 8) == b"good day"
        assert bytes(listener.heard) == b"hello"
        port.close()


def test_paced_bytes_never_arrive_sooner_than_a_wire_would_bring_them(tmp_path: Path) -> None:
    listener = Listener()
    with PtyHost(listener, tmp_path / "device", baud=115200, paced=True):
        port = SerialPort(tmp_path / "device", 115200)
        said_at = time.monotonic()
        listener.say(bytes(1152))
        assert len(read_exactly(port, 1152)) == 1152
        # A lower bound: a slow machine only makes it later.
        assert time.monotonic() - said_at >= 1152 * 10 / 115200
        port.close()


def test_pacing_holds_for_what_the_driver_sends_too(tmp_path: Path) -> None:
    listener = Listener()
    with PtyHost(listener, tmp_path / "device", baud=115200, paced=True):
        port = SerialPort(tmp_path / "device", 115200)
        began_at = time.monotonic()
        port.write(bytes(576))
        while len(listener.heard) < 576:
            assert listener.heard_something.wait(5.0)
            listener.heard_something.clear()
        assert time.monotonic() - began_at >= 576 * 10 / 115200
        port.close()


def test_pacing_needs_a_speed(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="baud"):
        PtyHost(Listener(), tmp_path / "device", paced=True)


def test_an_emulator_that_nobody_reads_loses_bytes_and_goes_on(tmp_path: Path) -> None:
    listener = Listener()
    with PtyHost(listener, tmp_path / "device"):
        listener.say(bytes(200_000))
        port = SerialPort(tmp_path / "device", 9600)  # opening forgets what lay there
        port.write(b"still there?")
        assert listener.heard_something.wait(5.0)
        port.close()


def test_an_emulator_may_pull_its_own_cable_while_it_receives(tmp_path: Path) -> None:
    class CutsPower(Listener):
        def receive(self, data: bytes) -> None:
            super().receive(data)
            host.unplug()

    with PtyHost(CutsPower(), tmp_path / "device") as host:
        port = SerialPort(tmp_path / "device", 9600)
        port.write(b"print this")
        with pytest.raises(DeviceDisconnected):
            port.read(5.0)
        port.close()
        assert not host.plugged_in
        host.plug_in()
        SerialPort(tmp_path / "device", 9600).close()


def test_an_unplug_is_final_the_moment_it_returns(tmp_path: Path) -> None:
    with PtyHost(Listener(), tmp_path / "device") as host:
        for _ in range(50):
            port = SerialPort(tmp_path / "device", 9600)
            host.unplug()
            with pytest.raises(DeviceDisconnected):
                port.write(b"x")
            port.close()
            host.plug_in()
