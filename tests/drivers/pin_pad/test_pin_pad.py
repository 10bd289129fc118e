"""The PIN pad as the kiosk meets it.

A doubtful digit is worse than none: wrong passwords lock the account.
"""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.pin_pad import PinPadEmulator
from drivers.emulators.wire import InProcessWire
from drivers.errors import (
    DeviceDisconnected,
    DeviceError,
    DeviceFailed,
    DeviceSilent,
    DeviceStatus,
    NoDevice,
    ProtocolViolation,
)
from drivers.pin_pad.device import Zt598
from drivers.pin_pad.pad import (
    EntryCancelled,
    EntryChanged,
    EntryFinished,
    EntryTimedOut,
    EntryTooShort,
    Key,
    PinPad,
)
from drivers.pin_pad.protocol import INFORMATION, KEYS_OFF, KEYS_ON, ReturnCode, encode_answer


class HeldClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Workbench:
    def __init__(self) -> None:
        self.emulator = PinPadEmulator()
        self.wire = InProcessWire(self.emulator)
        self.clock = HeldClock()
        self.pad: PinPad = Zt598(self.wire.open, clock=self.clock)

    def start(self) -> None:
        self.pad.start_entry(min_digits=6, max_digits=6, timeout_s=30)


@pytest.fixture
def bench() -> Workbench:
    return Workbench()


