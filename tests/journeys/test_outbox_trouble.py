"""An outbox in trouble: refused before anybody invests time in it, mended by itself, told the technician."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import requests
from bench import Bench

from drivers.emulators.personas import persona
from drivers.errors import DeviceStatus, Remedy
from kiosk.backend.emulator import faults
from kiosk.outbox_file import identity_of, open_outbox
from kiosk.queue_desk import MOST_LEFT, Desk, backed_up
from kiosk.services import routes
from offline_queue import export_bundle
from tests.offline_queue.conftest import failing_disk

LOSER, OTHER, WHO = "wang-xiuying", "chen-yanjie", "li-jianguo"
PAGE = 4096


def report_loss(bench: Bench, who: str = LOSER) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(who)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")


def report_loss_offline(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    report_loss(bench)
    assert "已登记，挂失尚未生效" in bench.screen
    bench.touch("完成")


def outbox_file(bench: Bench) -> Path:
    return bench.config.kiosk.data_dir / "outbox.db"


def break_a_page(file: Path) -> None:
    """Zero the page the first entry stands on, as a dying disk would."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as connection:
        (start,) = connection.execute("SELECT CAST(substr(sealed, 1, 40) AS BLOB) FROM entries").fetchone()
    content = bytearray(file.read_bytes())
    page = content.index(start) // PAGE
    content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    file.write_bytes(content)


# -- refused before the citizen invests time in it --------------------------------------------------


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Bench]:
    """A kiosk whose backlog is at its limit, while the backend answers all questions and takes no orders."""
    with Bench(tmp_path, outbox={"max_pending": 1}) as bench:
        report_loss_offline(bench)
        bench.backend.faults.set(faults.busy(), path="/v1/transactions")
        bench.backend.go_online()
        bench.wait(10)
        yield bench


@pytest.fixture(params=["backlog", "disk"])
def refusing(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    if request.param == "backlog":
        yield request.getfixturevalue("full")
    else:
        with Bench(tmp_path, outbox={"min_free_mib": 1_000_000}) as bench:
            yield bench


def test_a_loss_is_refused_before_an_id_card_is_asked_for_and_12333_named(refusing: Bench) -> None:
    refusing.touch("社保卡挂失")
    assert "本终端现在不能登记挂失" in refusing.screen
    assert "12333" in refusing.screen
    assert "身份证放在" not in refusing.screen


def test_a_change_is_refused_before_anything_is_typed(refusing: Bench) -> None:
    refusing.log_in(WHO)
    refusing.touch("修改联系方式")
    assert "修改联系电话" not in refusing.choices
    assert "现在不能登记新的业务，您的信息没有任何变化" in refusing.screen


def test_own_records_are_shown_all_the_same(refusing: Bench) -> None:
    refusing.log_in(WHO)
    refusing.touch("我的信息")
    assert "我的信息" in refusing.screen


def test_once_there_is_room_again_reports_are_taken_without_anybodys_help(full: Bench) -> None:
    full.backend.faults.clear()
    full.wait(60)
    assert len(full.backend.transactions) == 1
    full.touch("社保卡挂失")
    full.place_id_card(OTHER)
    full.touch("确认挂失")
    assert "挂失已生效" in full.screen


def test_the_technician_hears_why_nothing_more_is_taken(full: Bench) -> None:
    check = full.check(routes.LEDGER)
    assert (check.status, check.remedy) == (DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE)
    assert "backlog_full" in check.detail


def test_a_disk_that_fails_at_the_very_moment_is_told_as_doubt_and_not_as_a_record(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER)
    bench.touch("打不了电话，在此登记")
    with failing_disk():
        bench.touch("我知道尚未生效，登记")
        assert "不能确认是否已登记" in bench.screen
        assert "12333" in bench.screen
        assert not bench.printer.slips
        bench.touch("知道了")
        bench.wait(6)
        bench.touch("社保卡挂失")
        assert "本终端现在不能登记挂失" in bench.screen
        bench.touch("知道了")
    bench.wait(6)
    report_loss(bench)
    assert "已登记，挂失尚未生效" in bench.screen


# -- damaged ----------------------------------------------------------------------------------------


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Bench]:
    """A kiosk that takes a second copy every minute, and walks its chain as often."""
    section = {"backup_dir": tmp_path / "copies", "backup_every_s": 60, "verify_every_s": 60}
    with Bench(tmp_path, outbox=section) as bench:
        yield bench


