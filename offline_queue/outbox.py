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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from offline_queue import chain
from offline_queue.chain import Chain
from offline_queue.clock import Clock, Moment, SystemClock
from offline_queue.database import Transaction, check, connect, migrate, reported
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.errors import AlreadySettled, DiskFull, DuplicateKey, StorageFailure, UnknownKey
from offline_queue.outcome import Delivered, Final
from offline_queue.record import ENTRY_ROWS, EntryRow, in_us, read_entry
from offline_queue.schedule import Schedule
from offline_queue.space import Ballast, Limits, Obstacle, measure_room
from offline_queue.vault import Vault

# No wait found in a row is longer than this: the wall clock may have jumped since it was written.
LONGEST_WAIT_S = 3600.0

_NOTE_ATTEMPT = """
    UPDATE entries SET attempts = attempts + 1, next_us = ?, last_error = ?, doubtful = ? WHERE position = ?
"""


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
        self._failing: set[int] = set()
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
        if self._storage_failed and not self._disk_takes_writes():
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
            head = self._chain.add_entry(new, now)
        except sqlite3.IntegrityError:
            raise DuplicateKey(new.key) from None
        except StorageFailure:
            self._storage_failed = True
            raise
        self._schedule.add(head.position, new.person, urgent=new.urgent)
        self._count[State.PENDING] += 1
        return Entry.recorded_as(new, head.position, self.owner, head.seq, now)

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
        self._failing.discard(entry.position)
        state = State.DELIVERED if isinstance(outcome, Delivered) else State.REJECTED
        self._count[State.PENDING] -= 1
        self._count[state] += 1
        return entry._replace(
            state=state, outcome=outcome, settled_at=now.wall, next_at=None, last_error=None, doubtful=False
        )

    def postpone(self, key: str, code: str, delay_s: float, *, doubtful: bool) -> Entry:
        """An attempt ended without a final answer: the entry waits, and its person's later ones with it."""
        entry = self._pending(key)
        now = self._clock()
        next_us = in_us(now.wall + timedelta(seconds=delay_s))
        self._write_in_reserve(lambda: self._note_attempt(entry.position, next_us, code, doubtful))
        self._schedule.give_back(entry.position, now.boottime_s + delay_s)
        self._failing.add(entry.position)
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
            now = self._clock()
            self._write_in_reserve(lambda: self._chain.reopen(entry, now))
            self._schedule.add(entry.position, entry.person, urgent=entry.urgent)
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
        oldest = self._schedule.oldest
        oldest_pending_s = None if oldest is None else self.now().seconds_since(self._at(oldest).recorded)
        return Summary(
            pending=self._count[State.PENDING],
            urgent=self._schedule.urgent,
            failing=len(self._failing),
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
        for entry in self._entries("WHERE e.state = 'pending' ORDER BY e.position"):
            assert entry.person is not None, "only settled entries lose their person"
            wait_s = 0.0 if entry.next_at is None else (entry.next_at - now.wall).total_seconds()
            due_s = now.boottime_s + min(max(wait_s, 0.0), LONGEST_WAIT_S)
            self._schedule.add(entry.position, entry.person, urgent=entry.urgent, due_s=due_s)
            if entry.attempts:
                self._failing.add(entry.position)

    def _entries(self, where: str, parameters: Iterable[str | int | None] = ()) -> list[Entry]:
        with reported():
            rows = self._connection.execute(ENTRY_ROWS + where, tuple(parameters)).fetchall()
        return [self._with_doubt(read_entry(self._vault, EntryRow._make(row))) for row in rows]

    def _at(self, position: int) -> Entry:
        return self._entries("WHERE e.position = ?", (position,))[0]

    def _with_doubt(self, entry: Entry) -> Entry:
        # It may have been on its way when the earlier run ended.
        inherited = entry.position <= self._inherited and entry.position not in self._answered
        return entry._replace(doubtful=True) if inherited and entry.state is State.PENDING else entry

    def _pending(self, key: str) -> Entry:
        entry = self.get(key)
        if entry.state is not State.PENDING:
            raise AlreadySettled(key)
        return entry

    def _note_attempt(self, position: int, next_us: int, code: str, doubtful: bool) -> None:
        with Transaction(self._connection) as connection:
            connection.execute(_NOTE_ATTEMPT, (next_us, code, doubtful, position))

    def _write_in_reserve(self, write: Callable[[], object]) -> None:
        """Write what belongs to entries already taken in, giving up the ballast if the disk is full."""
        try:
            try:
                write()
            except DiskFull:
                self._ballast.drop()
                write()
        except StorageFailure:
            self._storage_failed = True
            raise

    def _disk_takes_writes(self) -> bool:
        try:
            self._chain.rewrite_head()
        except StorageFailure:
            return False
        self._storage_failed = False
        return True
