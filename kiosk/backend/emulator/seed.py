"""People to begin with, and records for each of them: invented, plausible, and the same every time.

The contributions of the last 24 months end with this month's, which is not paid yet. Rates and amounts
are made up for the workbench and prove nothing about Xinxiang.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from zlib import crc32

from kiosk.backend.emulator.register import Standing
from kiosk.domain.cards import CardState, ProductionStage
from kiosk.domain.contact import ContactDetails
from kiosk.domain.records import (
    Benefit,
    Contribution,
    Insurance,
    InsuranceRecord,
    MedicalAccount,
    Participation,
    PensionYear,
)

MONTHS = 24


class Living(Enum):
    """How a person comes by social insurance, which decides what is on record."""

    EMPLOYED = "employed"
    RESIDENT = "resident"
    RETIRED = "retired"
    ELSEWHERE = "elsewhere"  # insured in another city: nothing on record here


@dataclass(frozen=True, slots=True)
class SeedCard:
    """A card of a person. A lost card says since when."""

    card_id: str = field(repr=False)
    card_number: str = field(repr=False)
    state: CardState = CardState.NORMAL
    issued_on: date | None = None
    bank: str = ""
    lost_since: datetime | None = None
    stage: ProductionStage | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person with cards. `other_names` are what another document may call the same person."""

    number: str = field(repr=False)
    name: str = field(repr=False)
    cards: tuple[SeedCard, ...]
    password: str = field(default="", repr=False)
    other_names: tuple[str, ...] = field(default=(), repr=False)
    region: str = "410700"
    employer: str = field(default="", repr=False)
    contact: ContactDetails = ContactDetails()
    living: Living = Living.EMPLOYED
    standing: Standing = Standing.NORMAL
    initial_password: bool = False
    wrong_tries: int = 0


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is on record of a person."""

    insurances: tuple[InsuranceRecord, ...] = ()
    contributions: tuple[Contribution, ...] = ()
    pension: tuple[PensionYear, ...] = ()
    medical: tuple[MedicalAccount, ...] = ()
    benefits: tuple[Benefit, ...] = ()


def months_back(today: date, count: int) -> date:
    """Return the first of the month so many months before this one."""
    months = today.year * 12 + today.month - 1 - count
    return date(months // 12, months % 12 + 1, 1)


def holdings_of(person: Person, today: date) -> Holdings:
    """Return the person's records as of a day."""
    match person.living:
        case Living.EMPLOYED:
            return _employed(person, today)
        case Living.RESIDENT:
            return _resident(person, today)
        case Living.RETIRED:
            return _retired(person, today)
        case Living.ELSEWHERE:
            return Holdings()


# Own and the employer's share, in thousandths of the base.
_SHARES = {
    Insurance.EMPLOYEE_PENSION: (80, 160),
    Insurance.UNEMPLOYMENT: (3, 7),
    Insurance.WORK_INJURY: (0, 4),
    Insurance.EMPLOYEE_MEDICAL: (20, 75),
    Insurance.MATERNITY: (0, 10),
}


def _employed(person: Person, today: date) -> Holdings:
    draw = crc32(person.number.encode())
    base = 400_000 + draw % 300_000 // 100 * 100
    since = months_back(today, 30 + draw % 150)
    contributions = tuple(
        Contribution(month, insurance, grown, grown * own // 1000, grown * employers // 1000, back > 0)
        for back in range(MONTHS)
        for month in (months_back(today, back),)
        for grown in (base if back < 12 else base * 95 // 100,)
        for insurance, (own, employers) in _SHARES.items()
    )
    return Holdings(
        insurances=tuple(
            InsuranceRecord(insurance, Participation.ACTIVE, since, person.employer) for insurance in _SHARES
        ),
        contributions=contributions,
        pension=_pension_years(since, today, base * 80 // 1000),
        medical=(MedicalAccount(months_back(today, 0), 20_000 + draw % 380_000),),
    )


def _resident(person: Person, today: date) -> Holdings:
    draw = crc32(person.number.encode())
    since = date(today.year - 4 - draw % 8, 1, 1)
    amounts = {Insurance.RESIDENT_PENSION: 20_000 + draw % 10 * 10_000, Insurance.RESIDENT_MEDICAL: 40_000}
    years = [year for year in (today.year, today.year - 1) if date(year, 3, 1) <= today]
    return Holdings(
        insurances=tuple(
            InsuranceRecord(insurance, Participation.ACTIVE, since, "") for insurance in amounts
        ),
        contributions=tuple(
            Contribution(date(year, 3, 1), insurance, amount, amount, 0, True)
            for year in years
            for insurance, amount in amounts.items()
        ),
        pension=_pension_years(since, today, amounts[Insurance.RESIDENT_PENSION] // 12),
    )


def _retired(person: Person, today: date) -> Holdings:
    draw = crc32(person.number.encode())
    since = date(today.year - 3 - draw % 12, 6, 1)
    pension = 220_000 + draw % 260_000 // 100 * 100
    kinds = (Insurance.EMPLOYEE_PENSION, Insurance.EMPLOYEE_MEDICAL)
    return Holdings(
        insurances=tuple(
            InsuranceRecord(insurance, Participation.RETIRED, since, person.employer) for insurance in kinds
        ),
        medical=(MedicalAccount(months_back(today, 0), 60_000 + draw % 200_000),),
        benefits=tuple(
            Benefit(months_back(today, back), Insurance.EMPLOYEE_PENSION, pension) for back in range(MONTHS)
        ),
    )


def _pension_years(since: date, today: date, monthly: int) -> tuple[PensionYear, ...]:
    """Return the account at the end of each year that is over, newest first, with interest of 3 %."""
    years: list[PensionYear] = []
    balance = 0
    for year in range(since.year, today.year):
        months = 13 - since.month if year == since.year else 12
        paid_in, interest = monthly * months, balance * 3 // 100
        balance += paid_in + interest
        years.append(PensionYear(year, paid_in, interest, balance, months))
    return tuple(reversed(years))