def copies(bench: Bench) -> list[Path]:
    return sorted((bench.folder / "copies").iterdir())


def test_a_damaged_file_is_mended_from_its_copy_and_the_report_takes_effect_once(copied: Bench) -> None:
    report_loss_offline(copied)
    copied.wait(61)
    copied.power_off()
    break_a_page(outbox_file(copied))
    copied.power_on()
    copied.backend.go_online()
    copied.wait(60)
    assert persona(LOSER).card_number in copied.lost_cards
    assert len(copied.backend.transactions) == 1


def test_the_technician_hears_of_a_damaged_file_until_it_is_taken_away(copied: Bench) -> None:
    report_loss_offline(copied)
    copied.power_off()
    for copy in copies(copied):
        copy.unlink()
    break_a_page(outbox_file(copied))
    copied.power_on()
    copied.power_on()  # started once more, and still told
    check = copied.check(routes.LEDGER)
    assert check.remedy is Remedy.MAINTENANCE
    assert "kept in outbox.db.damaged-1" in check.detail
    assert "numbers lost: 1" in check.detail
    assert "K-505" in copied.faults
    aside = outbox_file(copied).with_name("outbox.db.damaged-1")
    aside.rename(copied.folder / "taken-away")
    copied.wait(2)
    assert copied.check(routes.LEDGER).remedy is None
    assert "K-505" not in copied.faults


def test_damage_that_shows_while_the_kiosk_runs_is_mended_without_a_restart(copied: Bench) -> None:
    report_loss_offline(copied)
    copied.wait(61)
    copied.outbox._connection.execute("UPDATE entries SET kind = 'contact_change'")  # as a failing disk might
    copied.wait(61)
    assert "damaged" in copied.check(routes.LEDGER).detail
    copied.backend.go_online()
    copied.wait(60)
    assert persona(LOSER).card_number in copied.lost_cards


def test_damage_to_what_was_settled_long_ago_is_found_by_the_regular_walk(copied: Bench) -> None:
    copied.touch("社保卡挂失")
    copied.place_id_card(LOSER)
    copied.touch("确认挂失", "完成")
    copied.outbox._connection.execute("UPDATE entries SET kind = 'contact_change'")  # as a failing disk might
    copied.wait(30)
    assert "damaged" not in copied.check(routes.LEDGER).detail
    copied.wait(61)
    assert "row 1: changed" in copied.check(routes.LEDGER).detail


def test_an_outbox_that_cannot_be_opened_closes_transactions_only_and_is_tried_again(bench: Bench) -> None:
    bench.power_off()
    somebody_else = open_outbox(bench.config, bench.clock.moment)
    bench.power_on()
    assert (
        "in use" in bench.check(routes.LEDGER).detail
        or "has the outbox open" in bench.check(routes.LEDGER).detail
    )
    bench.touch("社保卡挂失")
    assert "本终端现在不能登记挂失" in bench.screen
    bench.touch("知道了")
    bench.log_in(WHO)
    assert "我的社保" in bench.screen
    bench.pull_card()
    somebody_else.close()
    bench.wait(20)
    report_loss_offline(bench)
    assert bench.check(routes.LEDGER).status is DeviceStatus.ONLINE


