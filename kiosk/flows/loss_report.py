"""Reporting the own card lost (Art 19), with the resident ID card (level 1). No record is ever shown here.

    AwaitingIdCard -> FindingCards -> (ChoosingCard) -> ExplainingLoss -> (outcome)
          |                 | the backend doesn't answer
          |                 v
          |           WarningOffline -> ConfirmingOffline -> (outcome, not yet in effect)
          +-> IdCardTrouble

Offline the first and largest word is to call 12333, which works now; taking the report down comes second.
"""

from dataclasses import dataclass, field
from typing import ClassVar

from kiosk.domain.cards import CardState, OwnCard
from kiosk.domain.policy import OfflineLossReport
from kiosk.domain.records import Notice
from kiosk.domain.transaction import Evidence, IdentityLevel, LossReport
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import outcome
from kiosk.flows.events import BackendFault, ServiceName
from kiosk.flows.identification import NotServed
from kiosk.flows.visit import ANSWER_TIME_S, WORKING_TIME_S, Holder, PersonsDiffer, State, Step, Visit, ended

REPORTABLE = {
    CardState.NORMAL, CardState.NOT_ACTIVATED, CardState.PASSWORD_LOCKED, CardState.SEALED,
    CardState.TEMPORARILY_LOST, CardState.LOSS_REPORTED,
}  # fmt: skip
"""States in which a report says something. An existing loss is answered by the backend with its own time."""


@dataclass(frozen=True, slots=True)
class IdHolder:
    """The person on the ID card: possession, not identity, and so enough for this one report only."""

    name: str = field(repr=False)
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotOffered:
    """The Bureau has switched this off, or the outbox takes no more: 12333 and the window."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    by_policy: bool


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
    person: IdHolder


@dataclass(frozen=True, slots=True)
class ChoosingCard:
    """Which of your cards is lost?"""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    person: IdHolder


@dataclass(frozen=True, slots=True)
class ExplainingLoss:
    """What the report does and does not do, before it is made."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    person: IdHolder
    card: OwnCard


@dataclass(frozen=True, slots=True)
class NoCardToReport:
    """The person has no card that could be reported."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class WarningOffline:
    """Call 12333 now: this can't take effect yet."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    person: IdHolder


@dataclass(frozen=True, slots=True)
class ConfirmingOffline:
    """I know that it is not in effect yet; take it down all the same."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    person: IdHolder


STATES: tuple[type[State], ...] = (
    NotOffered, AwaitingIdCard, IdCardTrouble, FindingCards, ChoosingCard, ExplainingLoss, NoCardToReport,
    WarningOffline, ConfirmingOffline,
)  # fmt: skip


def begin(visit: Visit) -> Step:
    """Begin a loss report. What stands against it is said before anything is asked of the citizen."""
    visit = visit.at(visit.state, service=ServiceName.LOSS_REPORT)
    if not visit.policy.loss_report_enabled:
        return Step(visit.at(NotOffered(by_policy=True)))
    if visit.conditions.outbox_refusal is not None:
        return Step(visit.at(NotOffered(by_policy=False)))
    return Step(visit.at(AwaitingIdCard()))


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step in the report; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        case AwaitingIdCard() | IdCardTrouble(), on.IdCardRead(expired=True):
            return Step(visit.at(IdCardTrouble(expired=True)))

        case AwaitingIdCard() | IdCardTrouble(), on.IdCardRead() as read:
            return _recognised(visit, IdHolder(read.name, read.number))

        case AwaitingIdCard() | IdCardTrouble(), on.IdCardNotUsable():
            return Step(visit.at(IdCardTrouble(expired=False)))

        case FindingCards(person), on.VisitOpened() as opened:
            return _found(visit, person, opened)

        case FindingCards(person), on.QuestionFailed(fault=fault):
            if fault in {BackendFault.UNREACHABLE, BackendFault.NONSENSE}:
                return _offline(visit, person)
            return Step(visit.at(NotServed(fault)))

        case FindingCards(person), on.TimedOut():
            return _offline(visit, person)

        case ChoosingCard(person), on.CardChosen(place) if place < len(reportable(visit)):
            return Step(visit.at(ExplainingLoss(person, reportable(visit)[place])))

        case ExplainingLoss(person, card), on.Confirmed():
            return _record(visit, person, card.card_number)

        case WarningOffline(person), on.Confirmed():
            return Step(visit.at(ConfirmingOffline(person)))

        case ConfirmingOffline(person), on.Confirmed():
            return _record(visit, person, card_number="")

        case ConfirmingOffline(person), on.WentBack():
            return Step(visit.at(WarningOffline(person)))

        case ExplainingLoss(person), on.WentBack() if len(reportable(visit)) > 1:
            return Step(visit.at(ChoosingCard(person)))

        # Both cards of one visit must be one person's (Art 16, 27); whose they are is not said.
        case ((ExplainingLoss(person) | ChoosingCard(person) | FindingCards(person)), on.CardRead(card)):
            if card.holder_number not in {None, person.number}:
                closed = ended(visit)
                return Step(closed.visit.at(PersonsDiffer()), closed.effects)

        case ((NotOffered() | NoCardToReport() | IdCardTrouble()), on.Confirmed()):
            return ended(visit)

        case ((AwaitingIdCard() | WarningOffline() | ExplainingLoss() | ChoosingCard()), on.WentBack()):
            return ended(visit)

    return None


def reportable(visit: Visit) -> tuple[OwnCard, ...]:
    """Return the visitor's cards that can be reported."""
    cards = visit.session.holder.cards if visit.session.holder else ()
    return tuple(card for card in cards if card.state in REPORTABLE)


def _recognised(visit: Visit, person: IdHolder) -> Step:
    if not visit.conditions.online:
        return _offline(visit, person)
    ask = do.OpenVisitByIdCard(visit.session.number, person.name, person.number)
    return Step(visit.at(FindingCards(person)), (ask,))


def _found(visit: Visit, person: IdHolder, opened: on.VisitOpened) -> Step:
    holder = Holder(opened.name, opened.number, opened.token, opened.cards, opened.notices)
    visit = visit.at(visit.state, holder=holder)
    if Notice.GO_TO_WINDOW in opened.notices:
        return Step(visit.at(NotServed(BackendFault.GO_TO_WINDOW)))
    match reportable(visit):
        case ():
            return Step(visit.at(NoCardToReport()))
        case (card,):
            return Step(visit.at(ExplainingLoss(person, card)))
    return Step(visit.at(ChoosingCard(person)))


def _offline(visit: Visit, person: IdHolder) -> Step:
    if visit.policy.offline_loss_report is OfflineLossReport.REFUSE:
        return Step(visit.at(NotServed(BackendFault.UNREACHABLE)))
    return Step(visit.at(WarningOffline(person)))


def _record(visit: Visit, person: IdHolder, card_number: str) -> Step:
    evidence = Evidence(IdentityLevel.ID_CARD)
    return outcome.record(visit, LossReport(card_number), person.name, person.number, evidence)
