"""The queues measured side by side, each brought to the same durability: WAL, and a sync at every commit.

put() takes the same fact, a small JSON document; claim_and_settle() takes the next one out for good. What a
peer does not do (huey forgets an entry before its work is done) is left undone.
"""

import json
import sqlite3
import time
from abc import abstractmethod
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import persistqueue.serializers.json
from huey.storage import SqliteStorage
from litequeue import LiteQueue
from persistqueue import SQLiteAckQueue
from uuid_utils import uuid7

from offline_queue import Delivered, Limits, NewEntry, Outbox, Vault

Fact = dict[str, str | int]
ANSWER = b'{"number": "2026-0000001", "effective_at": "2026-03-02T09:00:00Z"}'


def make_fact(number: int) -> Fact:
    """A fact of 1 KB, of a person of its own."""
    fact: Fact = {"person": f"person-{number}", "sequence": number, "address": ""}
    return fact | {"address": "x" * (1024 - len(json.dumps(fact)))}


class Queue(Protocol):
    """What is measured of each."""

    @abstractmethod
    def put(self, fact: Fact) -> None: ...

    @abstractmethod
    def claim_and_settle(self) -> None: ...

    @abstractmethod
    def fill(self, count: int, *, settled: bool) -> None:
        """Add that many entries in one go, pending or done and kept. Not measured."""

    @abstractmethod
    def close(self) -> None: ...


class RawSqlite:
    """The least SQL that could be called a queue: an id nobody may use twice, a state, an index for both."""

    name = "raw sqlite3"
    keeps_settled = True

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = wal")
        self._connection.execute("PRAGMA synchronous = full")
        self._connection.execute(
            "CREATE TABLE IF NOT EXISTS queue"
            " (seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
            " kind TEXT NOT NULL, prio INTEGER NOT NULL, state INTEGER NOT NULL DEFAULT 0, created REAL,"
            " payload BLOB)"
        )
        self._connection.execute("CREATE INDEX IF NOT EXISTS ready ON queue (prio, seq) WHERE state = 0")

    def put(self, fact: Fact) -> None:
        self._connection.execute(
            "INSERT INTO queue (id, kind, prio, created, payload) VALUES (?, ?, ?, ?, ?)",
            (str(uuid7()), "contact_change", 1, time.time(), json.dumps(fact).encode()),
        )

    def claim_and_settle(self) -> None:
        ((seq, payload),) = self._connection.execute(
            "UPDATE queue SET state = 1 WHERE seq ="
            " (SELECT seq FROM queue WHERE state = 0 ORDER BY prio, seq LIMIT 1) RETURNING seq, payload"
        ).fetchall()
        json.loads(payload)
        self._connection.execute("UPDATE queue SET state = 2 WHERE seq = ?", (seq,))

    def fill(self, count: int, *, settled: bool) -> None:
        rows = ((str(uuid7()), 2 * settled, json.dumps(make_fact(n)).encode()) for n in range(count))
        self._connection.execute("BEGIN")
        self._connection.executemany(
            "INSERT INTO queue (id, kind, prio, state, created, payload)"
            " VALUES (?, 'contact_change', 1, ?, 0, ?)",
            rows,
        )
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


class RawOneConsumer(RawSqlite):
    """The same, for one consumer: nothing is written when an entry is claimed."""

    name = "raw, one consumer"

    def claim_and_settle(self) -> None:
        seq, payload = self._connection.execute(
            "SELECT seq, payload FROM queue WHERE state = 0 ORDER BY prio, seq LIMIT 1"
        ).fetchone()
        json.loads(payload)
        self._connection.execute("UPDATE queue SET state = 2 WHERE seq = ?", (seq,))


