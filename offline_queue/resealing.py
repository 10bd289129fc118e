"""A change of keys: every row is opened with the old key, sealed and linked with the new, or none is."""

import sqlite3

from offline_queue.chain import Head, first_link, set_head
from offline_queue.database import Transaction
from offline_queue.record import ENTRY_FIELDS, GAP_FIELDS, OUTCOME_FIELDS, tag_of, text_in_sql
from offline_queue.vault import Vault

_BATCH = 500
_ROWS = f"""
    SELECT position, 'entries', {text_in_sql("entry", ENTRY_FIELDS, "entries")}, tag, sealed
    FROM entries WHERE position BETWEEN :first AND :last
    UNION ALL
    SELECT position, 'outcomes', {text_in_sql("outcome", OUTCOME_FIELDS, "outcomes")}, tag, sealed
    FROM outcomes WHERE position BETWEEN :first AND :last
    UNION ALL
    SELECT position, 'gaps', {text_in_sql("gap", GAP_FIELDS, "gaps")}, x'', NULL
    FROM gaps WHERE position BETWEEN :first AND :last
    ORDER BY position
"""  # noqa: S608  only names of our own columns
_RESEAL = {
    table: f"UPDATE {table} SET tag = ?, link = ?, sealed = ? WHERE position = ?"  # noqa: S608
    for table in ("entries", "outcomes")
}
_RELINK_GAP = "UPDATE gaps SET link = ? WHERE position = ?"


def reseal(connection: sqlite3.Connection, old: Vault, new: Vault, owner: str, head: Head) -> None:
    """Put a whole file under another key, in one transaction. The chain has been verified."""
    link, seal = first_link(new, owner)
    with Transaction(connection):
        for first in range(1, head.position + 1, _BATCH):
            rows = connection.execute(_ROWS, {"first": first, "last": first + _BATCH - 1}).fetchall()
            for position, table, text, tag, sealed in rows:
                bound_to = text.encode()
                resealed = None if sealed is None else new.seal(old.open(sealed, bound_to), bound_to)
                new_tag = tag if resealed is None else tag_of(resealed)
                link, seal = new.link(link, bound_to + new_tag)
                if table == "gaps":
                    connection.execute(_RELINK_GAP, (link, position))
                else:
                    connection.execute(_RESEAL[table], (new_tag, link, resealed, position))
        set_head(connection, new, Head(head.position, head.seq, link, seal))
