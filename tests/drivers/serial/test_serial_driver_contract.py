"""What every driver of a serial device promises, tried on each of them over each seam.

The seams: the wire in one process, and the real pyserial on a pty. A new device is one more `Subject`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from drivers.emulators import id_card_reader as id_card_readers
from drivers.emulators import pin_pad as pin_pads
from drivers.emulators.personas import persona
from drivers.emulators.pty_host import PtyHost
from drivers.emulators.wire import ByteEmulator, InProcessWire
from drivers.errors import DeviceDisconnected, DeviceError, DeviceSilent, DeviceStatus, NoDevice
from drivers.id_card_reader.device import CardRead, IdCardReader, NoCard
from drivers.id_card_reader.protocol import FACTORY_BAUD
from drivers.pin_pad.device import Zt598
from drivers.pin_pad.pad import EntryChanged, EntryFinished, Key
from drivers.serial_port import SerialPort
from drivers.transport import OpenTransport


@dataclass(frozen=True)
class Subject:
    """A device: its emulator, its driver, and a question that touches the line."""

    name: str
    baud: int
    emulator: Callable[[], Any]
    driver: Callable[[OpenTransport], Any]
    ask: Callable[[Any], object]


SUBJECTS = (
    Subject(
        "id-card-reader",
        FACTORY_BAUD,
        id_card_readers.IdCardReaderEmulator,
        IdCardReader,
        lambda reader: reader.poll(),
    ),
    Subject("pin-pad", pin_pads.FACTORY_BAUD, pin_pads.PinPadEmulator, Zt598, lambda pad: pad.check()),
)


class Seam:
    """Where driver and emulator meet, with the cable in our hands."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self._folder = folder
        self._hosts: list[PtyHost] = []

    def join(self, emulator: ByteEmulator, baud: int) -> "Cable":
        if self.kind == "in process":
            wire = InProcessWire(emulator)
            return Cable(wire.open, wire.unplug, wire.plug_in)
        host = PtyHost(emulator, self._folder / "device", baud=baud)
        self._hosts.append(host)
        return Cable(lambda: SerialPort(host.link, baud), host.unplug, host.plug_in)

    def close(self) -> None:
        for host in self._hosts:
            host.close()


@dataclass(frozen=True)
class Cable:
    open: OpenTransport
    unplug: Callable[[], None]
    plug_in: Callable[[], None]


@pytest.fixture(params=["in process", "pty"])
def seam(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Seam]:
    seam = Seam(request.param, tmp_path)
    yield seam
    seam.close()


@dataclass
class Bench:
    subject: Subject
    emulator: Any
    driver: Any
    cable: Cable

    def ask(self) -> object:
        return self.subject.ask(self.driver)


@pytest.fixture(params=SUBJECTS, ids=lambda subject: subject.name)
def bench(request: pytest.FixtureRequest, seam: Seam) -> Iterator[Bench]:
    subject: Subject = request.param
    emulator = subject.emulator()
    cable = seam.join(emulator, subject.baud)
    driver = subject.driver(cable.open)
    yield Bench(subject, emulator, driver, cable)
    driver.close()


def test_a_driver_is_offline_until_first_used_and_online_then(bench: Bench) -> None:
    assert bench.driver.status is DeviceStatus.OFFLINE
    bench.ask()
    assert bench.driver.status is DeviceStatus.ONLINE


def test_a_device_that_is_not_there_at_start_is_found_once_it_is(bench: Bench) -> None:
    bench.cable.unplug()
    with pytest.raises(NoDevice):
        bench.ask()
    assert bench.driver.status is DeviceStatus.NO_DEVICE
    bench.cable.plug_in()
    bench.ask()
    assert bench.driver.status is DeviceStatus.ONLINE


def test_an_unplugged_device_is_noticed_and_comes_back_by_itself(bench: Bench) -> None:
    bench.ask()
    for _ in range(3):
        bench.cable.unplug()
        with pytest.raises(DeviceDisconnected):
            bench.ask()
        assert bench.driver.status is DeviceStatus.NO_DEVICE
        with pytest.raises(NoDevice):
            bench.ask()
        bench.cable.plug_in()
        bench.ask()
        assert bench.driver.status is DeviceStatus.ONLINE


def test_a_device_that_comes_back_between_two_questions_needs_one_failure_at_most(bench: Bench) -> None:
    bench.ask()
    bench.cable.unplug()
    bench.cable.plug_in()
    with pytest.raises(DeviceDisconnected):
        bench.ask()
    bench.ask()
    assert bench.driver.status is DeviceStatus.ONLINE


def test_a_silent_device_is_offline_and_every_error_says_what_to_do(bench: Bench) -> None:
    bench.ask()
    bench.emulator.silent = True
    with pytest.raises(DeviceSilent) as silent:
        bench.ask()
    assert bench.driver.status is silent.value.status is DeviceStatus.OFFLINE
    assert silent.value.remedy is not None
    assert silent.value.reason
    bench.emulator.silent = False
    bench.ask()
    assert bench.driver.status is DeviceStatus.ONLINE


def test_one_spoiled_answer_is_asked_for_again(bench: Bench) -> None:
    bench.ask()
    bench.emulator.spoil_next_check()
    bench.ask()
    assert bench.driver.status is DeviceStatus.ONLINE


def test_a_driver_may_be_closed_at_any_time_and_used_again(bench: Bench) -> None:
    bench.driver.close()
    bench.ask()
    bench.driver.close()
    bench.driver.close()
    assert bench.driver.status is DeviceStatus.OFFLINE
    bench.cable.unplug()
    bench.driver.close()
    bench.cable.plug_in()
    bench.ask()


def test_at_the_wrong_speed_there_is_an_error_of_ours_and_no_answer(tmp_path: Path) -> None:
    for subject in SUBJECTS:
        with PtyHost(subject.emulator(), tmp_path / subject.name, baud=subject.baud) as host:
            driver = subject.driver(lambda host=host: SerialPort(host.link, 19200))
            with pytest.raises(DeviceError):
                subject.ask(driver)
            driver.close()


# --- what each does for the kiosk, over both seams


def test_cards_are_read_over_either_seam(seam: Seam) -> None:
    emulator = id_card_readers.IdCardReaderEmulator()
    reader = IdCardReader(seam.join(emulator, FACTORY_BAUD).open)
    assert reader.poll() == NoCard()
    for key in ("wang-xiuying", "anna-martens", "lin-yijun"):
        emulator.place(persona(key))
        assert reader.poll() == CardRead(id_card_readers.document_of(persona(key)))
        emulator.lift()
        reader.poll()
    reader.close()


def test_a_password_is_entered_over_either_seam(seam: Seam) -> None:
    emulator = pin_pads.PinPadEmulator()
    pad = Zt598(seam.join(emulator, pin_pads.FACTORY_BAUD).open)
    pad.start_entry(6, 6, timeout_s=30)
    emulator.press("246810")
    events = []
    while len(events) < 6:
        events += pad.poll(timeout_s=5.0)
    assert events == [EntryChanged(count) for count in range(1, 7)]
    emulator.press_key(Key.CONFIRM)
    assert pad.poll(timeout_s=5.0) == (EntryFinished("246810"),)
    pad.close()
