"""The serial port over a real pty: what pyserial does when the hall happens to it."""

import os
import select
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.emulators.pty_host import PtyHost
from drivers.errors import DeviceDisconnected, DeviceError, NoDevice, PortInUse, WriteTimedOut
from drivers.serial_port import SerialPort


class Echo:
    """Says back what it hears."""

    def __init__(self) -> None:
        self.on_outgoing: Callable[[], None] = lambda: None
        self.heard = b""
        self._outgoing = b""

    def receive(self, data: bytes) -> None:
        self.heard += data
        self._outgoing += data

    def take_outgoing(self) -> bytes:
        said, self._outgoing = self._outgoing, b""
        return said

    def say(self, data: bytes) -> None:
        self._outgoing += data
        self.on_outgoing()


@pytest.fixture
def link(tmp_path: Path) -> Path:
    return tmp_path / "port"


def read_exactly(port: SerialPort, count: int) -> bytes:
    arrived = b""
    while len(arrived) < count:
        piece = port.read(5.0)
        assert piece, f"only {len(arrived)} of {count} bytes came"
        arrived += piece
    return arrived


def test_all_byte_values_pass_unchanged_in_both_directions(link: Path) -> None:
    with PtyHost(Echo(), link):
        port = SerialPort(link, 115200)
        every_byte = bytes(range(256)) * 4
        port.write(every_byte)
        assert read_exactly(port, len(every_byte)) == every_byte
        port.close()


def test_a_quiet_line_reads_as_nothing(link: Path) -> None:
    with PtyHost(Echo(), link):
        port = SerialPort(link, 9600)
        assert port.read(0.0) == b""
        assert port.read(0.01) == b""
        port.close()


def test_a_read_returns_what_is_there_without_waiting_for_more(link: Path) -> None:
    echo = Echo()
    with PtyHost(echo, link):
        port = SerialPort(link, 9600)
        echo.say(b"abc")
        assert read_exactly(port, 3) == b"abc"
        port.close()


def test_discarded_input_is_gone() -> None:
    master, slave = os.openpty()
    port = SerialPort(os.ttyname(slave), 9600)
    os.write(master, b"stale")
    assert select.select([slave], [], [], 5.0)[0], "the bytes never arrived"
    port.discard_input()
    assert port.read(0.0) == b""
    port.close()
    os.close(master)
    os.close(slave)


def test_a_port_that_is_not_there_is_no_device(tmp_path: Path) -> None:
    with pytest.raises(NoDevice, match="No such file"):
        SerialPort(tmp_path / "absent", 9600)


def test_a_file_that_is_no_port_is_no_device(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NoDevice):
        SerialPort(tmp_path / "file", 9600)


def test_a_port_held_by_another_program_is_in_use(link: Path) -> None:
    with PtyHost(Echo(), link):
        port = SerialPort(link, 9600)
        with pytest.raises(PortInUse):
            SerialPort(link, 9600)
        port.close()
        SerialPort(link, 9600).close()


@pytest.mark.parametrize(
    "use",
    [
        pytest.param(lambda port: port.read(1.0), id="read"),
        pytest.param(lambda port: port.write(b"x"), id="write"),
        pytest.param(lambda port: port.discard_input(), id="discard_input"),
    ],
)
def test_an_unplugged_port_is_disconnected_whatever_is_tried(
    link: Path, use: Callable[[SerialPort], object]
) -> None:
    with PtyHost(Echo(), link) as host:
        port = SerialPort(link, 9600)
        host.unplug()
        with pytest.raises(DeviceDisconnected):
            use(port)
        port.close()


def test_the_same_path_works_again_after_plugging_in(link: Path) -> None:
    with PtyHost(Echo(), link) as host:
        port = SerialPort(link, 9600)
        host.unplug()
        with pytest.raises(NoDevice):
            SerialPort(link, 9600)
        host.plug_in()
        with pytest.raises(DeviceDisconnected):
            port.write(b"the old port is dead for good")
        port.close()
        again = SerialPort(link, 9600)
        again.write(b"new")
        assert read_exactly(again, 3) == b"new"
        again.close()


def test_a_device_that_stops_taking_bytes_times_the_write_out(tmp_path: Path) -> None:
    master, slave = os.openpty()  # nobody reads the master: its buffer fills
    try:
        port = SerialPort(os.ttyname(slave), 9600, write_timeout_s=0.05)
        with pytest.raises(WriteTimedOut):
            port.write(bytes(1_000_000))
        port.close()
    finally:
        os.close(master)
        os.close(slave)


def test_closing_twice_and_using_a_closed_port_stay_within_our_errors(link: Path) -> None:
    with PtyHost(Echo(), link):
        port = SerialPort(link, 9600)
        port.close()
        port.close()
        for use in (lambda: port.read(0.0), lambda: port.write(b"x"), port.discard_input):
            with pytest.raises(DeviceError):
                use()
