"""Finds the real-time commands of ESC/POS in a stream as it arrives, also those cut in two by the line.

A printer obeys them on arrival, before what is in its buffer, and wherever they stand: two bytes of a picture
can be one. It does not take them out of the stream: the parser passes over them later, or takes them for the
data of the command they stand in.
"""

import re
from collections.abc import Iterator

_COMMAND = re.compile(
    rb"\x10\x04[\x01-\x04]|\x10\x05[\x01\x02]|\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", re.DOTALL
)
_LONGEST = 10


class RealTimeScanner:
    """Cuts arriving bytes behind each real-time command."""

    def __init__(self) -> None:
        self._tail = b""
        """The last bytes that arrived, which may be the beginning of a command."""

    def cut(self, arrived: bytes) -> Iterator[tuple[bytes, bytes | None]]:
        """Yield `arrived` in pieces, each with the command it completes; the last one completes none."""
        stream = self._tail + arrived
        passed_on, searched = len(self._tail), 0
        for match in _COMMAND.finditer(stream):
            yield stream[passed_on : match.end()], match.group()
            passed_on = searched = match.end()
        self._tail = stream[max(searched, len(stream) - _LONGEST + 1) :]
        yield stream[passed_on:], None
