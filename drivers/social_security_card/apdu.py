"""Command and answer of ISO 7816-4, and the two ways a card makes us ask twice.

A card of the T=0 kind may answer 61xx (fetch xx bytes with GET RESPONSE) or 6Cxx (repeat with Le = xx), and
PC/SC hands both through. `exchange` follows them. It never repeats a command that asks for no bytes back:
VERIFY is one, and repeating it costs a try.
"""

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Final

from drivers.social_security_card.connection import CardConnection
from drivers.social_security_card.errors import CardUnreadable

MAX_ANSWER_BYTES: Final = 4096
"""More than any file of the card holds: a card that goes on answering 61xx is out of order."""


class SW(IntEnum):
    """Status words with one meaning each."""

    OK = 0x9000
    MEMORY_FAILURE = 0x6581
    WRONG_LENGTH = 0x6700
    SECURITY_STATUS_NOT_SATISFIED = 0x6982
    AUTHENTICATION_BLOCKED = 0x6983
    NO_CURRENT_EF = 0x6986
    FILE_NOT_FOUND = 0x6A82
    RECORD_NOT_FOUND = 0x6A83
    WRONG_P1_P2 = 0x6A86
    INS_NOT_SUPPORTED = 0x6D00
    CLA_NOT_SUPPORTED = 0x6E00
    APPLICATION_LOCKED_FOR_GOOD = 0x9303


@dataclass(frozen=True, slots=True)
class CommandApdu:
    """A command. `le` is the number of bytes wanted back: None for none, 0 for all there are (up to 256)."""

    cla: int
    ins: int
    p1: int
    p2: int
    content: bytes = field(default=b"", repr=False)  # may be a password
    le: int | None = None

    def __post_init__(self) -> None:
        if len(self.content) > 255:
            raise ValueError("a short APDU carries at most 255 bytes")

    def encode(self) -> bytes:
        """Return the bytes to transmit."""
        lc = bytes([len(self.content)]) if self.content else b""
        le = b"" if self.le is None else bytes([self.le])
        return bytes([self.cla, self.ins, self.p1, self.p2]) + lc + self.content + le


@dataclass(frozen=True, slots=True)
class ResponseApdu:
    """An answer: what the card said, and its status word."""

    payload: bytes = field(repr=False)
    sw: int

    @property
    def is_ok(self) -> bool:
        """Whether the card did what it was told."""
        return self.sw == SW.OK

    @property
    def has_more(self) -> bool:
        """Whether the card did it and holds bytes for GET RESPONSE (61xx)."""
        return self.sw >> 8 == 0x61

    @property
    def tries_left(self) -> int | None:
        """The x of 63Cx, None on another status word."""
        return self.sw & 0x000F if self.sw & 0xFFF0 == 0x63C0 else None

    def __repr__(self) -> str:
        return f"ResponseApdu({len(self.payload)} bytes, sw={self.sw:04X})"


def decode_response(answer: bytes) -> ResponseApdu:
    """Split an answer. Raises `CardUnreadable` when it is too short to hold a status word, or too long."""
    if not 2 <= len(answer) <= 258:
        raise CardUnreadable(f"the card answered {len(answer)} bytes")
    return ResponseApdu(answer[:-2], int.from_bytes(answer[-2:], "big"))


def send(connection: CardConnection, command: CommandApdu) -> ResponseApdu:
    """Send a command once and return what comes back, whatever its status word."""
    return decode_response(connection.transmit(command.encode()))


def exchange(connection: CardConnection, command: CommandApdu) -> ResponseApdu:
    """Send a command and return its whole answer, asking again as the card wants it.

    Raises `CardUnreadable` when the card keeps us going round, and what `CardConnection.transmit` raises.
    """
    response = _with_right_le(connection, command)
    payload = response.payload
    while response.has_more:
        response = _with_right_le(connection, get_response(response.sw & 0xFF))
        # Without bytes no progress: such a card would hold us for ever.
        if response.has_more and not response.payload:
            raise CardUnreadable("the card promises bytes and sends none")
        payload += response.payload
        if len(payload) > MAX_ANSWER_BYTES:
            raise CardUnreadable("the card's answer has no end")
    return ResponseApdu(payload, response.sw)


def _with_right_le(connection: CardConnection, command: CommandApdu) -> ResponseApdu:
    response = send(connection, command)
    if response.sw >> 8 == 0x6C and command.le is not None:
        return send(connection, replace(command, le=response.sw & 0xFF))
    return response


def get_response(size: int) -> CommandApdu:
    """GET RESPONSE of `size` bytes, 0 meaning 256."""
    return CommandApdu(0x00, 0xC0, 0x00, 0x00, le=size)


def select_application(aid: bytes) -> CommandApdu:
    """SELECT by name. Answers 9000 or 61xx; what the card tells about the application may stay unread."""
    return CommandApdu(0x00, 0xA4, 0x04, 0x00, aid)


def select_file(file_id: int, p1: int = 0x02) -> CommandApdu:
    """SELECT an elementary file by its identifier. `p1` is 02 (under the current DF) or 00 (anywhere)."""
    return CommandApdu(0x00, 0xA4, p1, 0x00, file_id.to_bytes(2, "big"))


def read_record(p1: int, p2: int) -> CommandApdu:
    """READ RECORD, all of it: the card knows how long its record is."""
    return CommandApdu(0x00, 0xB2, p1, p2, le=0)


def verify(packed_password: bytes) -> CommandApdu:
    """VERIFY a password in packed BCD."""
    return CommandApdu(0x00, 0x20, 0x00, 0x00, packed_password)
