"""Reporting the own card lost (Art 19), with the resident ID card (level 1), or out of the own records when
the card was found damaged (level 2). No record is ever shown here.

    AwaitingIdCard -> FindingCards -> (ChoosingCard) -> ExplainingLoss -> (outcome)
          |                 |               ^ the own      |
          |                 |                 records      |  the backend doesn't answer
          |                 v                              v
          |           WarningOffline -> ConfirmingOffline -> (outcome, not yet in effect)
          +-> IdCardTrouble

Offline the first and largest word is to call 12333, which works now; taking the report down comes second,
whoever reports, and whenever the link is lost.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar

from kiosk.domain.cards import OwnCard
from kiosk.domain.measures.use import are_one_person, can_be_reported_lost
from kiosk.domain.policy import OfflineLossReport
from kiosk.domain.records import Notice
from kiosk.domain.transaction import Evidence, IdentityLevel, LossReport
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import outcome
from kiosk.flows.conditions import IdCardPlace
from kiosk.flows.events import BackendFault, ServiceName
from kiosk.flows.identification import NotServed
from kiosk.flows.visit import (
    ANSWER_TIME_S,
    WORKING_TIME_S,
    Holder,
    State,
    Step,
    Visit,
    ended,
    ended_by_two_persons,
)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports, and what that rests on. An ID card shows possession, not identity: enough for this one
    report only."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    level: IdentityLevel = IdentityLevel.ID_CARD


class Against(Enum):
    """What stands against a report at this kiosk. Each has its sentence in the catalogues."""

    SWITCHED_OFF = "not_offered"  # by the Bureau
    OUTBOX = "not_possible"  # nothing can be taken down
    OFFLINE = "not_offline"  # the backend doesn't answer, and the Bureau wants nothing taken down meanwhile
    NO_READER = "no_reader"  # for the ID card


@dataclass(frozen=True, slots=True)
class NotOffered:
    """No report can be made here now: 12333 and the window."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    why: Against


@dataclass(frozen=True, slots=True)
class AwaitingIdCard:
    """Please place your resident ID card."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class IdCardTrouble:
    """The ID card can't be read, or is out of date."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    expired: bool


@dataclass(frozen=True, slots=True)
class FindingCards:
    """The backend is asked for the person's cards."""

    timeout: ClassVar[float | None] = WORKING_TIME_S
    survives_card_removal: ClassVar[bool] = True
    person: Reporter


@dataclass(frozen=True, slots=True)
class ChoosingCard:
    """Which of your cards is lost? `back` is where the visitor came from, None at the beginning."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    person: Reporter
    back: State | None = None

    @property
    def survives_card_removal(self) -> bool:
        """Who came by card and password is gone when the card is."""
        return self.person.level is IdentityLevel.ID_CARD


@dataclass(frozen=True, slots=True)
class ExplainingLoss:
    """What the report does and does not do, before it is made."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    person: Reporter
    card: OwnCard
    back: State | None = None

    @property
    def survives_card_removal(self) -> bool:
        """Who came by card and password is gone when the card is."""
        return self.person.level is IdentityLevel.ID_CARD


@dataclass(frozen=True, slots=True)
class NoCardToReport:
    """The person has no card that could be reported."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class WarningOffline:
    """Call 12333 now: this can't take effect yet. `card` is None when nobody could be asked for the cards."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    person: Reporter
    card: OwnCard | None = None
    back: State | None = None

    @property
    def survives_card_removal(self) -> bool:
        """Who came by card and password is gone when the card is."""
        return self.person.level is IdentityLevel.ID_CARD


