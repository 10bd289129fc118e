"""Emulators that run alone: a pty for the driver, a control socket for whoever plays the citizen."""

from pathlib import Path

import pytest

from drivers.control_socket import RequestRefused, ask
from drivers.emulators import id_card_reader as id_card_readers
from drivers.emulators import pin_pad as pin_pads
from drivers.emulators.personas import persona
from drivers.errors import DeviceDisconnected, DeviceFailed
from drivers.id_card_reader.device import CardRead, CardUnreadable, IdCardReader, NoCard, UnreadableReason
from drivers.pin_pad.device import Zt598
from drivers.pin_pad.pad import EntryFinished
from drivers.serial_port import SerialPort


def test_a_citizen_at_the_control_socket_places_a_card(tmp_path: Path) -> None:
    link, control = tmp_path / "reader", tmp_path / "control"
    with id_card_readers.serve(link, control):
        reader = IdCardReader(lambda: SerialPort(link, 115200))
        assert reader.poll() == NoCard()
        ask(control, "place", persona_key="wang-xiuying")
        assert reader.poll() == CardRead(id_card_readers.document_of(persona("wang-xiuying")))
        ask(control, "lift")
        reader.poll()
        ask(control, "place_unknown")
        assert reader.poll() == CardUnreadable(UnreadableReason.UNKNOWN_DOCUMENT)
        ask(control, "lift")
        reader.poll()
        ask(control, "place_damaged")
        assert reader.poll() == CardUnreadable(UnreadableReason.READ_FAILED)
        reader.close()


def test_a_technician_at_the_control_socket_breaks_the_reader_and_mends_it(tmp_path: Path) -> None:
    link, control = tmp_path / "reader", tmp_path / "control"
    with id_card_readers.serve(link, control):
        reader = IdCardReader(lambda: SerialPort(link, 115200))
        ask(control, "fail_sam", on=True)
        with pytest.raises(DeviceFailed):
            reader.poll()
        ask(control, "fail_sam", on=False)
        ask(control, "noise", size=64)
        assert reader.poll() == NoCard()
        ask(control, "unplug")
        with pytest.raises(DeviceDisconnected):
            reader.poll()
        ask(control, "plug_in")
        assert reader.poll() == NoCard()
        reader.close()


def test_an_unknown_persona_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    control = tmp_path / "control"
    with (
        id_card_readers.serve(tmp_path / "reader", control),
        pytest.raises(RequestRefused, match="wang-xiuying"),
    ):
        ask(control, "place", persona_key="nobody")


def test_a_citizen_at_the_control_socket_enters_a_password(tmp_path: Path) -> None:
    link, control = tmp_path / "pad", tmp_path / "control"
    with pin_pads.serve(link, control):
        pad = Zt598(lambda: SerialPort(link, pin_pads.FACTORY_BAUD))
        pad.start_entry(6, 6, timeout_s=30)
        ask(control, "press", digits="246810")
        ask(control, "press_key", key="confirm")
        events = []
        while not (events and isinstance(events[-1], EntryFinished)):
            events += pad.poll(timeout_s=5.0)
        assert events[-1] == EntryFinished("246810")
        ask(control, "trouble", code="TAMPERED")
        with pytest.raises(DeviceFailed):
            pad.check()
        pad.close()
