"""The own records (Art 22): a list of topics, a topic on the screen, a topic on paper.

    LoadingRecords -> ChoosingTopic <-> ShowingTopic -> (paper)
                         |  |               \\ contributions
                         |  |                ChoosingInsurance <-> ChoosingYear <-> AskingForYear
                         |  |                                           ^  ^             |
                         |  +-> contact change                          |  +-- ShowingYear -> (paper)
                         +-> loss report                                +----- YearNotShown

Everything but the contributions of a single year was asked for at once, so that no topic keeps anybody
waiting. A year without an answer is told in its place: what is there already stays.
"""

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import ClassVar

from kiosk.domain.paper import ContributionsSlip, RecordsSlip, Slip
from kiosk.domain.records import Contribution, Insurance
from kiosk.flows import contact_change, loss_report
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.events import BackendFault, ServiceName, Topic
from kiosk.flows.identification import LoadingRecords, NotServed
from kiosk.flows.visit import ANSWER_TIME_S, PRINTING_TIME_S, WORKING_TIME_S, State, Step, Visit, ended


class OnPaper(Enum):
    """What became of the slip of what is shown."""

    NOT_ASKED = "not_asked"
    PRINTING = "printing"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class ChoosingTopic:
    """What would you like to see? One page of the list."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowingTopic:
    """One topic of the records, one page of it. Personal values stay masked until touched."""

    survives_card_removal: ClassVar[bool] = False
    topic: Topic
    page: int = 1
    listed: int = 1  # the page of the list to go back to
    revealed: bool = False
    paper: OnPaper | SlipFailure = OnPaper.NOT_ASKED

    @property
    def timeout(self) -> float:
        """Seconds for the printer, then for the citizen."""
        return PRINTING_TIME_S if self.paper is OnPaper.PRINTING else ANSWER_TIME_S


@dataclass(frozen=True, slots=True)
class ChoosingInsurance:
    """Contributions to which insurance?"""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class ChoosingYear:
    """Contributions of which year? One page of the years since the insurance began."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False
    insurance: Insurance
    page: int = 1


@dataclass(frozen=True, slots=True)
class AskingForYear:
    """The backend is asked for a year. `page` is the one of the list to go back to."""

    timeout: ClassVar[float | None] = WORKING_TIME_S
    survives_card_removal: ClassVar[bool] = False
    insurance: Insurance
    year: int
    page: int = 1


@dataclass(frozen=True, slots=True)
class YearNotShown:
    """The backend gave no answer about this year; everything else is still there."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = False
    asked: AskingForYear


@dataclass(frozen=True, slots=True)
class ShowingYear:
    """A year's contributions to one insurance, one page of them."""

    survives_card_removal: ClassVar[bool] = False
    asked: AskingForYear
    contributions: tuple[Contribution, ...] = field(repr=False)
    page: int = 1
    paper: OnPaper | SlipFailure = OnPaper.NOT_ASKED

    @property
    def timeout(self) -> float:
        """Seconds for the printer, then for the citizen."""
        return PRINTING_TIME_S if self.paper is OnPaper.PRINTING else ANSWER_TIME_S


