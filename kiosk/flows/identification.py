"""Who stands here: a social security card and its password (level 2).

AwaitingCard -> ReadingCard -> (card checks the password) EnteringPassword -> OpeningVisit -> LoadingRecords
                      |   \\--> (backend checks it)        OpeningVisit -> EnteringPassword -> LoadingRecords
                      +-> CardTrouble                              \\-> NotServed
"""

from dataclasses import dataclass
from typing import ClassVar

from kiosk.domain.cards import ChipCard, is_of_henan
from kiosk.domain.measures.security import Tries
from kiosk.domain.measures.use import are_one_person
from kiosk.domain.policy import PasswordVerifier
from kiosk.domain.records import Notice
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import password
from kiosk.flows.events import BackendFault, CardFault, ServiceName
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
class AwaitingCard:
    """Please insert your social security card."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ReaderGone:
    """The card reader is not there: nobody is asked for a card in vain."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """The chip is being read."""

    timeout: ClassVar[float | None] = WORKING_TIME_S
    survives_card_removal: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class CardTrouble:
    """The card in the reader can't be used, and why."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False
    fault: CardFault


@dataclass(frozen=True, slots=True)
class EnteringPassword:
    """The password is asked for, checked, wrong, or locked."""

    survives_card_removal: ClassVar[bool] = False
    entry: password.PasswordEntry

    @property
    def timeout(self) -> float | None:
        """Seconds to go on."""
        return self.entry.timeout


@dataclass(frozen=True, slots=True)
class OpeningVisit:
    """The backend is asked who holds the card."""

    timeout: ClassVar[float | None] = WORKING_TIME_S
    survives_card_removal: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class LoadingRecords:
    """The backend is asked for the records."""

    timeout: ClassVar[float | None] = WORKING_TIME_S
    survives_card_removal: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class NotServed:
    """The backend can't or won't serve this visitor now; a sentence and the next step."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    fault: BackendFault


STATES: tuple[type[State], ...] = (
    AwaitingCard, ReaderGone, ReadingCard, CardTrouble, EnteringPassword, OpeningVisit, LoadingRecords,
    NotServed,
)  # fmt: skip


def begin(visit: Visit, service: ServiceName) -> Step:
    """Begin a service that needs the card. What can't be had now is said before the card goes in."""
    visit = awaiting_card(visit, service)
    if isinstance(visit.state, AwaitingCard) and visit.conditions.card_present:
        return Step(visit.at(ReadingCard()), (do.ReadCard(),))
    return Step(visit)


def awaiting_card(visit: Visit, service: ServiceName) -> Visit:
    """Return the visit waiting for a card, or saying that there is no use in one now."""
    if not visit.conditions.online:
        return visit.at(NotServed(BackendFault.UNREACHABLE), service=service)
    if not visit.conditions.card_reader:
        return visit.at(ReaderGone(), service=service)
    return visit.at(AwaitingCard(), service=service)


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step on the way to a known visitor; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        case AwaitingCard() | CardTrouble(), on.CardInserted():
            return Step(visit.at(ReadingCard()))

        case AwaitingCard() | ReadingCard(), on.CardNotUsable(fault):
            return Step(visit.at(CardTrouble(fault)))

        case AwaitingCard() | ReadingCard(), on.CardRead(card):
            return _recognise(visit, card)

        case ReadingCard(), on.TimedOut():
            return Step(visit.at(CardTrouble(CardFault.UNREADABLE)))

        case AwaitingCard(), on.CardReaderChanged(ready=False):
            return Step(visit.at(ReaderGone()))

        case ReaderGone(), on.CardReaderChanged(ready=True):
            return Step(visit.at(AwaitingCard()))

        case CardTrouble(), on.CardRemoved():
            return Step(visit.at(AwaitingCard()))

        case AwaitingCard() | CardTrouble(), on.WentBack():
            return ended(visit)

        case EnteringPassword(entry), _ if entry.is_given_up_by(event):
            return ended(visit)

        case EnteringPassword(entry), _:
            advanced = password.advance(visit, entry, event)
            if advanced is None:
                return None
            entry, effects = advanced
            if entry.phase is not password.Phase.ACCEPTED:
                return Step(visit.at(EnteringPassword(entry)), effects)
            return _open(visit) if visit.session.holder is None else _load(visit)

        case OpeningVisit(), on.VisitOpened() as opened:
            return _opened(visit, opened)

        case OpeningVisit() | LoadingRecords(), on.QuestionFailed(fault=fault):
            return Step(visit.at(NotServed(fault)))

        case OpeningVisit() | LoadingRecords(), on.TimedOut():
            return Step(visit.at(NotServed(BackendFault.UNREACHABLE)))

        case NotServed() | ReaderGone(), on.Confirmed():
            return ended(visit)

    return None


def _recognise(visit: Visit, card: ChipCard) -> Step:
    visit = visit.at(visit.state, chip=card)
    if not are_one_person(card.holder_number, visit.session.id_number):
        return ended_by_two_persons(visit)
    if not is_of_henan(card.region):
        return Step(visit.at(NotServed(BackendFault.OTHER_PROVINCE)))
    if visit.policy.verified_by is PasswordVerifier.BACKEND:
        return _open(visit)
    return _ask_for_password(visit, Tries())


def _open(visit: Visit) -> Step:
    checked = visit.policy.verified_by is PasswordVerifier.CARD
    if visit.session.chip is None:
        return ended(visit)
    ask = do.OpenVisitByCard(visit.session.number, visit.session.chip, password_checked=checked)
    return Step(visit.at(OpeningVisit()), (ask,))


def _opened(visit: Visit, opened: on.VisitOpened) -> Step:
    holder = Holder(opened.name, opened.number, opened.token, opened.cards, opened.notices)
    visit = visit.at(visit.state, holder=holder)
    # A contactless card names nobody: whose it is, is known from here on.
    if not are_one_person(holder.number, visit.session.id_number):
        return ended_by_two_persons(visit)
    if Notice.GO_TO_WINDOW in opened.notices:
        return Step(visit.at(NotServed(BackendFault.GO_TO_WINDOW)))
    if visit.policy.verified_by is PasswordVerifier.BACKEND:
        left = opened.tries_left
        return _ask_for_password(visit, Tries() if left is None else Tries(left, told=True))
    return _load(visit)


def _ask_for_password(visit: Visit, tries: Tries) -> Step:
    entry, effects = password.begin(visit, tries)
    return Step(visit.at(EnteringPassword(entry)), effects)


def _load(visit: Visit) -> Step:
    return Step(visit.at(LoadingRecords()), (do.LoadRecords(visit.session.number, visit.session.token),))
