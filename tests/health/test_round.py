"""What no event tells of is noticed without anybody asking: the kiosk makes its round."""

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from kiosk.domain.faults import Part, fault_of
from kiosk.domain.findings import Finding, Verdict
from kiosk.flows.maintenance import events as tech
from kiosk.flows.noticing import faults_after
from kiosk.health.fault_memory import recent
from kiosk.health.inspections import Inspection
from kiosk.upkeep.round import EVERY_S, SOONER_S, Round
from kiosk.views.models import Health, StatusList, StatusRow
from tests.health.certified import certified

LAST_FAULTS = "最近故障"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        yield bench


def row(bench: Bench, label: str) -> StatusRow:
    assert isinstance(bench.view.body, StatusList)
    return next(each for each in bench.view.body.rows if each.label == label)


def remembered(bench: Bench) -> dict[str, bool]:
    """Return the remembered faults, and whether each is over."""
    return {each.fault.code: each.ended_at is not None for each in recent(bench.config.kiosk.data_dir)}


@pytest.mark.parametrize(
    ("lifetimes", "code"), [({"days": 12}, "K-406"), ({"own_days": 3}, "K-409")], ids=["theirs", "own"]
)
def test_a_certificate_that_ends_soon_is_noticed_told_and_remembered_without_anybody_asking(
    tmp_path: Path, lifetimes: dict[str, float], code: str
) -> None:
    with Bench(tmp_path, **certified(tmp_path, **lifetimes)) as bench:
        assert code in bench.faults
        assert f'kiosk_fault{{code="{code}",severity="soon"}} 1.0' in bench.metrics.page().decode()
        assert remembered(bench)[code] is False
        bench.come_in()
        assert row(bench, "证书").health is Health.NOTED
        assert row(bench, LAST_FAULTS).health is Health.NOTED
        assert code in row(bench, LAST_FAULTS).seen
        bench.touch(LAST_FAULTS)
        assert code in bench.screen


def test_a_link_that_comes_and_goes_says_nothing_of_certificates(tmp_path: Path) -> None:
    with Bench(tmp_path, **certified(tmp_path, own_days=3)) as bench:
        bench.backend.go_offline()
        bench.wait(10)
        bench.backend.go_online()
        bench.wait(10)
        assert "K-409" in bench.faults


def test_a_certificate_that_could_not_be_seen_at_the_start_is_looked_at_soon(tmp_path: Path) -> None:
    with Bench(tmp_path, **certified(tmp_path, days=12)) as bench:
        bench.power_off()
        bench.backend.go_offline()
        bench.power_on()
        bench.wait(10)
        assert "K-406" not in bench.faults
        bench.backend.go_online()
        bench.wait(SOONER_S)
        assert "K-406" in bench.faults


def test_the_round_comes_again_every_hour_and_sees_what_was_mended(bench: Bench) -> None:
    assert "K-610" in bench.faults
    bench.hire("张工", "86420975")
    bench.wait(EVERY_S / 2)
    assert "K-610" in bench.faults
    bench.wait(EVERY_S / 2)
    assert "K-610" not in bench.faults
    assert remembered(bench)["K-610"] is True


def test_what_a_technicians_check_has_found_is_remembered_and_looked_at_again(bench: Bench) -> None:
    (log,) = bench.config.audit_dir.glob("0*.jsonl")
    before = log.read_bytes()
    log.write_bytes(before.replace(b'"paper"', b'"paqer"'))
    bench.come_in()
    bench.touch("检测报告")
    assert remembered(bench)["K-612"] is False
    bench.touch("返回", "结束维护，恢复服务")
    bench.wait(EVERY_S)
    assert "K-612" in bench.faults
    log.write_bytes(before + log.read_bytes()[len(before) :])
    bench.wait(EVERY_S)
    assert "K-612" not in bench.faults


def test_a_check_a_broken_disk_ends_is_a_finding_and_the_round_goes_on(bench: Bench) -> None:
    disk = {"broken": True}

    def look() -> list[Finding]:
        if disk["broken"]:
            raise OSError(errno.EIO, "Input/output error")
        return [Finding("kiosk.disk")]

    checks = (
        Inspection(("kiosk.disk",), look),
        Inspection(("kiosk.config",), lambda: [Finding("kiosk.config")]),
    )
    round_ = Round(checks, Inspection((), lambda: ()), lambda: bench.clock.steady)
    found = list(round_.findings())
    assert [(each.check, [fault.code for fault in each.faults]) for each in found] == [
        ("kiosk.disk", ["K-602"]),
        ("kiosk.config", []),
    ]
    low = (fault_of(Part.KIOSK, "disk_low"),)
    assert faults_after(low, tech.Noticed(found[0])) == low, "what was not looked at was said to be mended"
    disk["broken"] = False
    bench.clock.forward(EVERY_S)
    assert [each.verdict for each in round_.findings()] == [Verdict.WELL, Verdict.WELL]


def test_what_a_shell_has_found_is_remembered_as_well_and_looked_at_again(bench: Bench) -> None:
    (log,) = bench.config.audit_dir.glob("0*.jsonl")
    before = log.read_bytes()
    log.write_bytes(before.replace(b'"paper"', b'"paqer"'))
    bench.doctor()
    bench.wait(5)
    assert "K-612" in bench.faults
    assert remembered(bench)["K-612"] is False
    log.write_bytes(before + log.read_bytes()[len(before) :])
    bench.wait(EVERY_S)
    assert "K-612" not in bench.faults


def test_the_overview_lists_the_last_three_faults_with_code_time_and_words(bench: Bench) -> None:
    for go_wrong, mend in (
        (bench.printer.bring_paper_near_end, bench.printer.refill),
        (bench.printer.open_cover, bench.printer.close_cover),
        (bench.id_wire.unplug, bench.id_wire.plug_in),
        (bench.printer.run_out_of_paper, lambda: None),
    ):
        go_wrong()
        bench.wait(60)
        mend()
        bench.wait(3)
    bench.come_in()
    line = row(bench, LAST_FAULTS)
    assert line.seen.split("\n") == [
        "11月24日 09:33　K-301 打印机没有纸",
        "11月24日 09:32　K-201 身份证阅读器没有连接（已消除）",
        "11月24日 09:31　K-302 打印机盖没有关好（已消除）",
    ]
    assert (line.health, line.word) == (Health.FAILED, "未消除")
    bench.printer.refill()
    bench.wait(3)
    assert row(bench, LAST_FAULTS).word == "已消除"
    bench.touch(LAST_FAULTS)
    assert "K-311" in bench.screen
