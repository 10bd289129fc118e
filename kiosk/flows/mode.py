"""The whole kiosk as one state: its mode, its surroundings, and the visit inside.

    Starting -> InService <-> OutOfService
       |            |              |
       |    EnteringMaintenance    |
       |            v              v
       +------> Maintenance <------+

A visit is never broken off for a change of mode: it goes on to its end, and nothing new begins after it. A
technician who has waited for that as long as may be is told so, and asks again later. No mode but in and
out of service lasts for ever: a start that does not come to its end is a fault, and maintenance ends by
itself, at the door within minutes.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias, get_args

from kiosk.domain.faults import worst_first
from kiosk.domain.policy import Policy
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import journeys
from kiosk.flows.conditions import Conditions, IdCardPlace
from kiosk.flows.maintenance import door, room
from kiosk.flows.maintenance.work import Technician, Work, timed_of, timeout_of
from kiosk.flows.noticing import HELD_UP, faults_after
from kiosk.flows.settings import at_first
from kiosk.flows.visit import (
    ANSWER_TIME_S,
    Farewell,
    Home,
    MachineTime,
    Session,
    TakingCard,
    Visit,
    home,
    left_behind,
)

KNOCKS = 7
"""Touches of the brand, each soon after the one before, that ask for maintenance. Nobody falls into that."""

DOOR_LIMIT_S = 300.0
"""How long somebody who was not let in may keep the kiosk from citizens, whatever they type."""

STARTING_LIMIT_S = 120.0
"""How long services may take to look at their devices for the first time. The slowest takes some ten."""

DISPENSABLE = frozenset({"voice"})
"""Services whose end takes something from the screens, and the kiosk from nobody. No start waits for them."""


class Reason(Enum):
    """Why the kiosk is out of service."""

    NO_READER = "no_reader"  # neither card can be read
    SERVICE_FAILED = "service_failed"  # or it has still to say a first word
    WITHDRAWN = "withdrawn"  # by a technician's hand


@dataclass(frozen=True, slots=True)
class Starting:
    """Some services are still awaited (Conditions)."""


@dataclass(frozen=True, slots=True)
class InService:
    """Open to citizens. `kept_waiting`: a technician has asked to come in, and the visit took too long."""

    kept_waiting: bool = False


@dataclass(frozen=True, slots=True)
class OutOfService:
    """Closed, and why."""

    reasons: tuple[Reason, ...]


_NOT_YET_OPEN = OutOfService(())
"""From a start or from maintenance on, until it is known whether the kiosk can serve."""


@dataclass(frozen=True, slots=True)
class EnteringMaintenance:
    """A technician waits for the visit to end. `name`: as their card says, if they came with one."""

    name: str | None = None


@dataclass(frozen=True, slots=True)
class Maintenance:
    """Closed to citizens: a technician is at the door, or at work."""

    work: Work


Mode: TypeAlias = Starting | InService | OutOfService | EnteringMaintenance | Maintenance


@dataclass(frozen=True, slots=True)
class Kiosk:
    """All that the loop knows."""

    mode: Mode
    visit: Visit

    @property
    def state(self) -> object:
        """What is on the screen: a page of maintenance, a state of the visit, or the mode itself."""
        match self.mode:
            case Maintenance(work):
                return work.state
            case InService() | EnteringMaintenance():
                return self.visit.state
        return self.mode

    @property
    def timed(self) -> object:
        """What `timeout` is counted for: another one begins the count anew, and so does a touch."""
        return timed_of(self.mode.work) if isinstance(self.mode, Maintenance) else self.visit.state

    @property
    def timeout(self) -> float | None:
        """Seconds until `TimedOut`, or None. The elder mode gives citizens twice the time."""
        if isinstance(self.mode, Maintenance):
            return timeout_of(self.mode.work, self.visit)
        settings = self.visit.session.settings
        timeout = self.visit.state.timeout
        if timeout is None and settings != at_first(self.visit.policy):
            timeout = ANSWER_TIME_S  # whoever chose them has left without beginning anything
        if timeout is None or isinstance(timeout, MachineTime) or not settings.elder:
            return timeout
        return timeout * 2

    @property
    def limited(self) -> object:
        """What `limit` is counted for: another one begins the count anew, and nothing else does.

        A technician who shows PIN and code again after a lock is let in for another of these times.
        """
        match self.mode:
            case Maintenance(Work(technician=Technician() as technician)):
                return technician
        return type(self.mode)

    @property
    def limit(self) -> float | None:
        """Seconds until `LimitReached`, or None: no touch makes them more."""
        rules = self.visit.policy.maintenance
        match self.mode:
            case Starting():
                return STARTING_LIMIT_S
            case EnteringMaintenance():
                return rules.entering_within_s
            case Maintenance(Work(technician=None)):
                return DOOR_LIMIT_S
            case Maintenance():
                return rules.hard_limit_s
        return None


def starting(policy: Policy, services: frozenset[str]) -> Kiosk:
    """Return the kiosk as it is when the power comes on."""
    session, awaited = Session(1, at_first(policy)), services - DISPENSABLE
    return Kiosk(Starting(), Visit(session, Home(), Conditions(awaited=awaited), policy))


@dataclass(frozen=True, slots=True)
class Step:
    """The kiosk as it now is, and what is to be done."""

    kiosk: Kiosk
    effects: tuple[do.Effect, ...] = ()


def step(kiosk: Kiosk, event: on.Event) -> Step:
    """Return the kiosk after an event, and what is to be done."""
    sensed = sense(kiosk.visit.conditions, event)
    told = _told(kiosk, sensed, event)
    if sensed is not kiosk.visit.conditions:
        kiosk = replace(kiosk, visit=replace(kiosk.visit, conditions=sensed))
    stepped = _step(kiosk, event)
    return replace(stepped, effects=(*stepped.effects, *told)) if told else stepped


def _told(kiosk: Kiosk, now: Conditions, event: on.Event) -> tuple[do.Effect, ...]:
    """Return what an event asks for, whatever the visit makes of it."""
    before, effects = kiosk.visit.conditions, list[do.Effect]()
    if isinstance(event, on.CardRead) and not is_at_work(kiosk.mode):
        effects.append(do.RecogniseTechnician(event.card.card_id))
    if now.online and not before.online:
        effects.append(do.ResumeSending())
    if isinstance(event, on.ClockChecked):
        effects.append(do.TrustClock(event.quality))
    if now is not before and now.vitals != before.vitals:
        effects.append(do.TellVitals(now.vitals))
    return tuple(effects)


def is_at_work(mode: Mode) -> bool:
    """Whether a technician has been let in."""
    return isinstance(mode, Maintenance) and mode.work.technician is not None


def _step(kiosk: Kiosk, event: on.Event) -> Step:
    match kiosk.mode, event:
        case _, on.ReferenceRead(reference):
            policy = replace(kiosk.visit.policy, reference=reference)
            return Step(replace(kiosk, visit=replace(kiosk.visit, policy=policy)))
        case Starting(), on.ServiceReady() | on.ServiceFailed() if not kiosk.visit.conditions.awaited:
            return _settled(replace(kiosk, mode=_NOT_YET_OPEN))
        case Starting(), on.LimitReached():
            return _settled(replace(kiosk, mode=_NOT_YET_OPEN, visit=_held_up(kiosk.visit)))
        case ((Starting() | InService() | OutOfService()), on.TechnicianCardShown(name)):
            return _shown_in(kiosk, name)
        case EnteringMaintenance(), on.LimitReached():
            return Step(replace(kiosk, mode=InService(kept_waiting=True)))
        case EnteringMaintenance(), _ if _begins(event) and isinstance(kiosk.visit.state, Farewell):
            return _settled(replace(kiosk, visit=home(kiosk.visit)))  # nothing new begins
        case (
            _,
            on.LanguageChosen() | on.TextSizeChosen() | on.ContrastChosen() | on.VoiceChosen()
            | on.ScreenTouched() | on.RingMoved(),
        ):  # fmt: skip
            return _visited(kiosk, event)  # whatever the mode, somebody reads its screen
        case Maintenance(work), _:
            return _worked(kiosk, work, event)
        case InService(kept_waiting=True), _ if isinstance(kiosk.visit.state, Home) and _is_somebody(event):
            return _visited(replace(kiosk, mode=InService()), event)
        case ((InService() | EnteringMaintenance()), _):
            return _visited(kiosk, event)
        case ((Starting() | OutOfService()), on.BrandTouched()):
            return _visited(kiosk, event)
        case _, on.TimedOut():
            return _visited(kiosk, event)
    return _settled(kiosk)


def _visited(kiosk: Kiosk, event: on.Event) -> Step:
    stepped = journeys.step(kiosk.visit, event)
    state = stepped.visit.state
    knocked = isinstance(state, Home | TakingCard) and state.knocks == KNOCKS
    if knocked and not isinstance(kiosk.mode, EnteringMaintenance):
        kiosk = replace(kiosk, mode=EnteringMaintenance())
    if stepped.visit is not kiosk.visit:
        kiosk = replace(kiosk, visit=stepped.visit)
    return _settled(kiosk, stepped.effects)


def _held_up(visit: Visit) -> Visit:
    """Return the visit with the fault of a start that takes too long. The last service takes it away."""
    faults = worst_first((*visit.conditions.faults, HELD_UP))
    return replace(visit, conditions=replace(visit.conditions, faults=faults))


def _shown_in(kiosk: Kiosk, name: str) -> Step:
    """Let the owner of a technician's card ask to come in. A visit that is nothing but that card ends."""
    session = kiosk.visit.session
    asked = replace(kiosk, mode=EnteringMaintenance(name))
    if session.chip is None or session.holder is not None or session.id_number is not None:
        return _settled(asked)
    return _settled(replace(asked, visit=home(kiosk.visit)), (do.CloseVisit(session.number),))


