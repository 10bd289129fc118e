"""How entries and outcomes stand in their rows: what is linked, what is sealed, what is read back.

The columns that never change make up the text of a row. It is linked into the chain, and the row's sealed
value is bound to it: so no value can be moved to another row, and no refusal passed off as a delivery.
Person and payload of an entry share one seal; its outcome has its own.
"""

import json
import struct
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from offline_queue.clock import Moment
from offline_queue.entry import Entry, State
from offline_queue.outcome import Delivered, Final, Rejected
from offline_queue.vault import TAG_SIZE, Vault

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_LENGTH = struct.Struct(">I")

ENTRY_FIELDS = [
    "position",
    "owner",
    "seq",
    "key",
    "kind",
    "urgent",
    "captured_us",
    "clock_quality",
    "recorded_us",
    "boottime_us",
    "boot_id",
]
OUTCOME_FIELDS = ["position", "entry", "state", "settled_us", "boottime_us", "boot_id"]
GAP_FIELDS = ["position", "first_seq", "last_seq", "noted_us"]
"""The columns of each table that make up the text of its rows, in order."""


def text_of(table: str, fields: Iterable[str | int]) -> bytes:
    """The text of a row about to be written: what it is, and its fields, none of which contains a NUL."""
    return "\0".join((table, *map(str, fields))).encode()


def text_in_sql(table: str, fields: Iterable[str], alias: str) -> str:
    """The same, of a row that is read: an SQL expression, many times faster than to fetch each column."""
    return " || char(0) || ".join((f"'{table}'", *(f"{alias}.{field}" for field in fields)))


_SELECT = f"""
    SELECT e.position, e.owner, e.seq, e.key, e.kind, e.urgent, e.captured_us, e.clock_quality,
           e.recorded_us, e.boottime_us, e.boot_id, e.state, e.attempts, e.next_us, e.last_error, e.doubtful,
           {text_in_sql("entry", ENTRY_FIELDS, "e")}, e.sealed,
           {text_in_sql("outcome", OUTCOME_FIELDS, "o")}, o.sealed,
           o.state, o.settled_us, o.boottime_us, o.boot_id
    FROM entries AS e LEFT JOIN outcomes AS o
"""  # noqa: S608  only names of our own columns
SELECT_ENTRIES = f"{_SELECT} ON o.position = e.outcome AND o.entry = e.position "
SELECT_WITHOUT_OUTCOMES = f"{_SELECT} ON o.position = NULL "
"""The same with no outcome in it: no page of them is looked at, as it would be with ON FALSE."""


class EntryRow(NamedTuple):
    """One row of SELECT_ENTRIES. The last six are empty (which no type says) as long as no outcome is."""

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
    state: str
    attempts: int
    next_us: int | None
    last_error: str | None
    doubtful: int
    text: str
    sealed: bytes | None
    outcome_text: str
    sealed_outcome: bytes | None
    outcome_state: str
    settled_us: int
    settled_boottime_us: int
    settled_boot_id: str


def read_entry(vault: Vault, row: EntryRow) -> Entry:
    """The entry in a row. Raises SealBroken."""
    person, payload, outcome, settled = None, None, None, None
    if row.sealed is not None:
        person, payload = unpack_content(vault.open(row.sealed, row.text.encode()))
    if row.sealed_outcome is not None:
        content = vault.open(row.sealed_outcome, row.outcome_text.encode())
        outcome = unpack_outcome(row.outcome_state, content)
    if outcome is not None:
        settled = Moment(at_us(row.settled_us), row.settled_boottime_us / 1e6, row.settled_boot_id)
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
        settled=settled,
    )


def pack_content(person: str, payload: bytes) -> bytes:
    """Person and payload as one value."""
    name = person.encode()
    return _LENGTH.pack(len(name)) + name + payload


def unpack_content(content: bytes) -> tuple[str, bytes]:
    """Person and payload."""
    end = _LENGTH.size + _LENGTH.unpack_from(content)[0]
    return content[_LENGTH.size : end].decode(), content[end:]


def person_in(content: bytes) -> str:
    """The person alone: the payload is not copied."""
    return content[_LENGTH.size : _LENGTH.size + int.from_bytes(content[: _LENGTH.size], "big")].decode()


def state_after(outcome: Final | None) -> State:
    """The state an outcome leaves an entry in; None takes it up again."""
    match outcome:
        case Delivered():
            return State.DELIVERED
        case Rejected():
            return State.REJECTED
        case None:
            return State.PENDING


def pack_outcome(outcome: Final | None) -> bytes:
    """The answer, or code and reason of the refusal."""
    match outcome:
        case Delivered(answer):
            return answer
        case Rejected(code, reason):
            return json.dumps([code, reason]).encode()
        case None:
            return b""


def unpack_outcome(state: str, content: bytes) -> Final | None:
    """The outcome that left an entry in this state."""
    match state:
        case State.DELIVERED:
            return Delivered(content)
        case State.REJECTED:
            return Rejected(*json.loads(content))
        case _:
            return None


def tag_of(sealed: bytes) -> bytes:
    """What stands for a sealed value in the chain, and goes on doing so when the value is gone."""
    return sealed[-TAG_SIZE:]


def told(moment: Moment) -> tuple[int, int, str]:
    """A moment as three columns: wall time and time since boot in microseconds, and the boot."""
    return in_us(moment.wall), round(moment.boottime_s * 1e6), moment.boot_id


def in_us(moment: datetime) -> int:
    """Microseconds since 1970 UTC."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def at_us(microseconds: int) -> datetime:
    """The aware UTC time at so many microseconds since 1970."""
    return EPOCH + microseconds * MICROSECOND
