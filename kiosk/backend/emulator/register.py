"""What the backend keeps of people, cards and visits, as plain values; and a refusal."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from kiosk.backend.message import Code
from kiosk.domain.cards import CardState, ProductionStage
from kiosk.domain.contact import ContactDetails, ContactField
from kiosk.domain.measures.security import tries_left
from kiosk.domain.transaction import IdentityLevel


class Refused(Exception):
    """The regulation, or the Bureau, does not allow it."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.text)
        self.code = code


class Standing(Enum):
    """What the Bureau has noted of a person (Art 13). Never told to anybody."""

    NORMAL = "normal"
    DECEASED = "deceased"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Bureau:
    """What the Bureau has decided. `trusts_card_check`: a chip's word that the password was right counts."""

    trusts_card_check: bool = True
    takes_loss_reports: bool = True
    contact_fields: frozenset[ContactField] = frozenset(ContactField)


@dataclass(frozen=True, slots=True)
class Holder:
    """A person. `wrong_tries` are consecutive; `contact_version` counts the changes."""

    number: str = field(repr=False)
    name: str = field(repr=False)
    other_names: tuple[str, ...] = field(repr=False)
    region: str
    employer: str = field(repr=False)
    contact: ContactDetails
    contact_version: int
    standing: Standing
    initial_password: bool
    wrong_tries: int

    @property
    def tries_left(self) -> int:
        """Wrong passwords until the account locks (Art 24)."""
        return tries_left(self.wrong_tries)


@dataclass(frozen=True, slots=True)
class Card:
    """A card. `lost_since` and `loss_number` are of a loss that stands, `found_at` of the last un-loss."""

    card_number: str = field(repr=False)
    card_id: str = field(repr=False)
    holder_number: str = field(repr=False)
    state: CardState
    bank: str
    issued_on: date | None
    state_since: datetime | None
    stage: ProductionStage | None
    lost_since: datetime | None
    loss_number: str
    found_at: datetime | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit at a kiosk. `card_number` is "" when it began with an ID card.

    `checks` counts the times the backend itself accepted the password.
    """

    visit_id: str
    kiosk: str
    holder_number: str = field(repr=False)
    card_number: str = field(repr=False)
    level: IdentityLevel
    checks: int
    opened_at: datetime
    used_at: datetime
    closed: bool
