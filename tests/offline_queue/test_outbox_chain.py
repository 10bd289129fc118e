"""Tampering: whatever is done to a closed file, verification names the first row that is not as written."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from offline_queue import Delivered, Rejected, Vault, verify_file
from offline_queue.errors import Break, Fault


@pytest.fixture
def closed(open_outbox, fact, tmp_path) -> Path:
    """A closed outbox: entries at positions 1, 2, 4, 6, 8; outcomes at 3, 5, 7 (a rejection), 9 (retried)."""
    outbox = open_outbox()
    keys = []
    for person in ("a", "b", "c", "d"):
        keys.append(outbox.put(fact(person, b"canary")).key)
        if person in "bc":
            outbox.settle(keys[-1], Delivered(b"answer"))
    outbox.settle(keys[3], Rejected("stale"))
    outbox.put(fact("e"))
    outbox.retry(keys[3])
    assert outbox.verify().first_break is None
    outbox.close()
    return tmp_path / "outbox.db"


@pytest.fixture
def tampered(closed, vault) -> Callable[[str], Break | None]:
    """What verification says after somebody worked on the file with SQL."""

    def tamper(*statements: str) -> Break | None:
        with closing(sqlite3.connect(closed)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return verify_file(closed, vault, "kiosk-07").first_break

    return tamper


def test_an_untouched_file_is_whole(closed, vault):
    verification = verify_file(closed, vault, "kiosk-07")
    assert (verification.rows, verification.first_break) == (9, None)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'loss_report'",
        "key = 'other'",
        "urgent = 1",
        "seq = 7",
        "captured_us = captured_us + 1",
        "clock_quality = 'unsure'",
        "recorded_us = 0",
        "boottime_us = 0",
        "boot_id = ''",
        "owner = 'kiosk-08'",
        "link = zeroblob(16)",
        "tag = zeroblob(16)",
    ],
)
def test_a_changed_column_of_an_entry_is_named(tampered, change):
    assert tampered(f"UPDATE entries SET {change} WHERE position = 4") == Break(4, Fault.CHANGED)


@pytest.mark.parametrize("change", ["settled_us = 0", "boot_id = ''", "boottime_us = 1", "link = x'00'"])
def test_a_changed_column_of_an_outcome_is_named(tampered, change):
    assert tampered(f"UPDATE outcomes SET {change} WHERE position = 5") == Break(5, Fault.CHANGED)


def test_an_outcome_passed_to_another_entry_is_named_at_that_entry(tampered):
    assert tampered("UPDATE outcomes SET entry = 1 WHERE position = 5") == Break(1, Fault.WRONG_STATE)


def test_one_changed_byte_of_a_payload_is_named(tampered):
    flip = "sealed = CAST(substr(sealed, 1, 20) || x'00' || substr(sealed, 22) AS BLOB)"
    assert tampered(f"UPDATE entries SET {flip} WHERE position = 2") == Break(2, Fault.SEAL_BROKEN)


def test_a_payload_moved_to_another_row_is_named(tampered):
    moved = "UPDATE entries SET sealed = (SELECT sealed FROM entries WHERE position = 1) WHERE position = 8"
    assert tampered(moved) == Break(8, Fault.SEAL_BROKEN)


def test_two_rows_that_changed_places_are_named(tampered):
    assert tampered(
        "UPDATE entries SET position = -1 WHERE position = 1",
        "UPDATE entries SET position = 1 WHERE position = 8",
        "UPDATE entries SET position = 8 WHERE position = -1",
    ) == Break(1, Fault.CHANGED)


def test_a_removed_row_is_named(tampered):
    assert tampered("DELETE FROM entries WHERE position = 1") == Break(1, Fault.MISSING)


def test_a_removed_outcome_is_named_even_if_the_entry_was_reset(tampered):
    assert tampered(
        "UPDATE entries SET state = 'pending', outcome = NULL WHERE position = 4",
        "DELETE FROM outcomes WHERE position = 5",
    ) == Break(5, Fault.MISSING)


def test_rows_cut_off_the_end_are_named_even_if_the_head_was_set_back(tampered):
    assert tampered(
        "DELETE FROM outcomes WHERE position = 9",
        "UPDATE entries SET state = 'rejected', outcome = 7 WHERE position = 6",
        "UPDATE head SET position = 8, seq = 5, link = (SELECT link FROM entries WHERE position = 8)",
    ) == Break(9, Fault.CUT_OFF)


def test_a_number_set_back_in_the_head_is_named(tampered):
    assert tampered("UPDATE head SET seq = 3") == Break(10, Fault.CUT_OFF)


@pytest.mark.parametrize(
    ("position", "change"),
    [
        (1, "state = 'delivered'"),
        (4, "state = 'pending', outcome = NULL"),
        (4, "state = 'rejected'"),
        (4, "outcome = 3"),
        (6, "state = 'rejected', outcome = 7"),
        (1, "sealed = NULL"),
    ],
)
def test_a_state_the_outcomes_do_not_bear_out_is_named(tampered, position, change):
    assert tampered(f"UPDATE entries SET {change} WHERE position = {position}") == Break(
        position, Fault.WRONG_STATE
    )


def test_a_forged_entry_at_the_end_is_named(tampered):
    columns = "owner, kind, urgent, captured_us, clock_quality, recorded_us, boottime_us, boot_id, tag, link"
    assert tampered(
        f"INSERT INTO entries (position, seq, key, sealed, {columns})"
        f" SELECT 10, 6, 'forged', sealed, {columns} FROM entries WHERE position = 8",
    ) == Break(10, Fault.CHANGED)


def test_an_older_copy_of_the_file_verifies_and_can_be_told_only_by_its_last_number(
    open_outbox, fact, tmp_path, vault
):
    outbox = open_outbox()
    outbox.put(fact())
    outbox.close()
    shutil.copy(tmp_path / "outbox.db", tmp_path / "older.db")
    outbox = open_outbox()
    outbox.put(fact())
    assert outbox.summary().last_seq == 2
    assert verify_file(tmp_path / "older.db", vault, "kiosk-07").first_break is None


def test_a_chain_under_another_cipher_is_as_tight(open_outbox, fact, tmp_path):
    vault = Vault.from_key(bytes(range(32)), "sm4-gcm")
    outbox = open_outbox(vault=vault)
    outbox.settle(outbox.put(fact()).key, Delivered(b"answer"))
    assert outbox.verify().first_break is None
    outbox.close()
    with closing(sqlite3.connect(tmp_path / "outbox.db")) as connection:
        connection.execute("UPDATE outcomes SET settled_us = 0")
        connection.commit()
    assert verify_file(tmp_path / "outbox.db", vault, "kiosk-07").first_break == Break(2, Fault.CHANGED)
