"""Walks the chain from its first row to its head, and names the first row that is not as it was written.

links     each row is there, is linked to the one before it, and what it seals opens and is what was linked
numbers   the owner's numbers have no hole but those noted as gaps
states    each entry is in the state its last outcome gave it, and pending ones have their payload
end       the chain ends where its head says, whose seal vouches for it
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TypeAlias

from offline_queue.chain import Head, first_link
from offline_queue.database import reported
from offline_queue.entry import State
from offline_queue.errors import Break, Damage, Fault, SealBroken
from offline_queue.record import ENTRY_FIELDS, GAP_FIELDS, OUTCOME_FIELDS, person_in, text_in_sql
from offline_queue.vault import TAG_SIZE, Vault

# Of entries, the owner's own number; of gaps, from and to.
_ENTRIES = f"""
    SELECT position, CAST({text_in_sql("entry", ENTRY_FIELDS, "entries")} AS BLOB), tag, link, sealed,
           iif(owner = ?, seq, NULL), outcome, state, urgent, next_us, attempts
    FROM entries ORDER BY position
"""  # noqa: S608  only names of our own columns
_OUTCOMES = f"""
    SELECT position, CAST({text_in_sql("outcome", OUTCOME_FIELDS, "outcomes")} AS BLOB), tag, link, sealed
    FROM outcomes ORDER BY position
"""  # noqa: S608
_GAPS = f"""
    SELECT position, CAST({text_in_sql("gap", GAP_FIELDS, "gaps")} AS BLOB), link, first_seq, last_seq
    FROM gaps ORDER BY position
"""  # noqa: S608

# What each entry's last outcome made of it.
_GIVEN = "SELECT entry, max(position), state FROM outcomes GROUP BY entry"
_PENDING = State.PENDING.value
_NEVER = (None, _PENDING)
_NO_MORE = ()


@dataclass(frozen=True, slots=True)
class Verification:
    """How many rows the chain has, and the first that is not as it was written; None: all are."""

    rows: int
    first_break: Break | None


Pending: TypeAlias = tuple[int, str, int, int | None, int]
"""What the schedule must know of a pending entry: position, person, urgent (0 or 1), next_us, attempts."""


def verify(connection: sqlite3.Connection, vault: Vault, owner: str, head: Head) -> Verification:
    """Walk the chain. Raises Damage if SQLite cannot even read the file."""
    try:
        for _ in walk(connection, vault, owner, head):
            pass
    except Damage as damage:
        if damage.at is None:
            raise
        return Verification(head.position, damage.at)
    return Verification(head.position, None)


def walk(connection: sqlite3.Connection, vault: Vault, owner: str, head: Head) -> Iterator[Pending]:
    """Walk the chain, and yield the pending entries on the way. Raises Damage at the first break."""
    link, seal = first_link(vault, owner)
    next_link, open_sealed = vault.link, vault.open
    last_seq = end = 0
    with (
        reported(),
        # Closed on the way out: a query that stays open keeps the file locked, and it could not be salvaged.
        closing(connection.execute(_ENTRIES, (owner,))) as entries,
        closing(connection.execute(_OUTCOMES)) as outcomes,
        closing(connection.execute(_GAPS)) as gaps,
    ):
        given = {entry: (outcome, state) for entry, outcome, state in connection.execute(_GIVEN)}
        entry, outcome, gap = next(entries, _NO_MORE), next(outcomes, _NO_MORE), next(gaps, _NO_MORE)
        while entry or outcome or gap:
            end += 1
            sealed, first, last, pending = None, None, 0, False
            # Merged here and not in SQL, where every row would take a detour.
            if entry and entry[0] == end:
                _, text, tag, linked, sealed, own, settled_by, state, urgent, next_us, attempts = entry
                if (settled_by, state) != given.get(end, _NEVER) or (sealed is None and state == _PENDING):
                    raise Damage(Break(end, Fault.WRONG_STATE))
                first = last = own
                pending = state == _PENDING
                entry = next(entries, _NO_MORE)
            elif outcome and outcome[0] == end:
                _, text, tag, linked, sealed = outcome
                outcome = next(outcomes, _NO_MORE)
            elif gap and gap[0] == end:
                _, text, linked, first, last = gap
                tag = b""
                gap = next(gaps, _NO_MORE)
            else:
                raise Damage(Break(end, Fault.MISSING))
            link, seal = next_link(link, text + tag)
            if link != linked:
                raise Damage(Break(end, Fault.CHANGED))
            if sealed is not None:
                try:
                    content = open_sealed(sealed, text)
                except SealBroken:
                    raise Damage(Break(end, Fault.SEAL_BROKEN)) from None
                if sealed[-TAG_SIZE:] != tag:
                    raise Damage(Break(end, Fault.SEAL_BROKEN))
                if pending:
                    yield end, person_in(content), urgent, next_us, attempts
            if first is not None:
                if first != last_seq + 1:
                    raise Damage(Break(end, Fault.MISNUMBERED))
                last_seq = last
    if Head(end, last_seq, link, seal) != head:
        raise Damage(Break(end + 1, Fault.CUT_OFF))