STATES: tuple[type[State], ...] = (
    ChoosingTopic, ShowingTopic, ChoosingInsurance, ChoosingYear, AskingForYear, YearNotShown, ShowingYear,
)  # fmt: skip


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step in the records; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        case LoadingRecords(), on.RecordsReceived() as received:
            return _received(visit, received)

        case ChoosingTopic(page), on.TopicChosen(topic):
            return Step(visit.at(ShowingTopic(topic, listed=page), service=ServiceName.RECORDS))

        case ChoosingTopic(), on.ServiceChosen(ServiceName.CONTACT_CHANGE):
            return contact_change.begin(visit.at(state, service=ServiceName.CONTACT_CHANGE))

        case ChoosingTopic(), on.ServiceChosen(ServiceName.LOSS_REPORT):
            return loss_report.begin_with_card(visit)

        case ChoosingTopic(), on.WentBack():
            return ended(visit)

        case contact_change.EditingContact(), on.WentBack():
            return Step(visit.at(ChoosingTopic(), service=ServiceName.RECORDS))

        case ShowingTopic(topic=Topic.CONTRIBUTIONS), on.ContributionsChosen():
            return Step(visit.at(ChoosingInsurance()))

        case ShowingTopic(), on.Revealed():
            return Step(visit.at(replace(state, revealed=not state.revealed)))

        case ShowingTopic(listed=page), on.WentBack():
            return Step(visit.at(ChoosingTopic(page)))

        case ChoosingInsurance(), on.InsuranceChosen(insurance):
            return Step(visit.at(ChoosingYear(insurance)))

        case ChoosingInsurance(), on.WentBack():
            return Step(visit.at(ShowingTopic(Topic.CONTRIBUTIONS)))

        case ChoosingYear(insurance, page), on.YearChosen(year):
            return _ask(visit, AskingForYear(insurance, year, page))

        case ChoosingYear(), on.WentBack():
            return Step(visit.at(ChoosingInsurance()))

        case AskingForYear(insurance, year), on.ContributionsReceived() as received:
            if (received.insurance, received.year) != (insurance, year):
                return Step(visit)  # the late answer to an earlier question
            return Step(visit.at(ShowingYear(state, received.contributions)))

        case AskingForYear(), on.QuestionFailed(fault=fault):
            if fault in {BackendFault.UNREACHABLE, BackendFault.NONSENSE}:
                return Step(visit.at(YearNotShown(state)))
            return Step(visit.at(NotServed(fault)))

        case AskingForYear(), on.TimedOut():
            return Step(visit.at(YearNotShown(state)))

        case YearNotShown(asked), on.Confirmed():
            return _ask(visit, asked)

        case ((YearNotShown(asked) | ShowingYear(asked)), on.WentBack()):
            return Step(visit.at(ChoosingYear(asked.insurance, asked.page)))

        case ShowingTopic(topic=Topic.TRANSACTIONS, paper=OnPaper.PRINTED), on.PageTurned(page):
            return Step(visit.at(replace(state, page=page, paper=OnPaper.NOT_ASKED)))  # it has its own slip

        case (
            (ChoosingTopic() | ShowingTopic() | ShowingYear() | ChoosingInsurance() | ChoosingYear()),
            on.PageTurned(page),
        ):
            return Step(visit.at(replace(state, page=page)))

        case ShowingTopic() | ShowingYear(), on.PrintChosen() if state.paper is not OnPaper.PRINTING:
            slip = _slip(visit, state)
            printing = visit.at(replace(state, paper=OnPaper.PRINTING))
            return Step(printing, (visit.printing(slip),)) if slip else None

        case ShowingTopic() | ShowingYear(), on.SlipPrinted():
            return Step(visit.at(replace(state, paper=OnPaper.PRINTED)))

        case ShowingTopic() | ShowingYear(), on.SlipNotPrinted(failure=failure):
            return Step(visit.at(replace(state, paper=failure)))

        case ((ShowingTopic(paper=OnPaper.PRINTING) | ShowingYear(paper=OnPaper.PRINTING)), on.TimedOut()):
            return Step(visit.at(replace(state, paper=SlipFailure.OUTCOME_UNKNOWN)))

    return None


def _received(visit: Visit, received: on.RecordsReceived) -> Step:
    """Begin with the list, or with the change the visitor came for. The records know all of the cards."""
    holder, records = visit.session.holder, received.records
    if holder is None:
        return ended(visit)
    visit = visit.at(ChoosingTopic(), records=records, holder=replace(holder, cards=records.cards))
    if visit.session.service is ServiceName.CONTACT_CHANGE:
        return contact_change.begin(visit)
    return Step(visit)


def _ask(visit: Visit, asked: AskingForYear) -> Step:
    session = visit.session
    question = do.AskForContributions(session.number, session.token, asked.insurance, asked.year)
    return Step(visit.at(asked), (question,))


def _slip(visit: Visit, state: ShowingTopic | ShowingYear) -> Slip | None:
    records = visit.session.records
    if records is None:
        return None
    if isinstance(state, ShowingTopic):
        return RecordsSlip(records, state.topic.value, state.page)
    return ContributionsSlip(records.profile, state.asked.insurance, state.asked.year, state.contributions)
