"""Looking up a receipt number at any kiosk (level 0), and printing the state as it is now.

EnteringReceiptNumber -> LookingUp -> ShowingOutcome
        ^                    | not found, or the backend doesn't answer
        +--------------------+
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar

from kiosk.domain.receipt_number import DIGITS, parse_receipt_number
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.events import BackendFault, ServiceName
from kiosk.flows.outcome import ShowingOutcome
from kiosk.flows.visit import ANSWER_TIME_S, WORKING_TIME_S, State, Step, Visit, ended


class Problem(Enum):
    """Why the number led nowhere."""

    MISTYPED = "mistyped"
    NOT_FOUND = "not_found"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class EnteringReceiptNumber:
    """Eleven digits; the check digit finds a slip of the finger before anybody is asked."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    digits: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class LookingUp:
    """The own outbox is asked, then the backend."""

    timeout: ClassVar[float | None] = WORKING_TIME_S
    survives_card_removal: ClassVar[bool] = True
    digits: str


STATES: tuple[type[State], ...] = (EnteringReceiptNumber, LookingUp)


def begin(visit: Visit) -> Step:
    """Begin with an empty number."""
    return Step(visit.at(EnteringReceiptNumber(), service=ServiceName.RECEIPT_LOOKUP))


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step in the look-up; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        case EnteringReceiptNumber(digits), on.KeyPressed(key) if key.isdigit() and len(digits) < DIGITS:
            return Step(visit.at(EnteringReceiptNumber(digits + key)))

        case EnteringReceiptNumber(digits), on.Erased():
            return Step(visit.at(EnteringReceiptNumber(digits[:-1])))

        case EnteringReceiptNumber(digits), on.Confirmed() if len(digits) == DIGITS:
            number = parse_receipt_number(digits)
            if number is None:
                return Step(visit.at(replace(state, problem=Problem.MISTYPED)))
            return Step(visit.at(LookingUp(digits)), (do.LookUpReceipt(visit.session.number, number),))

        # The late answer to an earlier question is of another number.
        case LookingUp(digits), on.TransactionAnswered(transaction=transaction):
            if transaction.receipt_number == parse_receipt_number(digits):
                return Step(visit.at(ShowingOutcome(transaction, looked_up=True)))

        case LookingUp(digits), on.ReceiptNotHere(visit=number, receipt_number=receipt_number):
            if receipt_number == parse_receipt_number(digits):
                return Step(visit, (do.AskBackendForReceipt(number, receipt_number),))

        case LookingUp(digits), on.QuestionFailed(fault=BackendFault.NOT_FOUND):
            return Step(visit.at(EnteringReceiptNumber(digits, Problem.NOT_FOUND)))

        case LookingUp(digits), on.QuestionFailed() | on.TimedOut():
            return Step(visit.at(EnteringReceiptNumber(digits, Problem.UNREACHABLE)))

        case EnteringReceiptNumber(), on.WentBack():
            return ended(visit)

    return None
