"""ESC/POS as Chinese receipt printers speak it: commands to send, and answers to read. Does no I/O.

Sources: Epson's ESC/POS command reference, and the programming manuals of Chinese-market printers (Bematech
LR2000, New Beiyang BT-T080, Birch BP-002, HCC POS80B, HPRT TP80K, SPRT) where these go their own way.

What a printer sends is told apart by masks, whatever it was asked:

    1001 0x1x   answer to DLE EOT n, one byte; what its bits mean depends on the n that was asked
    0xx1 xx00   first of four bytes of automatic status; the other three are 0xx0 xxxx
    0xx0 xxxx   answer to GS r 1: every byte sent before it has been executed
    37 25 00    answer to DLE DC4 8: the buffers are empty

The last three of an automatic status look like the answer that means "printed", and would be taken for it if
the first got lost on the line. So the kiosk switches automatic status off and asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum

INITIALIZE = b"\x1b@"
AUTOMATIC_STATUS_OFF = b"\x1da\x00"
CHINESE_ON = b"\x1c&"  # exported printers power up without it
FEED_AND_CUT = b"\x1dVB\x00"
ASK_WHEN_DONE = b"\x1dr\x01"
"""Executed in its turn, never while offline: the answer says that all before it is through (GS r 1)."""
CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""DLE DC4 8, in real time. Epson and Citizen document it; what it does elsewhere is unverified."""
RECOVER_AFTER_CLEARING = b"\x10\x05\x02"
"""DLE ENQ 2, in real time: leave a cutter error, without what was not printed yet."""
FLUSH = bytes(8192) + INITIALIZE
"""Ends whatever command the last job broke off in: no command here takes more data than this."""


_ALL_WELL = 0x12  # an answer to DLE EOT n with no bit of its own set


class Ask(IntEnum):
    """What DLE EOT n asks for, in real time, also of a printer that is offline."""

    PRINTER = 1
    OFFLINE_CAUSE = 2
    ERROR_CAUSE = 3
    PAPER = 4

    @property
    def command(self) -> bytes:  # noqa: D102 - the class says it
        return bytes([0x10, 0x04, self])


class Paper(Enum):
    """The roll, as the sensors and the cutter tell it (the words of XFS4IoT)."""

    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """What the four answers to DLE EOT say. `jammed` is the cutter's error: mostly paper in its way."""

    offline: bool = False
    cover_open: bool = False
    paper_low: bool = False
    paper_out: bool = False
    jammed: bool = False
    broken: bool = False
    head_hot: bool = False
    error: bool = False

    @property
    def paper(self) -> Paper:
        """The roll in one word, the worst first."""
        if self.jammed:
            return Paper.JAMMED
        if self.paper_out:
            return Paper.OUT
        return Paper.LOW if self.paper_low else Paper.FULL


def says_offline(printer: int) -> bool:
    """Whether this answer to `Ask.PRINTER` is that of a printer that does not print now."""
    return bool(printer & 0x08)


def read_condition(answers: Mapping[Ask, int]) -> Condition:
    """Return what the answers mean; what was not asked counts as well.

    Bit 2 of the error cause is the mechanical error of some printers (unverified).
    """
    printer, cause, error, paper = (answers.get(ask, _ALL_WELL) for ask in Ask)
    return Condition(
        offline=says_offline(printer),
        cover_open=bool(cause & 0x04),
        paper_low=bool(paper & 0x0C),
        paper_out=bool(cause & 0x20 or paper & 0x60),
        jammed=bool(error & 0x08),
        broken=bool(error & 0x24),
        head_hot=bool(error & 0x40),
        error=bool(cause & 0x40),
    )


# --- answers


@dataclass(frozen=True, slots=True)
class RealTimeStatus:
    """One byte in answer to DLE EOT n."""

    bits: int


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to `ASK_WHEN_DONE`. Some printers send it although the paper ended before: `paper_out`."""

    paper_out: bool


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """Four bytes a printer sends by itself, if nobody switched that off."""

    four: bytes


@dataclass(frozen=True, slots=True)
class BuffersCleared:
    """The answer to `CLEAR_BUFFERS`."""


Answer = RealTimeStatus | Done | AutomaticStatus | BuffersCleared


class AnswerReader:
    """Collects bytes as they arrive and yields what the printer said. Bytes of nothing are dropped."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, arrived: bytes) -> Iterator[Answer]:
        """Take bytes in pieces of any size; at most three are kept for later."""
        self._pending += arrived
        while self._pending:
            first = self._pending[0]
            length = 3 if first == 0x37 else 4 if first & 0x93 == 0x10 else 1
            if len(self._pending) < length and self._could_be_whole(length):
                return
            if not self._could_be_whole(length):
                length = 1
            whole = bytes(self._pending[:length])
            del self._pending[:length]
            if (answer := _decode(whole)) is not None:
                yield answer

    def forget(self) -> None:
        """Drop the beginning of an answer whose end will not come."""
        self._pending.clear()

    def _could_be_whole(self, length: int) -> bool:
        rest = self._pending[1:length]
        if length == 3:
            return b"\x25\x00".startswith(rest)
        return all(byte & 0x90 == 0 for byte in rest)


def _decode(whole: bytes) -> Answer | None:
    if whole == b"\x37\x25\x00":
        return BuffersCleared()
    if len(whole) == 4:
        return AutomaticStatus(whole)
    if whole[0] & 0x93 == 0x12:
        return RealTimeStatus(whole[0])
    if whole[0] & 0x90 == 0:
        return Done(paper_out=bool(whole[0] & 0x0C))
    return None
