"""One visit: who stands here, what they want, where they are in it. The data; the rules are in journeys.py.

    Home -> (a journey's states) -> TakingCard -> Farewell -> Home, a new visit

A state declares `timeout`, the seconds until `TimedOut` (None: never), and `survives_card_removal`:
what shows or does something that is not private, or must not be broken off, goes on without the card.
"""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Protocol

from kiosk.domain.cards import ChipCard, OwnCard
from kiosk.domain.measures.security import Tries
from kiosk.domain.paper import Slip
from kiosk.domain.policy import Policy
from kiosk.domain.records import Notice, Records
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import Conditions, IdCardPlace
from kiosk.flows.settings import Settings, at_first


class MachineTime(float):
    """Seconds a device or the backend has, and no citizen: the elder mode makes them no more."""


ANSWER_TIME_S = 90.0  # for a citizen to act, before being asked whether they are still there
STILL_THERE_TIME_S = 45.0  # to answer that question
WORKING_TIME_S = MachineTime(20.0)  # for the backend or a device to answer
PRINTING_TIME_S = MachineTime(
    60.0
)  # for the printer to say what became of a slip: more than its driver gives it
EXTENSIONS = (
    12  # of the time in a row by whoever does nothing else: at most half an hour, twice that for elders
)
FAREWELL_TIME_S = 4.0
REFUSAL_TIME_S = 60.0  # to read why a visit has ended, where nothing of anybody is shown
KNOCK_TIME_S = 2.0  # between two touches of the brand that belong together
CARD_ALARM_TIME_S = 15.0
CARD_ALARMS = 12  # three minutes of them


class State(Protocol):
    """Where a visit is. Every state of every journey is a frozen dataclass with these two."""

    @property
    def timeout(self) -> float | None: ...  # noqa: D102

    @property
    def survives_card_removal(self) -> bool: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Holder:
    """The visitor, as the backend knows them."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    token: str = field(default="", repr=False)
    cards: tuple[OwnCard, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """What is known of this visitor; forgotten as a whole when the visit ends."""

    number: int
    settings: Settings = Settings()
    service: on.ServiceName | None = None
    chip: ChipCard | None = None
    id_number: str | None = field(default=None, repr=False)  # on the ID card, if one was read
    id_address: str = field(default="", repr=False)  # on it too
    holder: Holder | None = None
    records: Records | None = None
    tries: Tries = Tries()  # of the password, as last heard before a contact change
    extensions: int = 0  # of the time, since the visitor last did anything else

    @property
    def token(self) -> str:
        """The backend's token of this visit, or ""."""
        return self.holder.token if self.holder else ""


@dataclass(frozen=True, slots=True)
class Visit:
    """The whole state of a visit with the surroundings it takes place in."""

    session: Session
    state: State
    conditions: Conditions
    policy: Policy

    def printing(self, slip: Slip) -> do.PrintSlip:
        """Return the order to print a slip for this visitor."""
        session = self.session
        return do.PrintSlip(session.number, slip, session.settings.language, self.conditions.clock)

    def at(self, state: State, **session: object) -> "Visit":
        """Return the visit in another state, with some of the session changed."""
        changed = replace(self.session, **session) if session else self.session  # type: ignore[arg-type]
        return Visit(changed, state, self.conditions, self.policy)


@dataclass(frozen=True, slots=True)
class Step:
    """What a step comes to: the visit as it now is, and what is to be done."""

    visit: Visit
    effects: tuple[do.Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """Nobody is here, as far as the kiosk knows. `knocks`: touches of the brand, one after the other.

    `page`: the elder mode shows what is most wanted on the first, and the rest on the second.
    """

    survives_card_removal: ClassVar[bool] = True
    knocks: int = 0
    page: int = 1

    @property
    def timeout(self) -> float | None:
        """Knocks are soon forgotten."""
        return KNOCK_TIME_S if self.knocks else None


@dataclass(frozen=True, slots=True)
class StillThere:
    """The visitor has not moved for a while, and is asked."""

    timeout: ClassVar[float | None] = STILL_THERE_TIME_S
    resume: State

    @property
    def survives_card_removal(self) -> bool:
        """As what is resumed: who takes the card out and reads on must not lose the result."""
        return self.resume.survives_card_removal


@dataclass(frozen=True, slots=True)
class TakingCard:
    """The visit is over and forgotten, but a card is still in the reader.

    `alarms`: so many were given. `knocks`: as at home, for the technician whom a stuck card calls. `id_card`:
    what lies there is the resident ID card.
    """

    survives_card_removal: ClassVar[bool] = True
    alarms: int = 0
    knocks: int = 0
    id_card: bool = False

    @property
    def timeout(self) -> float | None:
        """Seconds to the next alarm. At last it is only shown: nobody in the hall will come for the noise.

        An ID card is given up then: that a reader tells it from none rightly, nobody has verified, and a
        kiosk must not stand still for ever by its mistake.
        """
        if self.knocks:
            return KNOCK_TIME_S
        return CARD_ALARM_TIME_S if self.alarms < CARD_ALARMS or self.id_card else None


@dataclass(frozen=True, slots=True)
class Farewell:
    """Thanks, and a reminder to take paper and cards."""

    timeout: ClassVar[float | None] = FAREWELL_TIME_S
    survives_card_removal: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class PersonsDiffer:
    """Two cards of two persons were read: one visit is for one person (Art 16). The text stays neutral."""

    timeout: ClassVar[float | None] = REFUSAL_TIME_S
    survives_card_removal: ClassVar[bool] = True


def home(visit: Visit) -> Visit:
    """Return the kiosk's first screen with everything of the visitor forgotten, settings included."""
    session = Session(visit.session.number + 1, at_first(visit.policy))
    return replace(visit, session=session, state=Home())


def ended(visit: Visit) -> Step:
    """End the visit: forget the visitor; ask for the card that is still in its reader."""
    closed = do.CloseVisit(visit.session.number, visit.session.token)
    forgotten = replace(visit, session=Session(visit.session.number + 1, settings=visit.session.settings))
    return Step(replace(forgotten, state=left_behind(visit.conditions) or Farewell()), (closed,))


def left_behind(conditions: Conditions) -> TakingCard | None:
    """Return the state that asks for a card somebody has left here, first for the one in the slot."""
    if conditions.card_present:
        return TakingCard()
    return TakingCard(id_card=True) if conditions.id_card is IdCardPlace.LYING else None


def ended_by_two_persons(visit: Visit) -> Step:
    """End the visit because cards of two persons were read (Art 16). Whose they are is not said."""
    closed = ended(visit)
    return Step(closed.visit.at(PersonsDiffer()), closed.effects)
