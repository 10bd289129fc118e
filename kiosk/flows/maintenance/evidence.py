"""Evidence for a dispute or a bug: of a receipt or of a time, sealed for whoever may open it."""

from dataclasses import dataclass, replace

from kiosk.domain.receipt_number import DIGITS, parse_receipt_number
from kiosk.flows import events as on
from kiosk.flows.maintenance import carrying
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import What
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class ChoosingEvidence:
    """Of what?"""


@dataclass(frozen=True, slots=True)
class EnteringReceipt:
    """Eleven digits; the check digit finds a slip of the finger."""

    digits: str = ""
    mistyped: bool = False


STATES: tuple[type[State], ...] = (ChoosingEvidence, EnteringReceipt)


def begin(work: Work, visit: Visit) -> Step:
    """Open the page."""
    return Step(work.at(ChoosingEvidence()))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Choose, and order it."""
    match work.state, event:
        case ChoosingEvidence(), tech.EvidenceOfReceiptChosen():
            return Step(work.at(EnteringReceipt()))
        case ChoosingEvidence(), tech.SpanChosen(span):
            work, ticket = work.ordering(visit)
            return carrying.begin(work, What.EVIDENCE, order.MakeEvidence(ticket, span=span))

        case EnteringReceipt(digits), on.KeyPressed(key) if key.isdigit() and len(digits) < DIGITS:
            return Step(work.at(EnteringReceipt(digits + key)))
        case EnteringReceipt(digits), on.Erased():
            return Step(work.at(EnteringReceipt(digits[:-1])))
        case EnteringReceipt(digits) as entry, on.Confirmed() if len(digits) == DIGITS:
            number = parse_receipt_number(digits)
            if number is None:
                return Step(work.at(replace(entry, mistyped=True)))
            work, ticket = work.ordering(visit)
            return carrying.begin(work, What.EVIDENCE, order.MakeEvidence(ticket, number))
        case EnteringReceipt(), on.WentBack():
            return begin(work, visit)
    return None
