"""What may be asked about the outbox from outside: lists, single entries, another try, the chain.

The same answers come from a running kiosk and from its files. Nobody's data is in them: an entry is its
number, kind, times and state; who told it and what stays sealed.
"""

from collections.abc import Callable, Mapping

from kiosk.domain.receipt_number import receipt_number
from offline_queue.entry import Entry, State
from offline_queue.outbox import Outbox
from offline_queue.outcome import Rejected

Told = Mapping[str, object]


def listed(outbox: Outbox, state: str = "") -> Told:
    """Return the entries in a state, or all, oldest first. Raises ValueError for no such state."""
    wanted = State(state) if state else None
    return {"entries": [_told(entry) for entry in outbox.entries(wanted)]}


def shown(outbox: Outbox, key: str) -> Told:
    """Return one entry, by key or receipt number. Raises LookupError."""
    return _told(_found(outbox, key))


def retried(outbox: Outbox, key: str) -> Told:
    """Take up an entry now: one that waits, or one that was rejected. Raises LookupError."""
    return _told(outbox.retry(_found(outbox, key).key))


def verified(outbox: Outbox) -> Told:
    """Walk the chain; `first_break` is None when every row is as it was written."""
    found = outbox.verify()
    return {"rows": found.rows, "first_break": found.first_break}


QUESTIONS: Mapping[str, Callable[..., Told]] = {
    "list": listed,
    "show": shown,
    "retry": retried,
    "verify": verified,
}


def _found(outbox: Outbox, key: str) -> Entry:
    for entry in outbox.entries():
        if key in {entry.key, receipt_number(entry.owner, entry.seq)}:
            return entry
    raise LookupError(f"no entry {key}")


def _told(entry: Entry) -> Told:
    told: dict[str, object] = {
        "receipt_number": receipt_number(entry.owner, entry.seq),
        "key": entry.key,
        "kind": entry.kind,
        "state": entry.state.value,
        "captured_at": entry.captured_at.isoformat(timespec="seconds"),
        "clock": entry.clock_quality,
        "attempts": entry.attempts,
    }
    if entry.last_error is not None:
        told["last_error"] = entry.last_error
    if entry.next_at is not None and entry.state is State.PENDING:
        told["next_at"] = entry.next_at.isoformat(timespec="seconds")
    if entry.settled is not None:
        told["settled_at"] = entry.settled.wall.isoformat(timespec="seconds")
    if isinstance(entry.outcome, Rejected):
        told["rejected_as"] = entry.outcome.code
    return told
