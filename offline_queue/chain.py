"""The chain: every row written is linked to the one before it, under the vault's key.

Entries, outcomes and gaps share one numbering, `position`, without holes. The head row says where the
chain ends, under a seal of its own, so rows cannot be changed, swapped, inserted, or cut off unnoticed.
(Putting back an older copy of the whole file can be noticed only outside: by the backend, from `seq`.)

Each append is one transaction with one sync, unless the caller has opened a larger one. The head is kept
in memory while the file is open, and moves only when the transaction is committed.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from offline_queue.clock import Moment
from offline_queue.database import Transaction, reported
from offline_queue.entry import NewEntry
from offline_queue.errors import Damage, KeyMismatch, OutboxError, OwnerMismatch
from offline_queue.outcome import Final
from offline_queue.record import (
    ENTRY_FIELDS,
    GAP_FIELDS,
    OUTCOME_FIELDS,
    in_us,
    pack_content,
    pack_outcome,
    state_after,
    tag_of,
    text_in_sql,
    text_of,
    told,
)
from offline_queue.vault import Vault

_ADD_ENTRY = f"""
    INSERT INTO entries ({", ".join(ENTRY_FIELDS)}, tag, link, sealed, doubtful)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608  only names of our own columns
_ADD_OUTCOME = f"""
    INSERT INTO outcomes ({", ".join(OUTCOME_FIELDS)}, tag, link, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""  # noqa: S608
_ADD_GAP = f"INSERT INTO gaps ({', '.join(GAP_FIELDS)}, link) VALUES (?, ?, ?, ?, ?)"  # noqa: S608
_SETTLE_ENTRY = """
    UPDATE entries SET state = ?, outcome = ?, next_us = NULL, last_error = NULL, doubtful = 0
    WHERE position = ?
"""
# Without the WHERE, SQLite would first gather the rows to change: twice the time.
_MOVE_HEAD = "UPDATE head SET position = ?, seq = ?, link = ?, seal = ? WHERE id = 1"
_FIRST_ROW = f"""
    SELECT CAST({text_in_sql("entry", ENTRY_FIELDS, "entries")} || tag AS BLOB), link
    FROM entries WHERE position = 1
    UNION ALL
    SELECT CAST({text_in_sql("gap", GAP_FIELDS, "gaps")} AS BLOB), link FROM gaps WHERE position = 1
