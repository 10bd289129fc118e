"""Faults in the files and on the disk of a kiosk, most of them found when it is opened without running."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from drivers.emulators.pty_host import PtyHost
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.serial_port import SerialPort
from kiosk import app
from kiosk.domain.faults import Part, fault_of
from kiosk.domain.findings import Finding
from kiosk.health.asking import OpenedForThis
from kiosk.health.inspections import Kiosk, examined, inspections
from kiosk.services.outbox_check import check_of
from offline_queue import Limits, NewEntry, Outbox, Vault, write_new_key_file
from offline_queue.errors import StorageFailure
from tests.bench import FONT, Bench
from tests.health.raised import Raise
from tests.health.raised.at_work import codes_of, report_loss_offline
from tests.offline_queue.conftest import failing_disk
from tests.offline_queue.test_outbox_space import PRIVATE_DISK, has_private_disks

ROOT = Path(__file__).parents[3]
SMALL_DISK = Path(__file__).parents[1] / "small_disk.py"


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


def ports_held_by_another_program(folder: Path) -> set[str]:
    link = folder / "held"
    pad = {"kind": "zt598", "port": folder / "unused"}
    with Bench(folder, pin_pad=pad) as bench, PtyHost(ReceiptPrinterEmulator(FONT), link):
        port = SerialPort(link, 115200)
        found = codes(
            opened(bench, id_card_reader__port=link, receipt_printer__port=link, pin_pad__port=link)
        )
        port.close()
        return found


def row_changed_by_hand(folder: Path) -> set[str]:
    """Looking salvages nothing, so the second look finds the same; opening for work salvages, and says so."""
    with Bench(folder) as bench:
        report_loss_offline(bench)
        bench.power_off()
        with closing(sqlite3.connect(bench.config.kiosk.data_dir / "outbox.db")) as connection:
            connection.execute("UPDATE entries SET kind = 'contact_change'")
            connection.commit()
        looked = set[str]()
        for _ in range(2):
            found = {each.check: each for each in opened(bench)}["outbox.chain"]
            assert [each.value for each in found.measured if each.name == "first_break"] == [1]
            looked = codes([found])
        bench.power_on()
        assert set(bench.faults) & codes_of(bench, "outbox.entries"), "the loop knows, too"
        return looked | codes_of(bench, "outbox.entries")


def keys_others_could_read(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        (folder / "outbox.key").chmod(0o644)
        bench.power_on()
        at_work = set(bench.faults)
        (folder / "receipts.key").chmod(0o644)
        found = codes(opened(bench))
        assert found & at_work, "the running kiosk says of its outbox what a look at the files says"
        return found


def outbox_of_another_kiosk(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        report_loss_offline(bench)
        return codes(opened(bench, kiosk__id="0013"))


def outbox_under_another_key(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        report_loss_offline(bench)
        write_new_key_file(folder / "other.key")
        return codes(opened(bench, outbox__key_file=folder / "other.key"))


def outbox_held_by_another_program(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        bench.power_off()
        file, vault = bench.config.kiosk.data_dir / "outbox.db", Vault.from_file(folder / "outbox.key")
        with closing(Outbox.open(file, vault, owner="0012")):
            return codes(opened(bench))


def nothing_installed_or_configured(folder: Path) -> set[str]:
    with Bench(folder) as bench:
        (folder / "kiosk.toml").write_text("[kiosk]\nid = 1", encoding="utf-8")
        return codes(opened(bench, display__fonts_dir=folder, receipts__signing_key_file=None))


def altered_audit_log(folder: Path) -> set[str]:
    """A running kiosk and a look at its files say the same."""
    with Bench(folder) as bench:
        (log,) = bench.config.audit_dir.glob("0*.jsonl")
        log.write_bytes(log.read_bytes().replace(b'"paper"', b'"paqer"'))
        return codes_of(bench, "kiosk.audit") & codes(opened(bench))


def full_backlog_and_no_second_copy(folder: Path) -> set[str]:
    (folder / "copies").write_text("a file where the folder of copies should be")
    with Bench(folder, outbox={"max_pending": 1, "backup_dir": folder / "copies"}) as bench:
        report_loss_offline(bench)
        bench.wait(3)
        return codes_of(bench, "outbox.entries") & set(bench.faults)


def disk_that_takes_no_writes(folder: Path) -> set[str]:
    key, limits = Vault.from_key(bytes(32)), Limits(free_bytes=0)
    with closing(Outbox.open(folder / "outbox.db", key, owner="0012", limits=limits)) as outbox:
        one = NewEntry("one", "contact_change", "somebody", b"{}", datetime.now(UTC), "synchronised")
        with failing_disk():
            with pytest.raises(StorageFailure):
                outbox.put(one)
            return {fault_of(Part.OUTBOX, cause).code for cause in check_of(outbox, None).causes}


def small_and_read_only_disks(folder: Path) -> set[str]:
    if not has_private_disks():
        pytest.skip("needs a user namespace to mount a small file system")
    script = f"""
        mount -t tmpfs -o size=12m tmpfs {folder}
        {sys.executable} {SMALL_DISK} {folder}
    """
    ran = subprocess.run(
        [*PRIVATE_DISK, "sh", "-ec", script], check=False, capture_output=True, text=True, cwd=ROOT
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stdout.split())


IN_FILES: dict[str, Raise] = {
    **dict.fromkeys(("K-202", "K-309", "K-702"), ports_held_by_another_program),
    **dict.fromkeys(("K-504", "K-505"), row_changed_by_hand),
    **dict.fromkeys(("K-506", "K-607"), keys_others_could_read),
    "K-507": outbox_of_another_kiosk,
    "K-508": outbox_under_another_key,
    "K-509": outbox_held_by_another_program,
    **dict.fromkeys(("K-605", "K-608", "K-609"), nothing_installed_or_configured),
    "K-612": altered_audit_log,
    **dict.fromkeys(("K-501", "K-513"), full_backlog_and_no_second_copy),
    "K-512": disk_that_takes_no_writes,
    **dict.fromkeys(("K-502", "K-503", "K-604"), small_and_read_only_disks),
}
