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
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from offline_queue import chain
from offline_queue.chain import Chain
from offline_queue.clock import Clock, Moment, SystemClock
from offline_queue.database import check, connect, migrate, reported
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.errors import AlreadySettled, DiskFull, DuplicateKey, StorageFailure, UnknownKey
from offline_queue.outcome import Final
from offline_queue.record import ENTRY_ROWS, EntryRow, at_us, in_us, read_entry
from offline_queue.schedule import Schedule
from offline_queue.space import Ballast, Limits, Obstacle, measure_room
from offline_queue.vault import Vault

# No wait found in a row is longer than this: the wall clock may have jumped since it was written.
LONGEST_WAIT_S = 3600.0


@dataclass(frozen=True, slots=True)
class Summary:
    """The outbox at a glance. `failing`: pending entries whose last attempt failed."""

    pending: int
    urgent: int
    failing: int
    delivered: int
    rejected: int
    oldest_pending_s: float | None
    last_seq: int


class Outbox:
    """The one open outbox of a file. Made by `Outbox.open`."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        vault: Vault,
        owner: str,
        clock: Clock,
        limits: Limits,
    ) -> None:
        self.path = path
        self.owner = owner
        self._connection = connection
        self._vault = vault
        self._clock = clock
        self._limits = limits
        self._chain = Chain(connection, vault, owner)
        self._inherited = self._chain.head.position
        self._answered: set[int] = set()  # inherited entries that were asked about in this run
        self._ballast = Ballast(path)
        self._ballast.load()
        self._storage_failed = False
        self._count: Counter[State] = Counter()
        self._schedule = Schedule()
        self._load()

    @classmethod
    def open(
        cls, path: Path, vault: Vault, *, owner: str, clock: Clock | None = None, limits: Limits | None = None
    ) -> "Outbox":
        """Open the outbox in a file, or begin one. `owner` is who numbers the entries: the kiosk's id.

        Raises InUse, StorageFailure, OwnerMismatch, KeyMismatch, Damage.
        """
        connection = connect(path)
        try:
            check(connection)
            migrate(connection)
            chain.begin(connection, vault, owner)
            return cls(
                path,
                connection,
                vault=vault,
                owner=owner,
                clock=clock or SystemClock(),
                limits=limits or Limits(),
            )
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Close the file. Everything is on disk already."""
        self._connection.close()

    def now(self) -> Moment:
        """The time by the outbox's own clock."""
        return self._clock()

    # -- recording ----------------------------------------------------------------------------------

    def accepts_new(self) -> Obstacle | None:
        """What stands against a new entry; to be asked before somebody invests time in one."""
        if self._storage_failed and not self._can_write():
            return Obstacle.STORAGE_FAILED
        room = measure_room(self.path.parent)
        if room.read_only:
            return Obstacle.READ_ONLY
        if room.free_bytes < self._limits.free_bytes or not self._ballast.load():
            return Obstacle.DISK_FULL
        if len(self._schedule) >= self._limits.pending:
            return Obstacle.BACKLOG_FULL
        return None

    def put(self, new: NewEntry) -> Entry:
        """Record a fact. Raises DuplicateKey, and DiskFull or StorageFailure: then nothing was recorded."""
        now = self._clock()
        try:
            with self._writing():
                position = self._chain.add_entry(new, now)
        except sqlite3.IntegrityError:
            raise DuplicateKey(new.key) from None
        self._schedule.add(position, self._vault.lane(new.person), urgent=new.urgent)
        self._count[State.PENDING] += 1
        return self._at(position)

    # -- sending ------------------------------------------------------------------------------------

    def claim(self) -> Entry | None:
        """The entry to send now, which then is on its way until it is settled, postponed or released.

        Nothing is written: a crash from here on finds the entry pending, and doubtful.
        """
        position = self._schedule.take(self._clock().boottime_s)
        return None if position is None else self._at(position)

    def settle(self, key: str, outcome: Final) -> Entry:
        """The backend has answered for good. Told the same again, it changes nothing.

        Raises UnknownKey, AlreadySettled (another outcome stands), StorageFailure.
        """
        entry = self.get(key)
        if entry.state is not State.PENDING:
            if type(entry.outcome) is type(outcome):
                return entry
            raise AlreadySettled(key)
        now = self._clock()
        self._write_in_reserve(lambda: self._chain.add_outcome(entry, outcome, now))
        self._schedule.remove(entry.position)
        self._answered.discard(entry.position)
        self._count[State.PENDING] -= 1
        settled = self._at(entry.position)
        self._count[settled.state] += 1
        return settled

    def postpone(self, key: str, code: str, delay_s: float, *, doubtful: bool) -> Entry:
        """An attempt ended without a final answer: the entry waits, and its person's later ones with it."""
        entry = self._pending(key)
        now = self._clock()
        next_us = in_us(now.wall + timedelta(seconds=delay_s))
        self._write_in_reserve(
            lambda: self._connection.execute(
                "UPDATE entries SET attempts = attempts + 1, next_us = ?, last_error = ?, doubtful = ?"
                " WHERE position = ?",
                (next_us, code, doubtful, entry.position),
            )
        )
        self._schedule.give_back(entry.position, now.boottime_s + delay_s)
        if entry.position <= self._inherited:
            self._answered.add(entry.position)
        return self._at(entry.position)

    def release(self, key: str) -> None:
        """A claimed entry was not asked about at all: it stands where it stood."""
        self._schedule.release(self._pending(key).position)

    def retry(self, key: str) -> Entry:
        """Take an entry up again now: one that waits, or one that was rejected (which stays in the chain)."""
        entry = self.get(key)
        if entry.state is State.DELIVERED:
            raise AlreadySettled(key)
        if entry.state is State.REJECTED:
            if entry.person is None:
                raise AlreadySettled(key)
            now, lane = self._clock(), self._vault.lane(entry.person)
            self._write_in_reserve(lambda: self._chain.reopen(entry, now))
            self._schedule.add(entry.position, lane, urgent=entry.urgent)
            self._answered.add(entry.position)
            self._count[State.REJECTED] -= 1
            self._count[State.PENDING] += 1
        else:
            self._schedule.hasten(entry.position)
        return self._at(entry.position)

    def next_due_in_s(self) -> float | None:
        """Seconds until an entry may be claimed: 0 for now, None if none is free to go."""
        due_s = self._schedule.next_due_s()
        return None if due_s is None else max(0.0, due_s - self._clock().boottime_s)

    @property
    def urgent_waits(self) -> bool:
        """Whether an urgent entry is pending."""
        return self._schedule.urgent > 0

    # -- looking ------------------------------------------------------------------------------------

    def get(self, key: str) -> Entry:
        """The entry with this key. Raises UnknownKey."""
        found = self._entries("WHERE e.key = ?", (key,))
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
            (after, state, limit),
        )

    def summary(self) -> Summary:
        """The outbox at a glance."""
        with reported():
            failing, oldest = self._connection.execute(
                "SELECT count(*) FILTER (WHERE attempts > 0), min(position)"
                " FROM entries WHERE state = 'pending'"
            ).fetchone()
        oldest_pending_s = None if oldest is None else self.now().seconds_since(self._at(oldest).recorded)
        return Summary(
            pending=self._count[State.PENDING],
            urgent=self._schedule.urgent,
            failing=failing,
            delivered=self._count[State.DELIVERED],
            rejected=self._count[State.REJECTED],
            oldest_pending_s=oldest_pending_s,
            last_seq=self._chain.head.seq,
        )

    # -- inside -------------------------------------------------------------------------------------

    def _load(self) -> None:
        now = self._clock()
        with reported():
            counts = self._connection.execute("SELECT state, count(*) FROM entries GROUP BY state")
            self._count.update({State(state): count for state, count in counts})
            pending = self._connection.execute(
                "SELECT position, lane, urgent, next_us FROM entries"
                " WHERE state = 'pending' ORDER BY position"
            )
            for position, lane, urgent, next_us in pending:
                wait_s = 0.0 if next_us is None else (at_us(next_us) - now.wall).total_seconds()
                due_s = now.boottime_s + min(max(wait_s, 0.0), LONGEST_WAIT_S)
                self._schedule.add(position, lane, urgent=bool(urgent), due_s=due_s)

    def _entries(self, where: str, parameters: Iterable[str | int | None]) -> list[Entry]:
        with reported():
            rows = self._connection.execute(ENTRY_ROWS + where, tuple(parameters)).fetchall()
        return [self._with_doubt(read_entry(self._vault, EntryRow._make(row))) for row in rows]

    def _at(self, position: int) -> Entry:
        return self._entries("WHERE e.position = ?", (position,))[0]

    def _with_doubt(self, entry: Entry) -> Entry:
        # It may have been on its way when the earlier run ended.
        inherited = entry.position <= self._inherited and entry.position not in self._answered
        return replace(entry, doubtful=True) if inherited and entry.state is State.PENDING else entry

    def _pending(self, key: str) -> Entry:
        entry = self.get(key)
        if entry.state is not State.PENDING:
            raise AlreadySettled(key)
        return entry

    def _write_in_reserve(self, write: Callable[[], object]) -> None:
        """Write what belongs to entries already taken in, giving up the ballast if the disk is full."""
        try:
            with self._writing():
                write()
        except DiskFull:
            self._ballast.drop()
            with self._writing():
                write()

    def _can_write(self) -> bool:
        try:
            with self._writing():
                return True
        except StorageFailure:
            return False

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            with self._chain.extended():
                yield
        except StorageFailure:
            self._storage_failed = True
            raise
        self._storage_failed = False
