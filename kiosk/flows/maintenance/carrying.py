"""Something goes onto a stick: the outbox, evidence, a report. How far it is, and how it ended."""

from dataclasses import dataclass, replace
from typing import TypeAlias

from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import What
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit

Carry: TypeAlias = order.ExportOutbox | order.MakeEvidence | order.CarryReport


@dataclass(frozen=True, slots=True)
class Carrying:
    """`done` is None while it is under way, `percent` of 100 of its stage; `trouble`: why nothing came."""

    what: What
    ordered: Carry
    percent: int = 0
    stage: tech.Stage = tech.Stage.SEALING
    done: tech.CarriedOut | None = None
    trouble: tech.Trouble | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come."""
        return self.done is not None or self.trouble is not None

    @property
    def is_busy(self) -> bool:
        """Whether every sign of progress gives the technician's time anew: nothing is left to touch."""
        return not self.is_over


STATES: tuple[type[State], ...] = (Carrying,)


def begin(work: Work, what: What, ordered: Carry) -> Step:
    """Order it."""
    return Step(work.at(Carrying(what, ordered)), (ordered,))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Tell how far it is."""
    state = work.state
    assert isinstance(state, Carrying)
    match event:
        case tech.Carried(state.ordered.ticket, percent, stage):
            return Step(work.at(replace(state, percent=percent, stage=stage)))
        case tech.CarriedOut(state.ordered.ticket):
            return Step(work.at(replace(state, percent=100, done=event)))
        case tech.OrderFailed(trouble, ticket=state.ordered.ticket):
            return Step(work.at(replace(state, trouble=trouble)))
        case tech.LookAgainChosen() if state.trouble is not None:  # a stick is in now, say
            work, ticket = work.ordering(visit)
            return begin(work, state.what, replace(state.ordered, ticket=ticket))
    return None
