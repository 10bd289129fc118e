"""What the records of the card say: tag, length, value, as its two open files hold them. Does no I/O.

EF05 describes the card, EF06 its holder (LD/T 32.6; the places agree in at least four independent programs).

    EF05  01 card id (cn 16)         03 version (an 4)   05 issued on (cn 4)   06 expires on (cn 4)
          07 card number (an 9)
    EF06  08 holder number (an 18)   09 name (an 30)     4E more of the name (an 20)
          0A sex (an 1)              0B nation (cn 1)    0D born on (cn 4)

an is ASCII or GB18030 padded with 00, cn packed BCD padded with F. Cards of old batches and of other
regions fill what they do not use as they like, so only what identifies the card or is shown as the person's
must be right; any other item that makes no sense counts as not there.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import Final

from drivers.social_security_card.errors import CardUnreadable


class Tag(IntEnum):
    """The records read. EF05 first, then EF06, in the order of their record numbers."""

    CARD_ID = 0x01
    SPEC_VERSION = 0x03
    ISSUED_ON = 0x05
    EXPIRES_ON = 0x06
    CARD_NUMBER = 0x07
    HOLDER_NUMBER = 0x08
    NAME = 0x09
    MORE_OF_THE_NAME = 0x4E
    SEX = 0x0A
    NATION = 0x0B
    BORN_ON = 0x0D


CARD_ID_BYTES: Final = 16
CARD_NUMBER_BYTES: Final = 9
HOLDER_NUMBER_BYTES: Final = 18


@dataclass(frozen=True, slots=True)
class CardContents:
    """What the chip says of the card and its holder. The repr shows nothing of either but region and version.

    What the card leaves blank is None: a contactless one keeps name and number to itself.
    """

    card_id: str = field(repr=False)
    """卡识别码: 32 hexadecimal digits, F where the number is shorter."""
    region: str
    """The six digits of the region that issued the card, GB/T 2260."""
    spec_version: str
    """"1.00", "2.00" or "3.00"; the first character is the generation of the card."""
    issued_on: date | None = field(default=None, repr=False)
    expires_on: date | None = field(default=None, repr=False)
    card_number: str | None = field(default=None, repr=False)
    holder_number: str | None = field(default=None, repr=False)
    name: str | None = field(default=None, repr=False)
    sex: str | None = field(default=None, repr=False)
    """GB/T 2261.1: "1" man, "2" woman, "0" unknown, "9" not specified."""
    nation: str | None = field(default=None, repr=False)
    """GB/T 3304: "01" to "56", "97" or "98"."""
    born_on: date | None = field(default=None, repr=False)

    def is_expired(self, today: date) -> bool:
        """Whether its last day is over. A card that names no last day is not."""
        return self.expires_on is not None and self.expires_on < today


def split_record(record: bytes) -> tuple[int, bytes]:
    """Take a record apart into tag and value. What lies behind the value is padding.

    Raises `CardUnreadable` when the record is shorter than it says.
    """
    if len(record) < 2 or len(record) < 2 + record[1]:
        raise CardUnreadable("a record is shorter than it says")
    return record[0], record[2 : 2 + record[1]]


def decode_contents(records: Mapping[int, bytes]) -> CardContents:
    """Read the values of the records, by tag. Raises `CardUnreadable`, naming the item, never its value."""
    card_id = records.get(Tag.CARD_ID, b"").hex().upper()
    if len(card_id) != 2 * CARD_ID_BYTES or not card_id[:6].isdecimal():
        raise CardUnreadable("malformed card id")
    version = _ascii(records, Tag.SPEC_VERSION, "version") or ""
    if not version[:1].isdecimal():
        raise CardUnreadable("malformed version")
    return CardContents(
        card_id=card_id,
        region=card_id[:6],
        spec_version=version,
        issued_on=_day(records.get(Tag.ISSUED_ON, b"")),
        expires_on=_day(records.get(Tag.EXPIRES_ON, b"")),
        # Some cards hold a longer record; the standard has us read the first nine characters.
        card_number=_ascii(records, Tag.CARD_NUMBER, "card number", CARD_NUMBER_BYTES),
        holder_number=_ascii(records, Tag.HOLDER_NUMBER, "holder number", HOLDER_NUMBER_BYTES),
        # A character may begin in the one record and end in the other.
        name=_name(records.get(Tag.NAME, b"") + records.get(Tag.MORE_OF_THE_NAME, b"")),
        sex=_one_of(records.get(Tag.SEX, b"").decode("ascii", "replace"), ("0", "1", "2", "9")),
        nation=_one_of(records.get(Tag.NATION, b"").hex(), _NATIONS),
        born_on=_day(records.get(Tag.BORN_ON, b"")),
    )


_NATIONS = tuple(f"{code:02d}" for code in (*range(1, 57), 97, 98))


def _ascii(records: Mapping[int, bytes], tag: Tag, item: str, size: int | None = None) -> str | None:
    written = _without_padding(records.get(tag, b"")[:size])
    if not all(0x20 < byte < 0x7F for byte in written):
        raise CardUnreadable(f"malformed {item}")
    return written.decode("ascii") or None


def _name(written: bytes) -> str | None:
    try:
        name = _without_padding(written).decode("gb18030").strip().strip("\u3000")
    except UnicodeDecodeError:
        raise CardUnreadable("malformed name") from None
    # Private-use characters stay: rare characters of names were coded there. Controls, and marks that turn
    # the direction of writing, could make a screen or a paper say something else.
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for character in name):
        raise CardUnreadable("malformed name")
    return name or None


def _without_padding(written: bytes) -> bytes:
    # Neither byte is part of any character of GB18030. FF is how a blank record looks before it is written.
    return written.translate(None, b"\x00\xff").strip(b" ")


def _day(packed: bytes) -> date | None:
    digits = packed.hex()
    if len(digits) != 8 or not digits.isdecimal():
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _one_of(code: str, allowed: tuple[str, ...]) -> str | None:
    return code if code in allowed else None
