"""What the audit log tells of visits, devices and maintenance: what happened, and never to whom."""

import json

from bench import Bench

from drivers.emulators.personas import PERSONAS, persona
from kiosk.audit.events import CATALOGUE
from kiosk.audit.files import files_in, lines_in
from kiosk.audit.verification import verify
from kiosk.domain.technician import Role
from kiosk.maintenance_key import MaintenanceKey

WHO, LOSER = "li-jianguo", "wang-xiuying"


def told(bench: Bench, *events: str) -> list[dict[str, object]]:
    """What the log says of these events, or of all."""
    bench.wait(1)
    lines = [line.content for file in files_in(bench.config.audit_dir) for line in lines_in(file)]
    return [line for line in lines if not events or line["event"] in events]


def report_a_loss(bench: Bench, *words: str) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER)
    bench.touch(*(words or ("确认挂失",)))
    bench.wait(15)


def test_a_loss_taken_down_offline_is_recorded_at_once_and_settled_when_the_backend_answers(
    bench: Bench,
) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    report_a_loss(bench, "打不了电话，在此登记", "我知道尚未生效，登记")
    (recorded,) = told(bench, "transaction_recorded")
    assert (recorded["kind"], recorded["receipt"]) == ("loss_report", "0012-000001-4")
    assert told(bench, "transaction_settled") == []
    bench.touch("完成")
    bench.backend.go_online()
    bench.wait(120)
    (settled,) = told(bench, "transaction_settled")
    assert (settled["receipt"], settled["state"]) == ("0012-000001-4", "effective")


