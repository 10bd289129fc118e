"""The wire protocol of SZZT PIN pads (ZT588, ZT598): bytes to answers and keys, and back. Does no I/O.

    request:  02 | length (3 decimal digits) | command, data        | 03 | check (2 hex digits)
    answer:   02 | length (3 decimal digits) | return code, data    | 03 | check (2 hex digits)
    length    counts what stands between it and 03; check = XOR from the length to 03 inclusive
    key:      one byte by itself, between frames, while the keys are switched on in clear text

Two independent public drivers (a Chinese one for the ZT598, a Russian one for the ZT588) agree on frames,
commands and return codes. What only one of them says is marked unverified.

A key carries no check at all, and the digits in a damaged frame look like keys. So bytes that are neither
a good frame nor a key are never skipped in silence: they are reported as `Garbage`, and whoever collects a
password must drop it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import reduce
from operator import xor

from drivers.pin_pad.pad import Key

STX, ETX = 0x02, 0x03
_HEAD = 4  # 02 and the length
_TAIL = 3  # 03 and the check
_MAX_BODY = 998  # longer ones are announced as 000, and nothing we ask is answered with one

INFORMATION = b"3"
KEYS_OFF = b"5032"
KEYS_ON = b"5033"
BEEP_ON = b"5035"

MASKED_DIGIT = 0x2A
TIMED_OUT_BY_PAD = 0x80
"""Sent instead of a key when the pad gave up waiting (unverified)."""

KEYS = {ord(digit): Key(digit) for digit in "0123456789"} | {
    0x22: Key.DOUBLE_ZERO,  # unverified
    0x0D: Key.CONFIRM,
    0x1B: Key.CANCEL,
    0x08: Key.CLEAR,
}
# Keys that exist and mean nothing in an entry: the point, a blank key, the function keys beside the screen.
_OTHER_KEYS = frozenset(b".\x07#ABCDEFGH") | {MASKED_DIGIT, TIMED_OUT_BY_PAD}


class ReturnCode(IntEnum):
    """Why the pad refused. 60h to 9Fh and A3h are all good."""

    TAMPERED = 0xDD
    BATTERY_LOW = 0xE0
    COMMAND_LENGTH = 0xE8
    ILLEGAL_DATA = 0xE9
    PARAMETER_TYPE = 0xEB
    NOT_AUTHENTICATED = 0xEC
    LOCKED = 0xED
    INPUT_TIMED_OUT = 0xEE
    OTHER = 0xEF
    ILLEGAL_INPUT_MODE = 0xF8
    HARDWARE = 0xFE
    REMOVED = 0xFF
    """The switch that notices when the pad is taken out of its panel is open."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A good frame from the pad."""

    return_code: int
    text: bytes

    @property
    def is_ok(self) -> bool:
        """Whether the pad did what it was told."""
        return 0x60 <= self.return_code <= 0x9F or self.return_code == 0xA3

    @property
    def code_name(self) -> str:
        """The return code in words, or in hexadecimal when it is unknown."""
        try:
            return ReturnCode(self.return_code).name
        except ValueError:
            return f"{self.return_code:02X}h"


@dataclass(frozen=True, slots=True)
class KeyByte:
    """A byte between frames that some key sends."""

    byte: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that were neither a good frame nor a key."""

    size: int


Received = Answer | KeyByte | Garbage


def encode_request(command: bytes) -> bytes:
    """Return the frame that gives `command`, at most 998 bytes."""
    return _frame(command)


def encode_answer(return_code: int, text: bytes = b"") -> bytes:
    """Return the frame a pad answers with."""
    return _frame(bytes([return_code]) + text)


class PadReader:
    """Collects bytes as they arrive and yields answers, keys and garbage in their order.

    Holds at most one frame. A frame that goes wrong is given up where it went wrong, so what is left of it
    may come out as keys: after its `Garbage`.
    """

    def __init__(self) -> None:
        self._pending = bytearray()

    @property
    def is_inside_frame(self) -> bool:
        """Whether the beginning of a frame is waiting for its end."""
        return bool(self._pending)

    def feed(self, arrived: bytes) -> Iterator[Received]:
        """Take bytes in pieces of any size. To be exhausted, or bytes are lost."""
        for byte in arrived:
            if not self._pending and byte != STX:
                yield KeyByte(byte) if byte in KEYS or byte in _OTHER_KEYS else Garbage(1)
                continue
            self._pending.append(byte)
            if not self._may_become_frame():
                yield Garbage(len(self._pending))
                self._pending.clear()
            elif len(self._pending) > _HEAD and len(self._pending) == self._frame_size():
                yield Answer(self._pending[_HEAD], bytes(self._pending[_HEAD + 1 : -_TAIL]))
                self._pending.clear()

    def _frame_size(self) -> int:
        return _HEAD + int(self._pending[1:_HEAD]) + _TAIL

    def _may_become_frame(self) -> bool:
        """Judge by the newest byte: those before it were judged when they came."""
        pending, size = self._pending, len(self._pending)
        if size <= _HEAD:
            return size == 1 or (0x30 <= pending[-1] <= 0x39 and pending[1:] != b"000")
        if size == self._frame_size() - 2:
            return pending[-1] == ETX
        if size == self._frame_size():
            return pending[-2:] == _check(pending[1:-2])
        return True


def _frame(body: bytes) -> bytes:
    if not 0 < len(body) <= _MAX_BODY:
        raise ValueError(f"a frame carries 1 to {_MAX_BODY} bytes, not {len(body)}")
    checked = b"%03d%b%c" % (len(body), body, ETX)
    return bytes([STX]) + checked + _check(checked)


def _check(checked: bytes | bytearray) -> bytes:
    return b"%02X" % reduce(xor, checked)
