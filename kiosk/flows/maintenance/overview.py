"""Is it well? Every part in one list, looked at again whenever something changes."""

from dataclasses import dataclass, replace

from kiosk.flows import events as on
from kiosk.flows.maintenance import looking
from kiosk.flows.maintenance.events import Run
from kiosk.flows.maintenance.looking import CHANGES, Look
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class Overview:
    """The first page, and the way out."""

    look: Look


STATES: tuple[type[State], ...] = (Overview,)


def begin(work: Work, visit: Visit) -> Step:
    """Open the page and look."""
    look, effects = looking.begin(Run.OVERVIEW, work.seen)
    return Step(work.at(Overview(look)), effects)


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Take in what is found."""
    state = work.state
    assert isinstance(state, Overview)
    heard = looking.changed(state.look) if isinstance(event, CHANGES) else state.look.heard(event)
    if heard is None:
        return None
    look, effects = heard
    return Step(replace(work, state=Overview(look), seen=look.findings), effects)
