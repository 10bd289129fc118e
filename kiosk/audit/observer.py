"""What the audit log says of each step of the loop: the hook between what happens and what is kept.

Pure, and cheap enough for the window's thread: an event, the kiosk before and after, and audit events come
of it. What is typed never becomes one; who stands there becomes a mark.
"""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import Enum
from typing import get_args

from pydantic import ValidationError

from kiosk.audit import events as log
from kiosk.audit.events import AuditEvent, word_of
from kiosk.flows import events as on
from kiosk.flows.conditions import Conditions
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.work import Technician
from kiosk.flows.mode import EnteringMaintenance, Kiosk, Maintenance, OutOfService
from kiosk.flows.visit import Farewell, Home, PersonsDiffer, Session, TakingCard

Mark = Callable[[str, str], str]
"""Turns a kind ("holder") and a number into what stands for it."""

Tell = Callable[[datetime, AuditEvent], None]
"""Hands an event to the log, from any thread."""

# What is typed, and what a finger on the glass does a hundred times in a test of it.
_UNTOLD = (
    on.KeyPressed, on.Erased, on.CandidateChosen, on.CandidatesTurned, on.DivisionChosen, on.PageTurned,
    tech.TargetTouched, on.ScreenTouched, on.RingMoved,
)  # fmt: skip
_CLOSED_FOR_WORK = (EnteringMaintenance, Maintenance)
_TOUCHES = get_args(on.Touch)
_OVER = (Home, Farewell, TakingCard, PersonsDiffer)
_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,39}")


class AuditObserver:
    """Hears every step of the loop, and hands what matters to the log."""

    def __init__(self, tell: Tell, mark: Mark, wall: Callable[[], datetime]) -> None:
        self.tell = tell
        self._mark = mark
        self._wall = wall

    def __call__(self, event: on.Event, before: Kiosk, after: Kiosk) -> None:
        """Hear one step."""
        for told in told_of(event, before, after, self._mark):
            self.tell(self._wall(), told)


def told_of(event: on.Event, before: Kiosk, after: Kiosk, mark: Mark) -> Iterator[AuditEvent]:
    """Return what the log is told of one step, in the order it is read best. Raises nothing.

    It is made in the window's loop, which no value that came from outside may stop.
    """
    for told in (
        _of_surroundings(before.visit.conditions, after.visit.conditions),
        _of_event(event, before, mark),
        _of_visit(event, before, after, mark),
        _of_maintenance(event, before, after),
        _of_mode(before, after),
    ):
        try:
            yield from told
        except ValidationError as misfit:
            yield log.EventLeftOut(what=word_of(misfit.title))


def _of_event(event: on.Event, before: Kiosk, mark: Mark) -> Iterator[AuditEvent]:
    match event:
        case on.ServiceFailed(service):
            yield log.ServiceFailed(service=service)
        case on.TransactionRecorded(visit, transaction):
            yield log.TransactionRecorded(
                visit=visit,
                receipt=transaction.receipt_number,
                kind=transaction.kind.value,
                holder=_person(before.visit.session, mark),
            )
        case on.TransactionNotRecorded(visit, reason):
            yield log.TransactionNotRecorded(visit=visit, code=_code(reason))
        case on.TransactionSettled(number, accepted, code):
            state = "effective" if accepted else "rejected"
            yield log.TransactionSettled(receipt=number, state=state, code=_code(code))
        case on.ReceiptNotHere(visit):
            yield log.ReceiptAskedFor(visit=visit, found=False)
        case on.SlipPrinted(visit):
            yield log.SlipEnded(visit=visit, printed=True)
        case on.SlipNotPrinted(visit, failure, begun):
            yield log.SlipEnded(visit=visit, printed=False, failure=failure.value, begun=begun)
        case on.PasswordAccepted(visit):
            yield log.PasswordTried(visit=visit, outcome="accepted")
        case on.PasswordWrong(visit):
            yield log.PasswordTried(visit=visit, outcome="wrong")
        case on.PasswordLocked(visit):
            yield log.PasswordTried(visit=visit, outcome="locked")
        case on.PasswordOutcomeUnknown(visit):
            yield log.PasswordTried(visit=visit, outcome="unknown")
        case on.TechnicianRefused(name, wait_s):
            yield log.TechnicianRefused(name=name, wait_s=wait_s)
        case tech.CarriedOut(_, what, _, count):
            yield log.CarriedOut(what=what.value, count=count)
        case tech.OrderFailed(trouble, order=order):
            yield log.OrderFailed(order=word_of(order), trouble=trouble.value)


