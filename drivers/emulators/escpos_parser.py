"""Takes ESC/POS bytes apart: characters, commands with their parameters, and bytes it does not understand.

It parses what a Chinese 80 mm thermal printer of the GBK kind executes, and nothing more: a byte outside
that is handed on as `NotUnderstood`, never skipped in silence. It reads one item at a time, because a printer
that goes offline stops between two of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

MAX_COMMAND_BYTES = 1 << 20
"""A command that announces more data than this is not a command but a stream gone wrong."""

DOWNLOADED_GLYPH_BYTES = 72  # 24 columns of 3 bytes


@dataclass(frozen=True, slots=True)
class Character:
    """A character to print: one byte, or the two of a Chinese one."""

    code: bytes


@dataclass(frozen=True, slots=True)
class Command:
    """A command by its name in the manuals, and what follows the name."""

    name: str
    parameters: bytes = b""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Bytes that are no command of this printer and no character of its fonts."""

    code: bytes
    why: str


Item = Character | Command | NotUnderstood
Length = int | Callable[[bytes], int | None]
"""How many bytes of parameters: a number, or a reading of those that are there (None: more must come)."""


def _cut_parameters(parameters: bytes) -> int | None:
    if not parameters:
        return None
    return 2 if parameters[0] in (65, 66) else 1


def _raster_parameters(parameters: bytes) -> int | None:
    if len(parameters) < 5:
        return None
    return 5 + int.from_bytes(parameters[1:3], "little") * int.from_bytes(parameters[3:5], "little")


def _counted(size: int) -> Callable[[bytes], int | None]:
    def length(parameters: bytes) -> int | None:
        if len(parameters) < size:
            return None
        return size + int.from_bytes(parameters[:size], "little")

    return length


def _real_time_request(parameters: bytes) -> int | None:
    if not parameters:
        return None
    return 8 if parameters[0] == 8 else 3


COMMANDS: Mapping[bytes, tuple[str, Length]] = {
    b"\x00": ("NUL", 0),  # ignored: what a flush consists of
    b"\x0a": ("LF", 0),
    b"\x0d": ("CR", 0),
    b"\x10\x04": ("DLE EOT", 1),
    b"\x10\x05": ("DLE ENQ", 1),
    b"\x10\x14": ("DLE DC4", _real_time_request),
    b"\x1b ": ("ESC SP", 1),
    b"\x1b$": ("ESC $", 2),
    b"\x1b-": ("ESC -", 1),
    b"\x1b2": ("ESC 2", 0),
    b"\x1b3": ("ESC 3", 1),
    b"\x1b@": ("ESC @", 0),
    b"\x1bE": ("ESC E", 1),
    b"\x1bJ": ("ESC J", 1),
    b"\x1bM": ("ESC M", 1),
    b"\x1bR": ("ESC R", 1),
    b"\x1b\\": ("ESC \\", 2),
    b"\x1ba": ("ESC a", 1),
    b"\x1bd": ("ESC d", 1),
    b"\x1bt": ("ESC t", 1),
    b"\x1b{": ("ESC {", 1),
    b"\x1c!": ("FS !", 1),
    b"\x1c&": ("FS &", 0),
    b"\x1c(A": ("FS ( A", _counted(2)),
    b"\x1c-": ("FS -", 1),
    b"\x1c.": ("FS .", 0),
    b"\x1c2": ("FS 2", 2 + DOWNLOADED_GLYPH_BYTES),
    b"\x1cC": ("FS C", 1),
    b"\x1cS": ("FS S", 2),
    b"\x1d!": ("GS !", 1),
    b"\x1d(L": ("GS ( L", _counted(2)),
    b"\x1d(k": ("GS ( k", _counted(2)),
    b"\x1d8L": ("GS 8 L", _counted(4)),
    b"\x1dB": ("GS B", 1),
    b"\x1dI": ("GS I", 1),
    b"\x1dL": ("GS L", 2),
    b"\x1dV": ("GS V", _cut_parameters),
    b"\x1dW": ("GS W", 2),
    b"\x1da": ("GS a", 1),
    b"\x1dr": ("GS r", 1),
    b"\x1dv0": ("GS v 0", _raster_parameters),
}
_BEGINNINGS = frozenset(prefix[:size] for prefix in COMMANDS for size in range(1, len(prefix)))
_LONGEST_PREFIX = max(map(len, COMMANDS))


class EscPosParser:
    """Reads items from the front of a stream. What two bytes are depends on the mode they come in."""

    def __init__(self) -> None:
        self.chinese = False
        """Switched by FS & and FS . and off after ESC @, as in export models: the harsher habit."""

    def next_item(self, stream: bytes | bytearray) -> tuple[Item, int] | None:
        """Return the first item and how many bytes it takes; None when it has not come whole yet."""
        if not stream:
            return None
        if 0x20 <= stream[0] != 0x7F:
            return self._character(stream)
        for size in range(1, _LONGEST_PREFIX + 1):
            prefix = bytes(stream[:size])
            if prefix in COMMANDS:
                return self._command(prefix, stream)
            if prefix not in _BEGINNINGS:
                return NotUnderstood(prefix, "no such command"), len(prefix)
            if len(stream) == size:
                return None
        raise AssertionError("every prefix is a command, the beginning of one, or neither")

    def _character(self, stream: bytes | bytearray) -> tuple[Item, int] | None:
        if not self.chinese or stream[0] < 0x80:
            return Character(bytes(stream[:1])), 1
        if len(stream) < 2:
            return None
        code = bytes(stream[:2])
        if 0x81 <= code[0] <= 0xFE and 0x40 <= code[1] <= 0xFE and code[1] != 0x7F:
            return Character(code), 2
        return NotUnderstood(code[:1], "half of a character outside GBK"), 1

    def _command(self, prefix: bytes, stream: bytes | bytearray) -> tuple[Item, int] | None:
        name, length = COMMANDS[prefix]
        start = len(prefix)
        count = length if isinstance(length, int) else length(bytes(stream[start : start + 8]))
        if count is None:
            return None
        if count > MAX_COMMAND_BYTES:
            return NotUnderstood(prefix, f"{name} announces {count} bytes"), start
        if len(stream) < start + count:
            return None
        match name:
            case "FS &":
                self.chinese = True
            case "FS ." | "ESC @":
                self.chinese = False
        return Command(name, bytes(stream[start : start + count])), start + count
