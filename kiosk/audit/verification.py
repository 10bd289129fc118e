"""Whether a log is as it was written: every line, from the first kept to the last, and both ends.

What is found: a line changed, removed, inserted or moved; a chain mended by somebody without the key; a tail
cut off; a beginning removed. What can't be found from the files alone is that all of them, the head included,
were put back to an earlier state: ask the running kiosk, which knows where its log ends.
"""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.audit.files import files_in, first_line_of, lines_in
from kiosk.audit.head import Head, is_signed, key_id, read_head
from kiosk.audit.line import Line, NotALine


@dataclass(frozen=True, slots=True)
class Verdict:
    """What verification has found. `problem` is the first one, in plain words, or None.

    `unvouched` counts lines written in the last moment before a crash, which no signature covered in time.
    """

    first_line: int
    last_line: int
    unvouched: int = 0
    problem: str | None = None

    @property
    def lines(self) -> int:
        """How many lines are as they were written."""
        return self.last_line - self.first_line + 1


class _Broken(Exception):
    """The chain is broken here; the message says how."""


def verify(folder: Path, key: Ed25519PublicKey, ends: Head | None = None) -> Verdict:
    """Walk the whole log. `ends`: what the running kiosk says of it, in place of the file. Raises OSError."""
    head = ends or read_head(folder, key)
    files = files_in(folder)
    if head is None:
        missing = "there is no log" if not files else "the record of where the log begins and ends is missing"
        return Verdict(0, -1, problem=missing)
    walk = _Walk(head, key)
    problem = None
    try:
        for file in files:
            if _is_counted(file, files, head):
                for place, line in enumerate(lines_in(file), start=1):
                    walk.take(line, f"{file.name}, line {place} of the file")
        walk.end()
    except _Broken as broken:
        problem = str(broken)
    last = min(walk.number, head.last_line)
    return Verdict(head.first_line, last, walk.unvouched + max(0, walk.number - last), problem)


def _is_counted(file: Path, files: list[Path], head: Head) -> bool:
    """Whether any line that is still kept may be in a file: an old one may outlive a crash while pruning."""
    following = files.index(file) + 1
    return following == len(files) or first_line_of(files[following]) > head.first_line


class _Walk:
    """A walk along the chain: the last line that was good, and what was met."""

    def __init__(self, head: Head, key: Ed25519PublicKey) -> None:
        self._head = head
        self._key = key
        self.number = head.first_line - 1
        self._link = head.first_previous
        self.unvouched = 0

    def take(self, line: Line, place: str) -> None:
        """Go on by one line. Raises _Broken."""
        try:
            link = line.link
            self._check_number(line, place)
            if not line.follows(self._link):
                raise _Broken(f"line {line.number} was changed, or is another ({place})")
            self._check_event(line, place)
            self.number, self._link = line.number, link
        except NotALine:
            if self.number < self._head.last_line:
                raise _Broken(f"after line {self.number} comes no line of this log ({place})") from None
            return  # a line being written, or cut by a crash: nobody has said that it is there
        if self.number == self._head.last_line and self._link != self._head.last_link:
            raise _Broken(f"line {self.number} is not the one that was signed for ({place})")

    def end(self) -> None:
        """See that nothing is missing at the end, and that nothing follows a closed log."""
        if self.number < self._head.last_line:
            raise _Broken(
                f"the log ends with line {self.number}; lines {self.number + 1} to {self._head.last_line} "
                "were cut off"
            )
        if self._head.closed and self.number > self._head.last_line:
            raise _Broken(f"lines after {self._head.last_line} were added to a log that was closed")

    def _check_number(self, line: Line, place: str) -> None:
        expected = self.number + 1
        if line.number > expected:
            several = f"lines {expected} to {line.number - 1} are"
            which = several if line.number > expected + 1 else f"line {expected} is"
            raise _Broken(f"{which} missing ({place})")
        if line.number < expected:
            raise _Broken(f"line {line.number} stands where line {expected} should be ({place})")

    def _check_event(self, line: Line, place: str) -> None:
        if b'"event":"log_' not in line.raw:
            return
        content = line.content
        if line.event == "log_signed":
            signature = _bytes(content.get("signature"))
            if content.get("key") != key_id(self._key) or not is_signed(
                self._key, signature, self._head.kiosk, self.number, self._link
            ):
                raise _Broken(f"the signature in line {line.number} is not this kiosk's ({place})")
        if line.event == "log_resumed":
            if content.get("added"):
                raise _Broken(
                    f"line {line.number} tells that the log was altered while the kiosk was off ({place})"
                )
            unvouched = content.get("unvouched")
            self.unvouched += unvouched if isinstance(unvouched, int) else 0


def _bytes(text: object) -> bytes:
    try:
        return bytes.fromhex(str(text))
    except ValueError:
        return b""