def test_a_visit_is_told_from_its_beginning_to_its_end(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("我的信息")
    bench.pull_card()
    bench.wait(10)
    visit = ("visit_began", "password_tried", "visitor_known", "visit_ended")
    lines = told(bench, *visit)
    assert [line["event"] for line in lines] == [
        "visit_began",
        "password_tried",
        "visitor_known",
        "visit_ended",
    ]
    assert lines[1]["outcome"] == "accepted"
    assert (lines[3]["last"], lines[3]["by"]) == ("showing_topic", "card_removed")


def test_two_visits_of_one_person_bear_one_mark_and_another_person_another(bench: Bench) -> None:
    for who in (WHO, WHO, LOSER):
        bench.log_in(who)
        bench.touch("结束")
        bench.pull_card()
        bench.wait(10)
    first, second, other = (line["holder"] for line in told(bench, "visitor_known"))
    assert first == second != other


def test_a_device_that_goes_and_comes_back_is_told_with_its_fault(bench: Bench) -> None:
    bench.id_wire.unplug()
    bench.wait(5)
    bench.id_wire.plug_in()
    bench.wait(5)
    changes = [line["state"] for line in told(bench, "device_changed") if line["device"] == "id_reader"]
    assert changes == ["ready", "not_ready", "ready"]
    noticed, mended = told(bench, "fault_noticed")[-1], told(bench, "fault_mended")[-1]
    assert noticed["fault"] == mended["fault"] == "K-201"


def test_the_log_holds_nothing_of_any_citizen(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("我的信息", "显示完整信息", "返回", "修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")
    bench.enter(persona(WHO).password)
    bench.touch("确定")
    bench.wait(15)
    bench.touch("完成")
    bench.pull_card()
    bench.wait(6)
    report_a_loss(bench)
    bench.power_off()
    log = b"".join(file.read_bytes() for file in bench.config.audit_dir.iterdir())
    assert log.count(b"transaction_recorded") == 2
    canaries = {"13903730021", "13803730000"}
    for one in PERSONAS:
        canaries |= {one.name, one.holder_number, one.card_number, one.card_id, one.password}
        canaries |= {one.address} if one.address else set()
    for canary in canaries:
        for encoded in (canary.encode(), canary.encode("gb18030"), canary.encode("utf-16-le")):
            assert encoded not in log


def test_the_whole_log_verifies_after_power_cuts_and_starts(bench: Bench) -> None:
    report_a_loss(bench)
    bench.power_on()
    bench.wait(5)
    bench.power_on()
    bench.power_off()
    key = MaintenanceKey.at(bench.config.maintenance_key_file).audit_signing.public_key()
    verdict = verify(bench.config.audit_dir, key)
    assert verdict.problem is None
    assert [line["event"] for line in told(bench, "kiosk_started", "kiosk_stopped")] == [
        "kiosk_started", "kiosk_stopped"] * 3  # fmt: skip


def test_a_technicians_way_in_and_out_and_every_action_is_told_by_name(bench: Bench) -> None:
    bench.come_in("张工", Role.SUPERVISOR)
    bench.touch("打印机和纸", "打印机和纸", "打印测试单", "正常", "返回", "结束维护，恢复服务")
    technicians = ("technician_entered", "technician_acted", "technician_left")
    lines = told(bench, "maintenance_requested", "mode_changed", *technicians)[1:]  # after the start
    assert [line["event"] for line in lines if line["event"] != "technician_acted"] == [
        "maintenance_requested", "mode_changed", "technician_entered", "technician_left", "mode_changed",
    ]  # fmt: skip
    entered = next(line for line in lines if line["event"] == "technician_entered")
    assert (entered["name"], entered["role"]) == ("张工", "supervisor")
    acted = [(line["action"], line["choice"]) for line in lines if line["event"] == "technician_acted"]
    assert ("sample_slip_chosen", "") in acted
    assert ("judged", "printer well") in acted
    assert lines[-2]["by"] == "maintenance_ended"


def test_a_card_left_by_a_technician_is_nobodys_visit(bench: Bench) -> None:
    bench.come_in()
    bench.insert_card("li-jianguo")
    bench.touch("结束维护，恢复服务")
    assert "请取走您的卡" in bench.screen
    bench.pull_card()
    assert not told(bench, "visit_began", "visit_ended")
    assert b"kiosk_visits_total 0.0" in bench.metrics.page()


def test_what_was_carried_out_and_what_came_to_nothing_is_told(bench: Bench) -> None:
    bench.come_in("李主管", Role.SUPERVISOR)
    bench.touch("检测报告", "保存到 U 盘")
    (failed,) = told(bench, "order_failed")
    assert (failed["order"], failed["trouble"]) == ("carry_report", "no_stick")
    assert not told(bench, "carried_out")
    bench.plug_in_stick()
    bench.touch("再试一次")
    (carried,) = told(bench, "carried_out")
    assert (carried["what"], carried["count"]) == ("report", 2)


def test_a_wrong_try_is_told_and_neither_pin_nor_code(bench: Bench) -> None:
    pin, wrong = "73914682", "73914699"
    telephone = bench.hire("张工", pin)
    bench.knock()
    for _ in range(3):
        bench.touch("张工") if "张工" in bench.choices else None
        bench.enter(wrong)
        bench.touch("下一步")
        bench.enter(telephone.code)
        bench.touch("确定")
    waits = [line["wait_s"] for line in told(bench, "technician_refused")]
    assert waits == [0, 0, 15]
    bench.power_off()
    log = b"".join(file.read_bytes() for file in bench.config.audit_dir.iterdir())
    for secret in (pin, wrong, telephone.code, telephone.secret):
        assert secret.encode() not in log


def test_who_is_locked_out_for_not_moving_is_told_as_gone(bench: Bench) -> None:
    bench.come_in()
    bench.wait(5 * 60 + 1)
    (left,) = told(bench, "technician_left")
    assert (left["name"], left["by"]) == ("张工", "timed_out")


def test_every_event_that_is_written_is_in_the_catalogue(bench: Bench) -> None:
    report_a_loss(bench)
    words = {event.word(): set(event.model_fields) for event in CATALOGUE}
    for line in told(bench):
        assert set(line) - {"line", "at", "kiosk", "event", "link"} == words[str(line["event"])]
        json.dumps(line)