def _worked(kiosk: Kiosk, work: Work, event: on.Event) -> Step:
    stepped = room.step(work, kiosk.visit, event)
    if stepped.work is None:
        visit = home(kiosk.visit)
        visit = _held_up(visit) if visit.conditions.awaited else visit
        settled = _settled(replace(kiosk, mode=_NOT_YET_OPEN, visit=visit), stepped.effects)
        left = left_behind(visit.conditions)  # the technician's own card, or one for testing
        if left is not None and isinstance(settled.kiosk.mode, InService):
            return replace(settled, kiosk=replace(settled.kiosk, visit=visit.at(left)))
        return settled
    if stepped.work is not work:
        kiosk = replace(kiosk, mode=Maintenance(stepped.work))
    return Step(kiosk, stepped.effects)


def _is_somebody(event: on.Event) -> bool:
    return isinstance(event, get_args(on.Touch)) or _begins(event)


def _begins(event: on.Event) -> bool:
    """Whether a visit would begin with it."""
    return isinstance(event, on.CardInserted | on.ServiceChosen | on.IdCardRead)


_SAYS_NOTHING_OF_THEM = frozenset({*get_args(on.Answer), *get_args(on.Touch)})
"""What services answer and people touch leaves the surroundings as they are: that is most of all events."""


