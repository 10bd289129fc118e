"""The kiosk among others: health, heartbeat, and public reference text that is kept for offline days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum
from importlib.metadata import version
from typing import Annotated, TypeAlias

from pydantic import AwareDatetime, Field

from kiosk.backend.message import Answer, Fen, KioskId, Name, Question, Text
from kiosk.domain.reference import Fee, Reference
from kiosk.domain.reference import ServicePoint as ServiceWindow
from kiosk.domain.transaction import ClockQuality
from kiosk.domain.vitals import Vitals

Count = Annotated[int, Field(ge=0, le=2**53)]
Place = Annotated[Name, Field(max_length=24)]
Line = Annotated[Text, Field(max_length=40)]
Note = Annotated[Name, Field(max_length=40)]


class HealthAnswer(Answer):
    """The backend is there; this is its time."""

    time: AwareDatetime


class Heartbeat(Question):
    """How a kiosk is: nothing about a person. `conditions` are the codes of what is out of order.

    `last_sequence` is the number of the last transaction it took down, 0 before the first.
    """

    sent_at: AwareDatetime
    clock: ClockQuality
    software: Name
    last_sequence: Count
    pending: Count
    rejected: Count
    oldest_pending_s: float | None = Field(default=None, ge=0)
    conditions: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,59}$")], ...] = Field(
        default=(), max_length=50
    )


def heartbeat_of(vitals: Vitals, now: datetime) -> Heartbeat:
    """Return what is told of a kiosk at a moment."""
    age = None if vitals.oldest_pending is None else (now - vitals.oldest_pending).total_seconds()
    return Heartbeat(
        sent_at=now,
        clock=vitals.clock,
        software=version("xinxiang-kiosk"),
        last_sequence=vitals.last_sequence,
        pending=vitals.pending,
        rejected=vitals.rejected,
        oldest_pending_s=None if age is None else max(0.0, age),
        conditions=vitals.conditions,
    )


class HeartbeatAnswer(Answer):
    """What the backend makes of a kiosk's numbers.

    `missing`: numbers up to `last_sequence` that never arrived (at most 100); those the kiosk still holds
    as pending are no loss. `went_back`: it has seen a higher number than the kiosk's last: an outbox was
    lost or put back. `doubled`: two transactions came under one number.
    """

    time: AwareDatetime
    missing: tuple[Count, ...] = Field(default=(), max_length=100)
    went_back: bool = False
    doubled: tuple[Count, ...] = Field(default=(), max_length=100)

    def tells_order(self, vitals: Vitals) -> bool:
        """Whether nothing is gone: what is missing there is pending, rejected or known to be lost here."""
        held = vitals.pending + vitals.rejected + vitals.lost
        return not self.went_back and not self.doubled and len(self.missing) <= held


class BundleAnswer(Answer):
    """What became of a bundle carried by hand (docs/outbox.md).

    Of its entries `taken` had not arrived before, `known` had, and `unclear` could not be taken in: they
    stay pending at the kiosk. `missing` are the kiosk's numbers that have not arrived even now.
    """

    kiosk: KioskId
    taken: Count
    known: Count
    unclear: Count
    missing: tuple[Count, ...] = Field(default=(), max_length=100)


class Topic(Enum):
    """The kinds of reference text."""

    SERVICE_POINTS = "service-points"
    BANKS = "banks"
    FEES = "fees"
    GUIDES = "guides"


class ServicePoint(Answer):
    """A service window, and the regions whose cards are handed out there (Art 11)."""

    name: Place
    regions: tuple[Annotated[str, Field(pattern=r"^[0-9]{6}$")], ...] = Field(default=(), max_length=50)
    address: Line = ""
    phone: Line = ""
    hours: Line = ""


class Bank(Answer):
    """A bank whose financial account a card may carry (Art 29-31)."""

    name: Name
    hotline: Text = ""


class FeeEntry(Answer):
    """A charge with the document it rests on (Art 32)."""

    what: Name
    amount_fen: Fen
    document: Name
    valid_until: date


class GuideNote(Answer):
    """The Bureau's own line to one of the kiosk's guides: as long as the largest letters allow."""

    guide: Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")]
    lines: tuple[Note, ...] = Field(max_length=1)


class ServicePoints(Answer):
    """All service windows."""

    items: tuple[ServicePoint, ...] = Field(max_length=500)


class Banks(Answer):
    """All banks."""

    items: tuple[Bank, ...] = Field(max_length=100)


class Fees(Answer):
    """All charges."""

    items: tuple[FeeEntry, ...] = Field(max_length=100)


class GuideNotes(Answer):
    """All notes to guides."""

    items: tuple[GuideNote, ...] = Field(max_length=100)


ReferenceText: TypeAlias = ServicePoints | Banks | Fees | GuideNotes


REFERENCE_TEXTS: Mapping[Topic, type[ReferenceText]] = {
    Topic.SERVICE_POINTS: ServicePoints,
    Topic.BANKS: Banks,
    Topic.FEES: Fees,
    Topic.GUIDES: GuideNotes,
}


@dataclass(frozen=True, slots=True)
class PublishedText:
    """A reference text, and the ETag to ask with next time."""

    text: ReferenceText
    etag: str


def to_reference(texts: Iterable[ReferenceText]) -> Reference:
    """Return the texts as the kiosk uses them."""
    reference = Reference()
    for text in texts:
        match text:
            case ServicePoints(items=points):
                found = tuple(ServiceWindow(p.name, p.address, p.phone, p.hours) for p in points)
                reference = replace(reference, service_points=found)
            case Banks(items=banks):
                hotlines = {bank.name: bank.hotline for bank in banks if bank.hotline}
                reference = replace(reference, bank_hotlines=hotlines)
            case Fees(items=fees):
                known = tuple(Fee(fee.what, fee.amount_fen, fee.document, fee.valid_until) for fee in fees)
                reference = replace(reference, fees=known)
            case GuideNotes(items=notes):
                reference = replace(reference, notes={note.guide: note.lines for note in notes})
    return reference
