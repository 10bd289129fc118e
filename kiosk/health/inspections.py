"""Every check of the kiosk that needs no hands: devices, the way to the backend, the outbox, and the rest.

The same from a running kiosk, whose services are asked on their own threads, and from one that isn't
running. A check reads nobody's data, prints nothing and changes nothing.
"""

import os
import platform
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from PIL import ImageFont

from kiosk.audit import verification as audit
from kiosk.backend.probe import STEPS, Route, probe
from kiosk.config import Config, InvalidConfig, load_config
from kiosk.domain.faults import Fault, Part, fault_of
from kiosk.domain.findings import CHECKS, Finding, Measured
from kiosk.domain.measures.supplementary import RULE_SET
from kiosk.health.starts import Starts
from kiosk.maintenance_key import MaintenanceKey
from kiosk.receipts.errors import UnusableKey
from kiosk.receipts.keys import SigningKey
from kiosk.services.diagnosis import finding_of
from kiosk.services.service import Check, NotWorking
from offline_queue.errors import Damage, OutboxError
from offline_queue.verification import Verification

CERTIFICATES = ("backend.own_certificate", "backend.certificate")
LITTLE_ROOM_MB = 500
FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
GROUPS = tuple(STEPS if name == STEPS[0] else (name,) for name in CHECKS if name not in STEPS[1:])
"""The checks, those that are made together in one group; in the order of CHECKS."""

_MB = 1 << 20


class Services(Protocol):
    """Whoever can ask the services: a running kiosk, or one opened for this. Both raise NotWorking."""

    def check(self, service: str) -> Check:
        """Ask a service how it is."""

    def verify_outbox(self) -> Verification:
        """Walk the chain of the outbox. Raises OutboxError."""

    def verify_audit(self, folder: Path, key: Ed25519PublicKey) -> audit.Verdict:
        """Walk the chain of the audit log. Raises OSError."""


@dataclass(frozen=True, slots=True)
class Kiosk:
    """What is to be looked at. `config_file` is None where nobody knows it: it isn't looked at then."""

    config: Config
    config_file: Path | None
    fonts_dir: Path
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Inspection:
    """One or several checks that are made together. `checks` are those it ends, in their order.

    `look` may raise NotWorking and OSError: `examined` makes findings of both.
    """

    checks: tuple[str, ...]
    look: Callable[[], Iterable[Finding]]


def inspections(kiosk: Kiosk, services: Services) -> tuple[Inspection, ...]:
    """Return every inspection: together they make every check of CHECKS once, in that order."""
    by_check = _device_checks(services) | _outbox_checks(services) | _own_checks(kiosk)
    by_check["kiosk.audit"] = lambda name: _audit(name, kiosk.config, services)
    return tuple(
        network_inspection(kiosk) if group == STEPS else _one(group[0], by_check[group[0]])
        for group in GROUPS
    )


def network_inspection(kiosk: Kiosk) -> Inspection:
    """Return the way to the backend alone, step by step."""
    return Inspection(STEPS, partial(_network, kiosk))


def certificate_inspection(kiosk: Kiosk) -> Inspection:
    """Return the way to the backend as far as both certificates: nothing is asked of the backend."""
    return Inspection(CERTIFICATES, partial(_certificates, kiosk))


def examined(inspections: Iterable[Inspection]) -> Iterator[Finding]:
    """Make the checks, and yield what each finds as it ends. One that can't be made is a finding as well."""
    for inspection in inspections:
        began, left = time.monotonic(), list(inspection.checks)
        try:
            for finding in inspection.look():
                left.remove(finding.check)
                yield finding
        except (NotWorking, OSError):
            took_ms = round((time.monotonic() - began) * 1000)
            for name in left:
                yield Finding(name, (fault_of(Part.KIOSK, "service_held_up"),), took_ms=took_ms)


def route_to_backend(config: Config) -> Route:
    """Return the way to the backend, as configured."""
    backend = config.backend
    return Route(
        backend.url,
        config.kiosk.id,
        backend.connect_timeout_s,
        backend.total_timeout_s,
        backend.ca_file,
        backend.client_cert,
        backend.client_key,
    )


def _certificates(kiosk: Kiosk) -> Iterator[Finding]:
    route = route_to_backend(kiosk.config)
    if not route.url.startswith("https:"):
        return
    for finding in probe(route, kiosk.now):
        if finding.check in CERTIFICATES:
            yield finding
        if finding.check == CERTIFICATES[-1]:
            return


def _network(kiosk: Kiosk) -> Iterator[Finding]:
    return probe(route_to_backend(kiosk.config), kiosk.now)


def _one(name: str, look: Callable[[str], Finding]) -> Inspection:
    return Inspection((name,), lambda: (look(name),))


_Look = Callable[[str], Finding]