def sense(conditions: Conditions, event: on.Event) -> Conditions:
    """Return the surroundings after an event; the same ones when it told nothing new."""
    if type(event) in _SAYS_NOTHING_OF_THEM:
        return conditions
    faults = faults_after(conditions.faults, event)
    sensed = _sensed(conditions, event)
    if faults != conditions.faults:
        return replace(sensed, faults=faults)
    return conditions if sensed == conditions else sensed


def _sensed(conditions: Conditions, event: on.Event) -> Conditions:
    match event:
        case on.CardReaderChanged(ready):
            return replace(conditions, card_reader=ready, card_present=conditions.card_present and ready)
        case on.CardInserted():
            return replace(conditions, card_present=True)
        case on.CardRemoved():
            return replace(conditions, card_present=False)
        case on.IdReaderChanged(ready):
            return replace(
                conditions, id_reader=ready, id_card=conditions.id_card if ready else IdCardPlace.NONE
            )
        case on.IdCardRead() if conditions.id_card is IdCardPlace.FORGOTTEN:  # another one, or taken up again
            return replace(conditions, id_card=IdCardPlace.LYING)
        case on.IdCardNoticed(lying):
            return replace(conditions, id_card=IdCardPlace.LYING if lying else IdCardPlace.NONE)
        case on.PrinterChanged(ready, paper):
            return replace(conditions, printer=ready, paper=paper)
        case on.PinPadChanged(pad=pad):
            return replace(conditions, pin_pad=pad)
        case on.LinkChanged(online):
            return replace(conditions, online=online)
        case on.OutboxChanged() as outbox:
            return replace(
                conditions, pending=outbox.pending, rejected=outbox.rejected, outbox_refusal=outbox.refusal,
                lost=outbox.lost, oldest_pending=outbox.oldest_pending, last_sequence=outbox.last_sequence,
            )  # fmt: skip
        case on.ServiceWithdrawn(reason):
            return replace(conditions, withdrawn=reason)
        case on.ClockChecked(quality):
            return replace(conditions, clock=quality)
        case on.InputMethodReady(ready):
            return replace(conditions, pinyin=ready)
        case on.VoiceReady(ready):
            return replace(conditions, voice=ready)
        case on.ServiceReady(service):
            return _looked(conditions, service)
        case on.ServiceFailed(service) if service in DISPENSABLE:
            return replace(conditions, voice=False)
        case on.ServiceFailed(service):
            failed = (*conditions.failed_services, service)
            return _looked(replace(conditions, failed_services=failed), service)
    return conditions


