"""What may be asked of the outbox from outside: lists, single entries, another try, the chain, and files.

The same answers come from a running kiosk and from its files. Nobody's data is in them: an entry is its
number, kind, times and state; who told it and what stays sealed. Files that leave or enter pass through
a folder of the kiosk's own, `handover`: the kiosk is confined to its data, and whoever asks carries them on.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from uuid_utils import uuid7

from kiosk.config import Config
from kiosk.domain.receipt_number import ROUND, parse_receipt_number, parts_of, receipt_number
from kiosk.outbox_file import identity_of
from offline_queue.bundle import Address
from offline_queue.entry import Entry, State
from offline_queue.errors import UnknownKey
from offline_queue.hand_carry import export_bundle, import_bundle
from offline_queue.outbox import Outbox
from offline_queue.outcome import Rejected

Told = Mapping[str, object]
MOST_LEFT = 4  # files for whoever asked: one that was not carried on makes room for later ones
# Named by UUIDv7, so the oldest come first.
_IS_OURS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(bundle|db)")
PAGE = 100  # entries; an answer of the control socket is one line of at most 64 KiB


@dataclass(frozen=True, slots=True)
class Desk:
    """An open outbox, and the kiosk it belongs to."""

    outbox: Outbox
    config: Config


def listed(desk: Desk, state: str = "", after: int = 0, limit: int = PAGE) -> Told:
    """Return a page of the entries in a state, or of all, oldest first, from the position after `after`.

    `next` is what to ask after for the next page, None after the last. Raises ValueError for no such state.
    """
    wanted = State(state) if state else None
    page = desk.outbox.entries(wanted, after=after, limit=limit)
    return {
        "entries": [_told(entry) for entry in page],
        "next": page[-1].position if page and len(page) == limit else None,
    }


def shown(desk: Desk, key: str) -> Told:
    """Return one entry, by key or receipt number. Raises LookupError."""
    return _told(_found(desk.outbox, key))


def retried(desk: Desk, key: str) -> Told:
    """Take up an entry now: one that waits, or one that was rejected. Raises LookupError."""
    return _told(desk.outbox.retry(_found(desk.outbox, key).key))


def verified(desk: Desk) -> Told:
    """Walk the chain; `first_break` is None when every row is as it was written."""
    found = desk.outbox.verify()
    at = found.first_break
    return {"rows": found.rows, "first_break": at and f"row {at.position}: {at.fault.value}"}


def exported(desk: Desk, recipient: str = "") -> Told:
    """Write what is pending into a bundle for the recipient, by default the configured one.

    Raises ValueError if there is none, or it is no address.
    """
    address = recipient or desk.config.outbox.recipient
    if not address:
        raise ValueError("for whom? outbox.recipient is not configured")
    file = _handover(desk.config) / f"{uuid7()}.bundle"
    bundle = export_bundle(desk.outbox, identity_of(desk.config), Address.parse(address), file)
    return {"file": str(file), "entries": len(bundle.entries), "last_number": bundle.last_seq}


def imported(desk: Desk, file: str, sender: str) -> Told:
    """Take over the entries of a bundle by this sender. Raises ValueError if it is no address."""
    own = identity_of(desk.config)
    bundle, new = import_bundle(desk.outbox, own, Address.parse(sender), Path(file))
    return {"kiosk": bundle.owner, "entries": len(bundle.entries), "new": new}


def backed_up(desk: Desk) -> Told:
    """Write a copy of the file, sealed as it is."""
    file = _handover(desk.config) / f"{uuid7()}.db"
    desk.outbox.backup(file)
    return {"file": str(file)}


QUESTIONS: Mapping[str, Callable[..., Told]] = {
    "list": listed,
    "show": shown,
    "retry": retried,
    "verify": verified,
    "export": exported,
    "import": imported,
    "backup": backed_up,
}


def handover(config: Config) -> Path:
    """Return the folder through which files leave and enter."""
    return config.kiosk.data_dir / "handover"


def _handover(config: Config) -> Path:
    """Return the folder, rid of what was left there long ago: each is a copy, and may be made anew."""
    folder = handover(config)
    folder.mkdir(mode=0o700, exist_ok=True)
    left = sorted(path for path in folder.iterdir() if _IS_OURS.fullmatch(path.name))
    for path in left[: -(MOST_LEFT - 1)]:
        path.unlink(missing_ok=True)
    return folder


def _found(outbox: Outbox, key: str) -> Entry:
    number = parse_receipt_number(key)
    if number is not None:
        kiosk, running = parts_of(number)
        found = outbox.numbered(kiosk, running, ROUND)
        if found:
            return found[0]
    try:
        return outbox.get(key)
    except UnknownKey:
        raise LookupError(f"no entry {key}") from None


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
