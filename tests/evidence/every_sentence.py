"""Evidence in which everything has happened that can: so that every sentence about it is told once."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.audit import events as log
from kiosk.audit.events import AuditEvent
from kiosk.audit.head import sign_line
from kiosk.audit.line import Line, first_link, write_line
from kiosk.audit.observer import device_states
from kiosk.domain.faults import FAULTS
from kiosk.domain.technician import Role
from kiosk.domain.transaction import ClockQuality, TransactionKind
from kiosk.evidence.content import About, Change, Evidence
from kiosk.evidence.story import story
from kiosk.flows.conditions import Conditions, Paper, PinPad, SlipFailure
from kiosk.flows.maintenance.events import Trouble, What
from kiosk.services.routes import POWER, ROUTES, UPKEEP
from kiosk.views.words import Words

RECEIPT, HOLDER, NOW = "0012-000001-4", "ab" * 12, datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
DEVICES = tuple(device_states(Conditions()))
STATES = {
    "ready", "not_ready", "online", "offline", "disk_full",
    *(each.value for states in (Paper, PinPad, ClockQuality) for each in states),
}  # fmt: skip
MODES = ("starting", "in_service", "out_of_service", "entering_maintenance", "maintenance")
OUTBOX: tuple[Mapping[str, object], ...] = (
    {},
    {"state": "pending", "attempts": 0},
    {"state": "pending", "attempts": 3, "last_error": "http_503"},
    {"state": "delivered", "settled_at": NOW.isoformat()},
    {"state": "rejected", "rejected_as": "stale", "settled_at": NOW.isoformat()},
    {"state": "unreadable", "why": "damage"},
)


def every_event() -> Iterator[AuditEvent]:
    yield from (log.KioskStarted(version="1", rules="1"), log.KioskStopped())
    yield from (log.ModeChanged(was=mode, mode=mode) for mode in MODES)
    yield from (log.DeviceChanged(device=each, state=state) for each in DEVICES for state in STATES)
    yield from (log.FaultNoticed(fault=fault.code) for fault in FAULTS)
    yield from (log.FaultMended(fault="K-999"), log.ServiceFailed(service="printer"))
    yield from (log.VisitBegan(visit=1, first="reading_card"), log.VisitorKnown(visit=1, holder=HOLDER))
    yield from (
        log.PasswordTried(visit=1, outcome=outcome) for outcome in ("accepted", "wrong", "locked", "unknown")
    )
    for kind in TransactionKind:
        yield log.TransactionRecorded(visit=1, receipt=RECEIPT, kind=kind.value, holder=HOLDER)
    yield log.TransactionNotRecorded(visit=1, code="disk_full")
    yield log.ReceiptAskedFor(visit=1, found=False)
    yield log.SlipEnded(visit=1, printed=True)
    for failure in SlipFailure:
        for begun in (True, False):
            yield log.SlipEnded(visit=1, printed=False, failure=failure.value, begun=begun)
    yield log.VisitEnded(visit=1, last="showing_outcome", by="timed_out")
    yield from (log.TransactionSettled(receipt=RECEIPT, state=state) for state in ("effective", "rejected"))
    yield log.MaintenanceRequested(by="knock")
    for role in Role:
        yield log.TechnicianEntered(name="张工", role=role.value)
        yield log.TechnicianAdded(name="张工", role=role.value)
    yield log.TechnicianRefused(name="张工", wait_s=15)
    yield log.TechnicianActed(name="张工", page="looking_at_devices", action="page_chosen", choice="outbox")
    yield log.TechnicianLeft(name="张工", by="maintenance_ended")
    yield from (log.TechnicianDisabled(name="张工", disabled=disabled) for disabled in (True, False))
    yield from (log.CarriedOut(what=what.value, count=2) for what in What)
    for order, services in ROUTES.items():
        if services in ((UPKEEP,), (POWER,)):
            yield log.OrderFailed(order=log.word_of(order.__name__), trouble="no_stick")
    for trouble in Trouble:
        yield log.OrderFailed(order="export_outbox", trouble=trouble.value)
    yield from (log.EvidenceMade(receipt=""), log.LogResumed(unvouched=2, torn=0, added=False))
    yield log.EventLeftOut(what="device_changed")
    yield from (log.EventsLost(count=3), log.LogSigned(key="ab", signature="ab" * 64))


def lines_of(events: Iterator[AuditEvent]) -> tuple[Line, ...]:
    lines: list[Line] = []
    link = first_link("0012")
    for number, event in enumerate(events, start=1):
        told = event
        if isinstance(event, log.LogSigned):
            told = log.LogSigned(key="ab", signature=sign_line(KEY, "0012", number - 1, link).hex())
        lines.append(write_line(number, NOW + timedelta(seconds=number), "0012", told, link))
        link = lines[-1].link
    return tuple(lines)


def evidence(
    outbox: Mapping[str, object], *, receipt: str, lines: tuple[Line, ...], problem: str | None = None
) -> Evidence:
    span = (None, None) if receipt else (NOW, NOW + timedelta(days=1))
    about = About(
        kiosk="0012", site="大厅", receipt=receipt, begin=span[0], end=span[1], made_at=NOW,
        audit_key=KEY.public_key().public_bytes_raw().hex(), audit_lines=len(lines), problem=problem,
    )  # fmt: skip
    devices = {device: (Change(NOW, "ready"),) for device in DEVICES}
    return Evidence(about, lines, devices, outbox, {"python": "3.11"}, {})


def every_story() -> Iterator[Evidence]:
    lines = lines_of(every_event())
    unsigned = lines_of(event for event in every_event() if not isinstance(event, log.LogSigned))
    for outbox in OUTBOX:
        yield evidence(outbox, receipt=RECEIPT, lines=lines)
    yield evidence({}, receipt="", lines=lines)
    yield evidence({}, receipt="", lines=unsigned, problem="line 3 was changed")
    yield evidence({}, receipt=RECEIPT, lines=())
    yield evidence({}, receipt=RECEIPT, lines=lines[:1])


def tell_evidence(words: Words) -> list[str]:
    """Tell every story, and return the sentences."""
    return [sentence for each in every_story() for sentence in story(each, words)]


def events_met() -> set[type[AuditEvent]]:
    return {type(event) for event in every_event()}
