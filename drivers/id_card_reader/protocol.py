"""The wire protocol of resident ID card readers (SDT, GA/T 467): bytes to answers and back. Does no I/O.

    frame:    AA AA AA 96 69 | length (2, big-endian) | body | check
    request:  body = command, parameter, data
    answer:   body = SW1 SW2 SW3, data
    length    counts body and check; check = XOR of the length bytes and the body

Line: 115200 baud, 8N1 from the factory. Sources: six independent public drivers agree on framing, commands
and status words; what only one of them says is marked unverified.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum

PREAMBLE = bytes.fromhex("AAAAAA9669")
FACTORY_BAUD = 115_200
SAM_NUMBER_SIZE = 16

_LENGTH_END = len(PREAMBLE) + 2
_MIN_LENGTH = 3  # a request: command, parameter and check
_MAX_LENGTH = 0x0A00  # the longest known is 090Ah, a base block with fingerprint; noise may claim any


class Command(Enum):
    """What a reader can be asked: command and parameter byte."""

    RESET = bytes.fromhex("10FF")
    SAM_STATUS = bytes.fromhex("11FF")
    SAM_NUMBER = bytes.fromhex("12FF")
    FIND_CARD = bytes.fromhex("2001")
    SELECT_CARD = bytes.fromhex("2002")
    READ_BASE = bytes.fromhex("3001")
    READ_NEW_ADDRESS = bytes.fromhex("3003")
    READ_BASE_AND_FINGERPRINT = bytes.fromhex("3010")


class Status(IntEnum):
    """SW3, the byte that says how it went. SW1 and SW2 carry details of the SAM and may be anything."""

    BAD_CHECKSUM = 0x10
    BAD_LENGTH = 0x11
    BAD_COMMAND = 0x21
    NOT_ALLOWED = 0x23
    UNKNOWN_FAILURE = 0x24
    CARD_REFUSES_SAM = 0x31
    SAM_REFUSES_CARD = 0x32
    VERIFICATION_FAILED = 0x33
    UNKNOWN_CARD = 0x40
    READ_FAILED = 0x41
    NO_RANDOM = 0x47
    SAM_SELF_TEST_FAILED = 0x60
    SAM_NOT_AUTHORISED = 0x66
    FIND_FAILED = 0x80
    SELECT_FAILED = 0x81
    OK = 0x90
    ITEM_EMPTY = 0x91
    FOUND = 0x9F


@dataclass(frozen=True, slots=True)
class Answer:
    """A good frame from the reader. `data` is a person's: it is not in the repr."""

    status: int
    """SW3; a `Status`, or a number that no source knows."""
    data: bytes
    detail: int = 0
    """SW1 and SW2 as a number, for the technician."""

    def __repr__(self) -> str:
        return f"Answer({self.status_name}, {len(self.data)} bytes)"

    @property
    def status_name(self) -> str:
        """The status in words, or in hexadecimal when it is unknown."""
        try:
            return Status(self.status).name
        except ValueError:
            return f"{self.status:02X}h"


@dataclass(frozen=True, slots=True)
class BaseBlock:
    """What READ_BASE answers: text, photo and fingerprint as they are on the card."""

    text: bytes
    photo: bytes
    fingerprint: bytes

    def __repr__(self) -> str:
        return f"BaseBlock({len(self.text)} + {len(self.photo)} + {len(self.fingerprint)} bytes)"


class BadAnswer(ValueError):
    """The frame was whole, but what it holds is not what was asked for."""


def encode_request(command: Command, data: bytes = b"") -> bytes:
    """Return the frame that asks `command`."""
    return _frame(command.value + data)


def encode_answer(status: int, data: bytes = b"", detail: int = 0) -> bytes:
    """Return the frame a reader answers with."""
    return _frame(detail.to_bytes(2, "big") + bytes([status]) + data)


def decode_answer(body: bytes) -> Answer:
    """Read the body of a frame. Raises `BadAnswer` when there is no room for the status words in it."""
    if len(body) < 3:
        raise BadAnswer("answer without status words")
    return Answer(status=body[2], data=bytes(body[3:]), detail=int.from_bytes(body[:2], "big"))


def encode_base_block(block: BaseBlock, *, with_fingerprint: bool) -> bytes:
    """Return the data of an answer to READ_BASE, or to READ_BASE_AND_FINGERPRINT."""
    parts = [block.text, block.photo] + ([block.fingerprint] if with_fingerprint else [])
    return b"".join(len(part).to_bytes(2, "big") for part in parts) + b"".join(parts)


