"""How an entry and its outcome stand in their rows: what is sealed, and what is read back.

Person and payload share one seal, bound to owner, key and kind; the outcome has its own, bound to the
state as well. So no value can be moved to another row, and no refusal passed off as a delivery.
"""

import json
import struct
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from offline_queue.clock import Moment
from offline_queue.entry import Entry, State
from offline_queue.outcome import Delivered, Final, Rejected
from offline_queue.vault import TAG_SIZE, Vault

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_LENGTH = struct.Struct(">I")

ENTRY_ROWS = """
    SELECT e.position, e.owner, e.seq, e.key, e.kind, e.urgent, e.captured_us, e.clock_quality,
           e.recorded_us, e.boottime_us, e.boot_id, e.sealed, e.state, e.attempts, e.next_us, e.last_error,
           e.doubtful, o.sealed AS outcome_sealed, o.settled_us
    FROM entries AS e LEFT JOIN outcomes AS o ON o.position = e.outcome
"""


class EntryRow(NamedTuple):
    """One row of ENTRY_ROWS."""

    position: int
    owner: str
    seq: int
    key: str
    kind: str
    urgent: int
    captured_us: int
    clock_quality: str
    recorded_us: int
    boottime_us: int
    boot_id: str
    sealed: bytes | None
    state: str
    attempts: int
    next_us: int | None
    last_error: str | None
    doubtful: int
    outcome_sealed: bytes | None
    settled_us: int | None


def read_entry(vault: Vault, row: EntryRow) -> Entry:
    """The entry in a row. Raises SealBroken."""
    place = place_of(row.owner, row.key, row.kind)
    person, payload, outcome, settled_at = None, None, None, None
    if row.sealed is not None:
        person, payload = open_content(vault, place, row.sealed)
    if row.outcome_sealed and row.settled_us is not None:
        outcome = open_outcome(vault, place, State(row.state), row.outcome_sealed)
        settled_at = at_us(row.settled_us)
    return Entry(
        position=row.position,
        owner=row.owner,
        seq=row.seq,
        key=row.key,
        kind=row.kind,
        person=person,
        payload=payload,
        urgent=bool(row.urgent),
        captured_at=at_us(row.captured_us),
        clock_quality=row.clock_quality,
        recorded=Moment(at_us(row.recorded_us), row.boottime_us / 1e6, row.boot_id),
        state=State(row.state),
        attempts=row.attempts,
        next_at=None if row.next_us is None else at_us(row.next_us),
        last_error=row.last_error,
        doubtful=bool(row.doubtful),
        outcome=outcome,
        settled_at=settled_at,
    )


def place_of(owner: str, key: str, kind: str) -> str:
    """The row a sealed value belongs to, and cannot leave."""
    return f"{owner}\0{key}\0{kind}"


def seal_content(vault: Vault, place: str, person: str, payload: bytes) -> bytes:
    """Person and payload as one sealed value."""
    name = person.encode()
    return vault.seal(_LENGTH.pack(len(name)) + name + payload, f"entry\0{place}".encode())


def open_content(vault: Vault, place: str, sealed: bytes) -> tuple[str, bytes]:
    """Person and payload. Raises SealBroken."""
    content = vault.open(sealed, f"entry\0{place}".encode())
    end = _LENGTH.size + _LENGTH.unpack_from(content)[0]
    return content[_LENGTH.size : end].decode(), content[end:]


def seal_outcome(vault: Vault, place: str, outcome: Final) -> bytes:
    """The answer, or code and reason of the refusal, as one sealed value."""
    match outcome:
        case Delivered(answer):
            return vault.seal(answer, f"{State.DELIVERED}\0{place}".encode())
        case Rejected(code, reason):
            return vault.seal(json.dumps([code, reason]).encode(), f"{State.REJECTED}\0{place}".encode())


def open_outcome(vault: Vault, place: str, state: State, sealed: bytes) -> Final:
    """The outcome of an entry in a final state. Raises SealBroken."""
    content = vault.open(sealed, f"{state}\0{place}".encode())
    if state is State.DELIVERED:
        return Delivered(content)
    code, reason = json.loads(content)
    return Rejected(code, reason)


def tag_of(sealed: bytes) -> bytes:
    """What stands for a sealed value in the chain, and goes on doing so when the value is gone."""
    return sealed[-TAG_SIZE:]


def in_us(moment: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (moment - EPOCH) // MICROSECOND


def at_us(microseconds: int) -> datetime:
    """The aware UTC time at so many microseconds since 1970."""
    return EPOCH + microseconds * MICROSECOND
