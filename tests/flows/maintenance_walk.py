"""Maintenance, walked: from a knock on, every touch and every answer a service may give, in every place."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from kiosk.domain.faults import fault_by_code
from kiosk.domain.findings import Finding, Measured
from kiosk.domain.policy import Policy
from kiosk.domain.readiness import Report
from kiosk.domain.technician import Role
from kiosk.domain.transaction import ClockQuality, Pending, Transaction, TransactionKind
from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.conditions import PinPad, SlipFailure
from kiosk.flows.events import CardFault
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.door import EnteringCode
from kiosk.flows.maintenance.events import Run
from kiosk.flows.maintenance.work import Work
from kiosk.flows.secret import Secret
from kiosk.views.models import AnyChoice, choices_of
from tests.flows.hall import CHIP, NAME, NOW, NUMBER, opened, view_of

WHO = "张工"
RECEIPT = "0001-000001-3"
FINDINGS = (
    Finding("device.card_reader", measured=(Measured("reader", "Emulated reader"),)),
    Finding("device.printer", (fault_by_code("K-301"),), (Measured("paper", "out"),)),
    Finding("backend.certificate", (fault_by_code("K-406"),), (Measured("days_left", 9),)),
    Finding("backend.health", skipped=True),
)
TRANSACTION = Transaction(
    "key", RECEIPT, TransactionKind.LOSS_REPORT, NOW, ClockQuality.SYNCHRONISED, "0001", "张*", "4107***",
    Pending(), "*0001", (),
)  # fmt: skip


def told(visit: int) -> Iterator[on.Event]:
    """Yield what services may say."""
    yield from (on.TechniciansListed(names) for names in ((), (WHO,)))
    yield from (on.TechnicianAdmitted(WHO, role) for role in Role)
    yield from (on.TechnicianRefused(WHO, wait_s) for wait_s in (0.0, 75.0))
    yield on.TechnicianCardShown(WHO)
    yield from (tech.Found(run, finding) for run in Run for finding in FINDINGS)
    yield from (tech.RunEnded(run) for run in Run)
    yield tech.Noticed(FINDINGS[2])
    yield tech.FaultsTold((tech.PastFault("K-301", NOW), tech.PastFault("K-201", NOW, NOW)))
    yield from (OUTBOX, replace(OUTBOX, pending=0, rejected=0, oldest_s=None, lines=()))
    yield from (tech.ChainTold(7), tech.ChainTold(7, 3, "changed"))
    yield from (tech.Carried(40, stage) for stage in tech.Stage)
    yield from (tech.CarriedOut("a.bundle", 3), tech.OrderFailed(tech.Trouble.NO_STICK))
    yield from (tech.ReportFiled(REPORT, name) for name in ("", "readiness-0001"))
    yield tech.CardDescribed("3B 7D", "2.00", "410700")
    yield tech.CardDescribed("3B 7D", fault=CardFault.UNREADABLE.value)
    yield from (tech.SamTold(number) for number in ("", "05.03-20120315"))
    yield from (tech.PaperTold(*counts) for counts in ((0, None, ""), (7, 300, RECEIPT)))
    yield from (on.SlipPrinted(visit), on.SlipNotPrinted(visit, SlipFailure.PAPER_OUT, begun=False))
    yield from (on.PinEntryStarted(visit), on.PinKeyPressed(visit, 3), on.PinEntryCancelled(visit))
    yield from (on.PinEntered(visit, Secret(digits)) for digits in ("1234567890", "1111111111"))
    yield from (on.PinEntryTimedOut(visit), on.PinEntryFailed(visit))
    yield from (on.TransactionAnswered(visit, TRANSACTION), on.ReceiptNotHere(visit, RECEIPT))


LINE = tech.OutboxLine(RECEIPT, "loss_report", rejected=True, age_s=60, attempts=1, reason="stale")
OUTBOX = tech.OutboxTold(1, 1, 5, 7200, (LINE,))
REPORT = Report("0001", "hall", NOW, NOW, FINDINGS)
SETTINGS = on.LanguageChosen | on.TextSizeChosen | on.ContrastChosen
SENSED = (
    on.CardInserted(), on.CardRead(CHIP), on.CardNotUsable(CardFault.UNKNOWN_CARD), on.CardRemoved(),
    on.IdCardRead(NAME, NUMBER, expired=False), on.IdCardNotUsable(), on.IdReaderChanged(ready=False),
    on.IdReaderChanged(ready=True), on.PinPadChanged(PinPad.READY), on.PinPadChanged(PinPad.NONE),
    on.TimedOut(), on.LimitReached(), on.MaintenanceRequested(),
    on.ServiceWithdrawn(Withdrawal.REPAIR), on.ServiceWithdrawn(None),
)  # fmt: skip


Touches = tuple[AnyChoice, ...]


@cache
def places() -> Mapping[object, tuple[mode.Kiosk, Touches]]:
    """Return every place one can come to by its key: one kiosk in it, and what can be touched there."""
    kiosk = opened(Policy("hall", "0001"))
    found: dict[object, tuple[mode.Kiosk, Touches]] = {}
    waiting = deque([mode.step(kiosk, on.MaintenanceRequested()).kiosk])
    while waiting:
        kiosk = waiting.popleft()
        key = key_of(kiosk)
        if key in found or not isinstance(kiosk.mode, mode.Maintenance):
            continue
        found[key] = kiosk, _touches(kiosk)
        after = (mode.step(kiosk, event).kiosk for event in events_in(*found[key]))
        waiting.extend(one for one in after if one is not kiosk)
    return found


def kiosks() -> Iterator[mode.Kiosk]:
    """Yield one kiosk for every place."""
    return (kiosk for kiosk, _ in places().values())


def events_in(kiosk: mode.Kiosk, touches: Touches) -> Iterator[on.Event]:
    """Yield every event that may come; one key of a keypad stands for all."""
    chosen = [choice.event for choice in touches]
    keys = [event for event in chosen if isinstance(event, on.KeyPressed)]
    yield from (event for event in chosen if event not in keys[1:])
    yield from told(kiosk.visit.session.number)
    yield from SENSED


def _touches(kiosk: mode.Kiosk) -> Touches:
    return tuple(each for each in choices_of(view_of(kiosk)) if not isinstance(each.event, SETTINGS))


def kinds_of_event() -> set[type]:
    """Return every kind of event that is taken."""
    offered = {type(choice.event) for kiosk in kiosks() for choice in choices_of(view_of(kiosk))}
    return offered | {type(event) for event in (*told(1), *SENSED)}


def key_of(kiosk: mode.Kiosk) -> object:
    """Return what tells a place from others."""
    match kiosk.mode:
        case mode.Maintenance(Work(state, technician, verdicts, _)):
            if isinstance(state, EnteringCode):
                state = replace(state, pin=type(state.pin)("1" * 8))
            look = getattr(state, "look", None)
            rest = technician, bool(verdicts), kiosk.visit.conditions.withdrawn
            if look is not None:  # findings change what is told, and not where one can go
                pad = kiosk.visit.conditions.pin_pad
                filed, paper = getattr(state, "filed", None), getattr(state, "paper", None)
                return type(state), len(look.findings), look.under_way, filed, paper, rest, pad
            return state, kiosk.visit.conditions.card_present, rest
    return None
