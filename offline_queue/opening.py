"""Opens an outbox file, whatever state it is in, and says what had to be done for it.

finish a broken-off salvage -> connect -> let SQLite check -> copy, migrate -> walk the chain -> open
                                  ^             |                                  |
                                  +-- salvage --+------------- damage -------------+
"""

import gc
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from offline_queue import chain
from offline_queue.backlog import Backlog
from offline_queue.chain import Chain
from offline_queue.clock import Moment
from offline_queue.copies import Copies
from offline_queue.database import check, connect, is_empty, migrate, needs_migration
from offline_queue.errors import Damage, StorageFailure
from offline_queue.salvage import Salvage, finish, salvage
from offline_queue.turn import take_turn
from offline_queue.vault import Vault
from offline_queue.verification import Verification, verify, walk


@dataclass(frozen=True, slots=True)
class OpeningReport:
    """What opening the file came to."""

    created: bool = False
    migrated: bool = False
    salvage: Salvage | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file, every row of which is as it was written."""

    path: Path
    vault: Vault
    owner: str
    copies: Copies | None
    connection: sqlite3.Connection
    chain: Chain
    backlog: Backlog
    report: OpeningReport


def open_file(path: Path, vault: Vault, owner: str, now: Moment, copies: Copies | None) -> Opened:
    """Open the file, or begin it. It is the caller's turn with it (offline_queue/turn.py).

    Raises InUse, StorageFailure, OwnerMismatch, KeyMismatch, NotDurable.
    """
    finish(path)
    try:
        return _open(path, vault, owner, now, copies)
    except Damage as damage:
        salvaged = salvage(path, vault, owner, now, copies=copies, cause=damage)
    opened = _open(path, vault, owner, now, copies)
    return replace(opened, report=replace(opened.report, salvage=salvaged))


def verify_file(path: Path, vault: Vault, owner: str) -> Verification:
    """Verify a file nobody has open, and salvage nothing. Raises Damage, and as open_file()."""
    with take_turn(path), _connected(path) as connection:
        check(connection)
        head = Chain(connection, vault, owner).head
        verification = verify(connection, vault, owner, head)
        connection.close()
    return verification


def _open(path: Path, vault: Vault, owner: str, now: Moment, copies: Copies | None) -> Opened:
    with _connected(path) as connection, _without_collecting():
        check(connection)
        created, migrated = is_empty(connection), needs_migration(connection)
        if migrated and not created and copies is not None:
            # A migration is all or nothing by itself, so a lost disk for copies closes no outbox.
            with suppress(StorageFailure):
                copies.take(connection, now.wall)
        migrate(connection)
        chain.begin(connection, vault, owner)
        linked = Chain(connection, vault, owner)
        backlog = Backlog(walk(connection, vault, owner, linked.head), now)
        report = OpeningReport(created, migrated and not created)
        return Opened(path, vault, owner, copies, connection, linked, backlog, report)


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that stays open unless something is wrong."""
    connection = connect(path)
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A large backlog makes a million objects and no garbage; looking for some takes longer than the rest."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
