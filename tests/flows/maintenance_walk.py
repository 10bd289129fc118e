"""Maintenance, walked: from a knock on, every touch and every answer a service may give, in every place."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from kiosk.domain.faults import fault_by_code
from kiosk.domain.findings import CHECKS, Finding, Measured
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
from kiosk.flows.maintenance.carrying import Carrying
from kiosk.flows.maintenance.devices import Devices
from kiosk.flows.maintenance.door import EnteringCode
from kiosk.flows.maintenance.network import Network
from kiosk.flows.maintenance.outbox import CheckingChain, Outbox
from kiosk.flows.maintenance.overview import Overview
from kiosk.flows.maintenance.readiness import Examining, ShowingReport
from kiosk.flows.maintenance.service_state import ServiceState, SwitchingPower
from kiosk.flows.maintenance.work import State, Work
from kiosk.flows.secret import Secret
from kiosk.views.models import AnyChoice, choices_of
from tests.flows.hall import CHIP, NAME, NOW, NUMBER, opened, view_of

WHO = "张工"
FIRST = tech.Ticket(1, 1)
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


def told(visit: int, ticket: tech.Ticket) -> Iterator[on.Event]:
    """Yield what services may say, the order under a ticket being the one that was given last."""
    yield from (on.TechniciansListed(names) for names in ((), (WHO,)))
    yield from (on.TechnicianAdmitted(WHO, role, ticket) for role in Role)
    yield from (on.TechnicianRefused(WHO, wait_s, ticket) for wait_s in (0.0, 75.0))
    yield from (on.TechnicianCardShown(WHO), on.TechnicianKeptOut(WHO, 75.0))
    yield from (tech.Found(ticket, finding) for finding in FINDINGS)
    yield tech.RunEnded(ticket)
    yield tech.Noticed(FINDINGS[2])
    yield tech.FaultsTold((tech.PastFault("K-301", NOW), tech.PastFault("K-201", NOW, NOW)))
    yield from (OUTBOX, replace(OUTBOX, pending=0, rejected=0, oldest_s=None, lines=()))
    yield from (tech.ChainTold(ticket, 7), tech.ChainTold(ticket, 7, 3, "changed"))
    yield from (tech.Carried(ticket, 40, stage) for stage in tech.Stage)
    yield tech.CarriedOut(ticket, tech.What.OUTBOX, "a.bundle", 3)
    yield from (tech.ReportFiled(ticket, REPORT, name) for name in ("", "readiness-0001"))
    yield tech.CardDescribed("3B 7D", "2.00", "410700")
    yield tech.CardDescribed("3B 7D", fault=CardFault.UNREADABLE.value)
    yield from (tech.SamTold(number) for number in ("", "05.03-20120315"))
    yield from (tech.PaperTold(*counts) for counts in ((0, None, ""), (7, 300, RECEIPT)))
    yield from (on.SlipPrinted(visit), on.SlipNotPrinted(visit, SlipFailure.PAPER_OUT, begun=False))
    yield from (on.PinEntryStarted(visit), on.PinKeyPressed(visit, 3), on.PinEntryCancelled(visit))
    yield from (on.PinEntered(visit, Secret(digits)) for digits in ("1234567890", "1111111111"))
    yield from (on.PinEntryTimedOut(visit), on.PinEntryFailed(visit))
    yield from (on.TransactionAnswered(visit, TRANSACTION), on.ReceiptNotHere(visit, RECEIPT))


def failures(state: State, ticket: tech.Ticket) -> Iterator[on.Event]:
    """Yield how what a page has ordered may come to nothing: an outbox is counted without a ticket."""
    match state:
        case Carrying():
            troubles = {tech.Trouble.NO_STICK, tech.Trouble.NO_RECIPIENT, tech.Trouble.STICK_FAILED}
        case SwitchingPower():
            troubles = {tech.Trouble.NOT_DONE, tech.Trouble.NOT_WORKING}
        case ServiceState():
            troubles = {tech.Trouble.STORAGE}
        case CheckingChain():
            troubles = {tech.Trouble.STORAGE, tech.Trouble.NOT_WORKING}
        case _:
            troubles = {tech.Trouble.NOT_WORKING}
    its = None if isinstance(state, Outbox) else ticket
    yield from (
        tech.OrderFailed(trouble, "ExportOutbox", its)
        for trouble in sorted(troubles, key=lambda each: each.value)
    )


LINES = (
    tech.OutboxLine(RECEIPT, "loss_report", rejected=True, age_s=60, attempts=1, reason="stale"),
    tech.OutboxLine("0001-000002-2", "contact_change", rejected=False, age_s=7200, attempts=3, reason="name"),
)
OUTBOX = tech.OutboxTold(1, 1, 5, 7200, LINES)
REPORT = Report("0001", "hall", NOW, NOW, FINDINGS)
SETTINGS = on.LanguageChosen | on.TextSizeChosen | on.ContrastChosen
SENSED = (
    on.CardInserted(), on.CardRead(CHIP), on.CardNotUsable(CardFault.UNKNOWN_CARD), on.CardRemoved(),
    on.IdCardRead(NAME, NUMBER, expired=False), on.IdCardNotUsable(), on.IdReaderChanged(ready=False),
    on.IdReaderChanged(ready=True), on.PinPadChanged(PinPad.READY), on.PinPadChanged(PinPad.NONE),
    on.TimedOut(), on.LimitReached(), on.BrandTouched(),
    on.ServiceWithdrawn(Withdrawal.REPAIR), on.ServiceWithdrawn(None),
)  # fmt: skip


Touches = tuple[AnyChoice, ...]


@cache
def places() -> Mapping[object, tuple[mode.Kiosk, Touches]]:
    """Return every place one can come to by its key: one kiosk in it, and what can be touched there."""
    kiosk = knocked(opened(Policy("hall", "0001")))
    found: dict[object, tuple[mode.Kiosk, Touches]] = {}
    waiting = deque([kiosk])
    while waiting:
        kiosk = waiting.popleft()
        key = key_of(kiosk)
        if key in found or not isinstance(kiosk.mode, mode.Maintenance):
            continue
        found[key] = kiosk, _touches(kiosk)
        if isinstance(kiosk.state, Examining):
            waiting.append(_nearly_whole(kiosk, kiosk.state))
        after = (mode.step(kiosk, event).kiosk for event in events_in(*found[key]))
        waiting.extend(one for one in after if one is not kiosk)
    return found


def _nearly_whole(kiosk: mode.Kiosk, state: Examining) -> mode.Kiosk:
    """Return what a run comes to before its last finding: one by one they would be two dozen places more."""
    for check in set(CHECKS) - {FINDINGS[0].check}:
        kiosk = mode.step(kiosk, tech.Found(state.look.ticket, Finding(check))).kiosk
    return kiosk


def ticket_of(kiosk: mode.Kiosk) -> tech.Ticket:
    """Return the ticket of the order that was given last."""
    work = kiosk.mode.work if isinstance(kiosk.mode, mode.Maintenance) else None
    return tech.Ticket(kiosk.visit.session.number, work.orders if work else 0)


def knocked(kiosk: mode.Kiosk) -> mode.Kiosk:
    """Return the kiosk after a technician's knock."""
    for _ in range(mode.KNOCKS):
        kiosk = mode.step(kiosk, on.BrandTouched()).kiosk
    return kiosk


