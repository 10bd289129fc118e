"""The readiness report: one call makes every check, and what it files shows who signed it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import FONT, Bench

from drivers.emulators.personas import PERSONAS
from drivers.receipt_printer.slip import Columns, Text
from kiosk.__main__ import app
from kiosk.domain.findings import CHECKS, Verdict
from kiosk.domain.paper import ReadinessSlip
from kiosk.domain.readiness import Report
from kiosk.health.inspections import examined
from kiosk.health.readiness import KEPT, NotGenuine, file_report, report_of, signed, signing_key, verified
from kiosk.receipts.keys import PublicKey, SigningKey, read_public_keys, write_new_signing_key
from kiosk.views.readiness_slip import readiness_lines
from kiosk.views.words import load_words

CHINESE = load_words("zh_CN")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def report(bench: Bench) -> Report:
    """A kiosk without paper, whose ID reader is unplugged."""
    bench.printer.run_out_of_paper()
    bench.id_wire.unplug()
    bench.wait(3)
    return report_of(bench.config, examined(bench.inspections()), lambda: bench.clock.wall)


@pytest.fixture
def keys(bench: Bench, tmp_path: Path) -> dict[bytes, PublicKey]:
    key = signing_key(bench.config)
    assert key is not None
    (tmp_path / "keys.txt").write_text(str(key.public("0012")) + "\n")
    return read_public_keys(tmp_path / "keys.txt")


def test_one_call_makes_every_check_and_says_how_the_whole_stands(report: Report) -> None:
    assert [finding.check for finding in report.findings] == list(CHECKS)
    assert report.verdict is Verdict.FAILED
    assert {"K-201", "K-301"} <= {fault.code for fault in report.faults}


def test_each_finding_comes_as_its_check_ends(bench: Bench) -> None:
    coming = examined(bench.inspections())
    assert next(coming).check == CHECKS[0]
    bench.printer.run_out_of_paper()  # between one check and another
    assert {fault.code for finding in coming for fault in finding.faults} >= {"K-301"}


def test_a_signed_report_is_verified_with_the_public_key_of_the_hall(
    bench: Bench, report: Report, keys: dict[bytes, PublicKey]
) -> None:
    again, by = verified(signed(report, signing_key(bench.config)), keys)
    assert again.as_json() == report.as_json()
    assert by.kiosk == "0012"


def test_a_report_written_anew_by_another_program_is_still_genuine(
    bench: Bench, report: Report, keys: dict[bytes, PublicKey]
) -> None:
    told = json.loads(signed(report, signing_key(bench.config)))
    verified(json.dumps(told, indent=8, sort_keys=True).encode(), keys)


def test_no_part_of_a_signed_report_can_be_changed(
    bench: Bench, report: Report, keys: dict[bytes, PublicKey]
) -> None:
    told = json.loads(signed(report, signing_key(bench.config)))
    for change in (
        {"verdict": "well"}, {"kiosk": "0013"}, {"site": "elsewhere"},
        {"findings": told["report"]["findings"][1:]}, {"ended_at": "2027-01-01T00:00:00+00:00"},
    ):  # fmt: skip
        forged = {**told, "report": {**told["report"], **change}}
        with pytest.raises(NotGenuine, match="changed"):
            verified(json.dumps(forged).encode(), keys)


def test_an_unsigned_report_and_one_of_another_key_are_not_genuine(
    report: Report, keys: dict[bytes, PublicKey], tmp_path: Path
) -> None:
    with pytest.raises(NotGenuine, match="not signed"):
        verified(signed(report, None), keys)
    write_new_signing_key(tmp_path / "other.key")
    other = SigningKey.from_file(tmp_path / "other.key")
    with pytest.raises(NotGenuine, match="not among the keys"):
        verified(signed(report, other), keys)


def test_the_files_are_private_and_only_so_many_are_kept(
    bench: Bench, report: Report, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    filed = file_report(report, folder, None, CHINESE, FONT.parent)
    assert filed.pdf.read_bytes().startswith(b"%PDF")
    assert b"NotoSansSC" in filed.pdf.read_bytes()
    assert {path.stat().st_mode & 0o777 for path in (filed.json, filed.pdf)} == {0o600}
    for number in range(KEPT):
        (folder / f"readiness-0012-2027{number:04}T000000Z.json").write_text("{}")
    file_report(report, folder, None, CHINESE, FONT.parent)
    assert len(list(folder.glob("*.json"))) == KEPT


def test_the_report_just_filed_stays_though_the_clock_is_behind_those_kept(
    report: Report, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(KEPT):
        for suffix in ("json", "pdf"):
            (folder / f"readiness-0012-2927{number:04}T000000Z.{suffix}").write_text("{}")
    filed = file_report(report, folder, None, CHINESE, FONT.parent)
    assert filed.json.exists()
    assert filed.pdf.exists()
    assert len(list(folder.iterdir())) == 2 * KEPT


def test_without_the_kiosks_font_the_pdf_is_still_written(report: Report, tmp_path: Path) -> None:
    assert file_report(report, tmp_path / "reports", None, CHINESE, tmp_path).pdf.exists()


def test_the_slip_says_what_to_do_before_what_is_well(report: Report) -> None:
    lines = readiness_lines(ReadinessSlip(report, "readiness-0012"), CHINESE)
    told = [line.text for line in lines if isinstance(line, Text)]
    assert "K-201 身份证阅读器没有连接" in told
    first_row = next(place for place, line in enumerate(lines) if isinstance(line, Columns))
    assert all(fault.code not in str(line) for line in lines[first_row:] for fault in report.faults)


def test_no_report_holds_a_citizens_data(bench: Bench, tmp_path: Path) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    report = report_of(bench.config, examined(bench.inspections()), lambda: bench.clock.wall)
    document = signed(report, signing_key(bench.config)).decode()
    for one in PERSONAS:
        assert not any(private in document for private in (one.name, one.holder_number, one.card_number))


def test_the_command_files_a_report_and_verifies_it(
    bench: Bench, keys: dict[bytes, PublicKey], tmp_path: Path
) -> None:
    bench.power_off()
    toml = tmp_path / "kiosk.toml"
    toml.write_text(
        f'[kiosk]\nid = "0012"\nsite = "大厅"\ndata_dir = "{tmp_path / "data"}"\n'
        f'[backend]\nurl = "{bench.backend.url}"\n[id_card_reader]\nport = "{tmp_path / "none"}"\n'
        f'[receipt_printer]\nport = "{tmp_path / "no"}"\n[outbox]\nkey_file = "{tmp_path / "outbox.key"}"\n'
        f'[receipts]\nsigning_key_file = "{tmp_path / "receipts.key"}"\n',
        encoding="utf-8",
    )
    made = CliRunner().invoke(app, ["readiness", "make", "--config", str(toml)])
    assert made.exit_code == 1, made.output
    (file,) = (tmp_path / "data" / "reports").glob("*.json")
    told = CliRunner().invoke(app, ["readiness", "verify", str(file), "--key", str(tmp_path / "keys.txt")])
    assert told.exit_code == 0, told.output
    assert "有故障，需要处理" in told.output
    file.write_bytes(file.read_bytes().replace(b"failed", b"well"))
    told = CliRunner().invoke(app, ["readiness", "verify", str(file), "--key", str(tmp_path / "keys.txt")])
    assert told.exit_code == 1
