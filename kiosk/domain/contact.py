"""Contact details: what is not on the card's face and may be changed at the kiosk (Art 18).

Each check returns the reason a value will not do, as a code the catalogues put in words, or None.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum

import phonenumbers


class ContactField(Enum):
    """The fields of Art 18. 等 leaves their list to the Bureau: the configuration names those allowed."""

    PHONE = "phone"
    ADDRESS = "address"
    POSTCODE = "postcode"
    EMAIL = "email"


class ContactProblem(Enum):
    """Why a value will not do; the presenter says it next to the field."""

    EMPTY = "empty"
    PHONE_LENGTH = "phone_length"
    PHONE_FORM = "phone_form"
    ADDRESS_SHORT = "address_short"
    ADDRESS_LONG = "address_long"
    ADDRESS_CHARACTERS = "address_characters"
    POSTCODE_FORM = "postcode_form"
    EMAIL_FORM = "email_form"


@dataclass(frozen=True, slots=True)
class ContactDetails:
    """How the bureau reaches a person. Empty text means the backend has none."""

    phone: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    postcode: str = field(default="", repr=False)
    email: str = field(default="", repr=False)

    def value(self, of: ContactField) -> str:
        """Return one field's value."""
        return str(getattr(self, of.value))

    def with_value(self, of: ContactField, value: str) -> "ContactDetails":
        """Return the details with one field changed."""
        return replace(self, **{of.value: value})

    def changes_to(self, after: "ContactDetails") -> Mapping[ContactField, str]:
        """Return the fields whose value differs, with the new value."""
        return {
            ContactField(f.name): getattr(after, f.name)
            for f in fields(self)
            if getattr(self, f.name) != getattr(after, f.name)
        }


ADDRESS_MIN, ADDRESS_MAX = 6, 70  # characters; the ID card holds 35, people live in longer addresses
_AREA_ALONE = re.compile(r".*(省|市|县|镇|乡|街道|街道办事处|(?<![小社园厂校院属])区)")
"""Ends with the name of an area, and no house in it: a letter would not arrive."""
_POSTCODE = re.compile(r"\d{6}")
_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}")


def problem_of(of: ContactField, value: str) -> ContactProblem | None:
    """Return why the finished value will not do, or None when it will."""
    return _CHECKS[of](value)


def _phone_problem(value: str) -> ContactProblem | None:
    if not value:
        return ContactProblem.EMPTY
    mobile = value.startswith("1")
    if (mobile and len(value) != 11) or len(value) < 10 or len(value) > 12:
        return ContactProblem.PHONE_LENGTH
    try:
        parsed = phonenumbers.parse(value, "CN")
    except phonenumbers.NumberParseException:
        return ContactProblem.PHONE_FORM
    # Only the shape counts: the library's list of prefixes ages faster than it is updated.
    return None if phonenumbers.is_possible_number(parsed) else ContactProblem.PHONE_FORM


def _address_problem(value: str) -> ContactProblem | None:
    if not value:
        return ContactProblem.EMPTY
    if any(not character.isprintable() for character in value):
        return ContactProblem.ADDRESS_CHARACTERS
    if len(value) < ADDRESS_MIN or _AREA_ALONE.fullmatch(value):
        return ContactProblem.ADDRESS_SHORT
    return ContactProblem.ADDRESS_LONG if len(value) > ADDRESS_MAX else None


def _postcode_problem(value: str) -> ContactProblem | None:
    return None if not value or _POSTCODE.fullmatch(value) else ContactProblem.POSTCODE_FORM


def _email_problem(value: str) -> ContactProblem | None:
    return None if not value or _EMAIL.fullmatch(value) else ContactProblem.EMAIL_FORM


_CHECKS = {
    ContactField.PHONE: _phone_problem,
    ContactField.ADDRESS: _address_problem,
    ContactField.POSTCODE: _postcode_problem,
    ContactField.EMAIL: _email_problem,
}

PROBLEMS = {
    ContactField.PHONE: (ContactProblem.EMPTY, ContactProblem.PHONE_LENGTH, ContactProblem.PHONE_FORM),
    ContactField.ADDRESS: (
        ContactProblem.EMPTY,
        ContactProblem.ADDRESS_CHARACTERS,
        ContactProblem.ADDRESS_SHORT,
        ContactProblem.ADDRESS_LONG,
    ),
    ContactField.POSTCODE: (ContactProblem.POSTCODE_FORM,),
    ContactField.EMAIL: (ContactProblem.EMAIL_FORM,),
}
"""Every reason there can be for each field."""


def masked_contact(of: ContactField, value: str) -> str:
    """Return a value as screen and paper show it until it is touched."""
    if not value:
        return ""
    if of is ContactField.PHONE:
        return f"{value[:3]}****{value[-4:]}" if len(value) >= 10 else "*" * len(value)
    if of is ContactField.ADDRESS:
        return value[:6] + "*" * min(8, max(0, len(value) - 6))
    if of is ContactField.EMAIL:
        name, at, host = value.partition("@")
        return f"{name[:1]}***{at}{host}"
    return value[:2] + "*" * max(0, len(value) - 2)