def decode_base_block(data: bytes, *, with_fingerprint: bool) -> BaseBlock:
    """Take apart the data of an answer to READ_BASE, or to READ_BASE_AND_FINGERPRINT.

    Raises `BadAnswer` when the lengths in it do not add up.
    """
    count = 3 if with_fingerprint else 2
    if len(data) < 2 * count:
        raise BadAnswer("base block shorter than its own lengths")
    sizes = [int.from_bytes(data[at : at + 2], "big") for at in range(0, 2 * count, 2)]
    if len(data) != 2 * count + sum(sizes):
        raise BadAnswer(f"base block of {len(data)} bytes, its lengths say {2 * count + sum(sizes)}")
    parts, at = [], 2 * count
    for size in sizes:
        parts.append(data[at : at + size])
        at += size
    return BaseBlock(parts[0], parts[1], parts[2] if with_fingerprint else b"")


def decode_sam_number(data: bytes) -> str:
    """Return the number of the security module as it is printed on the reader.

    "05.03-20120315-0001234567-0123456789": two 16-bit and three 32-bit little-endian numbers (one source:
    unverified). Raises `BadAnswer` when it is not 16 bytes.
    """
    if len(data) != SAM_NUMBER_SIZE:
        raise BadAnswer(f"SAM number of {len(data)} bytes")
    kind, version, made_on, serial, check = struct.unpack("<HHIII", data)
    return f"{kind:02d}.{version:02d}-{made_on:08d}-{serial:010d}-{check:010d}"


def encode_sam_number(number: str) -> bytes:
    """Return the 16 bytes of a SAM number: the inverse of `decode_sam_number`."""
    kind, version, made_on, serial, check = (int(part) for part in re.split("[.-]", number))
    return struct.pack("<HHIII", kind, version, made_on, serial, check)


class FrameReader:
    """Collects bytes as they arrive and yields the bodies of good frames.

    Noise before a preamble is dropped, so is a frame with an impossible length or a wrong check; then the
    search goes on one byte behind its preamble, so that a good frame inside a false one is found. Holds at
    most one frame of the greatest length.
    """

    def __init__(self) -> None:
        self._pending = bytearray()
        self._dropped = 0

    @property
    def is_inside_frame(self) -> bool:
        """Whether the beginning of a frame is waiting for its end."""
        return self._pending.startswith(PREAMBLE)

    @property
    def heard_garbage(self) -> bool:
        """Whether there were bytes that belong to no good frame, or not yet."""
        return self._dropped > 0 or bool(self._pending)

    def feed(self, arrived: bytes) -> Iterator[bytes]:
        """Take bytes in pieces of any size. To be exhausted, or bytes are lost."""
        for at in range(0, len(arrived), _MAX_LENGTH):
            self._pending += arrived[at : at + _MAX_LENGTH]
            yield from self._good_frames()

    def _good_frames(self) -> Iterator[bytes]:
        pending = self._pending
        at = 0  # where the search stands; what is before it goes at the end, in one piece
        while True:
            start = pending.find(PREAMBLE, at)
            if start < 0:
                # The tail may be the beginning of a preamble.
                at = max(at, len(pending) - len(PREAMBLE) + 1)
                break
            at = start
            if len(pending) < start + _LENGTH_END:
                break
            length = int.from_bytes(pending[start + len(PREAMBLE) : start + _LENGTH_END], "big")
            end = start + _LENGTH_END + length
            if not _MIN_LENGTH <= length <= _MAX_LENGTH:
                at += 1
            elif len(pending) < end:
                break
            elif _check(pending[start + len(PREAMBLE) : end]) == 0:
                yield bytes(pending[start + _LENGTH_END : end - 1])
                self._dropped -= end - start
                at = end
            else:
                at += 1
        self._dropped += at
        del pending[:at]


def _frame(body: bytes) -> bytes:
    checked = (len(body) + 1).to_bytes(2, "big") + body
    return PREAMBLE + checked + bytes([_check(checked)])


def _check(checked: bytes | bytearray) -> int:
    """Return the XOR of all bytes. Folds the halves onto each other: noise may make us do this often."""
    while len(checked) > 1:
        half = (len(checked) + 1) // 2
        folded = int.from_bytes(checked[:half], "big") ^ int.from_bytes(checked[half:], "big")
        checked = folded.to_bytes(half, "big")
    return checked[0] if checked else 0