def test_a_key_that_does_not_fit_is_told_and_touches_nothing(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.power_off()
    before = outbox_file(bench).read_bytes()
    key = bench.folder / "outbox.key"
    key.chmod(0o600)
    right = key.read_text()
    key.write_text("00" * 32)
    bench.power_on()
    assert (
        "another key" in bench.check(routes.LEDGER).detail
        or "sealed with key" in bench.check(routes.LEDGER).detail
    )
    assert outbox_file(bench).read_bytes() == before
    key.write_text(right)
    bench.wait(11)
    assert "1 pending" in bench.check(routes.LEDGER).detail


# -- carried by hand --------------------------------------------------------------------------------


def test_a_dead_kiosks_report_is_carried_by_hand_and_takes_effect_once(bench: Bench, tmp_path: Path) -> None:
    report_loss_offline(bench)
    bench.power_off()
    identity, told = identity_of(bench.config), []
    with closing(open_outbox(bench.config, bench.clock.moment)) as outbox:
        stick = tmp_path / "0012.bundle"
        recipient = bench.backend.bundle_address
        export_bundle(outbox, identity, recipient, stick, lambda *progress: told.append(progress))
    assert told == [(1, 1)]
    for private in (persona(LOSER).name, persona(LOSER).holder_number, persona(LOSER).card_number):
        assert private.encode() not in stick.read_bytes()

    bench.backend.know_kiosk("0012", identity.address)
    bench.backend.go_online()
    headers = {"Content-Type": "application/octet-stream"}
    answer = requests.post(f"{bench.backend.url}/v1/bundles", stick.read_bytes(), headers=headers, timeout=10)
    assert answer.json() == {"kiosk": "0012", "taken": 1, "known": 0, "unclear": 0, "missing": []}
    assert persona(LOSER).card_number in bench.lost_cards

    bench.power_on()  # the dead kiosk comes back to life
    bench.wait(60)
    assert len(bench.backend.transactions) == 1
    assert (bench.outbox.summary().pending, bench.outbox.summary().delivered) == (0, 1)


# -- looked after -----------------------------------------------------------------------------------


def test_second_copies_are_taken_as_configured(copied: Bench) -> None:
    taken = copies(copied)
    assert len(taken) == 1
    copied.wait(61)
    assert len(copies(copied)) == 2


def test_a_copy_that_cannot_be_taken_is_told_the_technician_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("in the way")
    with Bench(tmp_path, outbox={"backup_dir": tmp_path / "copies"}) as bench:
        check = bench.check(routes.LEDGER)
        assert (check.status, check.remedy) == (DeviceStatus.ONLINE, Remedy.MAINTENANCE)
        assert check.causes == ("no_copy",)
        assert "K-513" in bench.faults
        report_loss_offline(bench)


def test_what_was_told_is_forgotten_after_its_retention_and_the_receipt_still_answers(tmp_path: Path) -> None:
    with Bench(tmp_path, outbox={"retention_days": 1}) as bench:
        bench.touch("社保卡挂失")
        bench.place_id_card(LOSER)
        bench.touch("确认挂失")
        number = next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))
        bench.touch("完成")
        for _ in range(2):
            bench.clock.forward(86_400)
            bench.wait(1)
        (entry,) = bench.outbox.entries()
        assert (entry.person, entry.payload) == (None, None)
        bench.touch("查回执办理结果")
        bench.enter(number.replace("-", ""))
        bench.touch("查询")
        assert "挂失已生效" in bench.screen


@pytest.mark.parametrize("clock_is_checked", [True, False])
def test_over_a_restart_only_a_clock_the_backend_confirms_has_anything_forgotten(
    tmp_path: Path, clock_is_checked: bool
) -> None:
    with Bench(tmp_path, outbox={"retention_days": 1, "backup_every_s": 60}) as bench:
        bench.touch("社保卡挂失")
        bench.place_id_card(LOSER)
        bench.touch("确认挂失", "完成")
        bench.power_off()
        bench.clock.boot = "another"
        bench.clock.forward(3 * 86_400)
        if not clock_is_checked:
            bench.backend.go_offline()
        bench.power_on()
        bench.wait(130)
        (entry,) = bench.outbox.entries()
        assert (entry.payload is None) is clock_is_checked


def test_what_a_broken_off_command_leaves_behind_makes_room_for_later_ones(bench: Bench) -> None:
    made = [Path(str(backed_up(Desk(bench.outbox, bench.config))["file"])) for _ in range(MOST_LEFT + 2)]
    assert [file for file in made if file.exists()] == made[-MOST_LEFT:]
