"""The readiness report: every check that needs no hands, kept as signed files, on paper, or on a stick.

Nothing is filed and nothing signed unless every check of this very run is in it.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar

from kiosk.domain.paper import ReadinessSlip
from kiosk.flows import events as on
from kiosk.flows.maintenance import carrying, looking
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Run, What
from kiosk.flows.maintenance.looking import Look
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


class Paper(Enum):
    """How the report's slip stands."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Examining:
    """The checks under way, one after the other."""

    is_busy: ClassVar[bool] = True
    look: Look


@dataclass(frozen=True, slots=True)
class ShowingReport:
    """What came of it. `filed` is None until it is kept; `trouble`: why it never will be, and no slip is."""

    look: Look
    filed: tech.ReportFiled | None = None
    paper: Paper = Paper.NONE
    trouble: tech.Trouble | None = None
    page: int = 1


STATES: tuple[type[State], ...] = (Examining, ShowingReport)


def begin(work: Work, visit: Visit) -> Step:
    """One touch runs them all."""
    work, ticket = work.ordering(visit)
    look, effects = looking.begin(Run.READINESS, ticket)
    return Step(work.at(Examining(look)), effects)


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Take in findings, then keep, print and carry the report."""
    match work.state, event:
        case Examining(look), tech.RunEnded(ticket) if ticket == look.ticket and look.is_whole:
            language = visit.session.settings.language
            filing = order.FileReport(ticket, look.findings, language)
            return Step(work.at(ShowingReport(look)), (filing,))
        case Examining(look), tech.RunEnded(its) | tech.OrderFailed(ticket=its) if its == look.ticket:
            return Step(work.at(ShowingReport(look, trouble=tech.Trouble.NOT_WORKING)))
        case Examining(look), tech.Found():
            heard = look.heard(event)
            return Step(work.at(Examining(heard[0]))) if heard else None

        case ShowingReport(look, trouble=None) as shown, tech.ReportFiled(its) as filed if its == look.ticket:
            return Step(work.at(replace(shown, filed=filed)))
        case ShowingReport(look, None) as shown, tech.OrderFailed(trouble, ticket=its) if its == look.ticket:
            return Step(work.at(replace(shown, trouble=trouble)))
        case ShowingReport(filed=tech.ReportFiled(_, report, name), paper=paper) as shown, on.PrintChosen():
            if paper is Paper.PRINTING:
                return None
            slip = visit.printing(ReadinessSlip(report, name))
            return Step(work.at(replace(shown, paper=Paper.PRINTING)), (slip,))
        case ShowingReport(paper=Paper.PRINTING) as shown, on.SlipPrinted():
            return Step(work.at(replace(shown, paper=Paper.PRINTED)))
        case ShowingReport(paper=Paper.PRINTING) as shown, on.SlipNotPrinted():
            return Step(work.at(replace(shown, paper=Paper.FAILED)))
        case ShowingReport(filed=tech.ReportFiled(_, _, name)), tech.ReportToStickChosen() if name:
            work, ticket = work.ordering(visit)
            return carrying.begin(work, What.REPORT, order.CarryReport(ticket, name))
        case ShowingReport() as shown, on.PageTurned(page):
            return Step(work.at(replace(shown, page=page)))
        case ShowingReport(), tech.LookAgainChosen():
            return begin(work, visit)
    return None
