"""What a bundle of evidence holds, and how it is written: a ZIP archive of plain files.

about.json          of which kiosk, about what, made when, and whether the whole log was as written
audit.jsonl         the lines of the audit log, byte for byte
devices.json        each device: how it stood before, and every change
outbox.json         the transaction, as the outbox tells it: number, kind, times, state; not who or what
versions.json       the program, Python, and every library
configuration.json  kiosk.toml as it is in force; secrets are files, and never in it
"""

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from kiosk.audit.line import Line

_AUDIT = "audit.jsonl"
_LARGEST = 256 << 20  # bytes unpacked: what a bundle says of its size is not believed


class UnreadableEvidence(Exception):
    """What was opened is no evidence, or of a version this program does not know."""


class About(BaseModel):
    """Of which kiosk, about what, made when; `problem` is what verification found in the whole log, or None.

    `receipt` is "" for evidence about a time. `audit_key` is what the log's signatures are verified with.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    version: int = 1
    kiosk: str
    site: str
    receipt: str
    begin: AwareDatetime | None
    end: AwareDatetime | None
    made_at: AwareDatetime
    audit_key: str
    audit_lines: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One state of a device, and since when."""

    at: datetime
    state: str


Devices = Mapping[str, tuple[Change, ...]]
Outbox = Mapping[str, object]
_DEVICES = TypeAdapter(dict[str, tuple[Change, ...]])
_OUTBOX = TypeAdapter(dict[str, object])
_VERSIONS = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class Evidence:
    """A bundle's content. `outbox` is empty when the outbox does not know the number, or none was asked."""

    about: About
    lines: tuple[Line, ...]
    devices: Devices
    outbox: Outbox
    versions: Mapping[str, str]
    configuration: Mapping[str, object]

    def files(self) -> dict[str, bytes]:
        """Return the files of the archive."""
        return {
            "about.json": self.about.model_dump_json(indent=2).encode(),
            _AUDIT: b"".join(line.raw + b"\n" for line in self.lines),
            "devices.json": _DEVICES.dump_json(dict(self.devices), indent=2),
            "outbox.json": _json(self.outbox),
            "versions.json": _json(self.versions),
            "configuration.json": _json(self.configuration),
        }


def pack(evidence: Evidence) -> bytes:
    """Write the archive."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in evidence.files().items():
            archive.writestr(name, content)
    return packed.getvalue()


def unpack(packed: bytes) -> Evidence:
    """Read an archive. Raises UnreadableEvidence."""
    try:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            if sum(each.file_size for each in archive.infolist()) > _LARGEST:
                raise UnreadableEvidence("larger than any evidence")
            files = {name: archive.read(name) for name in archive.namelist()}
        return Evidence(
            About.model_validate_json(files["about.json"]),
            tuple(Line(raw) for raw in files[_AUDIT].splitlines()),
            _DEVICES.validate_json(files["devices.json"]),
            _OUTBOX.validate_json(files["outbox.json"]),
            _VERSIONS.validate_json(files["versions.json"]),
            _OUTBOX.validate_json(files["configuration.json"]),
        )
    except (zipfile.BadZipFile, KeyError, ValidationError, RuntimeError) as error:
        raise UnreadableEvidence(type(error).__name__) from None


def _json(content: Mapping[str, object]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True).encode()
