"""What the kiosk asks of a PIN pad, whatever its make: one entry of digits at a time.

    start_entry -> EntryChanged* -> EntryFinished | EntryCancelled | EntryTimedOut
                                    (or cancel(), or a DeviceError: the entry is void)

There is no common protocol of PIN pads, so this interface is ours and each make gets a driver behind it.
Digits leave only in `EntryFinished`; nothing here shows them in a repr.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Protocol

from drivers.errors import DeviceStatus


@dataclass(frozen=True, slots=True)
class EntryChanged:
    """A key changed the entry. `digits` is how many are in now: as many dots as the screen shows."""

    digits: int


@dataclass(frozen=True, slots=True)
class EntryTooShort:
    """Confirm was pressed before there were enough digits. The entry goes on."""

    digits: int


@dataclass(frozen=True, slots=True)
class EntryFinished:
    """Confirm was pressed. The entry is over."""

    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class EntryCancelled:
    """Cancel was pressed. The entry is over, and nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class EntryTimedOut:
    """No key came for as long as allowed. The entry is over, and nothing of it is kept."""


PadEvent = EntryChanged | EntryTooShort | EntryFinished | EntryCancelled | EntryTimedOut


class PinPad(Protocol):
    """A PIN pad in clear-text mode. Owned by one thread; its failures are `drivers.errors.DeviceError`."""

    @property
    def status(self) -> DeviceStatus:
        """What is known of the device since it was last asked."""

    def check(self) -> None:
        """Ask the device whether it is there and whole: returns when it is. Not during an entry: keys
        pressed meanwhile would be lost."""

    def start_entry(self, min_digits: int, max_digits: int, timeout_s: float) -> None:
        """Switch the keys on for a new entry; one under way is dropped.

        `timeout_s` is how long without a key ends it. Digits beyond `max_digits` are ignored.
        """

    def poll(self, timeout_s: float = 0.0) -> tuple[PadEvent, ...]:
        """Return what happened since the last call, waiting up to `timeout_s` when nothing did.

        Empty when no entry is under way. A `DeviceError` voids the entry.
        """

    def cancel(self) -> None:
        """Switch the keys off and forget the entry, if there is one."""

    def close(self) -> None:
        """Switch the keys off if possible and let the device go. Never raises."""


class Key(Enum):
    """The keys that matter in an entry."""

    ZERO = "0"
    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    SIX = "6"
    SEVEN = "7"
    EIGHT = "8"
    NINE = "9"
    DOUBLE_ZERO = "00"
    CONFIRM = "confirm"
    CANCEL = "cancel"
    CLEAR = "clear"


class Entry:
    """The keys of one entry and what they add up to. Knows no wire and no clock."""

    def __init__(self, min_digits: int, max_digits: int) -> None:
        if not 0 < min_digits <= max_digits:
            raise ValueError("an entry needs 0 < min_digits <= max_digits")
        self._min_digits = min_digits
        self._max_digits = max_digits
        self._digits = ""

    def __repr__(self) -> str:
        return f"Entry({len(self._digits)} digits)"

    def press(self, key: Key) -> PadEvent | None:
        """Return what the key did, None when it did nothing. After an entry is over do not press again."""
        match key:
            case Key.CANCEL:
                return EntryCancelled()
            case Key.CONFIRM if len(self._digits) < self._min_digits:
                return EntryTooShort(len(self._digits))
            case Key.CONFIRM:
                return EntryFinished(self._digits)
            case Key.CLEAR if not self._digits:
                return None
            case Key.CLEAR:
                self._digits = self._digits[:-1]
            case _ if len(self._digits) + len(key.value) > self._max_digits:
                return None
            case _:
                self._digits += key.value
        return EntryChanged(len(self._digits))
