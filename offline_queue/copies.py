"""Second copies of an outbox file, in another folder, at best on another partition.

A copy is made with SQLite's backup while the outbox is in use. It is one plain file that opens by itself,
sealed like the original, and it appears under its name only when it is whole and on disk. Whatever goes wrong
with a copy is a StorageFailure: the original is none the worse for it.
"""

import os
import re
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from offline_queue.database import check, reported
from offline_queue.errors import Damage, OutboxError, StorageFailure

_NAME = re.compile(r"outbox-(\d+)-[^-]*\.db")


class Copies:
    """The copies in one folder, of which the newest `keep` are kept."""

    def __init__(self, folder: Path, *, keep: int = 3) -> None:
        self._folder = folder
        self._keep = keep

    def take(self, connection: sqlite3.Connection, wall: datetime) -> Path:
        """Make a copy, and drop the oldest. Raises StorageFailure."""
        with reported():
            # Numbered, since the clock may be wrong.
            number = 1 + max(map(_number, self.newest_first()), default=0)
            path = self._folder / f"outbox-{number:08}-{wall:%Y%m%dT%H%M%SZ}.db"
            write_copy(connection, path)
            for old in self.newest_first()[self._keep :]:
                old.unlink(missing_ok=True)
        return path

    def newest_first(self) -> list[Path]:
        """The copies there are. Raises StorageFailure."""
        with reported():
            found = [path for path in self._folder.glob("outbox-*.db") if _NAME.fullmatch(path.name)]
            return sorted(filter(Path.is_file, found), key=_number, reverse=True)

    def drop_all_but(self, kept: Path) -> None:
        """Remove the copies that were sealed with a key no longer in use. Raises StorageFailure."""
        with reported():
            for path in self.newest_first():
                if path != kept:
                    path.unlink(missing_ok=True)


def _number(copy: Path) -> int:
    named = _NAME.fullmatch(copy.name)
    assert named is not None
    return int(named[1])


def write_copy(connection: sqlite3.Connection, path: Path) -> None:
    """Write a copy of an open database. Raises StorageFailure, and then leaves nothing behind.

    Raises Damage if it is the original that is not sound.
    """
    partial = path.with_name(path.name + ".partial")
    try:
        with reported():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.unlink(missing_ok=True)
            os.close(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            with closing(sqlite3.connect(partial, isolation_level=None)) as target:
                connection.backup(target)
                # The original's WAL mode came along; alone, a copy needs no second file.
                target.execute("PRAGMA journal_mode = delete")
                check(target)
            publish(partial, path)
    except StorageFailure:
        raise
    except OutboxError as error:
        if isinstance(error, Damage):
            check(connection)  # a copy shows what is wrong with the original, too
        raise StorageFailure(f"{path.name}: {error}") from None
    finally:
        for leftover in (partial, partial.with_name(partial.name + "-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def publish(finished: Path, path: Path) -> None:
    """Give a finished file its name, durably: content first, then the name."""
    sync(finished)
    finished.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
