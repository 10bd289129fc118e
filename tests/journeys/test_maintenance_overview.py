"""Is it well? The overview says it at once, names the next step, and keeps saying it while things change."""

from pathlib import Path

from kiosk.domain.technician import Role
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Trouble
from kiosk.flows.maintenance.overview import Overview
from kiosk.views.models import Health, StatusList, StatusRow
from tests.bench import Bench


def row(bench: Bench, label: str) -> StatusRow:
    assert isinstance(bench.view.body, StatusList)
    return next(each for each in bench.view.body.rows if each.label == label)


def test_a_kiosk_that_is_well_says_so_of_every_part(bench: Bench) -> None:
    bench.come_in()
    for label in (
        "社保卡读卡器",
        "身份证阅读器",
        "打印机和纸",
        "社保系统",
        "时钟",
        "待提交业务",
        "磁盘空间",
        "程序",
    ):
        assert row(bench, label).health is Health.WELL, label


def test_a_fault_is_told_with_its_code_and_the_next_step(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    bench.id_wire.unplug()
    bench.backend.go_offline()
    bench.wait(10)
    bench.come_in()
    paper = row(bench, "打印机和纸")
    assert (paper.health, paper.word) == (Health.FAILED, "故障")
    assert "K-301" in paper.seen
    assert "换上新纸卷" in paper.advice
    assert row(bench, "身份证阅读器").health is Health.FAILED
    assert row(bench, "社保系统").health is Health.FAILED
    assert "有故障，请按提示处理" in bench.screen


def test_what_changes_is_seen_without_a_touch(bench: Bench) -> None:
    bench.come_in()
    bench.printer.run_out_of_paper()
    bench.wait(3)
    assert row(bench, "打印机和纸").health is Health.FAILED
    bench.printer.refill()
    bench.wait(3)
    assert row(bench, "打印机和纸").health is Health.WELL


def test_checks_that_broke_off_are_not_called_well(bench: Bench) -> None:
    bench.hire("李主管", "86420975")
    bench.wait(3600)
    bench.come_in()
    assert "各部分正常" in bench.screen
    assert isinstance(bench.runtime.kiosk.state, Overview)
    ticket = bench.runtime.kiosk.state.look.ticket
    bench.runtime.post(tech.OrderFailed(Trouble.NOT_WORKING, "Examine", ticket))
    bench.settle()
    assert "检查没有做完，结果不全" in bench.screen
    assert "各部分正常" not in bench.screen


def test_paper_that_is_nearly_used_up_is_noted_and_no_fault(bench: Bench) -> None:
    bench.printer.bring_paper_near_end()
    bench.come_in(role=Role.SUPERVISOR)
    assert row(bench, "打印机和纸").health is Health.NOTED
    assert "（主管）" in bench.screen


def test_each_line_leads_to_its_page(bench: Bench) -> None:
    bench.come_in()
    bench.touch("打印机和纸")
    assert bench.view.title == "设备"
    bench.touch("返回", "社保系统")
    assert bench.view.title == "网络和社保系统"


def test_the_way_to_the_backend_fails_plainly_at_its_first_broken_step(bench: Bench) -> None:
    bench.come_in()
    bench.touch("社保系统")
    assert row(bench, "社保系统应答").health is Health.WELL
    bench.backend.go_offline()
    bench.touch("重新检查")
    assert row(bench, "域名解析").health is Health.WELL
    assert row(bench, "连接社保系统").health is Health.FAILED
    assert row(bench, "社保系统应答").health is Health.UNKNOWN


def test_a_pin_pad_has_a_line_of_its_own_where_there_is_one(bench: Bench, tmp_path: Path) -> None:
    bench.come_in()
    assert "密码键盘" not in bench.choices
    (tmp_path / "with-pad").mkdir()
    with Bench(tmp_path / "with-pad", pin_pad={"kind": "zt598", "port": tmp_path / "pad"}) as with_pad:
        with_pad.come_in()
        assert row(with_pad, "密码键盘").health is Health.WELL
        with_pad.pin_pad_wire.unplug()
        with_pad.wait(3)
        with_pad.touch("密码键盘")
        assert with_pad.view.title == "设备"
        with_pad.touch("返回")
        pad = row(with_pad, "密码键盘")
        assert pad.health is Health.FAILED
        assert "K-701" in pad.seen
        assert pad.advice


def test_in_the_largest_letters_what_is_not_well_stands_on_the_first_page(bench: Bench) -> None:
    bench.id_wire.unplug()
    bench.wait(3)
    bench.come_in()
    bench.touch("字号：标准", "字号：大", "字号：特大")
    assert isinstance(bench.view.body, StatusList)
    assert bench.view.body.rows[0].label == "身份证阅读器"
    assert "最近故障" not in bench.choices
    while "下一页" in bench.choices:
        bench.touch("下一页")
    assert "最近故障" in bench.choices
