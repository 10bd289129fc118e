"""Room on the disk: refuse new entries while there still is some, and keep a reserve to settle with.

The ballast is a file that does nothing but take up room. When the disk is full anyway, giving it up lets
the answers to what was already sent be written down.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from offline_queue.database import reported
from offline_queue.errors import DiskFull, ReadOnly, StorageFailure

BALLAST_BYTES = 1 << 20

T = TypeVar("T")


class Obstacle(StrEnum):
    """Why the outbox takes no new entries now."""

    BACKLOG_FULL = "backlog_full"
    DISK_FULL = "disk_full"
    READ_ONLY = "read_only"
    STORAGE_FAILED = "storage_failed"


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop taking new entries: too many pending, or less than this left on the partition."""

    pending: int = 10_000
    free_bytes: int = 16 << 20


class Space:
    """The room an outbox file has, and what to do when there is none."""

    def __init__(self, outbox: Path, limits: Limits) -> None:
        self._folder = outbox.parent
        self._ballast = Ballast(outbox)
        self._ballast.load()
        self._limits = limits
        self._failed = False

    def obstacle(self, pending: int, try_disk: Callable[[], None]) -> Obstacle | None:
        """What stands against a new entry. After a failed write the disk itself is asked, by writing."""
        try:
            self._ballast.reach()
            if self._failed:
                try_disk()
                self._failed = False
        except DiskFull:
            return Obstacle.DISK_FULL
        except ReadOnly:
            return Obstacle.READ_ONLY
        except StorageFailure:
            return Obstacle.STORAGE_FAILED
        status = os.statvfs(self._folder)
        if status.f_bavail * status.f_frsize < self._limits.free_bytes or not self._ballast.load():
            return Obstacle.DISK_FULL
        return Obstacle.BACKLOG_FULL if pending >= self._limits.pending else None

    def write(self, write: Callable[[], T]) -> T:
        """Write something new; if there is no room, there is none."""
        try:
            return write()
        except StorageFailure:
            self._failed = True
            raise

    def write_in_reserve(self, write: Callable[[], T]) -> T:
        """Write what belongs to entries already taken in, giving up the ballast if there is no room."""
        try:
            return self.write(write)
        except DiskFull:
            self._ballast.drop()
            return self.write(write)


class Ballast:
    """The reserve beside an outbox file."""

    def __init__(self, outbox: Path) -> None:
        self._path = outbox.with_name(outbox.name + ".ballast")

    @property
    def is_aboard(self) -> bool:
        """Whether the reserve is there, whole."""
        return self._path.exists() and self._path.stat().st_size == BALLAST_BYTES

    def reach(self) -> None:
        """Open the reserve for writing, and write nothing. Raises ReadOnly, StorageFailure.

        A disk the kernel has found an error on turns read-only, and statvfs() does not tell.
        """
        with reported():
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600))

    def load(self) -> bool:
        """Take the reserve, if there is room; whether it is there now."""
        if self.is_aboard:
            return True
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                os.posix_fallocate(descriptor, 0, BALLAST_BYTES)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError:
            self.drop()
        return self.is_aboard

    def drop(self) -> None:
        """Give the reserve up."""
        with reported():
            self._path.unlink(missing_ok=True)
