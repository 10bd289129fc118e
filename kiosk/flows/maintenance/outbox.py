"""The outbox: what waits and what was rejected, another try, the walk of its chain, and out onto a stick.

There is no way here to read what a citizen told, and none to delete what waits.
"""

from dataclasses import dataclass, replace

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import carrying
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import What
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class Outbox:
    """`told` is None until it has been counted. `trouble`: why it can't be."""

    told: tech.OutboxTold | None = None
    page: int = 1
    trouble: tech.Trouble | None = None


@dataclass(frozen=True, slots=True)
class CheckingChain:
    """The walk of the chain, or what came of it."""

    ticket: tech.Ticket
    told: tech.ChainTold | None = None
    trouble: tech.Trouble | None = None


STATES: tuple[type[State], ...] = (Outbox, CheckingChain)


def begin(work: Work, visit: Visit) -> Step:
    """Open the list."""
    return Step(work.at(Outbox()), (order.TellOutbox(),))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Tell, try, check, or carry out."""
    match work.state, event:
        case Outbox() as listed, tech.OutboxTold():
            return Step(work.at(replace(listed, told=event, trouble=None)))
        case Outbox() as listed, tech.OrderFailed(trouble, ticket=None):
            return Step(work.at(replace(listed, trouble=trouble)))
        case Outbox() as listed, on.PageTurned(page):
            return Step(work.at(replace(listed, page=page)))
        case Outbox(), on.OutboxChanged():
            return Step(work, (order.TellOutbox(),))
        case Outbox(), tech.SendNowChosen():
            return Step(work, (do.ResumeSending(by_hand=True), order.TellOutbox()))
        case Outbox(), tech.RetryRejectedChosen():
            return Step(work, (order.RetryRejected(),))
        case ((Outbox() | CheckingChain(trouble=tech.Trouble())), tech.ChainCheckChosen()):
            work, ticket = work.ordering(visit)
            return Step(work.at(CheckingChain(ticket)), (order.CheckChain(ticket),))
        case ((Outbox() | CheckingChain(told=tech.ChainTold())), tech.ExportChosen()):
            work, ticket = work.ordering(visit)
            return carrying.begin(work, What.OUTBOX, order.ExportOutbox(ticket))

        case CheckingChain(ticket) as walk, tech.ChainTold() as told if told.ticket == ticket:
            return Step(work.at(replace(walk, told=told)))
        case CheckingChain(ticket) as walk, tech.OrderFailed(trouble, ticket=its) if its == ticket:
            return Step(work.at(replace(walk, trouble=trouble)))
    return None
