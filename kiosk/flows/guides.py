"""Guides and refusals (level 0): what is done at the window, with which papers, by which article.

They need no backend and no card.

    ChoosingGuide <-> ShowingGuide -> (paper)
                           |
                  ListingServicePoints -> (paper)
"""

from dataclasses import dataclass, replace
from typing import ClassVar

from kiosk.domain.guides import Guide
from kiosk.domain.paper import GuideSlip, ServicePointsSlip, Slip
from kiosk.flows import events as on
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.events import ServiceName
from kiosk.flows.records import OnPaper
from kiosk.flows.visit import ANSWER_TIME_S, PRINTING_TIME_S, State, Step, Visit, ended


@dataclass(frozen=True, slots=True)
class ChoosingGuide:
    """What would you like to know? One page of the list."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class ShowingGuide:
    """One guide, on one screen. `refusal` names the screen that led here, whose reason it gives."""

    survives_card_removal: ClassVar[bool] = True
    guide: Guide
    refusal: str = ""
    page: int = 1  # of the list to go back to
    paper: OnPaper | SlipFailure = OnPaper.NOT_ASKED

    @property
    def timeout(self) -> float:
        """Seconds for the printer, then for the citizen."""
        return PRINTING_TIME_S if self.paper is OnPaper.PRINTING else ANSWER_TIME_S


@dataclass(frozen=True, slots=True)
class ListingServicePoints:
    """A page of the service windows, with their addresses."""

    survives_card_removal: ClassVar[bool] = True
    guide: ShowingGuide  # to go back to
    page: int = 1
    paper: OnPaper | SlipFailure = OnPaper.NOT_ASKED

    @property
    def timeout(self) -> float:
        """Seconds for the printer, then for the citizen."""
        return PRINTING_TIME_S if self.paper is OnPaper.PRINTING else ANSWER_TIME_S


STATES: tuple[type[State], ...] = (ChoosingGuide, ShowingGuide, ListingServicePoints)


def begin(visit: Visit) -> Step:
    """Begin with the list."""
    return Step(visit.at(ChoosingGuide(), service=ServiceName.GUIDES))


def refer(visit: Visit, guide: Guide, refusal: str) -> Step:
    """Show a guide to somebody who could not be served. What is private of the visit is forgotten first."""
    closed = ended(visit)
    return Step(closed.visit.at(ShowingGuide(guide, refusal), service=ServiceName.GUIDES), closed.effects)


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step in the guides; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        case ChoosingGuide(page), on.GuideChosen(guide):
            return Step(visit.at(ShowingGuide(guide, page=page)))

        case ChoosingGuide(), on.PageTurned(page):
            return Step(visit.at(ChoosingGuide(page)))

        case ChoosingGuide(), on.WentBack():
            return ended(visit)

        case ShowingGuide(), on.ServicePointsChosen():
            return Step(visit.at(ListingServicePoints(replace(state, paper=OnPaper.NOT_ASKED))))

        case ListingServicePoints(), on.PageTurned(page):
            turned = replace(state, page=page, paper=OnPaper.NOT_ASKED)
            return Step(visit.at(turned))

        case ListingServicePoints(guide=guide), on.WentBack():
            return Step(visit.at(guide))

        case ShowingGuide() | ListingServicePoints(), on.PrintChosen() if state.paper is not OnPaper.PRINTING:
            printing = visit.at(replace(state, paper=OnPaper.PRINTING))
            return Step(printing, (visit.printing(_slip(visit, state)),))

        case ShowingGuide() | ListingServicePoints(), on.SlipPrinted():
            return Step(visit.at(replace(state, paper=OnPaper.PRINTED)))

        case ShowingGuide() | ListingServicePoints(), on.SlipNotPrinted(failure=failure):
            return Step(visit.at(replace(state, paper=failure)))

        case (
            (ShowingGuide(paper=OnPaper.PRINTING) | ListingServicePoints(paper=OnPaper.PRINTING)),
            on.TimedOut(),
        ):
            return Step(visit.at(replace(state, paper=SlipFailure.OUTCOME_UNKNOWN)))

        case ShowingGuide(page=page), on.WentBack():
            return Step(visit.at(ChoosingGuide(page)))

    return None


def _slip(visit: Visit, state: ShowingGuide | ListingServicePoints) -> Slip:
    reference = visit.policy.reference
    if isinstance(state, ListingServicePoints):
        return ServicePointsSlip(reference, state.page)
    return GuideSlip(state.guide, state.refusal, reference)
