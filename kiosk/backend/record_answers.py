"""The backend's answers about one person's records (Art 22), and how they become the domain's.

Amounts are in fen, months are written YYYY-MM. What the backend does not offer is a 404 `not_offered`;
an empty list is 本市无记录.
"""

from datetime import date
from typing import Annotated

from pydantic import Field

from kiosk.backend.message import Answer, CardNumber, CitizenNumber, Fen, Month, Name, Text
from kiosk.domain.cards import CardState, OwnCard, ProductionStage
from kiosk.domain.contact import ContactDetails
from kiosk.domain.records import (
    Benefit,
    Contribution,
    Insurance,
    InsuranceRecord,
    MedicalAccount,
    Participation,
    PensionYear,
    Profile,
)

Region = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
Year = Annotated[int, Field(ge=1980, le=2200)]


class CardAnswer(Answer):
    """One of the visitor's cards."""

    card_number: CardNumber
    state: CardState
    bank: Text = ""
    issued_on: date | None = None
    state_since: date | None = None
    stage: ProductionStage | None = None

    def to_card(self) -> OwnCard:
        """Return the domain's card."""
        return OwnCard(self.card_number, self.state, self.bank, self.issued_on, self.state_since, self.stage)


class CardsAnswer(Answer):
    """The visitor's cards, the newest first."""

    cards: tuple[CardAnswer, ...] = Field(max_length=20)

    def to_cards(self) -> tuple[OwnCard, ...]:
        """Return the domain's cards."""
        return tuple(card.to_card() for card in self.cards)


class ContactAnswer(Answer):
    """How the bureau reaches the person. Empty text: the backend has none."""

    phone: Text = ""
    address: Text = ""
    postcode: Text = ""
    email: Text = ""


class ProfileAnswer(Answer):
    """Who the visitor is. A contact change names the `version` it is based on."""

    name: Name
    number: CitizenNumber
    region: Region
    employer: Text = ""
    contact: ContactAnswer
    version: Name

    def to_profile(self) -> Profile:
        """Return the domain's profile."""
        contact = ContactDetails(
            self.contact.phone, self.contact.address, self.contact.postcode, self.contact.email
        )
        return Profile(self.name, self.number, self.region, self.employer, contact, self.version)


class InsuranceAnswer(Answer):
    """Participation in one insurance."""

    insurance: Insurance
    participation: Participation
    since: Month
    payer: Text = ""


class InsurancesAnswer(Answer):
    """Every insurance the person takes or took part in."""

    insurances: tuple[InsuranceAnswer, ...] = Field(max_length=50)

    def to_insurances(self) -> tuple[InsuranceRecord, ...]:
        """Return the domain's records."""
        return tuple(
            InsuranceRecord(each.insurance, each.participation, each.since, each.payer)
            for each in self.insurances
        )


class ContributionAnswer(Answer):
    """One month's contribution to one insurance."""

    month: Month
    insurance: Insurance
    base_fen: Fen
    own_fen: Fen
    employer_fen: Fen
    paid: bool


class ContributionsAnswer(Answer):
    """A page of contributions, newest first. `next_cursor` fetches the page after it, if there is one."""

    contributions: tuple[ContributionAnswer, ...] = Field(max_length=200)
    next_cursor: Text | None = None

    def to_contributions(self) -> tuple[Contribution, ...]:
        """Return the domain's contributions."""
        return tuple(
            Contribution(
                each.month, each.insurance, each.base_fen, each.own_fen, each.employer_fen, each.paid
            )
            for each in self.contributions
        )


class PensionYearAnswer(Answer):
    """The pension account at the end of a year."""

    year: Year
    paid_in_fen: Fen
    interest_fen: Fen
    balance_fen: Fen
    months: int = Field(ge=0, le=12)


class PensionAccountAnswer(Answer):
    """The pension account by year, newest first."""

    years: tuple[PensionYearAnswer, ...] = Field(max_length=100)

    def to_years(self) -> tuple[PensionYear, ...]:
        """Return the domain's years."""
        return tuple(
            PensionYear(each.year, each.paid_in_fen, each.interest_fen, each.balance_fen, each.months)
            for each in self.years
        )


class MedicalBalanceAnswer(Answer):
    """A medical account on a day."""

    as_of: date
    balance_fen: Fen


class MedicalAccountAnswer(Answer):
    """The person's medical account: one, or none in this city."""

    accounts: tuple[MedicalBalanceAnswer, ...] = Field(max_length=10)

    def to_accounts(self) -> tuple[MedicalAccount, ...]:
        """Return the domain's accounts."""
        return tuple(MedicalAccount(each.as_of, each.balance_fen) for each in self.accounts)


class BenefitAnswer(Answer):
    """One benefit payment."""

    month: Month
    insurance: Insurance
    amount_fen: Fen


class BenefitsAnswer(Answer):
    """The benefit payments of the last 24 months, newest first."""

    benefits: tuple[BenefitAnswer, ...] = Field(max_length=200)

    def to_benefits(self) -> tuple[Benefit, ...]:
        """Return the domain's payments."""
        return tuple(Benefit(each.month, each.insurance, each.amount_fen) for each in self.benefits)
