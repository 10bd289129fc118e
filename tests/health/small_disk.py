"""Runs in a mount namespace of its own, on a file system of 12 MB. Prints the codes its checks find."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from kiosk.config import Config
from kiosk.domain.findings import Finding
from kiosk.health.inspections import Kiosk, examined, inspections
from kiosk.services.outbox_check import check_of
from kiosk.services.service import Check
from offline_queue import Outbox, Vault, Verification

DISK = Path(sys.argv[1])
CONFIG = Config.model_validate(
    {
        "kiosk": {"id": "0001", "site": "hall", "data_dir": DISK},
        "backend": {"url": "http://127.0.0.1:9"},
        "id_card_reader": {"port": "/dev/null"},
        "receipt_printer": {"port": "/dev/null"},
        "outbox": {"key_file": "/dev/null"},
    }
)
outbox = Outbox.open(DISK / "outbox.db", Vault.from_key(bytes(32)), owner="0001")


class Opened:
    """An outbox and nothing else."""

    def check(self, service: str) -> Check:
        assert service == "ledger"
        return check_of(outbox, None)

    def verify_outbox(self) -> Verification:
        return outbox.verify()


def codes(check: str) -> list[str]:
    kiosk = Kiosk(CONFIG, None, DISK, lambda: datetime.now(UTC))
    (found,) = examined(each for each in inspections(kiosk, Opened()) if each.checks == (check,))
    assert isinstance(found, Finding)
    return [fault.code for fault in found.faults]


sys.stdout.write(" ".join(("small", *codes("kiosk.disk"), *codes("outbox.entries"))) + "\n")
sys.stdout.flush()
# After an error the kernel turns a file system read-only under open files; nobody else is let do that.
subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", DISK], check=True)
sys.stdout.write(" ".join(("read-only", *codes("outbox.entries"))) + "\n")