def test_a_password_is_entered_and_handed_over_once(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("246")
    assert bench.pad.poll() == (EntryChanged(1), EntryChanged(2), EntryChanged(3))
    bench.emulator.press("810")
    bench.emulator.press_key(Key.CONFIRM)
    assert bench.pad.poll()[-1] == EntryFinished("246810")
    assert bench.pad.poll() == ()
    assert bench.pad.status is DeviceStatus.ONLINE


def test_the_keys_are_on_during_an_entry_only(bench: Workbench) -> None:
    bench.start()
    assert bench.emulator.keys_on
    bench.emulator.press("246810")
    bench.emulator.press_key(Key.CONFIRM)
    bench.pad.poll()
    assert not bench.emulator.keys_on
    bench.emulator.press("1")
    assert bench.pad.poll() == ()


def test_keys_after_confirm_belong_to_nobody(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("246810")
    bench.emulator.press_key(Key.CONFIRM)
    bench.emulator.press("999")
    assert bench.pad.poll()[-1] == EntryFinished("246810")
    bench.start()
    assert bench.pad.poll() == ()


def test_cancel_on_the_pad_ends_the_entry(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("24")
    bench.emulator.press_key(Key.CANCEL)
    assert bench.pad.poll()[-1] == EntryCancelled()
    assert not bench.emulator.keys_on


def test_cancel_by_the_kiosk_forgets_the_entry(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("24")
    bench.pad.poll()
    bench.pad.cancel()
    assert not bench.emulator.keys_on
    assert bench.pad.poll() == ()
    bench.pad.cancel()  # and again is harmless


def test_a_new_entry_begins_with_nothing(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("24")
    bench.start()
    bench.emulator.press("135790")
    bench.emulator.press_key(Key.CONFIRM)
    assert bench.pad.poll()[-1] == EntryFinished("135790")


def test_too_few_digits_are_said_so(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("24")
    bench.emulator.press_key(Key.CONFIRM)
    assert bench.pad.poll()[-1] == EntryTooShort(2)
    assert bench.emulator.keys_on


def test_keys_that_mean_nothing_do_nothing(bench: Workbench) -> None:
    bench.start()
    bench.emulator.send_noise(b".AH#")
    assert bench.pad.poll() == ()
    bench.emulator.press("2")
    assert bench.pad.poll() == (EntryChanged(1),)


def test_an_entry_times_out_when_no_key_comes(bench: Workbench) -> None:
    bench.start()
    bench.clock.now += 29
    bench.emulator.press("2")
    assert bench.pad.poll() == (EntryChanged(1),)
    bench.clock.now += 29
    assert bench.pad.poll() == ()  # the key began the time anew
    bench.clock.now += 1
    assert bench.pad.poll() == (EntryTimedOut(),)
    assert not bench.emulator.keys_on
    assert bench.pad.poll() == ()


def test_a_pad_that_gives_up_waiting_times_the_entry_out(bench: Workbench) -> None:
    bench.start()
    bench.emulator.give_up_waiting()
    assert bench.pad.poll() == (EntryTimedOut(),)


# --- a doubtful digit


@pytest.mark.parametrize(
    "noise",
    [b"\xff", b"\x00", b"\x02", b"\x02003", encode_answer(0x60), encode_answer(0x60)[:-1], b"\x03"],
    ids=lambda noise: noise.hex(),
)
@pytest.mark.parametrize("moment", ["before", "between", "after"])
def test_noise_among_the_keys_voids_the_entry(bench: Workbench, noise: bytes, moment: str) -> None:
    bench.start()
    if moment != "before":
        bench.emulator.press("24")
    bench.emulator.send_noise(noise)
    if moment == "between":
        bench.emulator.press("68")
    with pytest.raises(ProtocolViolation):
        bench.pad.poll()
    assert bench.pad.status is DeviceStatus.HARDWARE_ERROR
    assert bench.pad.poll() == ()  # nothing of the entry is left
    bench.start()
    bench.emulator.press("135790")
    bench.emulator.press_key(Key.CONFIRM)
    assert bench.pad.poll()[-1] == EntryFinished("135790")


def test_keys_pressed_before_the_entry_are_not_part_of_it(bench: Workbench) -> None:
    bench.wire.inject_noise(b"99")
    bench.start()
    assert bench.pad.poll() == ()


def test_a_pad_that_masks_digits_cannot_be_used(bench: Workbench) -> None:
    bench.emulator.masks_digits = True
    bench.start()
    bench.emulator.press("2")
    with pytest.raises(DeviceFailed, match="clear-text"):
        bench.pad.poll()
    assert bench.pad.status is DeviceStatus.HARDWARE_ERROR


@given(st.binary(max_size=20))
def test_only_keys_really_pressed_are_ever_handed_over(noise: bytes) -> None:
    """Whatever the line adds: if a password comes out, every byte of the line was a key."""
    bench = Workbench()
    bench.pad.start_entry(1, 16, 30)
    bench.emulator.press("2468")
    bench.emulator.send_noise(noise)
    bench.emulator.press_key(Key.CONFIRM)
    try:
        events = bench.pad.poll()
    except DeviceError:
        return
    for event in events:
        if isinstance(event, EntryFinished):
            seen = noise.split(b"\r")[0]
            assert all(byte in b'0123456789"\x08.\x07#ABCDEFGH' for byte in seen)


# --- the pad itself


def test_a_spoiled_answer_is_asked_for_once_more(bench: Workbench) -> None:
    bench.emulator.spoil_next_check()
    bench.start()
    assert bench.emulator.asked[INFORMATION] == 2
    assert bench.emulator.keys_on


def test_a_slow_line_changes_nothing(bench: Workbench) -> None:
    bench.wire.one_byte_at_a_time = True
    bench.start()
    bench.emulator.press("246810")
    bench.emulator.press_key(Key.CONFIRM)
    events = [event for _ in range(10) for event in bench.pad.poll()]
    assert events[-1] == EntryFinished("246810")


def test_a_silent_pad_is_offline_until_it_answers(bench: Workbench) -> None:
    bench.emulator.silent = True
    with pytest.raises(DeviceSilent):
        bench.start()
    assert bench.pad.status is DeviceStatus.OFFLINE
    bench.emulator.silent = False
    bench.start()
    assert bench.pad.status is DeviceStatus.ONLINE


@pytest.mark.parametrize(
    ("trouble", "error"),
    [
        (ReturnCode.TAMPERED, DeviceFailed),
        (ReturnCode.REMOVED, DeviceFailed),
        (ReturnCode.BATTERY_LOW, DeviceFailed),
        (ReturnCode.HARDWARE, DeviceFailed),
        (ReturnCode.OTHER, ProtocolViolation),
    ],
)
def test_a_pad_in_trouble_says_which(bench: Workbench, trouble: ReturnCode, error: type[DeviceError]) -> None:
    bench.emulator.trouble = trouble
    with pytest.raises(error, match=trouble.name):
        bench.start()
    assert bench.pad.status is DeviceStatus.HARDWARE_ERROR


def test_an_unplugged_pad_voids_the_entry_and_comes_back_by_itself(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("24")
    bench.wire.unplug()
    with pytest.raises(DeviceDisconnected):
        bench.pad.poll()
    assert bench.pad.status is DeviceStatus.NO_DEVICE
    assert bench.pad.poll() == ()
    with pytest.raises(NoDevice):
        bench.start()
    bench.wire.plug_in()
    bench.start()
    assert bench.pad.status is DeviceStatus.ONLINE


def test_a_pad_left_with_its_keys_on_is_switched_off_first(bench: Workbench) -> None:
    bench.emulator.keys_on = True  # the process before us was killed in the middle of an entry
    bench.start()
    assert bench.emulator.asked[KEYS_OFF] == 1
    assert bench.emulator.asked[KEYS_ON] == 1


def test_a_result_is_not_lost_when_the_keys_cannot_be_switched_off(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("246810")
    bench.emulator.press_key(Key.CONFIRM)
    bench.emulator.silent = True  # what was said already is on the line
    assert bench.pad.poll()[-1] == EntryFinished("246810")
    assert bench.pad.status is DeviceStatus.OFFLINE


def test_closing_switches_the_keys_off_and_never_raises(bench: Workbench) -> None:
    bench.start()
    bench.pad.close()
    assert not bench.emulator.keys_on
    bench.pad.close()
    bench.start()
    bench.wire.unplug()
    bench.pad.close()


class Babbler:
    def __init__(self, answers: list[bytes]) -> None:
        self._answers = answers
        self._pending = b""

    def open(self) -> "Babbler":
        return self

    def write(self, data: bytes) -> None:
        self._pending = self._answers.pop(0) if self._answers else b""

    def read(self, timeout_s: float) -> bytes:
        said, self._pending = self._pending, b""
        return said

    def discard_input(self) -> None:
        self._pending = b""

    def close(self) -> None:
        pass


good = encode_answer(0x60)


@given(st.lists(st.binary(max_size=40) | st.sampled_from([good, good + b"24\r", good + b"\x1b"]), max_size=8))
def test_whatever_the_pad_says_only_device_errors_come_of_it(answers: list[bytes]) -> None:
    pad = Zt598(Babbler([good, good, good, *answers]).open, clock=HeldClock())
    with suppress(DeviceError):
        pad.start_entry(1, 6, 30)
    with suppress(DeviceError):
        pad.poll()
    pad.close()


def test_nothing_shows_the_digits(bench: Workbench) -> None:
    bench.start()
    bench.emulator.press("246810")
    bench.emulator.press_key(Key.CONFIRM)
    assert "246810" not in repr(bench.pad.poll())
    bench.start()
    bench.emulator.press("246810")
    bench.emulator.send_noise(b"\xff")
    with pytest.raises(ProtocolViolation) as error:
        bench.pad.poll()
    assert "246810" not in repr(error.value) + repr(vars(bench.pad))