def _of_visit(event: on.Event, before: Kiosk, after: Kiosk, mark: Mark) -> Iterator[AuditEvent]:
    was, now = before.visit, after.visit
    if isinstance(was.state, Home) and not isinstance(now.state, Home | TakingCard):
        yield log.VisitBegan(visit=now.session.number, first=_word(now.state))
    if was.session.number == now.session.number:
        if was.session.holder is None and now.session.holder is not None:
            yield log.VisitorKnown(visit=now.session.number, holder=_person(now.session, mark))
    elif not isinstance(was.state, _OVER):
        yield log.VisitEnded(visit=was.session.number, last=_word(was.state), by=_word(event))


def _of_maintenance(event: on.Event, before: Kiosk, after: Kiosk) -> Iterator[AuditEvent]:
    if isinstance(after.mode, _CLOSED_FOR_WORK) and not isinstance(before.mode, _CLOSED_FOR_WORK):
        by_card = isinstance(event, on.TechnicianCardShown)
        yield log.MaintenanceRequested(by="card" if by_card else "knock")
    was, now = _at_work(before), _at_work(after)
    if was is not None and isinstance(event, _TOUCHES) and not isinstance(event, _UNTOLD):
        action, page = _word(event), _word(before.state)
        yield log.TechnicianActed(name=was.name, page=page, action=action, choice=_choice(event))
    if was is not None and now is None:
        yield log.TechnicianLeft(name=was.name, by=_word(event))
    if was is None and now is not None:
        yield log.TechnicianEntered(name=now.name, role=now.role.value)


def _at_work(kiosk: Kiosk) -> Technician | None:
    return kiosk.mode.work.technician if isinstance(kiosk.mode, Maintenance) else None


def _of_mode(before: Kiosk, after: Kiosk) -> Iterator[AuditEvent]:
    if type(before.mode) is not type(after.mode) or _reasons(before) != _reasons(after):
        yield log.ModeChanged(was=_word(before.mode), mode=_word(after.mode), reasons=_reasons(after))


def _of_surroundings(was: Conditions, now: Conditions) -> Iterator[AuditEvent]:
    if was is now:
        return
    before, after = device_states(was), device_states(now)
    for device, state in after.items():
        if state != before[device]:
            yield log.DeviceChanged(device=device, state=state)
    for fault in now.faults:
        if fault not in was.faults:
            yield log.FaultNoticed(fault=fault.code)
    for fault in was.faults:
        if fault not in now.faults:
            yield log.FaultMended(fault=fault.code)


def device_states(conditions: Conditions) -> dict[str, str]:
    """Return the word of the state of everything around, by the name it has in the log."""
    return {
        "card_reader": _ready(conditions.card_reader),
        "id_reader": _ready(conditions.id_reader),
        "printer": _ready(conditions.printer),
        "pin_pad": conditions.pin_pad.value,
        "paper": conditions.paper.value,
        "backend": "online" if conditions.online else "offline",
        "clock": conditions.clock.value,
        "outbox": _word_or(conditions.outbox_refusal, "ready"),
        "input_method": _ready(conditions.pinyin),
    }


def _ready(ready: bool) -> str:
    return "ready" if ready else "not_ready"


def _reasons(kiosk: Kiosk) -> str:
    closed = kiosk.mode if isinstance(kiosk.mode, OutOfService) else None
    return " ".join(reason.value for reason in closed.reasons) if closed else ""


def _person(session: Session, mark: Mark) -> str:
    chip = session.chip.holder_number if session.chip else None
    number = session.holder.number if session.holder else session.id_number or chip
    return mark("holder", number) if number else ""


def _choice(event: object) -> str:
    """Return what was chosen of a list of ours, and yes or no. Never anything typed, nor a number."""
    values = {name: getattr(event, name) for name in getattr(event, "__dataclass_fields__", {})}
    chosen = [str(value.value) for value in values.values() if isinstance(value, Enum)]
    judged = [name if value else f"not_{name}" for name, value in values.items() if isinstance(value, bool)]
    return " ".join(chosen + judged)


def _word(value: object) -> str:
    return word_of(type(value).__name__)


def _word_or(text: str | None, otherwise: str) -> str:
    return _code(text).lower().replace("-", "_") if text else otherwise


def _code(text: str) -> str:
    """Return a code as it is, unless it came from outside and is no code: then that it is one unlisted."""
    return text if not text or _CODE.fullmatch(text) else "unlisted"
