"""Something goes onto a stick: the outbox, evidence, a report. How far it is, and how it ended."""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


class What(Enum):
    """What is carried out."""

    OUTBOX = "outbox"
    EVIDENCE = "evidence"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Carrying:
    """`done` is None while it is under way, `percent` of 100 of its stage; `trouble`: why nothing came."""

    what: What
    ordered: order.Effect
    percent: int = 0
    stage: tech.Stage = tech.Stage.SEALING
    done: tech.CarriedOut | None = None
    trouble: tech.Trouble | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come."""
        return self.done is not None or self.trouble is not None


STATES: tuple[type[State], ...] = (Carrying,)


def begin(work: Work, what: What, ordered: order.Effect) -> Step:
    """Order it."""
    return Step(work.at(Carrying(what, ordered)), (ordered,))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Tell how far it is."""
    state = work.state
    assert isinstance(state, Carrying)
    match event:
        case tech.Carried(percent, stage) if not state.is_over:
            return Step(work.at(replace(state, percent=percent, stage=stage)))
        case tech.CarriedOut() if not state.is_over:
            return Step(work.at(replace(state, percent=100, done=event)))
        case tech.OrderFailed(trouble) if not state.is_over:
            return Step(work.at(replace(state, trouble=trouble)))
        case tech.LookAgainChosen() if state.trouble is not None:  # a stick is in now, say
            return begin(work, state.what, state.ordered)
    return None
