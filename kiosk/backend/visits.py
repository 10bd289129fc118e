"""Who is here: the questions that open a visit and check a password, their answers, and what they mean.

A visit ends when it is closed or not used for a while. Its token is all that speaks for it.
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kiosk.backend.message import Answer, CardId, CardNumber, CitizenNumber, KioskId, Name, Password, Question
from kiosk.backend.record_answers import CardAnswer
from kiosk.domain.cards import ChipCard, OwnCard
from kiosk.domain.measures.security import TRIES
from kiosk.domain.records import Notice
from kiosk.domain.transaction import IdentityLevel

Token = Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{8,64}\.[0-9A-Za-z_-]{16,128}$")]
"""The visit's number, which is no secret, a dot, and its secret."""


def visit_id_of(token: str) -> str:
    """Return the visit's number out of its token; "" out of no token."""
    return token.partition(".")[0]


class CardCredential(Question):
    """A social security card, as read. Number and holder are null where the chip leaves them blank.

    `password_checked_by_card`: the chip has accepted the password in this visit.
    """

    kind: Literal["social_security_card"]
    card_id: CardId
    card_number: CardNumber | None
    holder_number: CitizenNumber | None
    password_checked_by_card: bool

    @classmethod
    def of(cls, card: ChipCard, *, password_checked: bool) -> Self:
        """Return the credential of a card that was read."""
        return cls(
            kind="social_security_card",
            card_id=card.card_id,
            card_number=card.card_number or None,
            holder_number=card.holder_number or None,
            password_checked_by_card=password_checked,
        )


class IdCardCredential(Question):
    """A resident ID card, foreigner's or residence permit: possession, and so level 1 only."""

    kind: Literal["id_card"]
    name: Name
    number: CitizenNumber


class VisitQuestion(Question):
    """Who is here?"""

    kiosk: KioskId
    credential: Annotated[CardCredential | IdCardCredential, Field(discriminator="kind")]


@dataclass(frozen=True, slots=True)
class OpenedVisit:
    """The backend knows the visitor. `tries_left` is None unless the backend checks the password."""

    token: str = field(repr=False)
    name: str = field(repr=False)
    number: str = field(repr=False)
    level: IdentityLevel
    cards: tuple[OwnCard, ...]
    notices: tuple[Notice, ...]
    tries_left: int | None = None


class VisitAnswer(Answer):
    """The visitor, and what the visit has proven so far.

    `level` 0 is a card whose password is still to be checked: `cards` names that one card only.
    """

    token: Token
    holder_name: Name
    holder_number: CitizenNumber
    level: IdentityLevel
    cards: tuple[CardAnswer, ...] = Field(max_length=20)
    notices: tuple[Notice, ...] = Field(default=(), max_length=10)
    tries_left: int | None = Field(default=None, ge=0, le=TRIES)

    def to_visit(self) -> OpenedVisit:
        """Return the visit for the kiosk's use."""
        cards = tuple(card.to_card() for card in self.cards)
        return OpenedVisit(
            self.token, self.holder_name, self.holder_number, self.level, cards, self.notices, self.tries_left
        )


class PasswordQuestion(Question):
    """Is this the password? Each asking may cost a try."""

    password: Password


class PasswordVerdict(Enum):
    """What the backend says of a password."""

    ACCEPTED = "accepted"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class PasswordOutcome:
    """The verdict, and the tries left after it."""

    verdict: PasswordVerdict
    tries_left: int


class PasswordAnswer(Answer):
    """The verdict; the count is reset by an accepted password alone (Art 24)."""

    verdict: PasswordVerdict
    tries_left: int = Field(ge=0, le=TRIES)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if (self.verdict is PasswordVerdict.LOCKED) != (self.tries_left == 0):
            raise ValueError("an account is locked exactly when no try is left")
        return self

    def to_outcome(self) -> PasswordOutcome:
        """Return the outcome for the kiosk's use."""
        return PasswordOutcome(self.verdict, self.tries_left)
