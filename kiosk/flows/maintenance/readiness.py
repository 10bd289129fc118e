"""The readiness report: every check that needs no hands, kept as signed files, on paper, or on a stick."""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.domain.paper import ReadinessSlip
from kiosk.flows import events as on
from kiosk.flows.maintenance import carrying, looking
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.carrying import What
from kiosk.flows.maintenance.events import Run
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

    look: Look


@dataclass(frozen=True, slots=True)
class ShowingReport:
    """What came of it. `filed` is None until it is kept."""

    look: Look
    filed: tech.ReportFiled | None = None
    paper: Paper = Paper.NONE


STATES: tuple[type[State], ...] = (Examining, ShowingReport)


def begin(work: Work, visit: Visit) -> Step:
    """One touch runs them all."""
    look, effects = looking.begin(Run.READINESS)
    return Step(work.at(Examining(look)), effects)


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Take in findings, then keep, print and carry the report."""
    match work.state, event:
        case Examining(look), tech.RunEnded(Run.READINESS):
            language = visit.session.settings.language
            return Step(work.at(ShowingReport(look)), (order.FileReport(look.findings, language),))
        case Examining(look), tech.Found():
            heard = look.heard(event)
            return Step(work.at(Examining(heard[0]))) if heard else None

        case ShowingReport() as shown, tech.ReportFiled():
            return Step(work.at(replace(shown, filed=event)))
        case ShowingReport(filed=tech.ReportFiled(report, name), paper=paper) as shown, on.PrintChosen():
            if paper is Paper.PRINTING:
                return None
            slip = visit.printing(ReadinessSlip(report, name))
            return Step(work.at(replace(shown, paper=Paper.PRINTING)), (slip,))
        case ShowingReport(paper=Paper.PRINTING) as shown, on.SlipPrinted():
            return Step(work.at(replace(shown, paper=Paper.PRINTED)))
        case ShowingReport(paper=Paper.PRINTING) as shown, on.SlipNotPrinted():
            return Step(work.at(replace(shown, paper=Paper.FAILED)))
        case ShowingReport(filed=tech.ReportFiled(_, name)), tech.ReportToStickChosen() if name:
            return carrying.begin(work, What.REPORT, order.CarryReport(name))
        case ShowingReport(), tech.LookAgainChosen():
            return begin(work, visit)
    return None
