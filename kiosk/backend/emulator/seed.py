"""People to begin with, and records for each of them: invented, plausible, and the same every time.

Contributions go from the month an insurance began in to this month's, which is not paid yet; the pension
account is their sum. Rates and amounts are made up for the workbench and prove nothing about Xinxiang.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cache
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

MONTHS_OF_BENEFITS = 24
GROWTH = 105  # percent, of a base from year to year


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


@cache
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
        Contribution(month, insurance, then, then * own // 1000, then * employers // 1000, back > 0)
        for back, month in enumerate(_months(since, today))
        for then in (base * 100 ** (back // 12) // GROWTH ** (back // 12),)
        for insurance, (own, employers) in _SHARES.items()
    )
    return Holdings(
        insurances=tuple(
            InsuranceRecord(insurance, Participation.ACTIVE, since, person.employer) for insurance in _SHARES
        ),
        contributions=contributions,
        pension=_pension_years(contributions, Insurance.EMPLOYEE_PENSION, today, months=1),
        medical=(MedicalAccount(months_back(today, 0), 20_000 + draw % 380_000),),
    )


def _resident(person: Person, today: date) -> Holdings:
    draw = crc32(person.number.encode())
    since = date(today.year - 4 - draw % 8, 1, 1)
    amounts = {Insurance.RESIDENT_PENSION: 20_000 + draw % 10 * 10_000, Insurance.RESIDENT_MEDICAL: 40_000}
    years = [year for year in range(today.year, since.year - 1, -1) if date(year, 3, 1) <= today]
    contributions = tuple(
        Contribution(date(year, 3, 1), insurance, amount, amount, 0, True)
        for year in years
        for insurance, amount in amounts.items()
    )
    return Holdings(
        insurances=tuple(
            InsuranceRecord(insurance, Participation.ACTIVE, since, "") for insurance in amounts
        ),
        contributions=contributions,
        pension=_pension_years(contributions, Insurance.RESIDENT_PENSION, today, months=12),
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
            Benefit(months_back(today, back), Insurance.EMPLOYEE_PENSION, pension)
            for back in range(MONTHS_OF_BENEFITS)
        ),
    )


def _months(since: date, today: date) -> Iterable[date]:
    """Yield the months from this one back to the first."""
    back = 0
    while (month := months_back(today, back)) >= since:
        yield month
        back += 1


def _pension_years(
    contributions: tuple[Contribution, ...], insurance: Insurance, today: date, *, months: int
) -> tuple[PensionYear, ...]:
    """Return the account at the end of each year that is over, newest first, with interest of 3 %.

    `months`: for how many each contribution counts.
    """
    years: list[PensionYear] = []
    balance = 0
    own = [each for each in contributions if each.insurance is insurance]
    for year in sorted({each.month.year for each in own if each.month.year < today.year}):
        of_year = [each.own_fen for each in own if each.month.year == year]
        interest = balance * 3 // 100
        balance += sum(of_year) + interest
        years.append(PensionYear(year, sum(of_year), interest, balance, len(of_year) * months))
    return tuple(reversed(years))
