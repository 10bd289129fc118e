"""What is put into an outbox, and what it has become there."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from offline_queue.clock import Moment
from offline_queue.outcome import Final

CLEAR_TEXT_LENGTH = 200


class State(StrEnum):
    """Where an entry is: `pending -> delivered | rejected`, and back only by a technician's retry."""

    PENDING = "pending"
    DELIVERED = "delivered"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A fact to be told to the backend.

    `key` is the caller's idempotency key (a UUIDv7) and `kind` names the fact: both are stored in clear.
    `person` is an opaque reference; entries of one person keep their order. It and the payload are sealed.
    An `urgent` entry goes before all that are not. `captured_at` is aware; `clock_quality` says in one of
    the caller's words how far that time is to be trusted.
    """

    key: str
    kind: str
    person: str = field(repr=False)
    payload: bytes = field(repr=False)
    captured_at: datetime
    clock_quality: str
    urgent: bool = False

    def __post_init__(self) -> None:
        for text in (self.key, self.kind, self.clock_quality):
            # NUL separates the fields that are bound together by seals and links.
            if not text or "\0" in text or len(text) > CLEAR_TEXT_LENGTH:
                raise ValueError("key, kind and clock_quality are short texts without NUL")
        if not self.person:
            raise ValueError("person must not be empty")
        if self.captured_at.utcoffset() is None:
            raise ValueError("captured_at must be aware of its time zone")


class Entry(NamedTuple):
    """An entry as the outbox has it.

    `position` is its place in this file and the order of sending; `owner` and `seq` are the number the
    backend is told, gapless for each owner. `person` and `payload` are None once their retention is over.
    `attempts` counts the questions that ended without a final answer, `last_error` is the code of the
    last, `next_at` the wall time before which it is not asked again. `doubtful`: an earlier question may
    have reached the backend, so look it up by key first.
    """

    position: int
    owner: str
    seq: int
    key: str
    kind: str
    person: str | None
    payload: bytes | None
    urgent: bool
    captured_at: datetime
    clock_quality: str
    recorded: Moment
    state: State
    attempts: int
    next_at: datetime | None
    last_error: str | None
    doubtful: bool
    outcome: Final | None
    settled: Moment | None

    @classmethod
    def recorded_as(cls, new: NewEntry, position: int, owner: str, seq: int, now: Moment) -> "Entry":
        """The entry a new fact becomes."""
        return cls(
            position,
            owner,
            seq,
            new.key,
            new.kind,
            new.person,
            new.payload,
            new.urgent,
            new.captured_at,
            new.clock_quality,
            now,
            State.PENDING,
            0,
            None,
            None,
            False,
            None,
            None,
        )

    def __repr__(self) -> str:
        # Neither person nor payload.
        return f"Entry({self.owner}/{self.seq}, {self.key}, {self.kind}, {self.state}, {self.outcome!r})"
