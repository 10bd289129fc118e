"""Room on the disk: refuse new entries while there still is some, and keep a reserve to settle with.

The ballast is a file that does nothing but take up room. When the disk is full anyway, giving it up lets
the answers to what was already sent be written down.
"""

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from offline_queue.errors import StorageFailure

BALLAST_BYTES = 1 << 20


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


class Ballast:
    """The reserve beside an outbox file."""

    def __init__(self, outbox: Path) -> None:
        self._path = outbox.with_name(outbox.name + ".ballast")

    @property
    def is_aboard(self) -> bool:
        """Whether the reserve is there, whole."""
        return self._path.exists() and self._path.stat().st_size == BALLAST_BYTES

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
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise StorageFailure(error.strerror) from None


@dataclass(frozen=True, slots=True)
class Room:
    """What the partition says about itself."""

    free_bytes: int
    read_only: bool


def measure_room(folder: Path) -> Room:
    """Ask the partition that holds `folder`."""
    status = os.statvfs(folder)
    return Room(status.f_bavail * status.f_frsize, bool(status.f_flag & os.ST_RDONLY))
