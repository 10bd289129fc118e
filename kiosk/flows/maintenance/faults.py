"""The faults: which stand, which stood of late, and what each code means."""

from dataclasses import dataclass, replace

from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.looking import CHANGES
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class Faults:
    """The last faults, newest first. `told` is None until they have been read."""

    told: tuple[tech.PastFault, ...] | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class FaultExplained:
    """One code: meaning, cause, what to do, and whose work it is."""

    code: str


STATES: tuple[type[State], ...] = (Faults, FaultExplained)


def begin(work: Work, visit: Visit) -> Step:
    """Open the list."""
    return Step(work.at(Faults()), (order.TellFaults(),))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Read the list, turn its pages, explain one."""
    match work.state, event:
        case Faults() as listed, tech.FaultsTold(faults):
            return Step(work.at(replace(listed, told=faults)))
        case Faults() as listed, on.PageTurned(page):
            return Step(work.at(replace(listed, page=page)))
        case Faults(), tech.FaultChosen(code):
            return Step(work.at(FaultExplained(code)))
        case Faults(), _ if isinstance(event, (*CHANGES, tech.Noticed)):
            return Step(work, (order.TellFaults(),))
        case FaultExplained(), on.WentBack():
            return begin(work, visit)
    return None