def _device_checks(services: Services) -> dict[str, _Look]:
    def of(part: Part) -> _Look:
        return lambda name: finding_of(name, part, partial(services.check, part.value))

    return {
        "device.card_reader": of(Part.CARD_READER),
        "device.id_reader": of(Part.ID_READER),
        "device.pin_pad": of(Part.PIN_PAD),
        "device.printer": of(Part.PRINTER),
        "device.input": of(Part.INPUT),
        "device.voice": of(Part.VOICE),
        "outbox.entries": of(Part.OUTBOX),
        "kiosk.technicians": of(Part.ACCESS),
    }


def _outbox_checks(services: Services) -> dict[str, _Look]:
    def chain(name: str) -> Finding:
        began = time.monotonic()
        cause, measured = "", list[Measured]()
        try:
            verified = services.verify_outbox()
            measured.append(Measured("rows", verified.rows))
            if verified.first_break is not None:
                cause = "damage"
                measured.append(Measured("first_break", verified.first_break.position))
        except Damage as damage:
            cause = damage.word
            if damage.at is not None:
                measured.append(Measured("first_break", damage.at.position))
        except OutboxError as error:
            cause = error.word
        took_ms = round((time.monotonic() - began) * 1000)
        return Finding(name, _faults(Part.OUTBOX, cause), tuple(measured), took_ms)

    return {"outbox.chain": chain}


def _audit(name: str, config: Config, services: Services) -> Finding:
    if not config.maintenance_key_file.exists():  # before the first start
        return Finding(name, skipped=True)
    began = time.monotonic()
    try:
        key = MaintenanceKey.at(config.maintenance_key_file).audit_signing.public_key()
        verdict = services.verify_audit(config.audit_dir, key)
    except (OSError, OutboxError):
        return Finding(name, _faults(Part.KIOSK, "audit_unwritten"))
    took_ms = round((time.monotonic() - began) * 1000)
    cause = "audit_altered" if verdict.problem is not None else ""
    return Finding(name, _faults(Part.KIOSK, cause), (Measured("rows", verdict.lines),), took_ms)


def _own_checks(kiosk: Kiosk) -> dict[str, _Look]:
    return {
        "kiosk.disk": lambda name: _disk(name, kiosk.config.kiosk.data_dir),
        "kiosk.fonts": lambda name: _fonts(name, kiosk.fonts_dir),
        "kiosk.receipt_key": lambda name: _receipt_key(name, kiosk.config),
        "kiosk.config": lambda name: _configuration(name, kiosk.config_file),
        "kiosk.versions": _versions,
        "kiosk.starts": lambda name: _starts(name, kiosk.config.kiosk.data_dir),
    }


def _disk(name: str, folder: Path) -> Finding:
    while not folder.exists():
        folder = folder.parent
    status = os.statvfs(folder)
    free_mb = status.f_bavail * status.f_frsize // _MB
    cause = "disk_low" if free_mb < LITTLE_ROOM_MB else ""
    return Finding(name, _faults(Part.KIOSK, cause), (Measured("free_mb", free_mb),))


def _fonts(name: str, folder: Path) -> Finding:
    missing = [file for file in FONTS if not _is_font(folder / file)]
    measured = (Measured("missing", " ".join(missing)),) if missing else ()
    return Finding(name, _faults(Part.KIOSK, "fonts_missing" if missing else ""), measured)


def _is_font(file: Path) -> bool:
    try:
        ImageFont.truetype(file, 16)
    except OSError:
        return False
    return True


def _receipt_key(name: str, config: Config) -> Finding:
    file = config.receipts.signing_key_file
    if file is None:
        return Finding(name, _faults(Part.KIOSK, "receipt_key_missing"))
    try:
        key = SigningKey.from_file(file)
    except UnusableKey:
        return Finding(name, _faults(Part.KIOSK, "receipt_key_unusable"))
    return Finding(name, measured=(Measured("key", key.key_id.hex()),))


def _configuration(name: str, file: Path | None) -> Finding:
    if file is None:
        return Finding(name, skipped=True)
    try:
        load_config(file)
    except InvalidConfig as invalid:
        measured = Measured("mistakes", len(invalid.mistakes))
        return Finding(name, _faults(Part.KIOSK, "config_invalid"), (measured,))
    return Finding(name)


def _versions(name: str) -> Finding:
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return Finding(
        name,
        measured=(
            Measured("version", version("xinxiang-kiosk")),
            Measured("rules", RULE_SET),
            Measured("python", platform.python_version()),
            Measured("system", system),
        ),
    )


def _starts(name: str, data_dir: Path) -> Finding:
    starts = Starts.read(data_dir)
    measured = (Measured("starts", starts.starts), Measured("unasked", starts.unasked))
    return Finding(name, _faults(Part.KIOSK, "ended_unasked" if starts.last_was_unasked else ""), measured)


def _faults(part: Part, cause: str) -> tuple[Fault, ...]:
    return (fault_of(part, cause),) if cause else ()
