"""Second copies, retention, and the walk over the chain, each at its time."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from offline_queue import Delivered, Habits, Rejected, State, Upkeep, Vault, verify_file
from offline_queue.errors import Break, Damage, Fault, Forgotten, KeyChanged, KeyMismatch, StorageFailure


@pytest.fixture
def outbox(open_outbox, tmp_path):
    return open_outbox(copies=tmp_path / "copies")


def copies(tmp_path) -> list:
    return sorted((tmp_path / "copies").iterdir())


def test_a_copy_is_taken_at_once_and_then_every_hour(outbox, tmp_path, clock):
    upkeep = Upkeep(outbox, Habits(copy_every_s=3600))
    assert upkeep.turn().copy == copies(tmp_path)[0]
    assert upkeep.turn().copy is None
    assert upkeep.next_in_s() == 3600
    clock.wait(3600)
    assert upkeep.turn().copy == copies(tmp_path)[1]


def test_only_the_newest_copies_are_kept_whatever_the_clock_says(outbox, tmp_path, clock):
    taken = []
    for day in (5, 4, 3, 2, 1):
        clock.wall = clock.wall.replace(day=day)
        taken.append(outbox.take_second_copy())
    assert copies(tmp_path) == taken[-3:]


def test_a_copy_is_whole_private_one_file_and_opens_by_itself(outbox, fact, tmp_path, vault, open_outbox):
    outbox.put(fact())
    outbox.settle("key-1", Delivered(b"receipt"))
    copy = outbox.take_second_copy()
    assert [path.name for path in copies(tmp_path)] == [copy.name]
    assert copy.stat().st_mode & 0o777 == 0o600
    assert verify_file(copy, vault, "kiosk-07").first_break is None
    assert open_outbox(copy).get("key-1").outcome == Delivered(b"receipt")


def test_a_copy_that_cannot_be_written_leaves_nothing_and_stops_nothing(outbox, fact, tmp_path):
    (tmp_path / "copies").write_text("in the way")
    assert "File exists" in Upkeep(outbox).turn().failure
    with pytest.raises(StorageFailure):
        outbox.backup(tmp_path / "outbox.db" / "nonsense.db")
    assert outbox.put(fact())


def test_a_copy_that_failed_is_told_until_one_succeeds(outbox, tmp_path, clock):
    (tmp_path / "copies").write_text("in the way")
    upkeep = Upkeep(outbox, Habits(copy_every_s=3600, verify_every_s=600))
    upkeep.turn()
    clock.wait(600)
    assert upkeep.turn().first_break is None  # the chain was walked in between
    assert "File exists" in upkeep.failure
    (tmp_path / "copies").unlink()
    clock.wait(3000)
    assert upkeep.turn().copy
    assert upkeep.failure is None


def test_without_a_folder_no_copies_are_taken(open_outbox, tmp_path):
    outbox = open_outbox(tmp_path / "alone.db")
    assert Upkeep(outbox).turn().copy is None


def test_a_delivered_payload_is_forgotten_after_its_retention_and_the_answer_kept(outbox, fact, clock):
    upkeep = Upkeep(outbox, Habits(retention=timedelta(days=7), copy_every_s=3600))
    for number, outcome in enumerate((Delivered(b"receipt"), Rejected("stale"), None), 1):
        outbox.put(fact(f"person-{number}", b"payload"))
        if outcome:
            outbox.settle(f"key-{number}", outcome)
    clock.wait(7 * 86_400)
    assert upkeep.turn().forgotten == 0
    clock.wait(3600)
    assert upkeep.turn().forgotten == 1
    forgotten, rejected, pending = outbox.entries()
    assert (forgotten.person, forgotten.payload, forgotten.outcome) == (None, None, Delivered(b"receipt"))
    assert rejected.payload == pending.payload == b"payload"
    assert outbox.verify().first_break is None


def test_a_clock_set_wrong_has_nothing_forgotten(open_outbox, fact, clock):
    outbox = open_outbox()
    outbox.put(fact())
    outbox.settle("key-1", Delivered(b"receipt"))
    clock.wall = clock.wall.replace(year=2099)
    assert Upkeep(outbox).turn(found_right=clock()).forgotten == 0, "by the time since boot it was just now"
    outbox.close()
    clock.reboot(boot_id="boot-2")
    outbox = open_outbox()
    assert Upkeep(outbox).turn().forgotten == 0, "nobody has found this clock right"


def test_over_a_restart_the_wall_clock_is_believed_while_it_goes_steadily_since_it_was_found_right(
    open_outbox, fact, clock
):
    outbox = open_outbox()
    outbox.put(fact())
    outbox.settle("key-1", Delivered(b"receipt"))
    outbox.close()
    clock.wait(86_400)
    clock.reboot(boot_id="boot-2")
    outbox = open_outbox()
    upkeep = Upkeep(outbox, Habits(retention=timedelta(days=7)))
    found_right = clock()
    clock.wall += timedelta(days=30)  # set wrong, after it was right
    assert upkeep.turn(found_right).forgotten == 0
    clock.wall -= timedelta(days=30)
    clock.wait(7 * 86_400)
    assert upkeep.turn(found_right).forgotten == 1
    assert outbox.verify().first_break is None


def test_a_rejected_payload_is_forgotten_much_later_and_its_reason_kept(outbox, fact, clock, open_outbox):
    upkeep = Upkeep(outbox, Habits(rejected_retention=timedelta(days=180)))
    outbox.put(fact(payload=b"payload"))
    outbox.settle("key-1", Rejected("stale", "changed elsewhere"))
    clock.wait(179 * 86_400)
    assert upkeep.turn().forgotten == 0
    clock.wait(2 * 86_400)
    assert upkeep.turn().forgotten == 1
    entry = outbox.get("key-1")
    assert (entry.person, entry.payload, entry.outcome) == (
        None,
        None,
        Rejected("stale", "changed elsewhere"),
    )
    with pytest.raises(Forgotten):
        outbox.retry("key-1")
    assert outbox.summary().rejected == 1
    outbox.close()
    assert open_outbox().opening.salvage is None


def test_a_pending_entry_without_its_payload_is_no_retention_but_damage(outbox, fact):
    outbox.put(fact())
    outbox._connection.execute("UPDATE entries SET sealed = NULL")
    assert outbox.verify().first_break == Break(1, Fault.WRONG_STATE)


def test_a_key_that_is_in_force_is_told_even_if_the_old_copies_could_not_go(
    open_outbox, fact, tmp_path, vault, clock
):
    looks = iter(range(100))

    def clock_of_a_disk_that_goes():
        # Asked for the names of copies: the disk they are on goes between the first and the second.
        if next(looks) == gone_at:
            (tmp_path / "copies").rename(tmp_path / "pulled out")
            (tmp_path / "copies").write_text("no folder")
        return clock()

    gone_at = 99
    outbox = open_outbox(copies=tmp_path / "copies", clock=clock_of_a_disk_that_goes)
    outbox.put(fact(payload=b"payload"))
    gone_at = next(looks) + 2
    new = Vault.from_key(bytes(32))
    with pytest.raises(KeyChanged):
        outbox.change_key(new)
    assert len(list((tmp_path / "pulled out").iterdir())) == 1
    outbox.close()
    assert verify_file(tmp_path / "outbox.db", new, "kiosk-07").first_break is None
    with pytest.raises(KeyMismatch):
        verify_file(tmp_path / "outbox.db", vault, "kiosk-07")


def test_the_chain_is_walked_once_a_day_and_its_first_break_reported(outbox, fact, clock, tmp_path):
    outbox.put(fact())
    upkeep = Upkeep(outbox, Habits(verify_every_s=86_400, copy_every_s=10**9))
    outbox._connection.execute("UPDATE entries SET kind = 'other'")  # what a failing disk would do
    assert upkeep.turn().first_break is None
    clock.wait(86_400)
    assert upkeep.turn().first_break == Break(1, Fault.CHANGED)


def test_a_new_key_seals_and_links_everything_anew(outbox, fact, tmp_path, open_outbox):
    outbox.put(fact("a", b"payload a"))
    outbox.put(fact("b", b"payload b"))
    outbox.settle("key-1", Delivered(b"receipt"))
    outbox.take_second_copy()
    new = Vault.from_key(bytes(32), "sm4-gcm")
    outbox.change_key(new)
    assert outbox.verify().first_break is None
    assert outbox.put(fact("c", b"payload c")).seq == 3
    outbox.close()
    with pytest.raises(KeyMismatch):
        open_outbox()
    outbox = open_outbox(vault=new)
    assert [entry.payload for entry in outbox.entries()] == [b"payload a", b"payload b", b"payload c"]
    assert outbox.get("key-1").outcome == Delivered(b"receipt")
    (copy,) = copies(tmp_path)
    assert verify_file(copy, new, "kiosk-07").first_break is None


def test_a_change_of_keys_keeps_what_is_forgotten_forgotten(outbox, fact, clock):
    outbox.put(fact())
    outbox.settle("key-1", Delivered(b"receipt"))
    clock.wait(1)
    outbox.forget(timedelta(0))
    outbox.change_key(Vault.from_key(bytes(32)))
    assert outbox.verify().first_break is None
    assert outbox.get("key-1").outcome == Delivered(b"receipt")


def test_a_change_of_keys_over_a_broken_chain_changes_nothing(outbox, fact, vault, tmp_path):
    outbox.put(fact())
    outbox._connection.execute("UPDATE entries SET kind = 'other'")
    with pytest.raises(Damage):
        outbox.change_key(Vault.from_key(bytes(32)))
    outbox._connection.execute("UPDATE entries SET kind = 'contact_change'")
    assert outbox.verify().first_break is None
    assert outbox.entries(State.PENDING)


def test_a_change_of_keys_that_a_folder_for_copies_would_break_off_changes_nothing(
    open_outbox, fact, tmp_path
):
    blocked = tmp_path / "blocked"
    blocked.write_text("no folder")
    outbox = open_outbox(copies=blocked)
    outbox.put(fact())
    with pytest.raises(StorageFailure):
        outbox.change_key(Vault.from_key(bytes(32)))
    outbox.close()
    assert open_outbox().entries(State.PENDING), "under the old key"


def test_a_forgotten_payload_is_gone_from_the_file_itself(outbox, fact, tmp_path, clock):
    outbox.put(fact("a", b"payload"))
    outbox.backup(tmp_path / "before.db")
    with closing(sqlite3.connect(tmp_path / "before.db")) as before:
        (sealed,) = before.execute("SELECT sealed FROM entries").fetchone()
    outbox.settle("key-1", Delivered(b"receipt"))
    clock.wait(1)
    outbox.forget(timedelta(0))
    on_disk = (tmp_path / "outbox.db").read_bytes() + (tmp_path / "outbox.db-wal").read_bytes()
    assert sealed[:32] not in on_disk
