"""`kiosk doctor`: what the technician is told of everything that can be checked, and what to do."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import FONT, Bench

from drivers.control_socket import ControlSocket
from drivers.emulators.card_slot import CardSlotEmulator
from drivers.emulators.personas import persona
from kiosk import app as application
from kiosk.__main__ import app
from kiosk.control import control_path, doctor_hands
from kiosk.domain.findings import CHECKS, Verdict
from kiosk.flows.mode import Starting
from kiosk.health.asking import AtWork
from kiosk.health.inspections import Kiosk, inspections
from kiosk.logs import open_log
from kiosk.threads import ThreadedCrew

TOML = """\
[kiosk]
id = "0012"
site = "大厅"
data_dir = "{folder}/data"
[backend]
url = "{url}"
[id_card_reader]
port = "{folder}/unplugged"
[receipt_printer]
port = "{folder}/unplugged-printer"
[outbox]
key_file = "{folder}/outbox.key"
[receipts]
signing_key_file = "{folder}/receipts.key"
"""


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        (tmp_path / "kiosk.toml").write_text(TOML.format(folder=tmp_path, url=bench.backend.url), "utf-8")
        yield bench


@contextmanager
def at_work(bench: Bench) -> Iterator[None]:
    """The same kiosk on threads of its own, with the control socket it has in the hall."""
    bench.power_off()
    bench.card_slot = CardSlotEmulator()
    crew = ThreadedCrew(lambda name, fault: None)
    doors = replace(bench.doors(), patience_s=0.05)
    log = open_log(bench.folder / "kiosk.jsonl", "0012")
    runtime = application.assemble(bench.config, doors, crew, lambda view: None, log)
    while isinstance(runtime.kiosk.mode, Starting):
        runtime.turn()
    checks = inspections(
        Kiosk(bench.config, bench.folder / "kiosk.toml", FONT.parent, doors.clock.wall), AtWork(crew.call)
    )
    with ControlSocket(control_path(bench.config), doctor_hands(crew.call, checks)):
        yield
    crew.dismiss()


def doctor(folder: Path, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["doctor", "--config", str(folder / "kiosk.toml"), *words])
    return result.exit_code, result.output


def codes(output: str) -> dict[str, list[str]]:
    return {each["check"]: each["faults"] for each in json.loads(output) if each["faults"]}


def test_a_running_kiosk_is_asked_through_its_control_socket(bench: Bench, tmp_path: Path) -> None:
    bench.hire("li-na", "24681357")
    with at_work(bench):
        status, output = doctor(tmp_path, "--json")
        assert (status, codes(output)) == (0, {})
        assert [each["check"] for each in json.loads(output)] == list(CHECKS)
        bench.printer.run_out_of_paper()
        status, output = doctor(tmp_path)
    assert status == 1
    assert "K-301 打印机没有纸" in output
    assert "换上新纸卷" in output


def test_what_is_only_to_be_done_soon_has_an_exit_status_of_its_own(bench: Bench, tmp_path: Path) -> None:
    bench.hire("li-na", "24681357")
    bench.printer.bring_paper_near_end()
    with at_work(bench):
        status, output = doctor(tmp_path, "--language", "en")
    assert status == 3
    assert "K-311 The paper is nearly used up" in output


def test_without_a_running_kiosk_devices_and_files_are_opened_and_nothing_is_sent(
    bench: Bench, tmp_path: Path
) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    bench.power_off()
    bench.backend.go_online()
    before = {path: path.read_bytes() for path in (tmp_path / "data").rglob("*.db")}
    status, output = doctor(tmp_path, "--json")
    assert status == 1
    found = {each["check"]: each for each in json.loads(output)}
    assert found["device.id_reader"]["faults"] == ["K-201"]
    (todo,) = found["device.id_reader"]["todo"]
    assert (todo["code"], todo["who"]) == ("K-201", "维护人员")
    assert "检查数据线和供电" in todo["todo"]
    assert found["device.pin_pad"]["verdict"] == "skipped", "it has none"
    assert found["device.printer"]["faults"] == ["K-308"]
    assert found["outbox.entries"]["measured"]["pending"] == 1
    assert found["outbox.chain"] == {**found["outbox.chain"], "verdict": "well", "measured": {"rows": 1}}
    assert found["backend.health"]["verdict"] == "well"
    assert bench.backend.transactions == ()
    assert {path: path.read_bytes() for path in before} == before


def test_nothing_of_a_citizen_is_told(bench: Bench, tmp_path: Path) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    with at_work(bench):
        _, output = doctor(tmp_path, "--json")
    loser = persona("wang-xiuying")
    for private in (loser.name, loser.holder_number, loser.card_number):
        assert private not in output


def test_each_check_is_made_once_and_in_the_order_they_are_told(bench: Bench) -> None:
    made = [finding.check for each in bench.inspections() for finding in each.look()]
    assert made == list(CHECKS)


def test_an_unplugged_id_reader_is_told_and_comes_back_by_itself(bench: Bench) -> None:
    bench.id_wire.unplug()
    bench.wait(3)
    assert bench.finding("device.id_reader").verdict is Verdict.FAILED
    assert "身份证阅读器暂停使用" in bench.screen
    bench.id_wire.plug_in()
    bench.wait(3)
    assert bench.finding("device.id_reader").verdict is Verdict.WELL
    assert "身份证阅读器暂停使用" not in bench.screen