@dataclass(frozen=True, slots=True)
class ConfirmingOffline:
    """I know that it is not in effect yet; take it down all the same."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    warned: WarningOffline

    @property
    def survives_card_removal(self) -> bool:
        """Who came by card and password is gone when the card is."""
        return self.warned.survives_card_removal


STATES: tuple[type[State], ...] = (
    NotOffered, AwaitingIdCard, IdCardTrouble, FindingCards, ChoosingCard, ExplainingLoss, NoCardToReport,
    WarningOffline, ConfirmingOffline,
)  # fmt: skip


def begin(visit: Visit) -> Step:
    """Begin a loss report. What stands against it is said before anything is asked of the citizen."""
    visit = visit.at(visit.state, service=ServiceName.LOSS_REPORT)
    against = _against(visit)
    if against is None and not visit.conditions.id_reader:
        against = NotOffered(Against.NO_READER)
    if against is None and visit.conditions.id_card is IdCardPlace.LYING:  # laid down before it was asked for
        return Step(visit.at(AwaitingIdCard()), (do.ReadIdCard(),))
    return Step(visit.at(against or AwaitingIdCard()))


def begin_with_card(visit: Visit) -> Step:
    """Begin a loss report out of the own records: the card is there, and was found damaged."""
    holder = visit.session.holder
    if holder is None:
        return ended(visit)
    visit = visit.at(visit.state, service=ServiceName.LOSS_REPORT)
    against = _against(visit)
    if against is not None:
        return Step(visit.at(against))
    return _choose(visit, Reporter(holder.name, holder.number, IdentityLevel.CARD_AND_PASSWORD), visit.state)


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step in the report; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        case AwaitingIdCard() | IdCardTrouble(), on.IdCardRead(expired=True):
            return Step(visit.at(IdCardTrouble(expired=True)))

        case AwaitingIdCard() | IdCardTrouble(), on.IdCardRead() as read:
            return _recognised(visit, Reporter(read.name, read.number))

        case AwaitingIdCard() | IdCardTrouble(), on.IdCardNotUsable():
            return Step(visit.at(IdCardTrouble(expired=False)))

        case AwaitingIdCard() | IdCardTrouble(), on.IdReaderChanged(ready=False):
            return Step(visit.at(NotOffered(Against.NO_READER)))

        case NotOffered(Against.NO_READER), on.IdReaderChanged(ready=True):
            return begin(visit)

        case FindingCards(person), on.VisitOpened() as opened:
            return _found(visit, person, opened)

        case FindingCards(person), on.QuestionFailed(fault=fault):
            if fault in {BackendFault.UNREACHABLE, BackendFault.NONSENSE}:
                return _offline(visit, WarningOffline(person))
            return Step(visit.at(NotServed(fault)))

        case FindingCards(person), on.TimedOut():
            return _offline(visit, WarningOffline(person))

        case ChoosingCard(person), on.CardChosen(place) if place < len(reportable(visit)):
            return _explain(visit, person, reportable(visit)[place], state)

        case ExplainingLoss(person, card, back), on.Confirmed():
            if not visit.conditions.online:
                return _offline(visit, WarningOffline(person, card, back))
            return _record(visit, person, card.card_number)

        case ExplainingLoss(person, card, back), on.WentOnOffline() if not visit.conditions.online:
            return _offline(visit, WarningOffline(person, card, back))

        case WarningOffline(), on.Confirmed():
            return Step(visit.at(ConfirmingOffline(state)))

        case ConfirmingOffline(warned), on.Confirmed():
            return _record(visit, warned.person, warned.card.card_number if warned.card else "")

        case ConfirmingOffline(warned), on.WentBack():
            return Step(visit.at(warned))

        case ExplainingLoss() | ChoosingCard() | WarningOffline(), on.WentBack():
            return Step(visit.at(state.back)) if state.back is not None else ended(visit)

        case ((NotOffered() | NoCardToReport() | IdCardTrouble()), on.Confirmed()):
            return ended(visit)

        case AwaitingIdCard() | IdCardTrouble(), on.WentBack():
            return ended(visit)

    return None


def reportable(visit: Visit) -> tuple[OwnCard, ...]:
    """Return the visitor's cards that can be reported."""
    cards = visit.session.holder.cards if visit.session.holder else ()
    return tuple(card for card in cards if can_be_reported_lost(card.state))


def _against(visit: Visit) -> NotOffered | None:
    if not visit.policy.loss_report_enabled:
        return NotOffered(Against.SWITCHED_OFF)
    if visit.conditions.outbox_refusal is not None:
        return NotOffered(Against.OUTBOX)
    if not visit.conditions.online and visit.policy.offline_loss_report is OfflineLossReport.REFUSE:
        return NotOffered(Against.OFFLINE)
    return None


def _recognised(visit: Visit, person: Reporter) -> Step:
    chip = visit.session.chip
    if chip is not None and not are_one_person(person.number, chip.holder_number):
        return ended_by_two_persons(visit)
    visit = visit.at(visit.state, id_number=person.number)
    if not visit.conditions.online:
        return _offline(visit, WarningOffline(person))
    ask = do.OpenVisitByIdCard(visit.session.number, person.name, person.number)
    return Step(visit.at(FindingCards(person)), (ask,))


def _found(visit: Visit, person: Reporter, opened: on.VisitOpened) -> Step:
    holder = Holder(opened.name, opened.number, opened.token, opened.cards, opened.notices)
    visit = visit.at(visit.state, holder=holder)
    if Notice.GO_TO_WINDOW in opened.notices:
        return Step(visit.at(NotServed(BackendFault.GO_TO_WINDOW)))
    return _choose(visit, person, back=None)


def _choose(visit: Visit, person: Reporter, back: State | None) -> Step:
    """Ask which card, when there is a choice."""
    match reportable(visit):
        case ():
            return Step(visit.at(NoCardToReport()))
        case (card,):
            return _explain(visit, person, card, back)
    return Step(visit.at(ChoosingCard(person, back)))


def _explain(visit: Visit, person: Reporter, card: OwnCard, back: State | None) -> Step:
    """Say what the report does, or that it can't do it now."""
    if not visit.conditions.online:
        return _offline(visit, WarningOffline(person, card, back))
    return Step(visit.at(ExplainingLoss(person, card, back)))


def _offline(visit: Visit, warning: WarningOffline) -> Step:
    if visit.policy.offline_loss_report is OfflineLossReport.REFUSE:
        return Step(visit.at(NotOffered(Against.OFFLINE)))
    return Step(visit.at(warning))


def _record(visit: Visit, person: Reporter, card_number: str) -> Step:
    by_password = person.level is IdentityLevel.CARD_AND_PASSWORD
    evidence = Evidence(person.level, visit.policy.verified_by.value if by_password else "")
    return outcome.record(visit, LossReport(card_number), person.name, person.number, evidence)
