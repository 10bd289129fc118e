"""The chain: every row written is linked to the one before it, under the vault's key.

Entries, outcomes and gaps share one numbering, `position`, without holes. The head row says where the
chain ends, under a seal of its own, so rows cannot be changed, swapped, inserted, or cut off unnoticed.
(Putting back an older copy of the whole file can be noticed only outside: by the backend, from `seq`.)

Each append is one transaction with one sync, unless the caller has opened a larger one. The head is kept
in memory while the file is open, and moves only when the transaction is committed.
"""

import sqlite3
from typing import NamedTuple

from offline_queue.clock import Moment
from offline_queue.database import Transaction, reported
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.errors import Damage, KeyMismatch, OwnerMismatch
from offline_queue.outcome import Delivered, Final
from offline_queue.record import in_us, place_of, seal_content, seal_outcome, tag_of
from offline_queue.vault import Vault

_ADD_ENTRY = """
    INSERT INTO entries (position, owner, seq, key, kind, urgent, captured_us, clock_quality, recorded_us,
                         boottime_us, boot_id, tag, link, sealed, doubtful)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ADD_OUTCOME = """
    INSERT INTO outcomes (position, entry, state, settled_us, boottime_us, boot_id, tag, link, sealed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_SETTLE_ENTRY = """
    UPDATE entries SET state = ?, outcome = ?, next_us = NULL, last_error = NULL, doubtful = 0
    WHERE position = ?
"""
_MOVE_HEAD = "UPDATE head SET position = ?, seq = ?, link = ?, seal = ?"
_BEGIN = """
    INSERT INTO head (id, owner, cipher, key_id, position, seq, link, seal) VALUES (1, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""


class Head(NamedTuple):
    """The end of the chain: the last position and link, and the last number of the owner."""

    position: int
    seq: int
    link: bytes
    seal: bytes


class Origin(NamedTuple):
    """The owner and number of an entry that was first recorded in another outbox."""

    owner: str
    seq: int


class Chain:
    """Appends linked rows to an open file."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault, owner: str) -> None:
        self._connection = connection
        self._vault = vault
        self._owner = owner
        self.head = self._read_head()

    def add_entry(self, new: NewEntry, now: Moment, *, origin: Origin | None = None) -> Head:
        """Append an entry. Raises sqlite3.IntegrityError if the key exists.

        An entry with an `origin` is doubtful, since it may have been sent from there.
        """
        position, seq = self.head.position + 1, self.head.seq + (origin is None)
        owner, number = origin or (self._owner, seq)
        sealed = seal_content(self._vault, place_of(owner, new.key, new.kind), new.person, new.payload)
        tag = tag_of(sealed)
        row = (
            *(position, owner, number, new.key, new.kind, int(new.urgent)),
            *(in_us(new.captured_at), new.clock_quality, *_told(now)),
        )
        head = Head(position, seq, *link(self._vault, self.head.link, "entry", (seq, *row), tag))
        self._append(head, (_ADD_ENTRY, (*row, tag, head.link, sealed, origin is not None)))
        return head

    def add_outcome(self, entry: Entry, outcome: Final, now: Moment) -> None:
        """Append what the backend said for good, and settle the entry."""
        state = State.DELIVERED if isinstance(outcome, Delivered) else State.REJECTED
        sealed = seal_outcome(self._vault, place_of(entry.owner, entry.key, entry.kind), outcome)
        self._add_outcome(entry.position, state, sealed, now)

    def reopen(self, entry: Entry, now: Moment) -> None:
        """Append that the entry was taken up again."""
        self._add_outcome(entry.position, State.PENDING, b"", now)

    def rewrite_head(self) -> None:
        """Write without saying anything new: whether the disk still takes it. Raises StorageFailure."""
        self._append(self.head)

    def _add_outcome(self, entry: int, state: State, sealed: bytes, now: Moment) -> None:
        position, seq = self.head.position + 1, self.head.seq
        tag = tag_of(sealed)
        row = (position, entry, state, *_told(now))
        head = Head(position, seq, *link(self._vault, self.head.link, "outcome", (seq, *row), tag))
        self._append(
            head,
            (_ADD_OUTCOME, (*row, tag, head.link, sealed)),
            (_SETTLE_ENTRY, (state, position, entry)),
        )

    def _append(self, head: Head, *statements: tuple[str, tuple[object, ...]]) -> None:
        with Transaction(self._connection) as connection:
            for sql, row in statements:
                connection.execute(sql, row)
            connection.execute(_MOVE_HEAD, head)
        self.head = head

    def _read_head(self) -> Head:
        with reported():
            row = self._connection.execute(
                "SELECT position, seq, link, seal, owner, cipher, key_id FROM head"
            ).fetchone()
        if row is None:
            raise Damage("the head of the chain is missing")
        head, (owner, cipher, key_id) = Head(*row[:4]), row[4:]
        if owner != self._owner:
            raise OwnerMismatch(f"the file belongs to {owner}, not to {self._owner}")
        if (cipher, key_id) != (self._vault.cipher_name, self._vault.key_id):
            raise KeyMismatch(f"the file was sealed with key {key_id} ({cipher})")
        return head


def begin(connection: sqlite3.Connection, vault: Vault, owner: str) -> None:
    """Give a new file its owner and the first link; a file that has a head is left alone."""
    head = Head(0, 0, *first_link(vault, owner))
    with Transaction(connection):
        connection.execute(_BEGIN, (owner, vault.cipher_name, vault.key_id, *head))


def first_link(vault: Vault, owner: str) -> tuple[bytes, bytes]:
    """What the first row of a file is linked to, and the seal of an empty chain."""
    return link(vault, b"", "first", (owner,), b"")


def link(
    vault: Vault, previous: bytes, what: str, row: tuple[str | int, ...], tag: bytes
) -> tuple[bytes, bytes]:
    """The link and seal of a row: over the link before it, the last number of the owner with it and its
    columns as they were written (`row`), and the tag of what it seals.
    """
    return vault.link(previous, "\0".join((what, *map(str, row), tag.hex())).encode())


def _told(now: Moment) -> tuple[int, int, str]:
    return in_us(now.wall), round(now.boottime_s * 1e6), now.boot_id
