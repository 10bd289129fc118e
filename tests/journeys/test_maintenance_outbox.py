"""The outbox in a technician's hands: counted, tried, walked, carried out; never read, never emptied."""

from datetime import timedelta
from pathlib import Path

from drivers.emulators.personas import persona
from kiosk.domain.technician import Role
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Stage
from kiosk.queue_desk import Desk
from kiosk.upkeep.outbox import PAGE, retry_rejected
from kiosk.views.models import Facts, Health, StatusList, StatusRow
from offline_queue import NewEntry
from offline_queue.bundle import Identity
from offline_queue.entry import State
from offline_queue.hand_carry import import_bundle
from offline_queue.outbox import Outbox
from offline_queue.outcome import Rejected
from offline_queue.vault import Vault, write_new_key_file
from tests.bench import Bench

WHO = persona("wang-xiuying")


def verdict(bench: Bench) -> StatusRow:
    """What the page comes to, told above all else."""
    assert isinstance(bench.view.body, StatusList | Facts)
    assert bench.view.body.verdict is not None
    return bench.view.body.verdict


def report_loss_offline(bench: Bench) -> str:
    """Report a loss while the backend is silent, and return the receipt's number."""
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card(WHO.key)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    number = next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))
    bench.touch("完成")
    bench.wait(5)
    return number


def test_what_waits_is_told_by_number_and_age_and_of_nobody(bench: Bench) -> None:
    number = report_loss_offline(bench)
    bench.wait(3 * 3600)
    bench.come_in()
    bench.touch("待提交业务")
    assert number in bench.screen
    assert "待提交 1 笔" in bench.screen
    assert "3 小时" in bench.screen
    for private in (WHO.name, WHO.holder_number, WHO.card_number, WHO.name[0] + "*"):
        assert private not in bench.screen
    assert not [word for word in bench.choices if "删除" in word]


def test_a_try_at_once_brings_what_waits_to_the_backend(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.come_in()
    bench.touch("待提交业务")
    bench.backend.go_online()
    bench.touch("立即提交")
    assert "没有待提交或被拒的业务" in bench.screen
    assert len(bench.backend.transactions) == 1


def test_refusals_that_can_only_be_read_about_do_not_keep_the_later_ones_from_another_try(
    bench: Bench,
) -> None:
    def refuse(number: int) -> str:
        key = f"00000000-0000-7000-8000-{number:012d}"
        now = bench.clock.wall
        about = {"kind": "loss_report", "person": f"x{number}", "payload": b"{}"}
        bench.outbox.put(NewEntry(key=key, captured_at=now, clock_quality="synchronised", **about))
        bench.outbox.settle(key, Rejected("x", "y"))
        return key

    for number in range(PAGE):
        refuse(number)
    bench.clock.forward(181 * 86400)
    bench.outbox.forget(timedelta(days=7), timedelta(days=180), wall_is_right=True)
    later = [refuse(number) for number in range(PAGE, PAGE + 3)]
    desk = Desk(bench.outbox, bench.config)
    retry_rejected(desk)
    assert {bench.outbox.get(key).state for key in later} == {State.PENDING}
    assert bench.outbox.summary().rejected == PAGE


def test_the_chain_is_walked_and_found_whole(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.come_in()
    bench.touch("待提交业务", "核对完整性")
    assert "每一条都与写入时一致" in bench.screen
    assert verdict(bench).health is Health.WELL


def test_a_row_of_the_file_that_was_changed_is_named_by_its_place(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.come_in()
    bench.touch("待提交业务")
    bench.outbox._connection.execute("UPDATE entries SET kind = 'contact_change'")  # as a failing disk might
    bench.touch("核对完整性")
    assert "第 1 条起不一致：内容被改动" in bench.screen
    assert verdict(bench).health is Health.FAILED
    assert "导出到 U 盘" not in bench.choices
    assert verdict(bench).advice == "不要继续办理业务，请主管来导出"


def test_a_supervisor_who_finds_the_chain_broken_exports_from_there(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.come_in("李主管", Role.SUPERVISOR)
    bench.touch("待提交业务")
    bench.outbox._connection.execute("UPDATE entries SET kind = 'contact_change'")
    bench.touch("核对完整性")
    assert verdict(bench).advice == "不要继续办理业务，先插上 U 盘导出"
    bench.touch("导出到 U 盘")
    assert bench.view.title == "导出待提交业务"


def test_how_far_sealing_is_and_then_writing_is_told_while_it_lasts(tmp_path: Path) -> None:
    write_new_key_file(tmp_path / "office.key")
    office = Identity.from_file(tmp_path / "office.key")
    with Bench(tmp_path, outbox={"recipient": str(office.address)}) as bench:
        report_loss_offline(bench)
        (one,) = bench.outbox.entries()
        assert one.payload is not None
        for number in range(2 * PAGE + 49):
            bench.outbox.put(
                NewEntry(f"key-{number}", one.kind, f"{number}", one.payload, one.captured_at, "unchecked")
            )
        bench.plug_in_stick()
        bench.come_in("李主管", Role.SUPERVISOR)
        bench.touch("待提交业务", "导出到 U 盘")
        told = [(each.stage, each.percent) for each in bench.happened if isinstance(each, tech.Carried)]
        sealing = [percent for stage, percent in told if stage is Stage.SEALING]
        assert sealing == [40, 80, 99, 100]
        assert told.index((Stage.SEALING, 100)) < told.index((Stage.WRITING, 100))
        assert "250" in bench.screen


def test_only_a_supervisor_carries_the_outbox_out(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.come_in()
    bench.touch("待提交业务")
    assert "导出到 U 盘" not in bench.choices


def test_a_bundle_on_a_stick_is_whole_sealed_and_stays_pending_here(tmp_path: Path) -> None:
    write_new_key_file(tmp_path / "office.key")
    office = Identity.from_file(tmp_path / "office.key")
    with Bench(tmp_path, outbox={"recipient": str(office.address)}) as bench:
        report_loss_offline(bench)
        bench.come_in("李主管", Role.SUPERVISOR)
        bench.touch("待提交业务", "导出到 U 盘")
        assert verdict(bench).label == "没有插 U 盘"
        assert "插上 U 盘" in verdict(bench).advice
        stick = bench.plug_in_stick()
        bench.touch("再试一次")
        assert (verdict(bench).health, verdict(bench).label) == (
            Health.WELL,
            "已写入并核对，可以拔出 U 盘",
        )
        (bundle,) = stick.iterdir()
        assert WHO.name.encode() not in bundle.read_bytes()
        assert not list((bench.config.kiosk.data_dir / "handover").glob("*.bundle")), "a copy was left"
        bench.touch("返回")
        assert "待提交 1 笔" in bench.screen

        vault = Vault.from_file(tmp_path / "office.key")
        other = Outbox.open(tmp_path / "office.db", vault, owner="9999")
        sender = Identity.from_file(tmp_path / "outbox.key").address
        _, new = import_bundle(other, office, sender, bundle)
        other.close()
        assert new == 1


def test_without_a_recipient_nothing_is_carried_out(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.plug_in_stick()
    bench.come_in("李主管", Role.SUPERVISOR)
    bench.touch("待提交业务", "导出到 U 盘")
    assert "没有配置接收方" in bench.screen
