"""A durable outbox: what the backend must be told, in order.

    put() -> pending -- settle(Delivered) -> delivered
               ^   \\---- settle(Rejected) --> rejected
               |                                 |
               +------------ retry() ------------+

What must stay true:
- when put() or settle() returns, the row is on disk
- an entry leaves `pending` only when the backend has answered for good
- a crash at any moment costs at most a repeated question, which the key makes harmless: an entry from an
  earlier run counts as doubtful, and is looked up by key before it is sent
- one thread opens the outbox, and only that thread touches it
"""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import IO

from offline_queue.backlog import person_of
from offline_queue.bundle import Bundle, Carried, carried
from offline_queue.chain import Chain, Head
from offline_queue.clock import Clock, Moment, SystemClock
from offline_queue.copies import Copies, write_copy
from offline_queue.database import Transaction, empty_wal, reported
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.errors import (
    AlreadySettled,
    Damage,
    DuplicateKey,
    Forgotten,
    KeyChanged,
    SealBroken,
    StorageFailure,
    UnknownKey,
)
from offline_queue.opening import Opened, open_file
from offline_queue.outcome import Final
from offline_queue.record import (
    MICROSECOND,
    SELECT_ENTRIES,
    EntryRow,
    in_us,
    read_entry,
    state_after,
    told,
)
from offline_queue.resealing import reseal
from offline_queue.salvage import Salvage, kept_aside
from offline_queue.space import Limits, Obstacle, Space
from offline_queue.summary import Summary, Tally
from offline_queue.turn import take_turn
from offline_queue.vault import Vault
from offline_queue.verification import Verification, verify

_NOTE_ATTEMPT = """
    UPDATE entries SET attempts = attempts + 1, next_us = ?, last_error = ?, doubtful = ? WHERE position = ?
"""
_PAGE = 200
_FOREVER = timedelta(days=366_000)
# Within one boot by the time since then; over a restart by the wall clock, if that may be believed.
_PAST_RETENTION = """
    SELECT e.position FROM entries AS e JOIN outcomes AS o ON o.position = e.outcome
    WHERE e.sealed IS NOT NULL AND e.state <> 'pending'
      AND CASE WHEN o.boot_id = :boot_id THEN :boottime_us - o.boottime_us
               WHEN :wall_is_right THEN :wall_us - o.settled_us END
          > iif(e.state = 'delivered', :delivered_us, :rejected_us)
"""


