"""One line of the audit log: an event with its number and time, and the link to the line before.

    {"line":7,"at":"2026-11-24T01:30:00.000+00:00","kiosk":"0012","event":"visit_began",...,"link":"<64 hex>"}

The link is the SHA-256 of the link before and of every byte before the link itself. So a changed, removed,
inserted or moved line breaks the chain there, and whoever mends the chain breaks a signature.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kiosk.audit.events import AuditEvent

LINK_SIZE = 32
_NUMBER_KEY, _LINK_KEY = b'{"line":', b',"link":"'
_TAIL = len(_LINK_KEY) + 2 * LINK_SIZE + len(b'"}')


class NotALine(ValueError):
    """The bytes are no line of an audit log."""


@dataclass(frozen=True)
class Line:
    """A line as it stands in the file, without the newline."""

    raw: bytes

    @cached_property
    def content(self) -> dict[str, object]:
        """Return its fields. Raises NotALine."""
        try:
            content = json.loads(self.raw)
        except ValueError:
            raise NotALine from None
        if not isinstance(content, dict):
            raise NotALine
        return content

    @property
    def number(self) -> int:
        """Return its number, read from its place: a year is verified without parsing. Raises NotALine."""
        if not self.raw.startswith(_NUMBER_KEY):
            raise NotALine
        try:
            return int(self.raw[len(_NUMBER_KEY) : self.raw.index(b",")])
        except ValueError:
            raise NotALine from None

    @property
    def at(self) -> datetime:
        """Return its time. Raises NotALine."""
        try:
            return datetime.fromisoformat(str(self.content.get("at")))
        except ValueError:
            raise NotALine from None

    @property
    def event(self) -> str:
        """Return the word of its event. Raises NotALine."""
        return str(self.content.get("event"))

    @property
    def link(self) -> bytes:
        """Return the link it bears, read from its place. Raises NotALine."""
        tail = self.raw[-_TAIL:]
        if not (tail.startswith(_LINK_KEY) and tail.endswith(b'"}')):
            raise NotALine
        try:
            return bytes.fromhex(tail[len(_LINK_KEY) : -2].decode())
        except ValueError:
            raise NotALine from None

    def follows(self, previous: bytes) -> bool:
        """Whether it is as it was written, to the byte, after the line with this link."""
        body, tail = self.raw[:-_TAIL], self.raw[-_TAIL:]
        return tail == _tail(_link(previous, body))


def write_line(number: int, at: datetime, kiosk: str, event: AuditEvent, previous: bytes) -> Line:
    """Return the line of an event, linked to the one before."""
    content = {
        "line": number,
        "at": at.isoformat(timespec="milliseconds"),
        "kiosk": kiosk,
        "event": event.word(),
        **event.model_dump(),
    }
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
    return Line(body + _tail(_link(previous, body)))


def first_link(kiosk: str) -> bytes:
    """Return what the first line of a kiosk's log is linked to."""
    return hashlib.sha256(b"kiosk audit log\0" + kiosk.encode()).digest()


def _tail(link: bytes) -> bytes:
    return _LINK_KEY + link.hex().encode() + b'"}'


def _link(previous: bytes, body: bytes) -> bytes:
    return hashlib.sha256(previous + body).digest()
