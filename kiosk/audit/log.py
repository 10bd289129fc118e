"""The audit log, being written: lines at the end of the last file, chained, and signed from time to time.

    append -> in the file      sync -> on the disk, and the head says so      sign -> signed for good

It is never rewritten: what is found after a crash is taken up again as it stands, and a line tells of it. One
process writes it at a time. Files are begun anew at a size, and the oldest are removed whole.
"""

import fcntl
import os
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.audit.events import AuditEvent, LogResumed, LogSigned
from kiosk.audit.files import file_of, files_in, first_line_of, lines_in
from kiosk.audit.head import Head, key_id, read_head, sign_line, write_head
from kiosk.audit.line import Line, NotALine, first_link, write_line
from kiosk.private_files import private_folder, sync_folder

FILE_BYTES = 1 << 20  # a day or two of a busy hall


class LogInUse(OSError):
    """Another process writes this log: the running kiosk."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in the files behind the head: where to go on, and what is to be told of it."""

    last_line: int
    last_link: bytes
    resumed: LogResumed | None


class AuditLog:
    """The log of one kiosk, open for writing. Use `open`. Belongs to one thread."""

    def __init__(self, folder: Path, kiosk: str, key: Ed25519PrivateKey, file_bytes: int) -> None:
        self.folder = folder
        self._kiosk = kiosk
        self._key = key
        self._file_bytes = file_bytes
        beginning = first_link(kiosk)
        self._head = Head(kiosk, 1, beginning, 0, beginning)
        self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        self.unsigned = 0
        self._synced = True
        self._file = -1
        self._size = 0

    @classmethod
    def open(
        cls, folder: Path, kiosk: str, key: Ed25519PrivateKey, now: datetime, file_bytes: int = FILE_BYTES
    ) -> "AuditLog":
        """Take up the log in a folder, which is made when there is none. Raises LogInUse, and OSError."""
        private_folder(folder)
        log = cls(folder, kiosk, key, file_bytes)
        try:
            fcntl.flock(log._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(log._lock)
            raise LogInUse(f"{folder}: a running kiosk writes it") from None
        log._take_up(now)
        return log

    @property
    def head(self) -> Head:
        """Where the log begins and ends, with everything appended so far."""
        return self._head

    def append(self, at: datetime, event: AuditEvent) -> None:
        """Write one event. Raises OSError; then nothing of it is in the file."""
        if self._size >= self._file_bytes:
            self._begin_next_file(at)
        self._append(at, event)

    def sync(self) -> None:
        """Have everything on the disk, and say so in the head. Raises OSError."""
        if not self._synced:
            os.fsync(self._file)
            write_head(self.folder, self._head, self._key)
            self._synced = True

    def sign(self, at: datetime) -> None:
        """Sign what was appended since the last signature, if anything. Raises OSError."""
        if self.unsigned:
            signature = sign_line(self._key, self._kiosk, self._head.last_line, self._head.last_link)
            name = key_id(self._key.public_key())
            self._append(at, LogSigned(key=name, signature=signature.hex()))
            self.unsigned = 0

    def prune(self, before: datetime) -> int:
        """Remove the oldest files that end before a time, and return how many. Raises OSError."""
        removed = 0
        for oldest, following in zip(files_in(self.folder), files_in(self.folder)[1:], strict=False):
            if first_line_of(oldest) >= self._head.first_line:
                last = _last_of(oldest)
                if last is None or last.at >= before:
                    break
                # The head first: a crash between leaves a file that is no longer counted, and not a gap.
                self._head = replace(
                    self._head, first_line=first_line_of(following), first_previous=last.link
                )
                write_head(self.folder, self._head, self._key)
            oldest.unlink()
            removed += 1
        return removed

    def close(self, at: datetime) -> None:
        """Sign, and close in good order: nothing may follow until it is taken up again. Raises OSError."""
        try:
            self.sign(at)
            self._head = replace(self._head, closed=True)
            self._synced = False
            self.sync()
        finally:
            os.close(self._file)
            os.close(self._lock)

    def _append(self, at: datetime, event: AuditEvent) -> None:
        if os.fstat(self._file).st_size != self._size:
            os.ftruncate(self._file, self._size)  # part of a line that did not fit on the disk
        head = self._head
        line = write_line(head.last_line + 1, at, self._kiosk, event, head.last_link)
        content = line.raw + b"\n"
        if os.write(self._file, content) != len(content):
            raise OSError("only part of a line was written")
        self._size += len(content)
        self._synced = False
        self.unsigned += 1
        self._head = replace(head, last_line=head.last_line + 1, last_link=line.link)

    def _begin_next_file(self, at: datetime) -> None:
        self.sign(at)
        self.sync()
        os.close(self._file)
        self._open_file(file_of(self.folder, self._head.last_line + 1))

    def _open_file(self, file: Path) -> None:
        self._file = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._size = os.fstat(self._file).st_size
        sync_folder(self.folder)

    def _take_up(self, now: datetime) -> None:
        head = read_head(self.folder, self._key.public_key())
        files = files_in(self.folder)
        known = head or self._head
        torn = _cut_torn_line(files[-1]) if files else 0
        found = _found_behind(known, files, torn, lost=head is None and bool(files))
        self._head = replace(known, last_line=found.last_line, last_link=found.last_link, closed=False)
        self._open_file(files[-1] if files else file_of(self.folder, found.last_line + 1))
        if found.resumed is not None:
            self._append(now, found.resumed)
        self._synced = False
        self.sync()


def _found_behind(head: Head, files: list[Path], torn: int, *, lost: bool) -> _Found:
    """Follow the chain on from the head. What does not follow stays in the file, for verification to find."""
    number, link, strange = head.last_line, head.last_link, False
    for line in (line for file in files[-2:] for line in lines_in(file)):
        try:
            if line.number <= head.last_line:
                continue
            if line.number == number + 1 and line.follows(link):
                number, link = line.number, line.link
                continue
        except NotALine:
            pass
        strange = True
    unvouched = number - head.last_line
    if not (unvouched or torn or strange or lost):
        return _Found(number, link, None)
    added = lost or strange or head.closed
    return _Found(number, link, LogResumed(unvouched=unvouched, torn=torn, added=added))


def _cut_torn_line(file: Path) -> int:
    """Take off the bytes after the last whole line, and return how many they were."""
    content = file.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(file, whole)
    return len(content) - whole


def _last_of(file: Path) -> Line | None:
    last = None
    for last in lines_in(file):  # noqa: B007  the last one is what is wanted
        pass
    try:
        return last if last is not None and last.link and last.at else None
    except NotALine:
        return None
