"""What an ID card says: the 256-byte text block to an `IdDocument` and back. Does no I/O.

The block is UTF-16LE, padded with spaces; the character at 248 tells which of four documents it is, and with
it the places of everything else (GA/T 467 and its supplements for the later documents).

Fails closed: a document of unknown kind, a field that cannot be what it should be, or a number whose check
character is wrong yields no document at all. Nothing of a person is in a repr or in an error.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from drivers.id_card_reader.tables import NATION_CODES, NATION_NAMES, Sex

TEXT_BLOCK_SIZE: Final = 256
NEW_ADDRESS_SIZE: Final = 70
_KIND_AT = 248
_FOREVER = "长期"
_PERMIT_ISSUER = "公安部"
_PADDING = " \0\u3000"


class Kind(Enum):
    """The documents a reader can tell apart, by the letter that marks them."""

    RESIDENT = " "
    FOREIGN_PERMIT_2017 = "I"
    FOREIGN_PERMIT_2023 = "Y"
    HMT_RESIDENCE = "J"


@dataclass(frozen=True, slots=True)
class IdDocument:
    """One document, as read from its chip. Only `kind` shows in the repr."""

    kind: Kind
    name: str = field(repr=False)
    """The Chinese name; the foreign one when a permit has no Chinese name."""
    number: str = field(repr=False)
    """18 characters with a right check character; 15 on a permit of 2017."""
    sex: Sex = field(repr=False)
    born_on: date = field(repr=False)
    issuer: str = field(repr=False)
    valid_from: date = field(repr=False)
    valid_until: date | None = field(repr=False)
    """The last day; None for 长期, without end."""
    nation: str | None = field(default=None, repr=False)
    """The nation (民族) of a resident in Chinese; None where the card has none or a code no table knows."""
    nationality: str | None = field(default=None, repr=False)
    """ISO 3166 alpha-3 code on a foreigner's permit."""
    foreign_name: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    pass_number: str | None = field(default=None, repr=False)
    """Number of the travel pass a residence permit for Hong Kong, Macao and Taiwan belongs to."""
    issue_count: str | None = field(default=None, repr=False)
    photo: bytes = field(default=b"", repr=False)
    """1024 bytes in the WLT format; its decoder is proprietary, so this is not a picture."""
    fingerprint: bytes = field(default=b"", repr=False)


class UnknownDocumentKind(ValueError):
    """The card is marked with a letter that no source knows: it may mean anything."""

    def __init__(self) -> None:
        super().__init__("document of an unknown kind")


class MalformedDocument(ValueError):
    """A field of the card cannot be what it should be. Names the field, never what is in it."""

    def __init__(self, field_name: str) -> None:
        super().__init__(f"malformed {field_name} on the document")
        self.field_name = field_name


_Places = Mapping[str, list[tuple[int, int]]]  # field -> first byte and size in bytes, of each part

_RESIDENT: _Places = {
    "name": [(0, 30)],
    "sex": [(30, 2)],
    "nation": [(32, 4)],
    "born_on": [(36, 16)],
    "address": [(52, 70)],
    "number": [(122, 36)],
    "issuer": [(158, 30)],
    "valid_from": [(188, 16)],
    "valid_until": [(204, 16)],
}
_PLACES: Mapping[Kind, _Places] = {
    Kind.RESIDENT: _RESIDENT,
    Kind.HMT_RESIDENCE: {
        **{name: place for name, place in _RESIDENT.items() if name != "nation"},
        "pass_number": [(220, 18)],
        "issue_count": [(238, 4)],
    },
    Kind.FOREIGN_PERMIT_2017: {
        "foreign_name": [(0, 120)],
        "sex": [(120, 2)],
        "number": [(122, 30)],
        "nationality": [(152, 6)],
        "name": [(158, 30)],
        "valid_from": [(188, 16)],
        "valid_until": [(204, 16)],
        "born_on": [(220, 16)],
    },
    # Unverified: one source for the places, a second one for the list of fields only.
    Kind.FOREIGN_PERMIT_2023: {
        "name": [(0, 30)],
        "sex": [(30, 2)],
        "issue_count": [(32, 4)],
        "born_on": [(36, 16)],
        "foreign_name": [(52, 70), (220, 22)],
        "number": [(122, 36)],
        "valid_from": [(188, 16)],
        "valid_until": [(204, 16)],
        "nationality": [(242, 6)],
    },
}


