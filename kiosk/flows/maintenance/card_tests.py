"""The card readers, tested with a card in the technician's hand. No password is asked for, no name shown."""

from dataclasses import dataclass, replace

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class TestingCardReader:
    """Put in a test card. `card` is None while there is none."""

    card: tech.CardDescribed | None = None


@dataclass(frozen=True, slots=True)
class TestingIdReader:
    """Lay an ID card on the reader. `read` is None until one lay there; what stood on it is not kept."""

    sam: str | None = None
    read: bool | None = None


STATES: tuple[type[State], ...] = (TestingCardReader, TestingIdReader)


def begin_card(work: Work, visit: Visit) -> Step:
    """Wait for a card, or describe the one that is in."""
    effects = (order.DescribeCard(),) if visit.conditions.card_present else ()
    return Step(work.at(TestingCardReader()), effects)


def begin_id_card(work: Work, visit: Visit) -> Step:
    """Ask for the security module, and wait for a card."""
    return Step(work.at(TestingIdReader()), (order.TellSam(),))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Tell what the reader says."""
    match work.state, event:
        case TestingCardReader(), on.CardRead() | on.CardNotUsable():
            return Step(work, (order.DescribeCard(),))
        case TestingCardReader(), tech.CardDescribed() as card if visit.conditions.card_present:
            return Step(work.at(TestingCardReader(card)))
        case TestingCardReader(tech.CardDescribed()), tech.LookAgainChosen():
            return Step(work, (order.DescribeCard(),))
        case TestingCardReader(), on.CardRemoved() | on.CardReaderChanged(ready=False):
            return Step(work.at(TestingCardReader()))

        case TestingIdReader() as test, tech.SamTold(number):
            return Step(work.at(replace(test, sam=number)))
        case TestingIdReader() as test, on.IdCardRead():
            return Step(work.at(replace(test, read=True)))
        case TestingIdReader() as test, on.IdCardNotUsable():
            return Step(work.at(replace(test, read=False)))
        case TestingIdReader() as test, on.IdReaderChanged():
            return Step(work, (order.TellSam(),))
        case TestingIdReader(read=None), tech.LookAgainChosen():
            return begin_id_card(work, visit)
        case TestingIdReader(), tech.LookAgainChosen():  # a card that lies there is told only once unasked
            return Step(work.at(TestingIdReader()), (order.TellSam(), do.ReadIdCard()))
    return None