def _looked(conditions: Conditions, service: str) -> Conditions:
    """Return the conditions with a service awaited no longer."""
    awaited = conditions.awaited - {service}
    faults = conditions.faults if awaited else tuple(each for each in conditions.faults if each != HELD_UP)
    return replace(conditions, awaited=awaited, faults=faults)


def _settled(kiosk: Kiosk, effects: tuple[do.Effect, ...] = ()) -> Step:
    """Change between in and out of service, and into maintenance, only while nobody is in a visit.

    A card that was left in the reader is no visit to whoever has knocked there: it may be stuck. When the
    kiosk opens, a card that went in before is called for; an ID card is read when somebody asks for it.
    """
    state = kiosk.visit.state
    if not isinstance(state, Home) and not (isinstance(state, TakingCard) and state.knocks >= KNOCKS):
        return Step(kiosk, effects)
    reasons = reasons_against_service(kiosk.visit.conditions)
    match kiosk.mode:
        case EnteringMaintenance(name):
            begun = door.begin(name)
            assert begun.work is not None
            fresh = replace(kiosk, mode=Maintenance(begun.work), visit=home(kiosk.visit))
            return Step(fresh, (*effects, *begun.effects))
        case OutOfService() | InService() if reasons:
            closed = OutOfService(reasons)
            return Step(kiosk if kiosk.mode == closed else replace(kiosk, mode=closed), effects)
        case OutOfService():
            visit = kiosk.visit.at(TakingCard()) if kiosk.visit.conditions.card_present else kiosk.visit
            return Step(replace(kiosk, mode=InService(), visit=visit), effects)
    return Step(kiosk, effects)


def reasons_against_service(conditions: Conditions) -> tuple[Reason, ...]:
    """Return why the kiosk can't serve anybody; empty when it can. Paper and link are no such reasons."""
    reasons = []
    if not conditions.card_reader and not conditions.id_reader:
        reasons.append(Reason.NO_READER)
    if conditions.failed_services or conditions.awaited:
        reasons.append(Reason.SERVICE_FAILED)
    if conditions.withdrawn is not None:
        reasons.append(Reason.WITHDRAWN)
    return tuple(reasons)