def kiosks() -> Iterator[mode.Kiosk]:
    """Yield one kiosk for every place."""
    return (kiosk for kiosk, _ in places().values())


def events_in(kiosk: mode.Kiosk, touches: Touches) -> Iterator[on.Event]:
    """Yield every event that may come; one key of a keypad stands for all."""
    chosen = [choice.event for choice in touches]
    keys = [event for event in chosen if isinstance(event, on.KeyPressed)]
    yield from (event for event in chosen if event not in keys[1:])
    yield from told(kiosk.visit.session.number, ticket_of(kiosk))
    yield from failures(kiosk.state, ticket_of(kiosk))
    yield from SENSED


def _touches(kiosk: mode.Kiosk) -> Touches:
    return tuple(each for each in choices_of(view_of(kiosk)) if not isinstance(each.event, SETTINGS))


def kinds_of_event() -> set[type]:
    """Return every kind of event that is taken."""
    offered = {type(choice.event) for kiosk in kiosks() for choice in choices_of(view_of(kiosk))}
    return offered | {type(event) for event in (*told(1, FIRST), *SENSED)} | {tech.OrderFailed}


def _without_ticket(state: State) -> State:
    """Return a state as it is under any ticket."""
    if isinstance(state, Carrying):
        done = state.done and replace(state.done, ticket=FIRST)
        return replace(state, ordered=replace(state.ordered, ticket=FIRST), done=done)
    if isinstance(state, CheckingChain):
        return replace(state, ticket=FIRST, told=state.told and replace(state.told, ticket=FIRST))
    if isinstance(state, ServiceState | SwitchingPower):
        return replace(state, ticket=FIRST)
    return state


def key_of(kiosk: mode.Kiosk) -> object:
    """Return what tells a place from others."""
    match kiosk.mode:
        case mode.Maintenance(Work(state, technician, verdicts)):
            if isinstance(state, EnteringCode):
                state = replace(state, pin=type(state.pin)("1" * 8))
            rest = technician, bool(verdicts), kiosk.visit.conditions.withdrawn
            match state:  # findings change what is told, and not where one can go
                case ShowingReport(_, filed, paper, trouble, page):
                    return type(state), filed and filed.name, paper, trouble, min(page, 2), rest
                case Overview(look) | Devices(look):
                    return (
                        type(state),
                        bool(look.findings),
                        look.under_way,
                        kiosk.visit.conditions.pin_pad,
                        rest,
                    )
                case Network(look) | Examining(look):
                    return type(state), bool(look.findings), look.is_whole, look.under_way, rest
            return _without_ticket(state), kiosk.visit.conditions.card_present, rest
    return None
