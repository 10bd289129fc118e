"""The chain: every row written is linked to the one before it, under the vault's key.

Entries, outcomes and gaps share one numbering, `position`, without holes. The head row says where the
chain ends and is sealed, so rows cannot be changed, swapped, inserted, or cut off the end unnoticed.
(Putting back an older copy of the whole file can be noticed only outside: by the backend, from `seq`.)

The head is kept in memory while the file is open; it moves only when a transaction has been committed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from offline_queue.clock import Moment
from offline_queue.database import reported, transaction
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.errors import Damage, KeyMismatch, OwnerMismatch
from offline_queue.outcome import Delivered, Final
from offline_queue.record import Place, digest_of, in_us, seal_content, seal_outcome
from offline_queue.vault import Vault

_ADD_ENTRY = """
    INSERT INTO entries (position, owner, seq, key, kind, urgent, captured_us, clock_quality, recorded_us,
                         boottime_us, boot_id, digest, link, sealed, lane, doubtful)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_OUTCOME = """
    INSERT INTO outcomes (position, entry, state, settled_us, boottime_us, boot_id, digest, link, sealed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SETTLE_ENTRY = """
    UPDATE entries SET state = ?, outcome = ?, next_us = NULL, last_error = NULL, doubtful = 0
    WHERE position = ?
"""


class Head(NamedTuple):
    """The end of the chain: the last position and link, and the last number of the owner."""

    position: int
    seq: int
    link: bytes


class Chain:
    """Appends linked rows to an open file."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault, owner: str) -> None:
        self._connection = connection
        self._vault = vault
        self._owner = owner
        self.head = self._read_head()

    @contextmanager
    def extended(self) -> Iterator[sqlite3.Connection]:
        """One transaction; what is appended in it counts once it is committed."""
        before = self.head
        try:
            with transaction(self._connection) as connection:
                yield connection
                self._write_head()
        except BaseException:
            self.head = before
            raise

    def add_entry(self, new: NewEntry, now: Moment, *, origin: tuple[str, int] | None = None) -> int:
        """Append an entry and return its position. Raises sqlite3.IntegrityError if the key exists.

        `origin` is the owner and number of an entry that was first recorded elsewhere; it is doubtful,
        since it may have been sent from there.
        """
        position = self.head.position + 1
        owner, seq = origin or (self._owner, self.head.seq + 1)
        sealed = seal_content(self._vault, Place(owner, new.key, new.kind), new.person, new.payload)
        linked = (
            *(position, owner, seq, new.key, new.kind, int(new.urgent)),
            *(in_us(new.captured_at), new.clock_quality, *_told(now), digest_of(sealed)),
        )
        link = self._vault.link(self.head.link, "entry", *linked)
        lane = self._vault.lane(new.person)
        self._connection.execute(_ADD_ENTRY, (*linked, link, sealed, lane, origin is not None))
        self.head = Head(position, self.head.seq if origin else seq, link)
        return position

    def add_outcome(self, entry: Entry, outcome: Final, now: Moment) -> None:
        """Append what the backend said for good, and settle the entry."""
        state = State.DELIVERED if isinstance(outcome, Delivered) else State.REJECTED
        sealed = seal_outcome(self._vault, Place(entry.owner, entry.key, entry.kind), outcome)
        self._add_outcome(entry.position, state, sealed, now)

    def reopen(self, entry: Entry, now: Moment) -> None:
        """Append that the entry was taken up again."""
        self._add_outcome(entry.position, State.PENDING, b"", now)

    def _add_outcome(self, entry: int, state: State, sealed: bytes, now: Moment) -> None:
        position = self.head.position + 1
        linked = (position, entry, state, *_told(now), digest_of(sealed))
        link = self._vault.link(self.head.link, "outcome", *linked)
        self._connection.execute(_ADD_OUTCOME, (*linked, link, sealed))
        self._connection.execute(_SETTLE_ENTRY, (state, position, entry))
        self.head = Head(position, self.head.seq, link)

    def _read_head(self) -> Head:
        with reported():
            row = self._connection.execute(
                "SELECT position, seq, link, owner, cipher, key_id, seal FROM head"
            ).fetchone()
        if row is None:
            raise Damage("the head of the chain is missing")
        head, (owner, cipher, key_id, seal) = Head(*row[:3]), row[3:]
        if owner != self._owner:
            raise OwnerMismatch(f"the file belongs to {owner}, not to {self._owner}")
        if (cipher, key_id) != (self._vault.cipher_name, self._vault.key_id):
            raise KeyMismatch(f"the file was sealed with key {key_id} ({cipher})")
        if seal != _seal(self._vault, self._owner, head):
            raise Damage("the head of the chain was changed")
        return head

    def _write_head(self) -> None:
        self._connection.execute(
            "UPDATE head SET position = ?, seq = ?, link = ?, seal = ?",
            (*self.head, _seal(self._vault, self._owner, self.head)),
        )


def begin(connection: sqlite3.Connection, vault: Vault, owner: str) -> None:
    """Give a new file its owner and the first link; a file that has a head is left alone."""
    head = Head(0, 0, first_link(vault, owner))
    with transaction(connection):
        connection.execute(
            "INSERT INTO head (id, owner, cipher, key_id, position, seq, link, seal)"
            " VALUES (1, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (owner, vault.cipher_name, vault.key_id, *head, _seal(vault, owner, head)),
        )


def first_link(vault: Vault, owner: str) -> bytes:
    """What the first row of a file is linked to."""
    return vault.link(b"", "first", owner)


def _told(now: Moment) -> tuple[int, int, str]:
    return in_us(now.wall), round(now.boottime_s * 1e6), now.boot_id


def _seal(vault: Vault, owner: str, head: Head) -> bytes:
    return vault.link(head.link, "head", owner, head.position, head.seq)
