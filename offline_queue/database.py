"""The file underneath: opened so that what is committed survives a power cut, and checked to be so.

One connection, held exclusively, in WAL mode with a sync at every commit:
- no second connection ever writes or checkpoints, so the WAL-reset fault of SQLite before 3.51.3 cannot occur
- there is no -shm file, so the outbox opens even on a full disk
- the WAL's room is laid out beforehand: a file that grows makes each sync write its size as well, and
  costs half as much time again; on a full disk it is room to settle in
- the thread that opens the connection is the only one that may use it; sqlite3 itself enforces that

Schema changes are migrations of sqlite-utils: each is one transaction, and either happened or did not.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, ENOSPC, EROFS
from importlib.resources import files
from pathlib import Path

from sqlite_utils import Database, Migrations

from offline_queue.errors import Damage, DiskFull, InUse, NotDurable, OutboxError, ReadOnly, StorageFailure

WAL_PAGES = 250  # after so many, SQLite moves them into the main file and begins the WAL anew
WAL_ROOM = 32 + (WAL_PAGES + 20) * (24 + 4096)  # bytes; the last transaction may go past the mark

# Set in this order (WAL must find the lock already exclusive), then read back.
SETTINGS: dict[str, str | int] = {
    "locking_mode": "exclusive",
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: the WAL is synced at every commit
    "wal_autocheckpoint": WAL_PAGES,
    "journal_size_limit": WAL_ROOM,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "temp_store": 2,  # memory: no temporary files
    "mmap_size": 0,
}
LOCK_WAIT_S = 1.0

_KINDS: dict[int, type[StorageFailure]] = {ENOSPC: DiskFull, EDQUOT: DiskFull, EROFS: ReadOnly}

MIGRATIONS = Migrations("offline_queue")


@MIGRATIONS()
def version_1(database: Database) -> None:
    """Entries, outcomes, gaps, and the head of the chain."""
    _run(database.conn, files("offline_queue").joinpath("schema.sql").read_text("utf-8"))


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, new or not, with every setting in force. Raises OutboxError.

    A new file is readable by its owner only, and so are the WAL and copies SQLite makes from it.
    """
    with reported():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        connection = sqlite3.connect(path, timeout=LOCK_WAIT_S, isolation_level=None)
        try:
            for name, wanted in SETTINGS.items():
                connection.execute(f"PRAGMA {name} = {wanted}")
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            for name, wanted in SETTINGS.items():
                row = connection.execute(f"PRAGMA {name}").fetchone()
                # A build that can not map memory at all does not answer.
                if row is not None and row[0] != wanted:
                    raise NotDurable(f"{name} is {row[0]}, not {wanted}")
            _lay_out_wal(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def check(connection: sqlite3.Connection) -> None:
    """Let SQLite look at every page. Raises Damage. Changed bytes inside a value are not its business.

    Nor are CHECK constraints here: what they hold is vouched for by the chain, and they cost a third of it.
    """
    with reported():
        connection.execute("PRAGMA ignore_check_constraints = 1")
        try:
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.execute("PRAGMA ignore_check_constraints = 0")
    if verdict != "ok":
        raise Damage(str(verdict))


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether the file has just been made."""
    with reported():
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return not tables


def needs_migration(connection: sqlite3.Connection) -> bool:
    """Whether the file's schema is older than this program's."""
    return bool(MIGRATIONS.pending(_database(connection)))


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date; a migration that fails leaves nothing behind."""
    with reported():
        MIGRATIONS.apply(_database(connection))


def empty_wal(connection: sqlite3.Connection) -> None:
    """Move everything into the main file, so that nothing overwritten there lives on in the WAL."""
    with reported():
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        _lay_out_wal(connection)


class Transaction:
    """All or nothing, on disk when the outermost one ends. Raises OutboxError for what the disk did."""

    __slots__ = ("_connection", "_outermost")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._outermost = not connection.in_transaction

    def __enter__(self) -> sqlite3.Connection:
        if self._outermost:
            self._execute("BEGIN IMMEDIATE")
        return self._connection

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is not None:
            self._roll_back()
            raise _in_our_words(error) from None
        if self._outermost:
            self._execute("COMMIT")

    def _execute(self, command: str) -> None:
        try:
            self._connection.execute(command)
        except sqlite3.DatabaseError as error:
            self._roll_back()
            raise _in_our_words(error) from None

    def _roll_back(self) -> None:
        # SQLite may have rolled back by itself, as it does when the disk is full.
        if self._outermost and self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


@contextmanager
def reported() -> Iterator[None]:
    """Turn what SQLite or the file system has to say into the outbox's own words."""
    try:
        yield
    except (sqlite3.DatabaseError, OSError) as error:
        raise _in_our_words(error) from None


def _in_our_words(error: BaseException) -> BaseException:
    match error:
        case sqlite3.IntegrityError() | sqlite3.ProgrammingError():
            # A violated constraint passes, its callers know it, and so does a fault of the program, such
            # as the use of the connection on another thread.
            return error
        case sqlite3.DatabaseError():
            return _in_our_words_from_sqlite(error)
        case OSError():
            kind = _KINDS.get(error.errno or 0, StorageFailure)
            return kind(f"{error.filename}: {error.strerror}")
        case _:
            return error


def _in_our_words_from_sqlite(error: sqlite3.DatabaseError) -> OutboxError:
    name = getattr(error, "sqlite_errorname", "")
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return InUse("another process has the outbox open")
        case sqlite3.SQLITE_FULL:
            return DiskFull(name)
        case sqlite3.SQLITE_READONLY:
            return ReadOnly(name)
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StorageFailure(name)
        case _:
            # Malformed, not a database, or without a table or column it must have.
            return Damage(f"{name}: {error}")


def _lay_out_wal(connection: sqlite3.Connection) -> None:
    """Fill the WAL up with zeros, which SQLite takes for its end. What is in it stays as it is."""
    (_, _, path) = connection.execute("PRAGMA database_list").fetchone()
    with suppress(OSError):  # a full disk; the WAL grows as far as it can
        wal = Path(f"{path}-wal")
        missing = WAL_ROOM - wal.stat().st_size
        if missing > 0:
            with wal.open("r+b") as file:
                file.seek(0, os.SEEK_END)
                file.write(bytes(missing))
                file.flush()
                os.fsync(file.fileno())


def _database(connection: sqlite3.Connection) -> Database:
    return Database(connection, recursive_triggers=False, execute_plugins=False)


def _run(connection: sqlite3.Connection, script: str) -> None:
    # Not executescript(): it would commit the migration's transaction first.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""
