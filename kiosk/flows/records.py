"""The own records (Art 22): a list of topics, a topic on the screen, a topic on paper.

LoadingRecords -> ChoosingTopic <-> ShowingTopic -> (paper)
                       \\-> contact change
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar

from kiosk.domain.paper import RecordsSlip
from kiosk.flows import contact_change
from kiosk.flows import events as on
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.events import ServiceName, Topic
from kiosk.flows.identification import LoadingRecords
from kiosk.flows.visit import ANSWER_TIME_S, State, Step, Visit, ended


class OnPaper(Enum):
    """What became of the slip of the topic shown."""

    NOT_ASKED = "not_asked"
    PRINTING = "printing"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class ChoosingTopic:
    """What would you like to see?"""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class ShowingTopic:
    """One topic of the records, one page of it. Personal values stay masked until touched."""

    survives_card_removal: ClassVar[bool] = False
    topic: Topic
    page: int = 1
    revealed: bool = False
    paper: OnPaper | SlipFailure = OnPaper.NOT_ASKED

    @property
    def timeout(self) -> float | None:
        """No hurry while the slip is being printed."""
        return None if self.paper is OnPaper.PRINTING else ANSWER_TIME_S


STATES: tuple[type[State], ...] = (ChoosingTopic, ShowingTopic)


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step in the records; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        case LoadingRecords(), on.RecordsReceived(records=records):
            visit = visit.at(ChoosingTopic(), records=records)
            if visit.session.service is ServiceName.CONTACT_CHANGE:
                return contact_change.begin(visit)
            return Step(visit)

        case ChoosingTopic(), on.TopicChosen(topic):
            return Step(visit.at(ShowingTopic(topic)))

        case ChoosingTopic(), on.ServiceChosen(ServiceName.CONTACT_CHANGE):
            return contact_change.begin(visit.at(state, service=ServiceName.CONTACT_CHANGE))

        case ChoosingTopic(), on.WentBack():
            return ended(visit)

        case ShowingTopic(), on.PageTurned(forward):
            return Step(visit.at(replace(state, page=max(1, state.page + (1 if forward else -1)))))

        case ShowingTopic(), on.Revealed():
            return Step(visit.at(replace(state, revealed=not state.revealed)))

        case ShowingTopic(paper=paper), on.PrintChosen() if paper is not OnPaper.PRINTING:
            if visit.session.records is None:
                return None
            slip = RecordsSlip(visit.session.records, state.topic.value)
            printing = visit.at(replace(state, paper=OnPaper.PRINTING))
            return Step(printing, (visit.printing(slip),))

        case ShowingTopic(), on.SlipPrinted():
            return Step(visit.at(replace(state, paper=OnPaper.PRINTED)))

        case ShowingTopic(), on.SlipNotPrinted(failure=failure):
            return Step(visit.at(replace(state, paper=failure)))

        case ShowingTopic(), on.WentBack():
            return Step(visit.at(ChoosingTopic()))

    return None
