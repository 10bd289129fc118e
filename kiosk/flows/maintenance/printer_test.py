"""The printer: a test slip, the last receipt that did not come out, and a new roll of paper.

A receipt is looked up again before its copy is printed: it may have come into effect since, and a slip says
how things stand when it is printed.
"""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.domain.paper import SampleSlip, TransactionReceipt
from kiosk.domain.receipt_number import parse_receipt_number
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


class Job(Enum):
    """How the last slip of this test stands."""

    NONE = "none"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    NOT_FOUND = "not_found"  # the receipt to be copied is no longer in the outbox


@dataclass(frozen=True, slots=True)
class TestingPrinter:
    """`failure` says why the last slip did not come out."""

    paper: tech.PaperTold | None = None
    job: Job = Job.NONE
    failure: SlipFailure | None = None


STATES: tuple[type[State], ...] = (TestingPrinter,)


def begin(work: Work, visit: Visit) -> Step:
    """Tell how much paper went."""
    return Step(work.at(TestingPrinter()), (order.TellPaper(),))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Print what is wanted, and tell what came of it."""
    state = work.state
    if not isinstance(state, TestingPrinter):
        return None
    if isinstance(event, tech.PaperTold):
        return Step(work.at(replace(state, paper=event)))
    match state.job, event:
        case Job.PRINTING, on.TransactionAnswered(transaction=transaction):
            return Step(work, (visit.printing(TransactionReceipt(transaction, copy=True)),))
        case Job.PRINTING, on.ReceiptNotHere():
            return Step(work.at(replace(state, job=Job.NOT_FOUND)))
        case Job.PRINTING, on.SlipPrinted():
            return Step(work.at(replace(state, job=Job.PRINTED)), (order.TellPaper(),))
        case Job.PRINTING, on.SlipNotPrinted(failure=failure):
            return Step(work.at(replace(state, job=Job.FAILED, failure=failure)), (order.TellPaper(),))
        case Job.PRINTING, _:
            return None

        case _, tech.SampleSlipChosen():
            return Step(work.at(replace(state, job=Job.PRINTING)), (visit.printing(SampleSlip()),))
        case _, tech.ReprintChosen() if state.paper is not None:
            number = parse_receipt_number(state.paper.unprinted)
            if number is not None:
                looked_up = do.LookUpReceipt(visit.session.number, number)
                return Step(work.at(replace(state, job=Job.PRINTING)), (looked_up,))
        case _, tech.RollReplaced():
            return Step(work.at(replace(state, job=Job.NONE)), (order.BeginRoll(),))
    return None
