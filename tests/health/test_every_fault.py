"""Each code of the catalogue is raised by a fault on an emulator, in a file or on a disk."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import FONT, Bench

from drivers.emulators.personas import persona
from drivers.emulators.pty_host import PtyHost
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.id_card_reader.protocol import Status
from drivers.pin_pad.protocol import ReturnCode
from drivers.receipt_printer.status import Reason
from drivers.serial_port import SerialPort
from kiosk import app
from kiosk.domain.cards import CardState
from kiosk.domain.faults import FAULTS, Part, fault_of
from kiosk.domain.findings import Finding
from kiosk.health import starts
from kiosk.health.asking import AtWork, OpenedForThis
from kiosk.health.inspections import Kiosk, examined, inspections
from kiosk.input.rime import EngineUnavailable, PinyinEngine
from kiosk.logs import open_log
from kiosk.services import routes
from kiosk.services.input_method import InputMethod
from kiosk.services.outbox_check import check_of
from kiosk.threads import ThreadedCrew
from offline_queue import Limits, NewEntry, Obstacle, Outbox, Vault, write_new_key_file
from offline_queue.errors import StorageFailure
from tests.offline_queue.conftest import failing_disk
from tests.offline_queue.test_outbox_space import PRIVATE_DISK, has_private_disks

ROOT = Path(__file__).parents[2]
LOSER = persona("wang-xiuying")
Raise = Callable[[Bench], None]


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, pin_pad={"kind": "zt598", "port": tmp_path / "unused"}) as bench:
        yield bench


def report_loss_offline(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER.key)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")


def hang_the_card_reader(bench: Bench) -> None:
    bench.card_slot.insert(bench.cards[LOSER.key])
    bench.card_slot.hang_on_next_apdu()
    bench.settle()


def stall_before_a_slip(bench: Bench) -> None:
    bench.printer.stall()
    report_loss_offline(bench)


def stall_in_the_middle_of_a_slip(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.printer.stall(after_bytes=100)
    bench.touch("再打一张")


def take_the_loudspeaker_away(bench: Bench) -> None:
    bench.loudspeaker.unplug()
    bench.touch("朗读", "办事指南")


def reject_a_report(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.backend.window.set_state(LOSER.card_number, CardState.CANCELLED)
    bench.backend.go_online()
    bench.wait(60)


def let_a_report_wait(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.clock.forward(25 * 3600)


FOUND_AT_WORK: dict[str, tuple[str, Raise]] = {
    "K-101": ("device.card_reader", lambda bench: bench.card_slot.unplug_reader()),
    "K-102": ("device.card_reader", hang_the_card_reader),
    "K-201": ("device.id_reader", lambda bench: bench.id_wire.unplug()),
    "K-203": ("device.id_reader", lambda bench: setattr(bench.id_reader, "silent", True)),
    "K-301": ("device.printer", lambda bench: bench.printer.run_out_of_paper()),
    "K-302": ("device.printer", lambda bench: bench.printer.open_cover()),
    "K-303": ("device.printer", lambda bench: bench.printer.jam()),
    "K-304": ("device.printer", lambda bench: bench.printer.overheat()),
    "K-305": ("device.printer", lambda bench: bench.printer.break_down()),
    "K-306": ("device.printer", stall_before_a_slip),
    "K-307": ("device.printer", lambda bench: bench.printer.cut_power()),
    "K-308": ("device.printer", lambda bench: bench.printer_wire.unplug()),
    "K-310": ("device.printer", stall_in_the_middle_of_a_slip),
    "K-311": ("device.printer", lambda bench: bench.printer.bring_paper_near_end()),
    "K-312": ("device.printer", lambda bench: bench.printer.hold_key()),
    "K-701": ("device.pin_pad", lambda bench: bench.pin_pad_wire.unplug()),
    "K-703": ("device.pin_pad", lambda bench: setattr(bench.pin_pad, "silent", True)),
    "K-704": ("device.pin_pad", lambda bench: setattr(bench.pin_pad, "trouble", ReturnCode.OTHER)),
    "K-705": ("device.pin_pad", lambda bench: setattr(bench.pin_pad, "trouble", ReturnCode.HARDWARE)),
    "K-801": ("device.voice", take_the_loudspeaker_away),
    "K-510": ("outbox.entries", reject_a_report),
    "K-511": ("outbox.entries", let_a_report_wait),
}
STAND_IN_THE_LOOP = {code for code in FOUND_AT_WORK if code[:3] != "K-7"}
"""Faults the running kiosk hears of by itself; a pad nobody enters at is only looked at."""


@pytest.mark.parametrize("code", FOUND_AT_WORK)
def test_a_fault_at_work_is_found_by_its_check_and_stands_in_the_loop(bench: Bench, code: str) -> None:
    check, go_wrong = FOUND_AT_WORK[code]
    go_wrong(bench)
    bench.wait(3)
    assert code in [fault.code for fault in bench.finding(check).faults]
    if code in STAND_IN_THE_LOOP:
        assert code in bench.faults


def test_an_id_reader_that_answers_nonsense_is_told(bench: Bench) -> None:
    bench.id_reader.refuse_next(Status.BAD_COMMAND)
    assert [fault.code for fault in bench.finding("device.id_reader").faults] == ["K-205"]


def test_a_fault_that_is_mended_leaves_the_loop_and_the_others_stay(bench: Bench) -> None:
    bench.printer.open_cover()
    bench.id_wire.unplug()
    bench.wait(3)
    assert bench.faults[:2] == ["K-201", "K-302"]
    bench.printer.close_cover()
    bench.wait(3)
    assert "K-201" in bench.faults
    assert "K-302" not in bench.faults


def test_a_voice_without_words_is_told(tmp_path: Path) -> None:
    with Bench(tmp_path, voice={"engine": "none"}) as bench:
        assert [fault.code for fault in bench.finding("device.voice").faults] == ["K-802"]


# --- found when a kiosk that isn't running is opened, or in its files -----------------------------


def opened(bench: Bench, **changes: object) -> list[Finding]:
    """Switch off, change kiosk.toml's values (`outbox__key_file=`), and look with what is on disk."""
    bench.power_off()
    content = bench.config.model_dump()
    for name, value in changes.items():
        section, _, key = name.partition("__")
        content[section][key] = value
    config = bench.config.model_validate(content)
    unsigned = config.model_copy(update={"receipts": type(config.receipts)()})
    doors = replace(app.real_doors(config), couriers=0)
    makes = app.services_of(unsigned, doors, app.library_of(config))
    kiosk = Kiosk(config, bench.folder / "kiosk.toml", app.fonts_dir(config), lambda: datetime.now(UTC))
    groups = [each for each in inspections(kiosk, OpenedForThis(config, makes)) if len(each.checks) == 1]
    return list(examined(groups))


