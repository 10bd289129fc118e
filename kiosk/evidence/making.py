"""Making evidence: collected from the log, the outbox and the kiosk itself, sealed for one recipient.

The same function serves the command line, with a running kiosk or without, and the page of maintenance.
Making it stands in the log before anything is collected; the log is signed then, so that what is collected
can be verified.
"""

import platform
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.audit.events import AuditEvent, EvidenceMade
from kiosk.audit.head import Head
from kiosk.audit.line import Line
from kiosk.audit.verification import verify
from kiosk.config import Config
from kiosk.evidence.asked import AboutReceipt, AboutTime, Asked
from kiosk.evidence.content import About, Change, Evidence, pack
from kiosk.evidence.selection import select
from kiosk.maintenance_key import MaintenanceKey
from kiosk.private_files import write_private
from offline_queue.bundle import Address

SUFFIX = ".evidence"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where evidence comes from; all of it of one kiosk, running or not.

    `transaction` returns what the outbox says of a receipt number, and raises LookupError. `tell` writes into
    the audit log, signs it and has it on the disk. `ends` is where a running kiosk says that its log ends.
    """

    config: Config
    transaction: Callable[[str], Mapping[str, object]]
    tell: Callable[[AuditEvent], None]
    ends: Callable[[], Head | None]


@dataclass(frozen=True, slots=True)
class Made:
    """A sealed bundle on the disk, and how many lines of the log are in it."""

    file: Path
    lines: int


def make_evidence(sources: Sources, asked: Asked, recipient: Address, folder: Path, now: datetime) -> Made:
    """Write a bundle that only the recipient can open, signed by this kiosk. Raises OSError, UnusableKey."""
    *_, made = making_evidence(sources, asked, recipient, folder, now)
    assert isinstance(made, Made)
    return made


def making_evidence(
    sources: Sources, asked: Asked, recipient: Address, folder: Path, now: datetime
) -> Iterator[int | Made]:
    """Make it step by step: yield how many of 100 are done after each, and in the end what was made.

    Raises OSError, UnusableKey.
    """
    config = sources.config
    key = MaintenanceKey.at(config.maintenance_key_file)
    about_receipt = asked.number if isinstance(asked, AboutReceipt) else ""
    sources.tell(EvidenceMade(receipt=about_receipt))
    yield 25
    evidence = collect(sources, asked, key.audit_signing.public_key(), now)
    yield 75  # the log was walked, which takes longest
    sealed = key.evidence.seal_for(recipient, pack(evidence))
    yield 99
    file = folder / f"{_name(asked, config.kiosk.id)}-{now:%Y%m%dT%H%M%SZ}{SUFFIX}"
    write_private(file, sealed)
    yield Made(file, len(evidence.lines))


def _name(asked: Asked, kiosk: str) -> str:
    match asked:
        case AboutReceipt(number):
            return number
        case AboutTime(begin, end):
            return "-".join((kiosk, *(f"{at.astimezone(UTC):%Y%m%dT%H%MZ}" for at in (begin, end))))


def collect(sources: Sources, asked: Asked, key: Ed25519PublicKey, now: datetime) -> Evidence:
    """Collect what is known, of nobody by name. Raises OSError."""
    config = sources.config
    verdict = verify(config.audit_dir, key, sources.ends())
    selection = select(config.audit_dir, asked)
    about = About(
        kiosk=config.kiosk.id,
        site=config.kiosk.site,
        receipt=asked.number if isinstance(asked, AboutReceipt) else "",
        begin=asked.begin if isinstance(asked, AboutTime) else None,
        end=asked.end if isinstance(asked, AboutTime) else None,
        made_at=now,
        audit_key=key.public_bytes_raw().hex(),
        audit_lines=verdict.lines,
        problem=verdict.problem,
    )
    return Evidence(
        about,
        selection.lines,
        _timelines((*selection.devices_before, *selection.lines)),
        _transaction(sources, asked),
        _versions(),
        _configuration(config),
    )


def _transaction(sources: Sources, asked: Asked) -> Mapping[str, object]:
    if not isinstance(asked, AboutReceipt):
        return {}
    try:
        return sources.transaction(asked.number)
    except LookupError:
        return {}


def _timelines(lines: Iterable[Line]) -> dict[str, tuple[Change, ...]]:
    timelines: dict[str, tuple[Change, ...]] = {}
    for line in lines:
        if line.event == "device_changed":
            device, change = str(line.content["device"]), Change(line.at, str(line.content["state"]))
            timelines[device] = (*timelines.get(device, ()), change)
    return timelines


def _versions() -> dict[str, str]:
    libraries = {each.metadata["Name"]: each.version for each in distributions()}
    return {"python": platform.python_version(), "system": platform.platform(), **libraries}


def _configuration(config: Config) -> dict[str, object]:
    """Return kiosk.toml without what a name and password in a URL would tell."""
    content = config.model_dump(mode="json")
    url = urlsplit(config.backend.url)
    host = url.netloc.rsplit("@", 1)[-1]
    content["backend"]["url"] = urlunsplit((url.scheme, host, url.path, "", ""))
    return content
