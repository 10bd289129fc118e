"""The readiness report by one touch, faults with their meaning, and what may leave the kiosk with whom."""

import json
from pathlib import Path

import pytest

from drivers.emulators.personas import persona
from kiosk.domain.findings import CHECKS
from kiosk.domain.technician import Role
from kiosk.evidence.opening import open_evidence
from kiosk.evidence.story import story
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Ticket
from kiosk.maintenance_key import MaintenanceKey
from kiosk.services.upkeep import Undone
from kiosk.upkeep.sticks import carry
from kiosk.views.models import Health, StatusList
from kiosk.views.words import load_words
from offline_queue.bundle import Identity
from offline_queue.vault import write_new_key_file
from tests.bench import Bench


def test_one_touch_makes_every_check_and_keeps_a_signed_report(bench: Bench) -> None:
    bench.come_in()
    bench.touch("检测报告")
    assert "可以服务" in bench.screen
    folder = bench.config.kiosk.data_dir / "reports"
    (document,) = folder.glob("*.json")
    assert document.stem in bench.screen
    report = json.loads(document.read_bytes())
    assert report["signature"]["algorithm"]
    assert {finding["check"] for finding in report["report"]["findings"]} >= {
        "outbox.chain",
        "device.printer",
    }
    assert document.with_suffix(".pdf").read_bytes().startswith(b"%PDF")


def test_what_is_not_well_stands_first(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    bench.come_in()
    bench.touch("检测报告")
    assert isinstance(bench.view.body, StatusList)
    assert bench.view.body.verdict is not None
    assert bench.view.body.verdict.health is Health.FAILED
    assert bench.view.body.rows[0].label == "打印机和纸"
    assert "有故障" in bench.screen


def test_every_finding_of_the_report_can_be_read(bench: Bench) -> None:
    bench.come_in()
    bench.touch("检测报告")
    read = set[str]()
    while True:
        assert isinstance(bench.view.body, StatusList)
        read |= {row.label for row in bench.view.body.rows}
        if "下一页" not in bench.choices:
            break
        bench.touch("下一页")
    words = load_words("zh_CN")
    assert read == {words(f"check.{check}") for check in CHECKS}


def test_the_report_comes_out_as_a_slip(bench: Bench) -> None:
    bench.come_in()
    bench.touch("检测报告", "打印报告")
    assert "已打印，请取走" in bench.screen
    assert "社保卡读卡器" in bench.slip.replace("\n", "")


def test_only_a_supervisor_takes_the_report_away(bench: Bench) -> None:
    stick = bench.plug_in_stick()
    bench.come_in()
    bench.touch("检测报告")
    assert "保存到 U 盘" not in bench.choices
    bench.touch("返回", "结束维护，恢复服务")
    bench.come_in("李主管", Role.SUPERVISOR)
    bench.touch("检测报告", "保存到 U 盘")
    assert "已写入并核对" in bench.screen
    assert sorted(file.suffix for file in stick.iterdir()) == [".json", ".pdf"]


def test_a_stick_that_takes_nothing_is_told(bench: Bench) -> None:
    stick = bench.plug_in_stick()
    bench.come_in("李主管", Role.SUPERVISOR)
    stick.rmdir()  # pulled, and the system has not noticed yet
    bench.touch("检测报告", "保存到 U 盘")
    assert "U 盘写不进去" in bench.screen


def test_half_a_copy_is_not_left_on_the_stick(tmp_path: Path) -> None:
    stick, file = tmp_path / "stick", tmp_path / "report.json"
    stick.mkdir()
    file.write_bytes(b"1" * 10)
    (stick / file.name).mkdir()  # so that the whole copy can't take its name
    with pytest.raises(Undone):
        list(carry(file, stick, Ticket(1, 1)))
    assert [each.name for each in stick.iterdir()] == [file.name]


def test_a_fault_is_explained_by_its_code_and_told_across_restarts(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    bench.wait(3)
    bench.power_on()
    bench.come_in()
    bench.touch("最近故障", "K-301 打印机没有纸")
    for words in ("含义", "原因", "换上新纸卷", "由谁处理"):
        assert words in bench.screen
    bench.touch("返回")
    bench.printer.refill()
    bench.wait(3)
    assert "已消除" in bench.screen
    assert "未消除" not in bench.screen


def test_evidence_of_a_receipt_goes_sealed_onto_a_stick(tmp_path: Path) -> None:
    write_new_key_file(tmp_path / "bureau.key")
    bureau = Identity.from_file(tmp_path / "bureau.key")
    with Bench(tmp_path, maintenance={"evidence_recipient": str(bureau.address)}) as bench:
        bench.touch("社保卡挂失")
        bench.place_id_card("wang-xiuying")
        bench.touch("确认挂失")
        number = next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))
        bench.touch("完成")
        bench.wait(5)
        stick = bench.plug_in_stick()
        bench.come_in("李主管", Role.SUPERVISOR)
        bench.touch("取证", "按回执编号")
        bench.enter(number.replace("-", ""))
        bench.touch("生成")
        assert "只有指定的接收方能打开" in bench.screen
        told = [each for each in bench.happened if isinstance(each, tech.Carried)]
        assert [each.percent for each in told if each.stage is tech.Stage.SEALING] == [25, 75, 99]
        (file,) = stick.iterdir()
        sender = MaintenanceKey.at(bench.config.maintenance_key_file).evidence.address
        told = story(open_evidence(file.read_bytes(), bureau, sender), load_words("zh_CN"))
        assert any(number in sentence for sentence in told)
        assert not any(persona("wang-xiuying").name in sentence for sentence in told)


def test_evidence_is_for_supervisors_and_for_whoever_may_open_it(bench: Bench) -> None:
    bench.plug_in_stick()
    bench.come_in()
    bench.touch("取证")
    assert "仅主管可以导出" in bench.screen
    assert not [choice for choice in bench.choices if choice.startswith(("最近", "按回执"))]
    bench.touch("返回", "结束维护，恢复服务")
    bench.come_in("李主管", Role.SUPERVISOR)
    bench.touch("取证", "最近 24 小时")
    assert "没有配置接收方" in bench.screen
