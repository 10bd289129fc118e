"""Walks the chain from its first row to its head, and names the first row that is not as it was written.

links     each row is there, is linked to the one before it, and what it seals opens and is what was linked
numbers   the owner's numbers have no hole but those noted as gaps
states    each entry is in the state its last outcome gave it, and only delivered ones lack their payload
end       the chain ends where its head says, whose seal vouches for it
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from offline_queue.chain import Head, first_link
from offline_queue.database import reported
from offline_queue.entry import State
from offline_queue.errors import Break, Damage, Fault, SealBroken
from offline_queue.record import ENTRY_FIELDS, GAP_FIELDS, OUTCOME_FIELDS, person_in, text_in_sql
from offline_queue.vault import TAG_SIZE, Vault

# One query, so that SQLite merges the three tables. Numbers are the owner's own, from and to.
_ROWS = f"""
    SELECT position, CAST({text_in_sql("entry", ENTRY_FIELDS, "entries")} AS BLOB), tag, link, sealed,
           iif(owner = :owner, seq, NULL), seq, outcome, state, urgent, next_us, attempts FROM entries
    UNION ALL
    SELECT position, CAST({text_in_sql("outcome", OUTCOME_FIELDS, "outcomes")} AS BLOB), tag, link, sealed,
           NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM outcomes
    UNION ALL
    SELECT position, CAST({text_in_sql("gap", GAP_FIELDS, "gaps")} AS BLOB), x'', link, NULL,
           first_seq, last_seq, NULL, NULL, NULL, NULL, NULL FROM gaps
    ORDER BY position
"""  # noqa: S608  only names of our own columns

# What each entry's last outcome made of it.
_GIVEN = "SELECT entry, max(position), state FROM outcomes GROUP BY entry"
_PENDING, _DELIVERED = State.PENDING.value, State.DELIVERED.value
_NEVER = (None, _PENDING)


@dataclass(frozen=True, slots=True)
class Verification:
    """How many rows the chain has, and the first that is not as it was written; None: all are."""

    rows: int
    first_break: Break | None


Pending: TypeAlias = tuple[int, str, bool, int | None, int]
"""What the schedule must know of a pending entry: position, person, urgent, next_us, attempts."""


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
    with reported():
        given = {entry: (outcome, state) for entry, outcome, state in connection.execute(_GIVEN)}
        for row in connection.execute(_ROWS, {"owner": owner}):
            position, text, tag, linked, sealed, first, last, outcome, state, urgent, next_us, attempts = row
            end += 1
            if position != end:
                raise Damage(Break(end, Fault.MISSING))
            if state is not None and (
                (outcome, state) != given.get(position, _NEVER) or (sealed is None and state != _DELIVERED)
            ):
                raise Damage(Break(position, Fault.WRONG_STATE))
            link, seal = next_link(link, text + tag)
            if link != linked:
                raise Damage(Break(position, Fault.CHANGED))
            if sealed is not None:
                try:
                    content = open_sealed(sealed, text)
                except SealBroken:
                    raise Damage(Break(position, Fault.SEAL_BROKEN)) from None
                if sealed[-TAG_SIZE:] != tag:
                    raise Damage(Break(position, Fault.SEAL_BROKEN))
                if state == _PENDING:
                    yield position, person_in(content), bool(urgent), next_us, attempts
            if first is not None:
                if first != last_seq + 1:
                    raise Damage(Break(position, Fault.MISNUMBERED))
                last_seq = last
    if Head(end, last_seq, link, seal) != head:
        raise Damage(Break(end + 1, Fault.CUT_OFF))
