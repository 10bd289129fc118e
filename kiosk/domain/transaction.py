"""A transaction: a fact the kiosk must tell the backend, and what became of it.

    pending -> effective(acceptance) | rejected(code)

An `Acceptance` is made only from the backend's answer (kiosk/backend/contract.py; a test holds this),
and only an `Effective` holds one. So nothing else in the kiosk can say that a report is in effect.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from kiosk.domain.contact import ContactDetails, ContactField


class TransactionKind(Enum):
    """The two facts a citizen may tell at the kiosk."""

    LOSS_REPORT = "loss_report"  # Art 19
    CONTACT_CHANGE = "contact_change"  # Art 18


class ClockQuality(Enum):
    """How far the kiosk's clock can be trusted; printed beside every time it gave."""

    SYNCHRONISED = "synchronised"
    UNCHECKED = "unchecked"  # 终端时间未校准


class IdentityLevel(Enum):
    """What the visitor has proven (DESIGN 6)."""

    NONE = 0
    ID_CARD = 1
    CARD_AND_PASSWORD = 2
    PASSWORD_AGAIN = 3


@dataclass(frozen=True, slots=True)
class Evidence:
    """How identity was proven: the level, and by whom the password was checked ("card", "backend", "")."""

    level: IdentityLevel
    verified_by: str = ""


@dataclass(frozen=True, slots=True)
class LossReport:
    """The holder reports the own card lost. `card_number` is "" when it could not be asked for."""

    card_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ContactChange:
    """The holder changes contact details; `version` is what the change was based on."""

    before: ContactDetails
    after: ContactDetails
    version: str
    changed: tuple[ContactField, ...]


Order: TypeAlias = LossReport | ContactChange


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The backend's word that a transaction is in effect: its number and its time."""

    number: str
    effective_at: datetime
    already: bool = False  # it was in effect before this report: an earlier loss, told as such


@dataclass(frozen=True, slots=True)
class Pending:
    """On the kiosk's disk; the backend has not answered for good. Not in effect."""


@dataclass(frozen=True, slots=True)
class Effective:
    """In effect, by the backend's word."""

    acceptance: Acceptance


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused by the backend for good. `code` is stable; `reason` is the backend's own text."""

    code: str
    reason: str = ""


TransactionState: TypeAlias = Pending | Effective | Rejected


@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction as a receipt tells it. Holds no more of the person than the masked name and number."""

    key: str
    receipt_number: str
    kind: TransactionKind
    captured_at: datetime
    clock: ClockQuality
    kiosk: str
    holder_masked_name: str
    holder_masked_number: str
    state: TransactionState
    card_masked: str = ""
    changes: tuple[tuple[ContactField, str, str], ...] = ()  # field, masked before, masked after


def kind_of(order: Order) -> TransactionKind:
    """Return the kind of an order."""
    return TransactionKind.LOSS_REPORT if isinstance(order, LossReport) else TransactionKind.CONTACT_CHANGE
