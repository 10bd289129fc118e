"""Damaged files: kept aside, read row by row, filled up from copies, and a fresh one is begun."""

import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

import offline_queue.salvage
from offline_queue import Delivered, Rejected, State, Upkeep, Vault
from offline_queue.errors import Damage, InUse, KeyMismatch
from offline_queue.salvage import MOST_ASIDE
from offline_queue.turn import take_turn

PAGE = 4096


@pytest.fixture
def filled(open_outbox, fact, tmp_path) -> Path:
    """A closed file with 60 entries on many pages; the first is delivered, the second rejected."""
    outbox = open_outbox(copies=tmp_path / "copies")
    for number in range(60):
        outbox.put(fact(f"person-{number}", f"canary {number} ".encode() * 60))
    outbox.settle("key-1", Delivered(b"receipt 1"))
    outbox.settle("key-2", Rejected("stale", "changed elsewhere"))
    outbox.close()
    return tmp_path / "outbox.db"


@pytest.fixture
def reopened(open_outbox, tmp_path) -> Callable:
    return lambda: open_outbox(copies=tmp_path / "copies")


def zero_page(path: Path, number: int) -> None:
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE)
        file.write(bytes(PAGE))


def damage_a_page(path: Path) -> set[int]:
    """Zero a page in the middle of the entries, and return the numbers of those that stood on it."""
    uri = f"file:{path}?mode=ro&immutable=1"  # leaves the WAL alone
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        query = "SELECT seq, CAST(substr(sealed, 1, 40) AS BLOB) FROM entries WHERE sealed IS NOT NULL"
        starts = dict(connection.execute(query).fetchall())
    content = path.read_bytes()
    page_of = {seq: content.index(start) // PAGE + 1 for seq, start in starts.items()}
    zero_page(path, page_of[30])
    return {seq for seq, page in page_of.items() if page == page_of[30]}


def change_the_head(path: Path, column: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE head SET {column} = 'something else'")
        connection.commit()


RACER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from offline_queue import NewEntry, Outbox, Vault
print("ready", flush=True)
for key in map(str.strip, sys.stdin):
    outbox = Outbox.open(Path(sys.argv[1]), Vault.from_key(bytes(range(32))), owner="kiosk-07")
    outbox.put(NewEntry(key, "fact", "racer", b"", datetime.now(UTC), "synchronised"))
    outbox.close()
    print("salvaged, put" if outbox.opening.salvage else "put", flush=True)
"""


@pytest.fixture
def racers(filled) -> Iterator[list[Popen]]:
    """Two processes that open the file, put in the key they are told, and close it again."""
    with ExitStack() as stack:
        command = [sys.executable, "-c", RACER, str(filled)]
        racers = [Popen(command, stdin=PIPE, stdout=PIPE, text=True, bufsize=1) for _ in range(2)]
        for racer in racers:
            stack.enter_context(racer)
            assert racer.stdout.readline() == "ready\n"
        yield racers
        for racer in racers:
            racer.stdin.close()


def keys(outbox) -> set[str]:
    return {entry.key for entry in outbox.entries()}


def test_a_damaged_page_costs_only_the_rows_on_it(filled, reopened):
    damaged = damage_a_page(filled)
    outbox = reopened()
    salvage = outbox.opening.salvage
    lost = {seq for first, last in salvage.lost for seq in range(first, last + 1)}
    assert lost == damaged
    assert 0 < len(lost) < 10
    assert keys(outbox) == {f"key-{seq}" for seq in range(1, 61) if seq not in lost}
    assert (salvage.saved, outbox.summary().lost) == (60 - len(lost), len(lost))
    assert outbox.verify().first_break is None


def test_outcomes_survive_salvage(filled, reopened):
    damage_a_page(filled)
    outbox = reopened()
    assert outbox.get("key-1").outcome == Delivered(b"receipt 1")
    assert outbox.get("key-2").outcome == Rejected("stale", "changed elsewhere")


def test_nobody_salvages_a_file_that_another_process_is_about_to(filled, reopened):
    damage_a_page(filled)
    damaged = filled.read_bytes()
    with take_turn(filled), pytest.raises(InUse):
        reopened()
    assert filled.read_bytes() == damaged
    assert not list(filled.parent.glob("*.damaged-*"))
    assert reopened().opening.salvage is not None


def test_of_two_processes_that_salvage_at_once_one_does_and_neither_loses_a_row(filled, racers, open_outbox):
    for lap in range(10):
        for aside in filled.parent.glob("*.damaged-*"):
            shutil.rmtree(aside)
        change_the_head(filled, "key_id")
        for name, racer in zip("ab", racers, strict=True):
            racer.stdin.write(f"{name}-{lap}\n")
        assert sorted(racer.stdout.readline() for racer in racers) == ["put\n", "salvaged, put\n"]
        assert len(list(filled.parent.glob("*.damaged-*"))) == 1
    outbox = open_outbox()
    assert len(keys(outbox)) == 60 + 2 * 10
    assert (outbox.opening.salvage, outbox.verify().first_break) == (None, None)


def test_the_damaged_file_is_kept_aside_as_it_was(filled, reopened):
    damage_a_page(filled)
    damaged = filled.read_bytes()
    aside = reopened().opening.salvage.kept_aside
    assert (aside / "outbox.db").read_bytes() == damaged
    assert aside.stat().st_mode & 0o777 == 0o700


def test_numbers_and_order_go_on_as_if_nothing_had_happened(filled, reopened, fact):
    damage_a_page(filled)
    outbox = reopened()
    assert [entry.seq for entry in outbox.entries()] == sorted(entry.seq for entry in outbox.entries())
    assert outbox.put(fact("x", key="key-new")).seq == 61


def test_a_second_copy_fills_the_holes(filled, reopened):
    outbox = reopened()
    outbox.take_second_copy()
    outbox.close()
    damage_a_page(filled)
    outbox = reopened()
    assert len(keys(outbox)) == 60
    assert (outbox.opening.salvage.lost, outbox.opening.salvage.saved) == ((), 60)
    assert outbox.opening.salvage.from_copies >= 1


def test_an_entry_known_only_from_an_older_copy_is_looked_up_before_it_is_sent(filled, reopened):
    outbox = reopened()
    outbox.take_second_copy()
    for entry in outbox.entries(State.PENDING):
        outbox.settle(entry.key, Delivered(b"since"))
    outbox.close()
    damage_a_page(filled)
    outbox = reopened()
    pending = outbox.entries(State.PENDING)
    assert len(pending) == outbox.opening.salvage.from_copies >= 1
    assert all(entry.doubtful for entry in pending)


@pytest.mark.parametrize("damage", ["header", "half", "text", "nothing"])
def test_with_no_row_left_a_copy_takes_the_files_place_and_no_number_is_given_twice(
    filled, reopened, fact, damage
):
    outbox = reopened()
    outbox.take_second_copy()
    outbox.put(fact("x", key="key-after-the-copy"))
    outbox.close()
    content = filled.read_bytes()
    damaged = {
        "header": bytes(PAGE) + content[PAGE:],
        "half": content[: len(content) // 2],
        "text": b"this is no database at all\n" * 500,
        "nothing": b"\xff" * len(content),
    }
    filled.write_bytes(damaged[damage])
    outbox = reopened()
    assert {f"key-{seq}" for seq in range(1, 61)} <= keys(outbox)
    assert outbox.put(fact("y", key="key-new")).seq > 61
    assert outbox.verify().first_break is None


def test_without_file_or_copy_numbering_goes_on_beyond_any_number_ever_given(
    filled, open_outbox, fact, clock
):
    filled.write_bytes(b"\xff" * 5000)
    outbox = open_outbox()
    first = outbox.put(fact("y", key="key-new")).seq
    assert first > 100_000_000
    assert outbox.opening.salvage.lost == ((1, first - 1),)
    outbox.close()
    clock.wait(3600)
    filled.write_bytes(b"\xff" * 5000)
    assert open_outbox().put(fact("y", key="key-newer")).seq > first


def test_a_row_somebody_changed_is_set_aside_and_restored_from_the_copy(filled, reopened):
    outbox = reopened()
    outbox.take_second_copy()
    outbox.close()
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("UPDATE entries SET kind = 'loss_report' WHERE key = 'key-9'")
        connection.commit()
    outbox = reopened()
    assert outbox.get("key-9").kind == "contact_change"
    assert outbox.opening.salvage.cause == "row 9: changed"


def test_a_row_somebody_removed_is_noted_as_lost_if_no_copy_has_it(filled, reopened):
    with closing(sqlite3.connect(filled)) as connection:
        connection.execute("DELETE FROM entries WHERE key = 'key-9'")
        connection.commit()
    outbox = reopened()
    assert outbox.opening.salvage.lost == ((9, 9),)
    outbox.close()
    outbox = reopened()
    assert outbox.opening.salvage is None
    assert outbox.summary().lost == 1


def test_a_forgotten_entry_survives_salvage_with_its_answer(filled, reopened, clock):
    outbox = reopened()
    clock.wait(10)
    assert outbox.forget(timedelta(0)) == 1
    outbox.close()
    damage_a_page(filled)
    entry = reopened().get("key-1")
    assert (entry.payload, entry.outcome) == (None, Delivered(b"receipt 1"))


def test_what_is_only_in_the_wal_is_salvaged_too(filled, open_outbox, fact, tmp_path):
    outbox = open_outbox()
    outbox.put(fact("late", key="key-in-the-wal"))
    (tmp_path / "cut").mkdir()
    for name in ("outbox.db", "outbox.db-wal"):  # as a power cut would leave them
        (tmp_path / "cut" / name).write_bytes((tmp_path / name).read_bytes())
    damaged = damage_a_page(tmp_path / "cut" / "outbox.db")
    after = open_outbox(tmp_path / "cut" / "outbox.db")
    assert "key-in-the-wal" in keys(after)
    assert len(keys(after)) == 61 - len(damaged)


@pytest.mark.parametrize("crash", ["_keep_aside", "_write_fresh", "publish", "_remove_journals"])
def test_a_salvage_broken_off_anywhere_is_done_again_or_finished(filled, reopened, monkeypatch, crash):
    damaged = damage_a_page(filled)

    def cut(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(offline_queue.salvage, crash, cut)
        with pytest.raises(KeyboardInterrupt):
            reopened()
    outbox = reopened()
    assert len(keys(outbox)) == 60 - len(damaged)
    assert outbox.verify().first_break is None
    outbox.close()
    assert reopened().opening.salvage is None


def test_a_file_sealed_with_another_key_is_never_salvaged(filled, open_outbox):
    before = filled.read_bytes()
    with pytest.raises(KeyMismatch):
        open_outbox(vault=Vault.from_key(bytes(32)))
    assert filled.read_bytes() == before


def test_a_disk_that_damages_file_after_file_is_given_up_and_nothing_kept_aside_is_deleted(filled, reopened):
    for _ in range(MOST_ASIDE):
        change_the_head(filled, "key_id")
        reopened().close()
    change_the_head(filled, "key_id")
    damaged = filled.read_bytes()
    with pytest.raises(Damage, match="10 damaged files"):
        reopened()
    asides = sorted(filled.parent.glob("*.damaged-*"))
    assert (len(asides), filled.read_bytes()) == (MOST_ASIDE, damaged)
    shutil.rmtree(asides[0])
    assert reopened().opening.salvage is not None


@pytest.mark.parametrize("column", ["key_id", "cipher", "owner"])
def test_a_name_changed_in_the_head_is_damage_and_no_other_key_or_owner(filled, reopened, column):
    change_the_head(filled, column)
    outbox = reopened()
    assert len(keys(outbox)) == 60
    assert outbox.opening.salvage.lost == ()
    outbox.close()
    assert reopened().opening.salvage is None


@pytest.mark.parametrize(
    "report",
    ["[]", "{}", "null", "no json", '{"at": 5}', '{"at": "soon", "cause": "", "saved": 1, "from_copies": 0}'],
)
def test_a_report_of_a_salvage_that_nobody_understands_is_named_and_stops_nothing(filled, reopened, report):
    damage_a_page(filled)
    outbox = reopened()
    (outbox.opening.salvage.kept_aside / "salvage.json").write_text(report)
    (aside,) = outbox.kept_aside()
    assert (aside.cause, aside.lost) == ("not written down", ())


def test_a_copy_that_is_none_costs_a_salvage_nothing(filled, reopened, tmp_path):
    outbox = reopened()
    good = outbox.take_second_copy()
    outbox.close()
    (tmp_path / "copies" / "outbox-00000009-20260302T090000Z.db").write_bytes(b"no database" * 1000)
    (tmp_path / "copies" / "outbox-00000008-20260302T090000Z.db").mkdir()
    (tmp_path / "copies" / "outbox-7-of-9-.db").write_bytes(b"somebody else's")
    damage_a_page(filled)
    outbox = reopened()
    assert len(keys(outbox)) == 60
    assert good.exists()
    assert Upkeep(outbox).turn().copy.name.startswith("outbox-00000010-")


def test_a_copy_somebody_looks_into_is_waited_for_and_its_rows_are_not_given_up(filled, reopened):
    outbox = reopened()
    copy = outbox.take_second_copy()
    outbox.close()
    damage_a_page(filled)
    damaged = filled.read_bytes()
    with closing(sqlite3.connect(copy, isolation_level=None)) as somebody_else:
        somebody_else.execute("BEGIN EXCLUSIVE")
        with pytest.raises(InUse):
            reopened()
    assert filled.read_bytes() == damaged
    assert reopened().opening.salvage.lost == ()