class Ours:
    """The outbox: sealed, chained, ordered by person, and looked up by key."""

    name = "offline_queue"
    keeps_settled = True

    def __init__(self, folder: Path) -> None:
        vault = Vault.from_key(bytes(range(32)))
        limits = Limits(pending=10**9)
        self.outbox = Outbox.open(folder / "outbox.db", vault, owner="kiosk-07", limits=limits)

    def put(self, fact: Fact) -> None:
        self.outbox.put(
            NewEntry(
                key=str(uuid7()),
                kind="contact_change",
                person=str(fact["person"]),
                payload=json.dumps(fact).encode(),
                captured_at=datetime.now(UTC),
                clock_quality="synchronised",
            )
        )

    def claim_and_settle(self) -> None:
        entry = self.outbox.claim()
        assert entry is not None
        assert entry.payload is not None
        json.loads(entry.payload)
        self.outbox.settle(entry.key, Delivered(ANSWER))

    def fill(self, count: int, *, settled: bool) -> None:
        # One transaction round all of them, which nobody but a benchmark wants.
        with self.outbox._chain.in_one_transaction():
            for number in range(count):
                self.put(make_fact(number))
                if settled:
                    self.claim_and_settle()

    def close(self) -> None:
        self.outbox.close()


class PersistQueue:
    """persist-queue's SQLiteAckQueue; its entries as JSON, since it would pickle them."""

    name = "persist-queue"
    keeps_settled = True

    def __init__(self, folder: Path) -> None:
        self._queue = SQLiteAckQueue(str(folder), auto_commit=True, serializer=persistqueue.serializers.json)
        for connection in (self._queue._putter, self._queue._getter):
            connection.execute("PRAGMA synchronous = full")

    def put(self, fact: Fact) -> None:
        self._queue.put(fact)

    def claim_and_settle(self) -> None:
        self._queue.ack(self._queue.get(block=False))

    def fill(self, count: int, *, settled: bool) -> None:
        rows = ((json.dumps(make_fact(n)).encode(), 5 if settled else 0) for n in range(count))
        with self._queue._putter as connection:
            connection.executemany(
                "INSERT INTO ack_queue_default (data, timestamp, status) VALUES (?, 0, ?)", rows
            )
        self._queue.total = self._queue._count()

    def close(self) -> None:
        self._queue.close()


class Huey:
    """huey's SqliteStorage. It removes an entry when it is claimed, so a crash loses it; nothing is kept."""

    name = "huey (at most once)"
    keeps_settled = False

    def __init__(self, folder: Path) -> None:
        self._storage = SqliteStorage(filename=str(folder / "huey.db"), fsync=True)

    def put(self, fact: Fact) -> None:
        self._storage.enqueue(json.dumps(fact).encode())

    def claim_and_settle(self) -> None:
        json.loads(bytes(self._storage.dequeue()))

    def fill(self, count: int, *, settled: bool) -> None:
        rows = ((json.dumps(make_fact(n)).encode(),) for n in range(count))
        with self._storage.db(commit=True) as cursor:
            cursor.executemany("INSERT INTO task (queue, data) VALUES ('huey', ?)", rows)

    def close(self) -> None:
        self._storage.close()


class Lite:
    """litequeue, which asks for NORMAL and is given FULL."""

    name = "litequeue"
    keeps_settled = True

    def __init__(self, folder: Path) -> None:
        self._queue = LiteQueue(folder / "lite.db")
        self._queue.conn.execute("PRAGMA synchronous = full")

    def put(self, fact: Fact) -> None:
        self._queue.put(json.dumps(fact))

    def claim_and_settle(self) -> None:
        message = self._queue.pop()
        json.loads(message.data)
        self._queue.done(message.message_id)

    def fill(self, count: int, *, settled: bool) -> None:
        rows = ((json.dumps(make_fact(n)), str(uuid7()), 2 if settled else 0) for n in range(count))
        with self._queue.transaction():
            self._queue.conn.executemany(
                "INSERT INTO Queue (data, message_id, status, in_time) VALUES (?, ?, ?, 0)", rows
            )

    def close(self) -> None:
        self._queue.conn.close()


QUEUES = (RawSqlite, RawOneConsumer, Ours, PersistQueue, Huey, Lite)