"""  # noqa: S608
_BEGIN = """
    INSERT INTO head (id, owner, cipher, key_id, position, seq, link, seal) VALUES (1, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""


class Head(NamedTuple):
    """The end of the chain: the last position, the last number of the owner, the last link and its seal."""

    position: int
    seq: int
    link: bytes
    seal: bytes


class Origin(NamedTuple):
    """Where an entry got its number, if it was recorded before: in another outbox, or a damaged file."""

    owner: str
    seq: int


class Chain:
    """Appends linked rows to an open file."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault, owner: str) -> None:
        self._connection = connection
        self._vault = vault
        self._owner = owner
        self.head = self._read_head()

    @contextmanager
    def in_one_transaction(self) -> Iterator[None]:
        """Several appends, of which all or none count."""
        before = self.head
        try:
            with Transaction(self._connection):
                yield
        except BaseException:
            self.head = before
            raise

    def add_entry(
        self, new: NewEntry, now: Moment, *, origin: Origin | None = None, doubtful: bool = False
    ) -> Head:
        """Append an entry. Raises sqlite3.IntegrityError if the key exists."""
        position, last_seq, previous, _ = self.head
        owner, seq = origin or (self._owner, last_seq + 1)
        row = (
            position + 1,
            owner,
            seq,
            new.key,
            new.kind,
            int(new.urgent),
            in_us(new.captured_at),
            new.clock_quality,
            *told(now),
        )
        text = text_of("entry", row)
        sealed = self._vault.seal(pack_content(new.person, new.payload), text)
        tag = tag_of(sealed)
        link, seal = self._vault.link(previous, text + tag)
        head = Head(position + 1, seq if owner == self._owner else last_seq, link, seal)
        self._append(head, (_ADD_ENTRY, (*row, tag, link, sealed, doubtful)))
        return head

    def adopt(self, new: NewEntry, origin: Origin, recorded: Moment) -> Head:
        """Append an entry that was first recorded elsewhere, and may have been sent from there.

        It keeps its number, unless that is the owner's own and was given again since.
        """
        if origin.owner != self._owner:
            return self.add_entry(new, recorded, origin=origin, doubtful=True)
        self.skip_to(origin.seq - 1, recorded)
        known = origin if origin.seq > self.head.seq else None
        return self.add_entry(new, recorded, origin=known, doubtful=True)

    def add_outcome(self, entry: int, outcome: Final | None, now: Moment) -> None:
        """Append what became of the entry at this position: settled, or (None) taken up again."""
        position, last_seq, previous, _ = self.head
        state = state_after(outcome)
        row = (position + 1, entry, state, *told(now))
        text = text_of("outcome", row)
        sealed = self._vault.seal(pack_outcome(outcome), text)
        tag = tag_of(sealed)
        link, seal = self._vault.link(previous, text + tag)
        self._append(
            Head(position + 1, last_seq, link, seal),
            (_ADD_OUTCOME, (*row, tag, link, sealed)),
            (_SETTLE_ENTRY, (state, position + 1, entry)),
        )

    def skip_to(self, last_seq: int, now: Moment) -> None:
        """Append that the owner's numbers up to and including `last_seq` are missing, if any are."""
        position, before, previous, _ = self.head
        if last_seq > before:
            row = (position + 1, before + 1, last_seq, in_us(now.wall))
            link, seal = self._vault.link(previous, text_of("gap", row))
            self._append(Head(position + 1, last_seq, link, seal), (_ADD_GAP, (*row, link)))

    def forget(self, position: int) -> None:
        """Remove person and payload of a settled entry; its tag stays in the chain."""
        with Transaction(self._connection) as connection:
            connection.execute(
                "UPDATE entries SET sealed = NULL WHERE position = ? AND state <> 'pending'", (position,)
            )

    def rewrite_head(self) -> None:
        """Write without saying anything new: whether the disk still takes it. Raises StorageFailure."""
        # SQLite does not write what is the same already.
        self._append(self.head, ("UPDATE head SET seal = x'' WHERE id = 1", ()))

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
        mismatch: OutboxError | None = None
        if owner != self._owner:
            mismatch = OwnerMismatch(f"the file belongs to {owner}, not to {self._owner}")
        elif (cipher, key_id) != (self._vault.cipher_name, self._vault.key_id):
            mismatch = KeyMismatch(f"the file was sealed with key {key_id} ({cipher})")
        if mismatch is not None:
            raise Damage("the head names another owner or key") if self._begins_here(head) else mismatch
        return head

    def _begins_here(self, head: Head) -> bool:
        """Whether this owner began the file under this key: the names in the head are not sealed."""
        with reported():
            row = self._connection.execute(_FIRST_ROW).fetchone()
        link, seal = first_link(self._vault, self._owner)
        if row is None:
            return head == Head(0, 0, link, seal)
        text, linked = row
        return self._vault.link(link, text)[0] == bytes(linked)


def begin(connection: sqlite3.Connection, vault: Vault, owner: str) -> None:
    """Give a new file its owner and the first link; a file that has a head is left alone."""
    head = Head(0, 0, *first_link(vault, owner))
    with Transaction(connection):
        connection.execute(_BEGIN, (owner, vault.cipher_name, vault.key_id, *head))


def set_head(connection: sqlite3.Connection, vault: Vault, head: Head) -> None:
    """Say where the chain ends now, and under which key it stands."""
    with Transaction(connection):
        connection.execute(_MOVE_HEAD, head)
        connection.execute("UPDATE head SET cipher = ?, key_id = ?", (vault.cipher_name, vault.key_id))


def first_link(vault: Vault, owner: str) -> tuple[bytes, bytes]:
    """What the first row of a file is linked to, and the seal of an empty chain."""
    return vault.link(b"", text_of("first", (owner,)))
