"""The whole kiosk as one state: its mode, its surroundings, and the visit inside.

    Starting -> InService <-> OutOfService
                    |              |
            EnteringMaintenance    |
                    v              v
                 Maintenance <-----+

A visit is never broken off for a change of mode: it goes on to its end, and nothing new begins after it.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from kiosk.domain.policy import Policy
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import journeys
from kiosk.flows.conditions import Conditions
from kiosk.flows.noticing import faults_after
from kiosk.flows.settings import Settings
from kiosk.flows.visit import ANSWER_TIME_S, Home, Session, Visit


class Reason(Enum):
    """Why the kiosk is out of service."""

    NO_READER = "no_reader"  # neither card can be read
    SERVICE_FAILED = "service_failed"


@dataclass(frozen=True, slots=True)
class Starting:
    """Some services have not yet looked at their devices."""

    waiting_for: frozenset[str]


@dataclass(frozen=True, slots=True)
class InService:
    """Open to citizens."""


@dataclass(frozen=True, slots=True)
class OutOfService:
    """Closed, and why."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class EnteringMaintenance:
    """A technician waits for the visit to end."""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """A technician is at work."""


Mode: TypeAlias = Starting | InService | OutOfService | EnteringMaintenance | Maintenance


@dataclass(frozen=True, slots=True)
class Kiosk:
    """All that the loop knows."""

    mode: Mode
    visit: Visit

    @property
    def timeout(self) -> float | None:
        """Seconds until `TimedOut`, or None. The elder mode gives twice the time."""
        settings = self.visit.session.settings
        serves = isinstance(self.mode, InService | EnteringMaintenance)
        timeout = self.visit.state.timeout if serves else None
        if timeout is None and settings != Settings():
            timeout = ANSWER_TIME_S  # whoever chose them has left without beginning anything
        return timeout * 2 if timeout is not None and settings.elder else timeout


def starting(policy: Policy, services: frozenset[str]) -> Kiosk:
    """Return the kiosk as it is when the power comes on."""
    return Kiosk(Starting(services), Visit(Session(number=1), Home(), Conditions(), policy))


@dataclass(frozen=True, slots=True)
class Step:
    """The kiosk as it now is, and what is to be done."""

    kiosk: Kiosk
    effects: tuple[do.Effect, ...] = ()


def step(kiosk: Kiosk, event: on.Event) -> Step:
    """Return the kiosk after an event, and what is to be done."""
    sensed = sense(kiosk.visit.conditions, event)
    came_back = sensed.online and not kiosk.visit.conditions.online
    kiosk = replace(kiosk, visit=replace(kiosk.visit, conditions=sensed))
    stepped = _step(kiosk, event)
    return replace(stepped, effects=(*stepped.effects, do.ResumeSending())) if came_back else stepped


def _step(kiosk: Kiosk, event: on.Event) -> Step:
    match kiosk.mode, event:
        case _, on.ReferenceRead(reference):
            policy = replace(kiosk.visit.policy, reference=reference)
            return Step(replace(kiosk, visit=replace(kiosk.visit, policy=policy)))
        case Starting(waiting_for), on.ServiceReady(service) | on.ServiceFailed(service):
            left = waiting_for - {service}
            return Step(_settled(replace(kiosk, mode=Starting(left) if left else InService())))
        case ((InService() | OutOfService()), on.MaintenanceRequested()):
            return Step(_settled(replace(kiosk, mode=EnteringMaintenance())))
        case Maintenance(), on.MaintenanceEnded():
            return Step(_settled(replace(kiosk, mode=InService())))
        case ((InService() | EnteringMaintenance()), _):
            return _visited(kiosk, event)
        # The kiosk serves nobody, but somebody reads its screen.
        case _, on.LanguageChosen() | on.TextSizeChosen() | on.ContrastChosen() | on.TimedOut():
            return _visited(kiosk, event)
    return Step(_settled(kiosk))


def _visited(kiosk: Kiosk, event: on.Event) -> Step:
    stepped = journeys.step(kiosk.visit, event)
    return Step(_settled(replace(kiosk, visit=stepped.visit)), stepped.effects)


def sense(conditions: Conditions, event: on.Event) -> Conditions:
    """Return the surroundings after an event."""
    faults = faults_after(conditions.faults, event)
    sensed = _sensed(conditions, event)
    return sensed if faults == conditions.faults else replace(sensed, faults=faults)


def _sensed(conditions: Conditions, event: on.Event) -> Conditions:
    match event:
        case on.CardReaderChanged(ready):
            return replace(conditions, card_reader=ready, card_present=conditions.card_present and ready)
        case on.CardInserted():
            return replace(conditions, card_present=True)
        case on.CardRemoved():
            return replace(conditions, card_present=False)
        case on.IdReaderChanged(ready):
            return replace(conditions, id_reader=ready)
        case on.PrinterChanged(ready, paper):
            return replace(conditions, printer=ready, paper=paper)
        case on.PinPadChanged(pad=pad):
            return replace(conditions, pin_pad=pad)
        case on.LinkChanged(online):
            return replace(conditions, online=online)
        case on.OutboxChanged(pending, rejected, refusal):
            return replace(conditions, pending=pending, rejected=rejected, outbox_refusal=refusal)
        case on.ClockChecked(quality):
            return replace(conditions, clock=quality)
        case on.InputMethodReady(ready):
            return replace(conditions, pinyin=ready)
        case on.ServiceFailed(service):
            return replace(conditions, failed_services=(*conditions.failed_services, service))
    return conditions


def _settled(kiosk: Kiosk) -> Kiosk:
    """Change between in and out of service, and into maintenance, only while nobody is in a visit."""
    if not isinstance(kiosk.visit.state, Home):
        return kiosk
    reasons = reasons_against_service(kiosk.visit.conditions)
    match kiosk.mode:
        case EnteringMaintenance():
            return replace(kiosk, mode=Maintenance())
        case InService() | OutOfService():
            return replace(kiosk, mode=OutOfService(reasons) if reasons else InService())
    return kiosk


def reasons_against_service(conditions: Conditions) -> tuple[Reason, ...]:
    """Return why the kiosk can't serve anybody; empty when it can. Paper and link are no such reasons."""
    reasons = []
    if not conditions.card_reader and not conditions.id_reader:
        reasons.append(Reason.NO_READER)
    if conditions.failed_services:
        reasons.append(Reason.SERVICE_FAILED)
    return tuple(reasons)
