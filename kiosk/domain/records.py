"""What the backend keeps of a person's social insurance (Art 22), as the kiosk shows it.

Amounts are in fen (1/100 yuan). A month is the first day of it. What the backend does not offer is
None and is told as 本终端不提供; an empty tuple is 本市无记录, which is not 未参保 (Art 17).
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from kiosk.domain.cards import OwnCard
from kiosk.domain.contact import ContactDetails
from kiosk.domain.transaction import Transaction


class Insurance(Enum):
    """The kinds of insurance, by their names in the field (险种类型 AAE140)."""

    EMPLOYEE_PENSION = "employee_pension"  # 城镇职工基本养老保险
    RESIDENT_PENSION = "resident_pension"  # 城乡居民基本养老保险
    UNEMPLOYMENT = "unemployment"  # 失业保险
    WORK_INJURY = "work_injury"  # 工伤保险
    EMPLOYEE_MEDICAL = "employee_medical"  # 职工基本医疗保险
    RESIDENT_MEDICAL = "resident_medical"  # 城乡居民基本医疗保险
    MATERNITY = "maternity"  # 生育保险


class Participation(Enum):
    """Whether a person takes part in an insurance now."""

    ACTIVE = "active"  # 正常参保
    SUSPENDED = "suspended"  # 暂停参保
    ENDED = "ended"  # 终止参保
    RETIRED = "retired"  # 待遇享受


class Notice(Enum):
    """What the backend asks the kiosk to tell the visitor."""

    INITIAL_PASSWORD = "initial_password"  # Art 23
    NOT_ACTIVATED = "not_activated"  # Art 15
    GO_TO_WINDOW = "go_to_window"  # neutral on purpose: never says why (Art 13)


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the visitor is. `version` is the contact details' version a change is based on."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    region: str
    employer: str = field(repr=False)
    contact: ContactDetails
    version: str


@dataclass(frozen=True, slots=True)
class InsuranceRecord:
    """Participation in one insurance."""

    insurance: Insurance
    participation: Participation
    since: date
    payer: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Contribution:
    """One month's contribution: the base and both shares, in fen."""

    month: date
    insurance: Insurance
    base_fen: int = field(repr=False)
    own_fen: int = field(repr=False)
    employer_fen: int = field(repr=False)
    paid: bool


@dataclass(frozen=True, slots=True)
class PensionYear:
    """The pension account at the end of a year, in fen."""

    year: int
    paid_in_fen: int = field(repr=False)
    interest_fen: int = field(repr=False)
    balance_fen: int = field(repr=False)
    months: int


@dataclass(frozen=True, slots=True)
class MedicalAccount:
    """A medical account on a day, in fen. A person has one, or none in this city."""

    as_of: date
    balance_fen: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Benefit:
    """One benefit payment, in fen."""

    month: date
    insurance: Insurance
    amount_fen: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class Records:
    """Everything one look-up shows. Lists are newest first; `contributions` are those of the last 12 months,
    and a year's are asked for when somebody wants to see them."""

    profile: Profile
    insurances: tuple[InsuranceRecord, ...]
    contributions: tuple[Contribution, ...]
    pension: tuple[PensionYear, ...] | None
    medical: tuple[MedicalAccount, ...] | None
    benefits: tuple[Benefit, ...] | None
    cards: tuple[OwnCard, ...]
    transactions: tuple[Transaction, ...] | None
