"""Files of every released schema version open; a change of schema happens wholly or not at all."""

import shutil
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

import offline_queue.database
from offline_queue import Delivered, Rejected, State, Vault, verify_file
from offline_queue.database import connect
from offline_queue.errors import NotDurable
from tests.offline_queue.released.make import KEY

RELEASED = sorted((Path(__file__).parent / "released").glob("schema_*.db"))


@pytest.fixture(params=RELEASED, ids=lambda path: path.stem)
def released(request, tmp_path) -> Path:
    return Path(shutil.copy(request.param, tmp_path / "outbox.db"))


def test_there_is_a_file_for_every_schema_version():
    assert len(RELEASED) == len(offline_queue.database.MIGRATIONS.pending(Database(memory=True)))


def test_a_released_file_opens_with_all_that_was_in_it(released, open_outbox):
    outbox = open_outbox(released, vault=Vault.from_key(KEY))
    first, second, third, fourth, fifth = outbox.entries()
    assert outbox.opening.salvage is None
    assert (first.outcome, first.payload) == (Delivered(b"receipt 1"), b"payload 1")
    assert (second.state, second.urgent, second.person) == (State.PENDING, True, "person-2")
    assert third.outcome == Rejected("stale", "changed elsewhere")
    assert (fourth.attempts, fourth.last_error, fourth.doubtful) == (1, "http_503", True)
    assert (fifth.state, fifth.outcome) == (State.PENDING, None)
    assert outbox.verify().first_break is None
    assert outbox.claim().key == "key-2"


def next_version(step) -> Migrations:
    """This program's migrations and one more, as the next release would have them."""
    migrations = Migrations("offline_queue")
    migrations()(offline_queue.database.version_1)
    migrations(name="version_2")(step)
    return migrations


def test_a_file_is_copied_before_its_schema_changes(released, open_outbox, tmp_path, monkeypatch):
    add_column = next_version(lambda db: db.execute("ALTER TABLE entries ADD COLUMN note TEXT"))
    monkeypatch.setattr(offline_queue.database, "MIGRATIONS", add_column)
    outbox = open_outbox(released, vault=Vault.from_key(KEY), copies=tmp_path / "copies")
    assert outbox.opening.migrated
    assert len(outbox.entries()) == 5
    (copy,) = (tmp_path / "copies").iterdir()
    assert b"note TEXT" not in copy.read_bytes()
    outbox.close()
    assert not open_outbox(released, vault=Vault.from_key(KEY)).opening.migrated


def test_a_change_of_schema_that_fails_leaves_the_file_as_it_was(released, open_outbox, monkeypatch):
    def half_done(db):
        db.execute("ALTER TABLE entries ADD COLUMN note TEXT")
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr(offline_queue.database, "MIGRATIONS", next_version(half_done))
        with pytest.raises(ZeroDivisionError):
            open_outbox(released, vault=Vault.from_key(KEY))
    assert verify_file(released, Vault.from_key(KEY), "kiosk-07").first_break is None
    assert b"note TEXT" not in released.read_bytes()


@pytest.mark.parametrize("setting", ["journal_mode", "locking_mode", "synchronous"])
def test_an_outbox_is_not_opened_if_sqlite_reads_back_another_setting(tmp_path, monkeypatch, setting):
    monkeypatch.setitem(offline_queue.database.SETTINGS, setting, "what_no_sqlite_knows")
    with pytest.raises(NotDurable, match=setting):
        connect(tmp_path / "outbox.db")


def test_the_settings_the_promise_rests_on_are_in_force(tmp_path):
    connection = connect(tmp_path / "outbox.db")
    for name, value in (("journal_mode", "wal"), ("synchronous", 2), ("locking_mode", "exclusive")):
        assert connection.execute(f"PRAGMA {name}").fetchone() == (value,)
    connection.close()
