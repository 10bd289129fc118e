"""The audit log from outside: where it ends, and telling it what was done from a shell.

A running kiosk alone writes its log, so it is asked through its control socket; when none is running the
files are opened here.
"""

from datetime import UTC, datetime

from drivers.control_socket import Answer, Hands, RequestRefused, ask
from kiosk.audit.events import AuditEvent, EvidenceMade, TechnicianAdded, TechnicianDisabled
from kiosk.audit.head import Head
from kiosk.audit.log import AuditLog
from kiosk.config import Config
from kiosk.control import control_path
from kiosk.maintenance_key import MaintenanceKey
from kiosk.services.audit import Audit
from kiosk.services.routes import AUDIT
from kiosk.services.service import Service
from kiosk.threads import ThreadedCrew

FROM_A_SHELL: tuple[type[AuditEvent], ...] = (TechnicianAdded, TechnicianDisabled, EvidenceMade)
"""What may be told from outside, and nothing else."""


def audit_hands(crew: ThreadedCrew) -> Hands:
    """Return what a running kiosk answers of its audit log, and lets be told to it."""

    def head() -> Answer:
        head = crew.call(AUDIT, lambda service: _audit(service).head())
        assert isinstance(head, Head)
        return {
            "first_line": head.first_line,
            "first_previous": head.first_previous.hex(),
            "last_line": head.last_line,
            "last_link": head.last_link.hex(),
        }

    def tell(event: str, content: str) -> None:
        told = next((each for each in FROM_A_SHELL if each.word() == event), None)
        if told is None:
            raise ValueError(f"{event} is not told from a shell")
        happened = told.model_validate_json(content)
        crew.call(AUDIT, lambda service: _audit(service).tell(happened))

    return {"audit head": head, "audit tell": tell}


def running_head(config: Config) -> Head | None:
    """Return where a running kiosk says its log ends; None when none is running. Raises RequestRefused."""
    try:
        told = ask(control_path(config), "audit head")
    except OSError:
        return None
    return Head(
        kiosk=config.kiosk.id,
        first_line=int(str(told["first_line"])),
        first_previous=bytes.fromhex(str(told["first_previous"])),
        last_line=int(str(told["last_line"])),
        last_link=bytes.fromhex(str(told["last_link"])),
    )


def tell(config: Config, event: AuditEvent) -> None:
    """Have an event written and on the disk. Raises OSError when it can't be."""
    try:
        ask(control_path(config), "audit tell", event=event.word(), content=event.model_dump_json())
    except RequestRefused as refusal:
        raise OSError(str(refusal)) from None
    except OSError:
        now = datetime.now(UTC)
        key = MaintenanceKey.at(config.maintenance_key_file).audit_signing
        log = AuditLog.open(config.audit_dir, config.kiosk.id, key, now)
        log.append(now, event)
        log.close(now)


def _audit(service: Service) -> Audit:
    assert isinstance(service, Audit)
    return service
