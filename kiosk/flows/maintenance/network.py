"""The way to the backend, step by step as it is walked: the first step that fails is where to look."""

from dataclasses import dataclass

from kiosk.flows import events as on
from kiosk.flows.maintenance import looking
from kiosk.flows.maintenance.events import Run
from kiosk.flows.maintenance.looking import Look
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class Network:
    """The steps that have been taken."""

    look: Look


STATES: tuple[type[State], ...] = (Network,)


def begin(work: Work, visit: Visit) -> Step:
    """Open the page and set out."""
    work, ticket = work.ordering(visit)
    look, effects = looking.begin(Run.NETWORK, ticket)
    return Step(work.at(Network(look)), effects)


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Take in how a step has ended."""
    state = work.state
    assert isinstance(state, Network)
    heard = state.look.heard(event)
    return Step(work.at(Network(heard[0])), heard[1]) if heard is not None else None