def codes(findings: list[Finding]) -> set[str]:
    return {fault.code for finding in findings for fault in finding.faults}


def test_ports_held_by_another_program_are_told_as_in_use(bench: Bench) -> None:
    link = bench.folder / "held"
    with PtyHost(ReceiptPrinterEmulator(FONT), link):
        port = SerialPort(link, 115200)
        found = codes(
            opened(bench, id_card_reader__port=link, receipt_printer__port=link, pin_pad__port=link)
        )
        port.close()
    assert {"K-202", "K-309", "K-702"} <= found


def test_a_security_module_that_fails_its_self_test_is_told(bench: Bench) -> None:
    bench.id_reader.sam_failure = Status.SAM_SELF_TEST_FAILED
    assert [fault.code for fault in bench.finding("device.id_reader").faults] == ["K-204"]


def test_a_row_changed_by_hand_is_told_and_not_salvaged_by_looking(bench: Bench) -> None:
    report_loss_offline(bench)
    bench.power_off()
    file = bench.folder / "data" / "outbox.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("UPDATE entries SET kind = 'contact_change'")
        connection.commit()
    for _ in range(2):
        found = {each.check: each for each in opened(bench)}
        assert [fault.code for fault in found["outbox.chain"].faults] == ["K-504"]
        assert [each.value for each in found["outbox.chain"].measured if each.name == "first_break"] == [1]
    bench.power_on()  # opening for work salvages it, and says so
    assert "K-505" in bench.faults
    assert "K-505" in [fault.code for fault in bench.finding("outbox.entries").faults]


