"""From a confirmed order to paper: recorded on disk, sent, answered, printed. The same for every order.

    Recording -> Sending -> ShowingOutcome (effective | pending | rejected), and its receipt
        \\-> NotRecorded

Record first, then speak: nothing says that anything was taken down before `TransactionRecorded` has come.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar

from kiosk.domain.paper import TransactionReceipt
from kiosk.domain.transaction import Evidence, Order, Transaction, TransactionState
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.visit import ANSWER_TIME_S, PRINTING_TIME_S, WORKING_TIME_S, State, Step, Visit, ended

SENDING_TIME_S = (
    12.0  # a citizen waits this long for the backend's word; then the truth is "not yet in effect"
)


class Receipt(Enum):
    """What became of the receipt."""

    NOT_ASKED = "not_asked"
    PRINTING = "printing"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True)
class Recording:
    """The order is on its way to the disk."""

    timeout: ClassVar[float | None] = WORKING_TIME_S
    survives_card_removal: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """Nothing was taken down, or it can't be known that it was: call, or go to the window."""

    timeout: ClassVar[float | None] = ANSWER_TIME_S
    survives_card_removal: ClassVar[bool] = True
    reason: str


@dataclass(frozen=True, slots=True)
class Sending:
    """On the disk, and on its way to the backend."""

    timeout: ClassVar[float | None] = SENDING_TIME_S
    survives_card_removal: ClassVar[bool] = True
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class ShowingOutcome:
    """How the transaction stands, and what became of the paper. Holds masked text only."""

    survives_card_removal: ClassVar[bool] = True
    transaction: Transaction
    receipt: Receipt | SlipFailure = Receipt.NOT_ASKED
    paper_tells: TransactionState | None = None  # what is or may be on paper: to tell it again is a copy
    printing: TransactionState | None = None  # what the paper in the printer tells
    looked_up: bool = False
    code: str = ""  # the receipt's signed code, shown when no paper carries it

    @property
    def timeout(self) -> float:
        """Seconds for the printer, then for the citizen."""
        return PRINTING_TIME_S if self.receipt is Receipt.PRINTING else ANSWER_TIME_S


STATES: tuple[type[State], ...] = (Recording, NotRecorded, Sending, ShowingOutcome)


def record(visit: Visit, order: Order, name: str, number: str, evidence: Evidence) -> Step:
    """Have an order recorded for the person it concerns."""
    effect = do.RecordTransaction(
        visit.session.number, order, name, number, evidence, visit.conditions.clock, visit.session.token
    )
    return Step(visit.at(Recording()), (effect,))


def step(visit: Visit, event: on.Event) -> Step | None:
    """Go one step towards paper; None leaves the event to the house rules."""
    state = visit.state
    match state, event:
        # A disk may take longer than a citizen was told to wait: what it says then is the truth.
        case Recording() | NotRecorded(), on.TransactionRecorded(transaction=transaction):
            if visit.conditions.online:
                return Step(visit.at(Sending(transaction)))
            return _told(visit, transaction)

        case Recording(), on.TransactionNotRecorded(reason=reason):
            return Step(visit.at(NotRecorded(reason)))

        case Recording(), on.TimedOut():
            return Step(visit.at(NotRecorded("uncertain")))

        case Sending(sent), on.TransactionAnswered(transaction=transaction) if transaction.key == sent.key:
            return _told(visit, transaction)

        case Sending(transaction), on.TimedOut():
            return _told(visit, transaction)

        # The answer may come while the citizen still looks at the screen: it tells the truth at once.
        case ShowingOutcome(shown), on.TransactionAnswered(transaction=transaction) if (
            transaction.key == shown.key
        ):
            changed = replace(state, transaction=transaction)
            return _signed(visit, changed) if state.code else Step(visit.at(changed))

        case ShowingOutcome(), on.SlipPrinted():
            return Step(visit.at(replace(state, receipt=Receipt.PRINTED, paper_tells=state.printing)))

        case ShowingOutcome(), on.SlipNotPrinted(failure=failure, begun=begun):
            told = state.printing if begun else state.paper_tells
            return _signed(visit, replace(state, receipt=failure, paper_tells=told))

        case ShowingOutcome(receipt=Receipt.PRINTING), on.TimedOut():
            unknown = replace(state, receipt=SlipFailure.OUTCOME_UNKNOWN, paper_tells=state.printing)
            return _signed(visit, unknown)

        case ShowingOutcome(), on.ReceiptSigned(text=text):
            return Step(visit.at(replace(state, code=text)))

        case ShowingOutcome(receipt=receipt), on.PrintChosen() if receipt is not Receipt.PRINTING:
            return _print(visit, state)

        case ShowingOutcome() | NotRecorded(), on.Confirmed() | on.WentBack():
            return ended(visit)

    return None


def bank_of(visit: Visit, transaction: Transaction) -> str:
    """Return the bank on the card a transaction is about, where this visit knows it, or ""."""
    cards = visit.session.holder.cards if visit.session.holder else ()
    return next((card.bank for card in cards if card.masked == transaction.card_masked), "")


def _told(visit: Visit, transaction: Transaction) -> Step:
    """Show how it stands, and print it without being asked: nobody leaves without a paper."""
    shown = ShowingOutcome(transaction)
    return _print(visit, shown) if visit.conditions.can_print else _signed(visit, shown)


def _signed(visit: Visit, state: ShowingOutcome) -> Step:
    """Have the receipt's code on the screen, since it is on no paper."""
    sign = do.SignReceipt(visit.session.number, state.transaction, visit.conditions.clock)
    return Step(visit.at(state), (sign,))


def _print(visit: Visit, state: ShowingOutcome) -> Step:
    """Print the receipt; one that repeats what paper has already said, or may have said, says 补打."""
    transaction = state.transaction
    again = state.looked_up or state.paper_tells == transaction.state
    slip = TransactionReceipt(transaction, copy=again, bank=bank_of(visit, transaction))
    printing = replace(state, receipt=Receipt.PRINTING, printing=transaction.state)
    return Step(visit.at(printing), (visit.printing(slip),))
