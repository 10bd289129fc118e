"""The PIN pad as `kiosk run` makes it: found by its name in kiosk.toml, spoken to over a serial line."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.emulators.pin_pad import FACTORY_BAUD, PinPadEmulator
from drivers.emulators.pty_host import PtyHost
from drivers.errors import DeviceStatus
from drivers.pin_pad.pad import Key
from kiosk import app
from kiosk.config import Config
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import PinPad
from kiosk.flows.secret import Secret
from kiosk.services import routes
from kiosk.services.service import Service

VISIT = 7
TURNS = 400  # of listening for 50 ms each: patience, not a measurement


@pytest.fixture
def emulator() -> PinPadEmulator:
    return PinPadEmulator()


@pytest.fixture
def host(emulator: PinPadEmulator, tmp_path: Path) -> Iterator[PtyHost]:
    with PtyHost(emulator, tmp_path / "pin-pad", baud=FACTORY_BAUD) as host:
        yield host


@pytest.fixture
def pad(host: PtyHost, tmp_path: Path) -> Iterator[Service]:
    config = Config.model_validate(
        {
            "kiosk": {"id": "0012", "site": "hall", "data_dir": tmp_path},
            "backend": {"url": "http://127.0.0.1:1"},
            "id_card_reader": {"port": "unused"},
            "receipt_printer": {"port": "unused"},
            "outbox": {"key_file": "unused"},
            "pin_pad": {"kind": "zt598", "port": host.link},
        }
    )
    service = app.services_of(config, app.real_doors(config), app.library_of(config))[routes.PIN_PAD]()
    yield service
    service.close()


def watched(pad: Service, last: type[on.Event]) -> list[on.Event]:
    """Return what the pad tells, up to an event of this kind."""
    told: list[on.Event] = []
    for _ in range(TURNS):
        told += pad.watch().events
        if told and isinstance(told[-1], last):
            return told
    raise AssertionError(f"no {last.__name__} after {told}")


def test_a_password_comes_over_the_line_key_by_key_and_once(pad: Service, emulator: PinPadEmulator) -> None:
    assert watched(pad, on.PinPadChanged) == [on.PinPadChanged(PinPad.READY)]
    assert list(pad.perform(do.StartPinEntry(VISIT, digits=6))) == [on.PinEntryStarted(VISIT)]
    emulator.press("246810")
    emulator.press_key(Key.CONFIRM)
    *dots, last = watched(pad, on.PinEntered)
    assert dots == [on.PinKeyPressed(VISIT, digits) for digits in range(1, 7)]
    assert last == on.PinEntered(VISIT, Secret("246810"))
    assert not emulator.keys_on
    assert pad.check().status is DeviceStatus.ONLINE


def test_no_event_shows_a_digit_to_whoever_prints_it(
    pad: Service, emulator: PinPadEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    list(pad.perform(do.StartPinEntry(VISIT, digits=6)))
    emulator.press("246810")
    emulator.press_key(Key.CONFIRM)
    assert "246810" not in repr(watched(pad, on.PinEntered)) + caplog.text


def test_a_cable_pulled_in_the_middle_voids_the_entry_and_the_pad_comes_back(
    pad: Service, emulator: PinPadEmulator, host: PtyHost
) -> None:
    list(pad.perform(do.StartPinEntry(VISIT, digits=6)))
    emulator.press("24")
    host.unplug()
    *_, failed = watched(pad, on.PinEntryFailed)
    assert failed == on.PinEntryFailed(VISIT)
    assert pad.check().status is DeviceStatus.NO_DEVICE
    host.plug_in()
    assert watched(pad, on.PinPadChanged) == [on.PinPadChanged(PinPad.READY)]


def test_an_entry_under_way_is_not_disturbed_by_the_doctor(pad: Service, emulator: PinPadEmulator) -> None:
    list(pad.perform(do.StartPinEntry(VISIT, digits=6)))
    emulator.press("246")
    asked = emulator.asked.total()
    assert pad.check().detail == "a password is being entered"
    assert emulator.asked.total() == asked
    emulator.press("810")
    emulator.press_key(Key.CONFIRM)
    assert watched(pad, on.PinEntered)[-1] == on.PinEntered(VISIT, Secret("246810"))
