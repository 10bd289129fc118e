"""Answers to effects. Each carries the number of the visit it was asked for, so that one which arrives after
its visit ended is recognised and dropped. Imported with all events as `on`.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from kiosk.domain.cards import OwnCard
from kiosk.domain.records import Contribution, Insurance, Notice, Records
from kiosk.domain.transaction import Transaction
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.secret import Secret


@dataclass(frozen=True, slots=True)
class PinEntryStarted:
    """The keys of the PIN pad are on. What came before it belongs to an earlier entry."""

    visit: int


@dataclass(frozen=True, slots=True)
class PinKeyPressed:
    """A key of the PIN pad, which one is not told; `digits` is how many are in now."""

    visit: int
    digits: int


@dataclass(frozen=True, slots=True)
class PinTooShort:
    """The PIN pad's confirm key came before there were enough digits. The entry goes on."""

    visit: int


@dataclass(frozen=True, slots=True)
class PinEntered:
    """The PIN pad's confirm key ended the entry."""

    visit: int
    password: Secret


@dataclass(frozen=True, slots=True)
class PinEntryCancelled:
    """The PIN pad's cancel key ended the entry; nothing of it is kept."""

    visit: int


@dataclass(frozen=True, slots=True)
class PinEntryTimedOut:
    """The PIN pad gave up waiting for a key; nothing of the entry is kept."""

    visit: int


@dataclass(frozen=True, slots=True)
class PinEntryFailed:
    """The PIN pad is not there or in trouble: the entry is void, whatever was pressed."""

    visit: int


@dataclass(frozen=True, slots=True)
class PasswordAccepted:
    visit: int


@dataclass(frozen=True, slots=True)
class PasswordWrong:
    visit: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class PasswordLocked:
    visit: int


@dataclass(frozen=True, slots=True)
class PasswordOutcomeUnknown:
    """The answer was lost: the try counts as spent, and is never repeated by the program."""

    visit: int


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """The backend knows the visitor. `tries_left` is None when the card counts the tries."""

    visit: int
    token: str = field(repr=False)
    name: str = field(repr=False)
    number: str = field(repr=False)
    cards: tuple[OwnCard, ...]
    notices: tuple[Notice, ...]
    tries_left: int | None = None


class BackendFault(Enum):
    """Why the backend gave no use of an answer."""

    UNREACHABLE = "unreachable"
    NONSENSE = "nonsense"
    UNKNOWN_HOLDER = "unknown_holder"
    UNKNOWN_CARD = "unknown_card"
    OTHER_PROVINCE = "other_province"
    GO_TO_WINDOW = "go_to_window"
    NOT_FOUND = "not_found"
    CARD_LOST = "card_lost"
    CARD_CANCELLED = "card_cancelled"
    CARD_REPLACED = "card_replaced"
    CARD_SEALED = "card_sealed"
    CARD_IN_PRODUCTION = "card_in_production"
    PASSWORD_LOCKED = "password_locked"
    VISIT_OVER = "visit_over"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class QuestionFailed:
    """A question to the backend had no usable answer."""

    visit: int
    fault: BackendFault


@dataclass(frozen=True, slots=True)
class RecordsReceived:
    visit: int
    records: Records


@dataclass(frozen=True, slots=True)
class ContributionsReceived:
    """The contributions to one insurance in a year, newest first."""

    visit: int
    insurance: Insurance
    year: int
    contributions: tuple[Contribution, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TransactionRecorded:
    """It is on the disk. From here on nothing may be lost."""

    visit: int
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class TransactionNotRecorded:
    visit: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReceiptNotHere:
    """The own outbox doesn't know the receipt number."""

    visit: int
    receipt_number: str


@dataclass(frozen=True, slots=True)
class TransactionAnswered:
    """What is known now of a transaction: settled, or still pending after the first attempt."""

    visit: int
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    visit: int


@dataclass(frozen=True, slots=True)
class SlipNotPrinted:
    """`begun`: some or all of it may be on paper, so the next one says 补打."""

    visit: int
    failure: SlipFailure
    begun: bool


@dataclass(frozen=True, slots=True)
class ReceiptSigned:
    """The text of the code a receipt is verified with."""

    visit: int
    text: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The input method's answer: letters typed so far, candidates on this page, finished text."""

    visit: int
    preedit: str = field(repr=False)
    candidates: tuple[str, ...] = field(repr=False)
    committed: str = field(default="", repr=False)
    has_previous: bool = False
    has_next: bool = False


Answer: TypeAlias = (
    PinEntryStarted | PinKeyPressed | PinTooShort | PinEntered
    | PinEntryCancelled | PinEntryTimedOut | PinEntryFailed
    | PasswordAccepted | PasswordWrong | PasswordLocked | PasswordOutcomeUnknown | VisitOpened
    | QuestionFailed | RecordsReceived | ContributionsReceived | TransactionRecorded
    | TransactionNotRecorded | ReceiptNotHere | TransactionAnswered | SlipPrinted | SlipNotPrinted
    | ReceiptSigned | Composed
)  # fmt: skip