class Outbox:
    """The one open outbox of a file. Made by `Outbox.open`."""

    def __init__(self, opened: Opened, turn: IO[bytes], clock: Clock, limits: Limits) -> None:
        self.path = opened.path
        self.owner = opened.owner
        self.opening = opened.report
        self._turn = turn
        self._connection = opened.connection
        self._chain = opened.chain
        self._vault = opened.vault
        self._copies = opened.copies
        self._clock = clock
        self._space = Space(opened.path, limits)
        self._tally = Tally(opened.connection)
        self._backlog = opened.backlog
        self.retries = 0
        """How often somebody has asked for another try, since the file was opened."""
        self._claimed: dict[str, Entry] = {}  # as they were read: nobody else writes, so they still are

    @classmethod
    def open(
        cls,
        path: Path,
        vault: Vault,
        *,
        owner: str,
        clock: Clock | None = None,
        limits: Limits | None = None,
        copies: Path | None = None,
    ) -> "Outbox":
        """Open the outbox in a file, or begin one; a damaged file is salvaged (see `opening`).

        `owner` is who numbers the entries: the kiosk's id. `copies` is the folder for second copies.
        Raises InUse, StorageFailure, OwnerMismatch, KeyMismatch, NotDurable.
        """
        clock = clock or SystemClock()
        turn = take_turn(path)
        try:
            opened = open_file(path, vault, owner, clock(), Copies(copies) if copies else None)
            return cls(opened, turn, clock, limits or Limits())
        except BaseException:
            turn.close()
            raise

    @property
    def key_id(self) -> str:
        """The name of the key in force."""
        return self._vault.key_id

    def close(self) -> None:
        """Close the file. Everything is on disk already."""
        self._connection.close()
        self._turn.close()

    def now(self) -> Moment:
        """The time by the outbox's own clock."""
        return self._clock()

    # -- recording ----------------------------------------------------------------------------------

    def accepts_new(self) -> Obstacle | None:
        """What stands against a new entry; to be asked before somebody invests time in one."""
        return self._space.obstacle(len(self._backlog), self._chain.rewrite_head)

    def put(self, new: NewEntry) -> Entry:
        """Record a fact. Raises DuplicateKey, and DiskFull or StorageFailure: then nothing was recorded."""
        now = self._clock()
        try:
            head = self._space.write(lambda: self._chain.add_entry(new, now))
        except sqlite3.IntegrityError:
            raise DuplicateKey(new.key) from None
        self._backlog.add(head.position, new.person, urgent=new.urgent)
        return Entry.recorded_as(new, head.position, self.owner, head.seq, now)

    def take_in(self, bundle: Bundle) -> int:
        """Take over the entries another outbox could not send, all or none; how many were not here yet.

        They keep key, owner and number, and are looked up before they are sent: they may have arrived. The
        numbers this owner had given beyond them are not given again.
        """
        now = self._clock()
        new = [entry for entry in bundle.entries if not self._entries("WHERE e.key = ?", entry.new.key)]

        def adopt_all() -> list[Head]:
            with self._chain.in_one_transaction():
                adopted = [self._chain.adopt(entry.new, entry.origin, now) for entry in new]
                if bundle.owner == self.owner:
                    self._chain.skip_to(bundle.last_seq, now)
                return adopted

        try:
            heads = self._space.write(adopt_all)
        except sqlite3.IntegrityError:
            raise DuplicateKey("the bundle has a key twice") from None
        for entry, head in zip(new, heads, strict=True):
            self._backlog.add(head.position, entry.new.person, urgent=entry.new.urgent)
        self._tally = Tally(self._connection)
        return len(new)

    # -- sending ------------------------------------------------------------------------------------

    def claim(self) -> Entry | None:
        """The entry to send now, which then is on its way until it is settled, postponed or released.

        Nothing is written: a crash from here on finds the entry pending, and doubtful.
        """
        position = self._backlog.take(self._clock().boottime_s)
        if position is None:
            return None
        (entry,) = self._entries("WHERE e.position = ?", position)
        self._claimed[entry.key] = entry
        return entry

    def settle(self, key: str, outcome: Final) -> Entry:
        """The backend has answered for good. Told the same again, it changes nothing.

        Raises UnknownKey, AlreadySettled (another outcome stands), StorageFailure.
        """
        entry = self._claimed.get(key) or self.get(key)
        if entry.state is not State.PENDING:
            if type(entry.outcome) is type(outcome):
                return entry
            raise AlreadySettled(key)
        now = self._clock()
        self._space.write_in_reserve(lambda: self._chain.add_outcome(entry.position, outcome, now))
        self._claimed.pop(key, None)
        self._backlog.settle(entry)
        self._tally.settled[state_after(outcome)] += 1
        return entry._replace(
            state=state_after(outcome),
            outcome=outcome,
            settled=now,
            next_at=None,
            last_error=None,
            doubtful=False,
        )

    def postpone(self, key: str, code: str, delay_s: float, *, doubtful: bool) -> Entry:
        """An attempt ended without a final answer: the entry waits, and its person's later ones with it."""
        entry = self._pending(key)
        now = self._clock()
        next_us = in_us(now.wall + timedelta(seconds=delay_s))
        self._space.write_in_reserve(lambda: self._note_attempt(entry.position, next_us, code, doubtful))
        self._claimed.pop(key, None)
        self._backlog.postpone(entry, now.boottime_s + delay_s)
        return self._at(entry.position)

    def note_outage(self, key: str, code: str, quiet_s: float) -> Entry:
        """The backend could not be reached for an entry, which is asked about as soon as it can be again.

        Its row says so, as a row does of any vain attempt; a disk that takes no notes changes nothing.
        """
        entry = self._pending(key)
        next_us = in_us(self._clock().wall + timedelta(seconds=quiet_s))
        with suppress(StorageFailure):
            self._space.write(lambda: self._note_attempt(entry.position, next_us, code, entry.doubtful))
        self._claimed.pop(key, None)
        self._backlog.release(entry, doubtful=False, failed=True)
        return self._at(entry.position)

    def release(self, key: str, *, doubtful: bool = False) -> None:
        """A claimed entry was not asked about, or its answer could not be written down (then it is
        doubtful): it stands where it stood.
        """
        self._backlog.release(self._pending(key), doubtful=doubtful)
        self._claimed.pop(key, None)

    def retry(self, key: str) -> Entry:
        """Take an entry up again now: one that waits, or one that was rejected (which stays in the chain).

        Raises UnknownKey, AlreadySettled, Forgotten.
        """
        entry = self.get(key)
        if entry.state is State.DELIVERED:
            raise AlreadySettled(key)
        if entry.payload is None:
            raise Forgotten(key)
        if entry.state is State.REJECTED:
            now = self._clock()
            self._space.write_in_reserve(lambda: self._chain.add_outcome(entry.position, None, now))
            self._backlog.add(entry.position, person_of(entry), urgent=entry.urgent)
            self._tally.settled[State.REJECTED] -= 1
        else:
            self._space.write_in_reserve(lambda: self._end_wait(entry.position))
            self._backlog.hasten(entry)
        self.retries += 1
        return self._at(entry.position)

    def retry_pending(self) -> None:
        """Let everything that is pending be tried now, whatever it waits for: a person wants to see it go.

        Raises StorageFailure.
        """
        self._space.write_in_reserve(self._end_waits)
        self._backlog.hasten_all()
        self.retries += 1

    def next_due_in_s(self) -> float | None:
        """Seconds until an entry may be claimed: 0 for now, None if none is free to go."""
        due_s = self._backlog.next_due_s()
        return None if due_s is None else max(0.0, due_s - self._clock().boottime_s)

    @property
    def urgent_waits(self) -> bool:
        """Whether an urgent entry is pending."""
        return self._backlog.urgent > 0

    # -- looking ------------------------------------------------------------------------------------

    def get(self, key: str) -> Entry:
        """The entry with this key. Raises UnknownKey."""
        found = self._entries("WHERE e.key = ?", key)
        if not found:
            raise UnknownKey(key)
        return found[0]

    def entries(
        self, state: State | None = None, *, after: int = 0, limit: int = 1000, newest_first: bool = False
    ) -> list[Entry]:
        """Entries in the order they were recorded, from the position after `after`."""
        order = "DESC" if newest_first else "ASC"
        return self._entries(
            f"WHERE e.position > ? AND e.state = coalesce(?, e.state) ORDER BY e.position {order} LIMIT ?",
            *(after, state, limit),
        )

    def numbered(self, owner: str, rest: int, modulus: int) -> list[Entry]:
        """The entries of `owner` whose number leaves that rest, newest first: for numbers told in part."""
        where = "WHERE e.owner = ? AND e.seq % ? = ? ORDER BY e.position DESC"
        return self._entries(where, owner, modulus, rest)

    def summary(self) -> Summary:
        """The outbox at a glance."""
        oldest = self._backlog.oldest
        return Summary(
            pending=len(self._backlog),
            urgent=self._backlog.urgent,
            failing=self._backlog.failing,
            delivered=self._tally.settled[State.DELIVERED],
            rejected=self._tally.settled[State.REJECTED],
            lost=self._tally.lost,
            last_seq=self._chain.head.seq,
            oldest_pending_s=None if oldest is None else self.now().seconds_since(self._at(oldest).recorded),
        )

    def verify(self) -> Verification:
        """Walk the whole chain, and name the first row that is not as it was written. Raises Damage."""
        return verify(self._connection, self._vault, self.owner, self._chain.head)

    def bundle_up(self, progress: Callable[[int, int], None] | None = None) -> Bundle:
        """What is still pending, to be sealed and carried by hand. It stays pending here.

        `progress` is told how many entries are done, of how many.
        """
        entries: list[Carried] = []
        after, total = 0, len(self._backlog)
        while page := self.entries(State.PENDING, after=after, limit=_PAGE):
            entries += map(carried, page)
            after = page[-1].position
            if progress is not None:
                progress(len(entries), total)
        return Bundle(self.owner, self._clock().wall, self._chain.head.seq, tuple(entries))

    # -- keeping ------------------------------------------------------------------------------------

    def kept_aside(self) -> list[Salvage]:
        """What was salvaged from damaged files that nobody has taken away yet."""
        with reported():
            return kept_aside(self.path)

    def backup(self, path: Path) -> None:
        """Write a copy of the file. Raises StorageFailure."""
        write_copy(self._connection, path)

    def take_second_copy(self) -> Path | None:
        """Write a copy into the folder for them, if there is one. Raises StorageFailure."""
        return None if self._copies is None else self._copies.take(self._connection, self._clock().wall)

    def forget(
        self, delivered: timedelta, rejected: timedelta = _FOREVER, *, wall_is_right: bool = False
    ) -> int:
        """Remove person and payload of what was delivered, or rejected, longer ago; the outcomes stay.

        Of what was settled before this boot only the wall clock knows how long ago that was: unless the
        caller knows it to be right, that is kept. Returns how many.
        """
        wall_us, boottime_us, boot_id = told(self._clock())
        limits = {"delivered_us": delivered // MICROSECOND, "rejected_us": rejected // MICROSECOND}
        now = {"wall_us": wall_us, "boottime_us": boottime_us, "boot_id": boot_id}
        with reported():
            rows = self._connection.execute(
                _PAST_RETENTION, limits | now | {"wall_is_right": wall_is_right}
            ).fetchall()
        if rows:
            with Transaction(self._connection):
                for (position,) in rows:
                    self._chain.forget(position)
            empty_wal(self._connection)
        return len(rows)

    def change_key(self, vault: Vault) -> None:
        """Seal and link everything anew, under another key or cipher, or leave all as it is.

        Second copies under the old key are replaced by one under the new. Raises Damage if a row is not
        as it was written, and StorageFailure; KeyChanged if the disk failed when the new key was in force.
        """
        if (broken := self.verify().first_break) is not None:
            raise Damage(broken)
        self.take_second_copy()  # a folder that takes none says so while the old key is still in force
        reseal(self._connection, self._vault, vault, self.owner, self._chain.head)
        self._vault, self._chain = vault, Chain(self._connection, vault, self.owner)
        try:
            empty_wal(self._connection)
            if self._copies is not None:
                self._copies.drop_all_but(self._copies.take(self._connection, self._clock().wall))
        except StorageFailure as failure:
            raise KeyChanged(str(failure)) from None

    # -- inside -------------------------------------------------------------------------------------

    def _entries(self, where: str, *parameters: str | int | None) -> list[Entry]:
        with reported():
            rows = self._connection.execute(SELECT_ENTRIES + where, parameters).fetchall()
        try:
            return [self._backlog.with_doubt(read_entry(self._vault, EntryRow._make(row))) for row in rows]
        except SealBroken:
            raise Damage("a seal is broken") from None

    def _at(self, position: int) -> Entry:
        return self._entries("WHERE e.position = ?", position)[0]

    def _pending(self, key: str) -> Entry:
        entry = self._claimed.get(key) or self.get(key)
        if entry.state is not State.PENDING:
            raise AlreadySettled(key)
        return entry

    def _end_wait(self, position: int) -> None:
        with Transaction(self._connection) as connection:
            connection.execute("UPDATE entries SET next_us = NULL WHERE position = ?", (position,))

    def _end_waits(self) -> None:
        with Transaction(self._connection) as connection:
            connection.execute("UPDATE entries SET next_us = NULL WHERE next_us IS NOT NULL")

    def _note_attempt(self, position: int, next_us: int, code: str, doubtful: bool) -> None:
        with Transaction(self._connection) as connection:
            connection.execute(_NOTE_ATTEMPT, (next_us, code, doubtful, position))