def decode_text_block(text: bytes, photo: bytes = b"", fingerprint: bytes = b"") -> IdDocument:
    """Read a text block. Raises `UnknownDocumentKind` and `MalformedDocument`."""
    if len(text) != TEXT_BLOCK_SIZE:
        raise MalformedDocument("text block")
    try:
        kind = Kind(text[_KIND_AT : _KIND_AT + 2].decode("utf-16-le"))
    except ValueError:
        raise UnknownDocumentKind from None
    found = {name: _field(name, _cut(text, parts)) for name, parts in _PLACES[kind].items()}
    foreign_name = found.get("foreign_name")
    return IdDocument(
        kind=kind,
        name=_required("name", found["name"] or foreign_name or ""),
        number=_number(kind, found["number"]),
        sex=_sex(found["sex"]),
        born_on=_day("born_on", found["born_on"]),
        issuer=found.get("issuer", _PERMIT_ISSUER),
        valid_from=_day("valid_from", found["valid_from"]),
        valid_until=None if found["valid_until"] == _FOREVER else _day("valid_until", found["valid_until"]),
        # A code outside the table is a gap in the table, and no reason to refuse the person.
        nation=NATION_NAMES.get(found.get("nation", "")),
        nationality=found.get("nationality"),
        foreign_name=foreign_name or None,
        address=found.get("address"),
        pass_number=found.get("pass_number"),
        issue_count=found.get("issue_count"),
        photo=photo,
        fingerprint=fingerprint,
    )


def encode_text_block(document: IdDocument) -> bytes:
    """Return the text block a card with this document holds: what an emulator needs.

    Raises `MalformedDocument` when something does not fit its place.
    """
    values = {
        # A permit without a Chinese name leaves its place empty.
        "name": "" if document.name == document.foreign_name else document.name,
        "number": document.number,
        "sex": document.sex.value,
        "nation": NATION_CODES.get(document.nation or "", ""),
        "nationality": document.nationality or "",
        "born_on": _eight_digits(document.born_on),
        "foreign_name": document.foreign_name or "",
        "address": document.address or "",
        "issuer": document.issuer,
        "valid_from": _eight_digits(document.valid_from),
        "valid_until": _eight_digits(document.valid_until) if document.valid_until else _FOREVER,
        "pass_number": document.pass_number or "",
        "issue_count": document.issue_count or "",
    }
    text = bytearray(_padded("", TEXT_BLOCK_SIZE, "text block"))
    for name, parts in _PLACES[document.kind].items():
        written = _padded(values[name], sum(size for _, size in parts), name)
        for start, size in parts:
            text[start : start + size], written = written[:size], written[size:]
    text[_KIND_AT : _KIND_AT + 2] = document.kind.value.encode("utf-16-le")
    return bytes(text)


def decode_new_address(data: bytes) -> str | None:
    """Read the answer to READ_NEW_ADDRESS; None when it is blank. Raises `MalformedDocument`."""
    if len(data) != NEW_ADDRESS_SIZE:
        raise MalformedDocument("new address")
    return _field("new address", data) or None


def encode_new_address(address: str) -> bytes:
    """Return what a card answers to READ_NEW_ADDRESS. Raises `MalformedDocument` when it does not fit."""
    return _padded(address, NEW_ADDRESS_SIZE, "new address")


def check_character(first_seventeen: str) -> str:
    """Return the check character of 17 digits (GB 11643, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * 2 ** (17 - at) for at, digit in enumerate(first_seventeen))
    return "10X98765432"[total % 11]


def _cut(block: bytes, parts: list[tuple[int, int]]) -> bytes:
    return b"".join(block[start : start + size] for start, size in parts)


def _padded(value: str, size: int, name: str) -> bytes:
    written = value.encode("utf-16-le")
    if len(written) > size:
        raise MalformedDocument(name)
    return written + " ".encode("utf-16-le") * ((size - len(written)) // 2)


def _eight_digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _field(name: str, written: bytes) -> str:
    try:
        found = written.decode("utf-16-le").strip(_PADDING)
    except UnicodeDecodeError:
        raise MalformedDocument(name) from None
    # Private-use characters stay: rare characters of names were coded there. Controls and marks that turn
    # the direction of writing could make a screen or a paper say something else.
    if any(unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp"} for character in found):
        raise MalformedDocument(name)
    return found


def _required(name: str, found: str) -> str:
    if not found:
        raise MalformedDocument(name)
    return found


def _number(kind: Kind, found: str) -> str:
    if not found.isascii():
        raise MalformedDocument("number")
    if kind is Kind.FOREIGN_PERMIT_2017:
        good = len(found) == 15 and found[:3].isupper() and found[:3].isalpha() and found[3:].isdigit()
    else:
        good = len(found) == 18 and found[:17].isdigit() and found[17] == check_character(found[:17])
    if not good:
        raise MalformedDocument("number")
    return found


def _sex(found: str) -> Sex:
    try:
        return Sex(found)
    except ValueError:
        raise MalformedDocument("sex") from None


def _day(name: str, found: str) -> date:
    if not (len(found) == 8 and found.isascii() and found.isdigit()):
        raise MalformedDocument(name)
    try:
        return date(int(found[:4]), int(found[4:6]), int(found[6:]))
    except ValueError:
        raise MalformedDocument(name) from None
