"""A transaction: a fact the kiosk must tell the backend, and what became of it.

    pending -> effective(acceptance) | rejected(code)

An `Acceptance` is made only from the backend's answer (kiosk/backend/contract.py), for one transaction, and
only the `Effective` state of that transaction holds it. So nothing else in the kiosk can say that a report is
in effect. The types hold this when they are made: with `BACKENDS_SEAL`, for the right key.
tests/architecture/test_acceptance.py holds that nobody else names the seal, tests/effect/test_forgeries.py
that none of these guards can be missed.
"""

from dataclasses import InitVar, dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final, NoReturn, TypeAlias, final

from kiosk.domain.contact import ContactDetails, ContactField


class TransactionKind(Enum):
    """The two facts a citizen may tell at the kiosk."""

    LOSS_REPORT = "loss_report"  # Art 19
    CONTACT_CHANGE = "contact_change"  # Art 18


class ClockQuality(Enum):
    """How far the kiosk's clock can be trusted; printed beside every time it gave."""

    SYNCHRONISED = "synchronised"
    UNCHECKED = "unchecked"  # 终端时间未校准


CLOCK_TOLERANCE_S = 30.0  # between this clock and the backend's before 终端时间未校准 is printed


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


class ForgedAcceptance(TypeError):
    """Something was said to be in effect without the backend's word on just that."""


BACKENDS_SEAL: Final = object()
"""Makes an acceptance genuine. For kiosk/backend/contract.py alone."""


@final
@dataclass(frozen=True, slots=True)
class Acceptance:
    """The backend's word that one transaction is in effect: its number and its time.

    The seal is asked for and not kept, so `dataclasses.replace` can't alter a genuine one either. Nor is one
    copied or pickled, which would make it anew without the seal. Raises ForgedAcceptance.
    """

    key: str  # of the transaction it is for
    number: str
    effective_at: datetime
    already: bool = False  # it was in effect before this report: an earlier loss, told as such
    seal: InitVar[object] = field(kw_only=True)

    def __post_init__(self, seal: object) -> None:
        if seal is not BACKENDS_SEAL:
            raise ForgedAcceptance("an acceptance without the backend's seal")

    def __reduce__(self) -> NoReturn:
        raise ForgedAcceptance("a copy of an acceptance")


@dataclass(frozen=True, slots=True)
class Pending:
    """On the kiosk's disk; the backend has not answered for good. Not in effect."""


@final
@dataclass(frozen=True, slots=True)
class Effective:
    """In effect, by the backend's word. Raises ForgedAcceptance when it is anything else."""

    acceptance: Acceptance

    def __post_init__(self) -> None:
        if type(self.acceptance) is not Acceptance:
            raise ForgedAcceptance(f"a {type(self.acceptance).__name__} for an acceptance")


@dataclass(frozen=True, slots=True)
class Rejected:
    """Refused by the backend for good. `code` is stable; `reason` is the backend's own text."""

    code: str
    reason: str = ""


TransactionState: TypeAlias = Pending | Effective | Rejected


@final
@dataclass(frozen=True, slots=True)
class Transaction:
    """One transaction as a receipt tells it. Holds no more of the person than the masked name and number.

    Raises ForgedAcceptance when its state is none of the three, or rests on another transaction's acceptance.
    """

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

    def __post_init__(self) -> None:
        if type(self.state) not in (Pending, Effective, Rejected):
            raise ForgedAcceptance(f"a {type(self.state).__name__} for a state")
        if isinstance(self.state, Effective) and self.state.acceptance.key != self.key:
            raise ForgedAcceptance("the acceptance of another transaction")


def kind_of(order: Order) -> TransactionKind:
    """Return the kind of an order."""
    return TransactionKind.LOSS_REPORT if isinstance(order, LossReport) else TransactionKind.CONTACT_CHANGE
