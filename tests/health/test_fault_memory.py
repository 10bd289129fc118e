"""What is remembered of faults: when they began and ended, across restarts, and nothing of anybody."""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from kiosk.__main__ import app
from kiosk.domain.faults import FAULTS
from kiosk.health.fault_memory import FILE, KEPT, Remembered, recent
from kiosk.health.fault_page import fault_page
from kiosk.views.words import load_words

PAGE = Path(__file__).parents[2] / "docs" / "fault-codes.md"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        yield bench


NOBODY_HIRED = "K-610"  # so it is on the bench, and the round notices it


def remembered(bench: Bench) -> list[Remembered]:
    return [each for each in recent(bench.config.kiosk.data_dir) if each.fault.code != NOBODY_HIRED]


def told(bench: Bench) -> list[tuple[str, bool]]:
    return [(each.fault.code, each.ended_at is not None) for each in remembered(bench)]


def test_a_fault_is_remembered_with_when_it_began_and_when_it_ended(bench: Bench) -> None:
    bench.printer.open_cover()
    bench.wait(60)
    bench.printer.close_cover()
    bench.wait(3)
    (cover,) = remembered(bench)
    assert cover.fault.code == "K-302"
    assert cover.ended_at is not None
    assert timedelta(seconds=58) <= cover.ended_at - cover.began_at <= timedelta(seconds=64)


def test_the_last_one_to_begin_comes_first_and_one_that_stands_has_no_end(bench: Bench) -> None:
    bench.printer.open_cover()
    bench.wait(3)
    bench.id_wire.unplug()
    bench.wait(3)
    assert told(bench) == [("K-201", False), ("K-302", False)]


def test_a_restart_forgets_none_and_ends_what_stood(bench: Bench) -> None:
    bench.printer.open_cover()
    bench.wait(3)
    bench.printer.close_cover()  # while nobody looks
    bench.power_on()
    assert told(bench) == [("K-302", True)]
    bench.printer.open_cover()
    bench.wait(3)
    assert told(bench) == [("K-302", False), ("K-302", True)]


def test_half_a_line_after_a_power_cut_is_passed_over(bench: Bench) -> None:
    bench.printer.open_cover()
    bench.wait(3)
    file = bench.config.kiosk.data_dir / FILE
    file.write_bytes(file.read_bytes() + b'{"at": "2026-11\n{"code": "K-999"}\n[]\n')
    assert told(bench) == [("K-302", False)]


def test_a_device_that_comes_and_goes_for_ever_fills_no_disk(bench: Bench) -> None:
    file = bench.config.kiosk.data_dir / FILE
    lines = [
        {"at": "2026-11-23T01:30:00+00:00", "what": what, "code": "K-302"} for what in ("began", "ended")
    ]
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines * KEPT))
    bench.power_on()
    bench.printer.open_cover()
    bench.wait(3)
    assert len(file.read_text().splitlines()) <= KEPT + 2
    assert told(bench)[:2] == [("K-302", False), ("K-302", True)]


def test_a_folder_that_takes_no_writes_costs_the_memory_and_nothing_else(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        file = bench.config.kiosk.data_dir / FILE
        file.unlink()
        file.mkdir()
        bench.printer.open_cover()
        bench.wait(3)
        assert "K-302" in bench.faults
        assert told(bench) == []


def test_the_command_tells_the_last_faults_and_explains_a_code(bench: Bench, tmp_path: Path) -> None:
    bench.printer.run_out_of_paper()
    bench.wait(3)
    toml = tmp_path / "kiosk.toml"
    toml.write_text(
        f'[kiosk]\nid = "0012"\nsite = "大厅"\ndata_dir = "{tmp_path / "data"}"\n[backend]\n'
        'url = "http://127.0.0.1:9"\n[id_card_reader]\nport = "/dev/null"\n[receipt_printer]\n'
        f'port = "/dev/zero"\n[outbox]\nkey_file = "{tmp_path / "outbox.key"}"\n',
        encoding="utf-8",
    )
    listed = CliRunner().invoke(app, ["faults", "--config", str(toml)])
    assert "2026年11月24日 09:30 - ...  K-301 打印机没有纸" in listed.output
    explained = CliRunner().invoke(app, ["faults", "k-301", "--language", "en"])
    assert "Put in a new roll" in explained.output
    assert CliRunner().invoke(app, ["faults", "K-999"]).exit_code == 2


def test_the_page_in_the_documentation_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == fault_page(load_words("zh_CN"), load_words("en"))


def test_no_code_and_no_cause_stands_for_two_things() -> None:
    assert len({fault.code for fault in FAULTS}) == len(FAULTS)
    causes = [(fault.part, cause) for fault in FAULTS for cause in fault.causes]
    assert len(set(causes)) == len(causes)
