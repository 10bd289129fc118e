"""Readiness reports on file: a JSON that shows who signed it, and a PDF for people.

    {"report": {...}, "signature": {"algorithm": "ed25519", "key": key id, "value": 128 hexadecimal digits}}

The signature is of a heading and the report in canonical form (sorted keys, no spaces, UTF-8), so reading
the file and writing it anew changes nothing. The heading keeps it apart from a receipt's: the same key
signs both (kiosk/receipts/keys.py). Without a key `signature` is null, and the PDF says so.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.config import Config
from kiosk.domain.findings import Finding
from kiosk.domain.readiness import Report
from kiosk.private_files import private_folder, write_private
from kiosk.receipts.errors import UnusableKey
from kiosk.receipts.keys import PublicKey, SigningKey
from kiosk.views.words import Words

FOLDER = "reports"  # in the kiosk's own
KEPT = 100  # of the newest; one is some 60 kB
_HEADING = b"xinxiang-kiosk readiness report 1\n"


class NotGenuine(Exception):
    """The file is no readiness report, or not as it was signed, or by none of the keys."""


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a report is kept. `key_id` is whose signature it bears; "" without one."""

    json: Path
    pdf: Path
    key_id: str


def report_of(config: Config, findings: Iterable[Finding], now: Callable[[], datetime]) -> Report:
    """Make the checks to their end, and return what was found with its times."""
    began_at = now()
    made = tuple(findings)
    return Report(config.kiosk.id, config.kiosk.site, began_at, now(), made)


def signing_key(config: Config) -> SigningKey | None:
    """Return the key reports are signed with; None when none can be used (a finding says so)."""
    file = config.receipts.signing_key_file
    try:
        return SigningKey.from_file(file) if file is not None else None
    except UnusableKey:
        return None


def file_report(report: Report, folder: Path, key: SigningKey | None, words: Words, fonts_dir: Path) -> Filed:
    """Write both files, and drop the oldest beyond KEPT. Raises OSError."""
    private_folder(folder)
    name = f"readiness-{report.kiosk}-{report.began_at:%Y%m%dT%H%M%SZ}"
    key_id = key.key_id.hex() if key is not None else ""
    filed = Filed(folder / f"{name}.json", folder / f"{name}.pdf", key_id)
    write_private(filed.json, signed(report, key))
    from kiosk.health.readiness_page import write_pdf  # noqa: PLC0415  a start needs no PDF library

    write_private(filed.pdf, write_pdf(report, words, fonts_dir, key_id))
    for new in (filed.json, filed.pdf):  # by its name the newest may be the oldest: the clock was wrong
        others = sorted(each for each in folder.glob(f"readiness-*{new.suffix}") if each != new)
        for old in others[: -(KEPT - 1)]:
            old.unlink()
    return filed


def signed(report: Report, key: SigningKey | None) -> bytes:
    """Return the report as a signed JSON document."""
    told = report.as_json()
    signature = None
    if key is not None:
        value = key.sign(_HEADING + _canonical(told)).hex()
        signature = {"algorithm": key.algorithm.name, "key": key.key_id.hex(), "value": value}
    return json.dumps({"report": told, "signature": signature}, ensure_ascii=False, indent=2).encode() + b"\n"


def verified(document: bytes, keys: Mapping[bytes, PublicKey]) -> tuple[Report, PublicKey]:
    """Return the report in a document, and the key that signed it. Raises NotGenuine, saying why."""
    try:
        told = json.loads(document)
    except ValueError:
        raise NotGenuine("not a JSON document") from None
    match told:
        case {"report": dict(content), "signature": {"key": str(key_id), "value": str(value)}}:
            public = next((each for each in keys.values() if each.key_id.hex() == key_id), None)
        case {"report": dict(), "signature": None}:
            raise NotGenuine("not signed")
        case _:
            raise NotGenuine("not a readiness report")
    if public is None:
        raise NotGenuine(f"signed with key {key_id}, which is not among the keys")
    try:
        fits = public.algorithm.fits(public.key, bytes.fromhex(value), _HEADING + _canonical(content))
        report = Report.from_json(content)
    except ValueError as error:
        raise NotGenuine(str(error)) from None
    if not fits:
        raise NotGenuine("changed after it was signed")
    if report.kiosk != public.kiosk:
        raise NotGenuine(f"of kiosk {report.kiosk}, but signed with the key of {public.kiosk}")
    return report, public


def _canonical(told: object) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
