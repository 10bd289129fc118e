"""Is it well? Every part in one list, looked at again whenever something changes, and the last faults."""

from dataclasses import dataclass, replace

from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import looking
from kiosk.flows.maintenance.events import Run
from kiosk.flows.maintenance.looking import CHANGES, Look
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page, and the way out. `past`: the last faults, newest first; None until they are told."""

    look: Look
    past: tuple[tech.PastFault, ...] | None = None
    page: int = 1  # in the largest letters it takes more than one


STATES: tuple[type[State], ...] = (Overview,)


def begin(work: Work, visit: Visit) -> Step:
    """Open the page and look."""
    work, ticket = work.ordering(visit)
    look, effects = looking.begin(Run.OVERVIEW, ticket, work.seen)
    return Step(work.at(Overview(look, work.past)), (order.TellFaults(), *effects))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Take in what is found, and the faults that follow from it."""
    state = work.state
    assert isinstance(state, Overview)
    if isinstance(event, tech.FaultsTold):
        return Step(replace(work, state=replace(state, past=event.faults), past=event.faults))
    if isinstance(event, on.PageTurned):
        return Step(work.at(replace(state, page=event.page)))
    if isinstance(event, tech.Noticed):
        return Step(work, (order.TellFaults(),))
    heard = looking.changed(state.look) if isinstance(event, CHANGES) else state.look.heard(event)
    if heard is None:
        return None
    look, effects = heard
    told = (order.TellFaults(),) if isinstance(event, tech.RunEnded) else ()
    return Step(replace(work, state=replace(state, look=look), seen=look.findings), (*told, *effects))