def test_a_key_others_could_read_is_told(bench: Bench) -> None:
    (bench.folder / "outbox.key").chmod(0o644)
    bench.power_on()
    assert "K-506" in bench.faults
    (bench.folder / "receipts.key").chmod(0o644)
    assert {"K-506", "K-607"} <= codes(opened(bench))


def test_the_outbox_of_another_kiosk_and_another_key_are_told(bench: Bench) -> None:
    report_loss_offline(bench)
    assert "K-507" in codes(opened(bench, kiosk__id="0013"))
    write_new_key_file(bench.folder / "other.key")
    assert "K-508" in codes(opened(bench, outbox__key_file=bench.folder / "other.key"))


def test_an_outbox_held_by_another_program_is_told(bench: Bench) -> None:
    bench.power_off()
    file, vault = bench.folder / "data" / "outbox.db", Vault.from_file(bench.folder / "outbox.key")
    held = Outbox.open(file, vault, owner="0012")
    found = codes(opened(bench))
    held.close()
    assert "K-509" in found


def test_what_is_not_installed_or_configured_is_told(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text("[kiosk]\nid = 1", encoding="utf-8")
    found = codes(opened(bench, display__fonts_dir=tmp_path, receipts__signing_key_file=None))
    assert {"K-605", "K-608", "K-609", "K-610"} <= found


def test_a_list_of_technicians_nobody_can_parse_is_told(bench: Bench) -> None:
    bench.config.technicians_file.write_text("not a list")
    bench.config.technicians_file.chmod(0o600)
    assert [fault.code for fault in bench.finding("kiosk.technicians").faults] == ["K-611"]


def test_an_audit_log_that_was_altered_is_told_by_a_running_kiosk_and_by_its_files(bench: Bench) -> None:
    assert bench.finding("kiosk.audit").faults == ()
    (log,) = bench.config.audit_dir.glob("0*.jsonl")
    log.write_bytes(log.read_bytes().replace(b'"paper"', b'"paqer"'))
    assert [fault.code for fault in bench.finding("kiosk.audit").faults] == ["K-612"]
    assert "K-612" in codes(opened(bench))


def test_an_audit_log_that_can_not_be_written_is_told(bench: Bench) -> None:
    bench.power_off()
    shutil.rmtree(bench.config.audit_dir)
    bench.config.audit_dir.write_text("a file where the folder should be")
    bench.power_on()
    assert [fault.code for fault in bench.finding("kiosk.audit").faults] == ["K-613"]


def test_a_run_that_never_ended_is_told_by_the_next_one(bench: Bench) -> None:
    data_dir = bench.config.kiosk.data_dir
    starts.begin(data_dir)
    starts.end(data_dir)
    starts.begin(data_dir)  # and then the power fails
    assert bench.finding("kiosk.starts").faults == ()
    starts.begin(data_dir)
    assert [fault.code for fault in bench.finding("kiosk.starts").faults] == ["K-603"]


def test_without_dictionaries_the_input_method_says_so(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable):
        PinyinEngine(tmp_path)
    check = InputMethod(None).check()
    assert [fault_of(Part.INPUT, cause).code for cause in check.causes] == ["K-606"]


# --- storage --------------------------------------------------------------------------------------


def test_a_full_backlog_and_a_second_copy_that_fails_are_told(tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("a file where the folder of copies should be")
    with Bench(tmp_path, outbox={"max_pending": 1, "backup_dir": tmp_path / "copies"}) as bench:
        report_loss_offline(bench)
        bench.wait(3)
        found = [fault.code for fault in bench.finding("outbox.entries").faults]
        assert found == ["K-501", "K-513"]
        assert {"K-501"} <= set(bench.faults)


def test_a_disk_that_takes_no_writes_is_told(tmp_path: Path) -> None:
    limits = Limits(free_bytes=0)
    outbox = Outbox.open(tmp_path / "outbox.db", Vault.from_key(bytes(32)), owner="0012", limits=limits)
    with failing_disk():
        with pytest.raises(StorageFailure):
            outbox.put(
                NewEntry("one", "contact_change", "somebody", b"{}", datetime.now(UTC), "synchronised")
            )
        found = [fault_of(Part.OUTBOX, cause).code for cause in check_of(outbox, None).causes]
    outbox.close()
    assert found == ["K-512"]


@pytest.mark.skipif(not has_private_disks(), reason="needs a user namespace to mount a small file system")
def test_a_small_disk_is_told_as_low_and_a_read_only_one_as_that(tmp_path: Path) -> None:
    script = f"""
        mount -t tmpfs -o size=12m tmpfs {tmp_path}
        {sys.executable} {Path(__file__).with_name("small_disk.py")} {tmp_path}
    """
    ran = subprocess.run(
        [*PRIVATE_DISK, "sh", "-ec", script], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert ran.stdout.splitlines() == ["small K-604 K-502", "read-only K-503"], ran.stderr


# --- workers --------------------------------------------------------------------------------------


def test_a_worker_that_ends_is_told_in_the_loop_and_by_whoever_asks_it(tmp_path: Path) -> None:
    with Bench(tmp_path) as bench:
        bench.power_off()
        display = bench.config.display.model_copy(update={"fonts_dir": tmp_path})  # no font is there
        config = bench.config.model_copy(update={"display": display})
        crew = ThreadedCrew(lambda name, fault: None)
        runtime = app.assemble(config, bench.doors(), crew, lambda view: None, open_log(None, "0012"))
        while routes.PRINTER not in runtime.kiosk.visit.conditions.failed_services:
            runtime.turn()
        assert "K-601" in [fault.code for fault in runtime.kiosk.visit.conditions.faults]
        checks = inspections(Kiosk(config, None, tmp_path, lambda: datetime.now(UTC)), AtWork(crew.call))
        (found,) = examined(each for each in checks if each.checks == ("device.printer",))
        assert [fault.code for fault in found.faults] == ["K-602"]
        crew.dismiss()


# --- all of them ----------------------------------------------------------------------------------


def test_every_code_of_the_catalogue_is_raised_by_a_test() -> None:
    elsewhere = [path for path in ROOT.glob("tests/*/test_*.py") if path.parent != Path(__file__).parent]
    tests = [Path(__file__), *elsewhere]
    raised = set(re.findall(r"K-\d{3}", "".join(path.read_text(encoding="utf-8") for path in tests)))
    assert raised == {fault.code for fault in FAULTS}


def test_every_reason_of_the_printer_and_every_obstacle_of_the_outbox_has_a_code_of_its_own() -> None:
    for part, causes in (
        (Part.PRINTER, [reason.word for reason in Reason]),
        (Part.OUTBOX, [obstacle.value for obstacle in Obstacle]),
    ):
        listed = {cause for fault in FAULTS if fault.part is part for cause in fault.causes}
        assert set(causes) <= listed


def test_a_part_of_the_catalogue_is_a_service_or_the_kiosk_itself() -> None:
    services = {value for name, value in vars(routes).items() if name.isupper() and isinstance(value, str)}
    assert {part.value for part in Part} - services == {Part.KIOSK.value}
