"""What every message between kiosk and backend has in common, and the codes of refusal.

The kiosk's questions are checked to the letter; in the backend's answers unknown fields are passed over,
so that it may learn new ones first. Text that could steer a printer or turn a line around is no text.
"""

import unicodedata
from datetime import date
from enum import Enum
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

_STEERING = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, format, surrogate, line and paragraph separators


def _harmless(text: str) -> str:
    if any(unicodedata.category(character) in _STEERING for character in text):
        raise ValueError("text with control characters")
    return text


def _month(value: object) -> object:
    return date.fromisoformat(f"{value}-01") if isinstance(value, str) and len(value) == 7 else value


def _first_of_month(day: date) -> date:
    if day.day != 1:
        raise ValueError("a month is written YYYY-MM")
    return day


Text = Annotated[str, StringConstraints(max_length=200), AfterValidator(_harmless)]
"""A line of text, possibly empty."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(_harmless)]
"""A line of text with something in it."""

CitizenNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{15,18}$")]
"""社会保障号码: 18 characters, 15 on the permits of 2017 for foreigners."""

CardNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{6,20}$")]
"""社会保障卡卡号, nine characters on the cards of today."""

CardId = Annotated[str, StringConstraints(pattern=r"^[0-9A-F]{12,32}$")]
"""卡识别码 in hexadecimal; its first six digits are the issuing region."""

Key = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"),
]
"""An idempotency key: a UUIDv7 (RFC 9562) in lower case."""

AcceptanceNumber = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,32}$")]
"""The backend's number of what it has accepted: it fits a receipt's code, and no name can hide in it."""

KioskId = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
Password = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]

Fen = Annotated[int, Field(ge=-(10**12), le=10**12)]
"""An amount in fen, 1/100 yuan."""

Month = Annotated[
    date,
    BeforeValidator(_month),
    AfterValidator(_first_of_month),
    PlainSerializer(lambda day: day.strftime("%Y-%m"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}$", "examples": ["2026-10"]}),
]
"""A month, written YYYY-MM; in Python the first day of it."""


class Message(BaseModel):
    """Frozen. Its repr is its name alone and its errors hold no input: nearly every field is personal."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """Return nothing to show."""
        return []


class Question(Message):
    """What the kiosk sends. A field the backend does not know is a mistake."""

    model_config = ConfigDict(extra="forbid")


class Answer(Message):
    """What the backend sends. A field the kiosk does not know is passed over."""

    model_config = ConfigDict(extra="ignore")


class Code(Enum):
    """Why the backend refuses: stable code, HTTP status, and a title for technicians.

    The final refusal of a transaction is always 422, whatever status its code has elsewhere, and nothing
    else is 422.
    """

    REQUEST_INVALID = ("request_invalid", 400, "the question is not one of this API")
    BUNDLE_UNREADABLE = ("bundle_unreadable", 400, "no bundle of a known kiosk, or sealed for somebody else")
    UNAUTHORISED = ("unauthorised", 401, "the kiosk is not known")
    VISIT_OVER = ("visit_over", 401, "no such visit, or it is over")
    LEVEL_TOO_LOW = ("level_too_low", 403, "not enough was proven for this")
    OTHER_PROVINCE = ("other_province", 403, "the card was issued in another province")  # Art 17
    GO_TO_WINDOW = ("go_to_window", 403, "only the window can help")  # Art 13: never says why
    CARD_LOST = ("card_lost", 403, "the card is reported lost")
    CANCELLED = ("cancelled", 403, "the card is cancelled")
    REPLACED = ("replaced", 403, "the card was replaced by a newer one")
    SEALED = ("sealed", 403, "the card is sealed")
    IN_PRODUCTION = ("in_production", 403, "the card has not been handed out")
    PASSWORD_LOCKED = ("password_locked", 403, "the account's password is locked")  # Art 24
    UNKNOWN_CARD = ("unknown_card", 404, "no such card")
    UNKNOWN_HOLDER = ("unknown_holder", 404, "no such person")
    UNKNOWN_KEY = ("unknown_key", 404, "no transaction with this key")
    UNKNOWN_RECEIPT = ("unknown_receipt", 404, "no transaction with this receipt number")
    NOT_OFFERED = ("not_offered", 404, "this backend has no such records")
    NOT_FOUND = ("not_found", 404, "no such address")
    WRONG_METHOD = ("wrong_method", 405, "the address does not know this method")
    IN_PROGRESS = ("in_progress", 409, "the same transaction is being worked on")
    KEY_REUSED = ("key_reused", 422, "the key stands for another transaction")
    NOT_OWN_CARD = ("not_own_card", 422, "the card is another person's")  # Art 16
    NOT_OWN_VISIT = ("not_own_visit", 422, "the visit was not this person's")
    CARD_UNCLEAR = ("card_unclear", 422, "the person has several cards, and none is named")
    NO_CARD = ("no_card", 422, "the person has no card that could be lost")
    STALE = ("stale", 422, "something later exists that this must not overwrite")
    FIELD_NOT_ALLOWED = ("field_not_allowed", 422, "the Bureau does not allow this field")  # Art 18
    FIELD_INVALID = ("field_invalid", 422, "a value will not do")
    SWITCHED_OFF = ("switched_off", 422, "the Bureau does not offer this at kiosks")  # Art 33
    FAULT = ("fault", 500, "the backend is at fault")
    BUSY = ("busy", 503, "the backend asks to come back later")

    def __init__(self, text: str, status: int, title: str) -> None:
        self.text = text
        self.status = status
        self.title = title


REFUSED_FOR_GOOD = 422


class Problem(Answer):
    """A refusal (RFC 9457), sent as application/problem+json. `code` is one of `Code`, and may be newer."""

    type: Text = "about:blank"
    title: Text = ""
    status: int = Field(ge=400, le=599)
    code: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")

    @classmethod
    def of(cls, code: Code, *, for_good: bool = False) -> "Problem":
        """Return the problem document of a code; `for_good` when it refuses a transaction."""
        return cls(title=code.title, status=REFUSED_FOR_GOOD if for_good else code.status, code=code.text)
