"""A kiosk.toml of a kiosk that stands in a folder, and that kiosk at work without devices or window."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from drivers.control_socket import ControlSocket
from kiosk import app
from kiosk.audit.observer import Tell
from kiosk.audit_desk import audit_hands
from kiosk.config import Config
from kiosk.control import control_path, queue_hands
from kiosk.health.asking import Call
from kiosk.runtime import Clock
from kiosk.services.routes import AUDIT, LEDGER
from kiosk.threads import ThreadedCrew
from kiosk.trusted_ground import AuditTrail
from offline_queue.vault import write_new_key_file


def standing_kiosk(folder: Path, more: str = "") -> Path:
    """Write kiosk.toml, and the outbox key unless it is there; return where the file is."""
    if not (folder / "outbox.key").exists():
        write_new_key_file(folder / "outbox.key")
    (folder / "data").mkdir(exist_ok=True)
    path = folder / "kiosk.toml"
    path.write_text(
        f"""\
[kiosk]
id = "0012"
site = "大厅"
data_dir = "{folder / "data"}"
[backend]
url = "http://127.0.0.1:9"
[id_card_reader]
port = "/dev/null"
[receipt_printer]
port = "/dev/zero"
[outbox]
key_file = "{folder / "outbox.key"}"
{more}
""",
        encoding="utf-8",
    )
    return path


@dataclass(frozen=True)
class Running:
    """Audit log and outbox of a running kiosk: how the log is told, and the way to ask a service."""

    tell: Tell
    call: Call


@contextmanager
def running(config: Config) -> Iterator[Running]:
    """Audit log and outbox of a kiosk at work on their threads, and its control socket."""
    clock = Clock(wall=lambda: datetime.now(UTC), steady=monotonic)
    trail = AuditTrail(config, clock, patience_s=0.05)
    crew = ThreadedCrew(lambda name, fault: pytest.fail(f"{name}: {fault!r}"))
    services = app.services_of(config, app.real_doors(config), app.library_of(config))
    crew.hire({AUDIT: trail.service, LEDGER: services[LEDGER]}, lambda event: None)
    try:
        with ControlSocket(control_path(config), {**audit_hands(crew), **queue_hands(crew, config)}):
            yield Running(trail.observer.tell, crew.call)
    finally:
        crew.dismiss()
