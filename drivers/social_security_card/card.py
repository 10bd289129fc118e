"""The social security card (社会保障卡): read its open files, try its password.

What is certain about the card, and what only some programs do, is told in docs/devices-card.md. Cards of
different regions and generations want the same thing said in different ways, so each question has its
fallbacks; a card that answers none of them is unreadable. Nothing here is told to the card twice that would
change it.
"""

from collections.abc import Callable
from typing import Final

from drivers.errors import DeviceError
from drivers.social_security_card import apdu
from drivers.social_security_card.apdu import SW, ResponseApdu
from drivers.social_security_card.connection import CardConnection
from drivers.social_security_card.errors import (
    BankCardOnly,
    CardUnreadable,
    NeedsPsam,
    NotASocialSecurityCard,
)
from drivers.social_security_card.password import (
    Verification,
    VerificationUnknown,
    decode_verification,
    pack_password,
)
from drivers.social_security_card.records import CardContents, Tag, decode_contents, split_record

APPLICATION: Final = "sx1.sh.社会保障".encode("gb18030")
BANK_APPLICATION: Final = bytes.fromhex("A000000333010101")

CARD_FILE: Final = 0xEF05
HOLDER_FILE: Final = 0xEF06
_TAGS: Final = {
    CARD_FILE: (Tag.CARD_ID, Tag.SPEC_VERSION, Tag.ISSUED_ON, Tag.EXPIRES_ON, Tag.CARD_NUMBER),
    HOLDER_FILE: (Tag.HOLDER_NUMBER, Tag.NAME, Tag.MORE_OF_THE_NAME, Tag.SEX, Tag.NATION, Tag.BORN_ON),
}
_MAX_RECORDS: Final = 16

# The last byte of READ RECORD: how the record is named.
_BY_TAG: Final = 0x00
_BY_NUMBER: Final = 0x04

_Records = dict[int, bytes]


class SocialSecurityCard:
    """A social security card in a reader. Owned by the thread that owns the connection."""

    def __init__(self, connection: CardConnection) -> None:
        self._connection = connection

    def read(self) -> CardContents:
        """Return what the card says of itself and its holder.

        Raises `NotASocialSecurityCard`, `BankCardOnly`, `NeedsPsam` when the card keeps the holder's file
        closed, `CardUnreadable`, and what `CardConnection.transmit` raises.
        """
        self._select_application()
        return decode_contents(self._read_file(CARD_FILE) | self._read_file(HOLDER_FILE))

    def verify(self, password: str) -> Verification:
        """Let the card try the password, once.

        Raises `ValueError` unless it is 4 to 16 digits. A `DeviceError` is raised only as long as the card
        has not been told the password; from then on a failure is `VerificationUnknown`.
        """
        command = apdu.verify(pack_password(password))
        self._select_application()
        try:
            response = apdu.send(self._connection, command)
        except DeviceError as error:
            return VerificationUnknown(error.again())
        return decode_verification(response)

    def _select_application(self) -> None:
        if self._is_selected(apdu.select_application(APPLICATION)):
            return
        # Cards of Shanghai do not know the name and open their files without it (one source).
        if self._select_file(CARD_FILE):
            return
        if self._is_selected(apdu.select_application(BANK_APPLICATION)):
            raise BankCardOnly("a bank card without a social security application")
        raise NotASocialSecurityCard("a card without a social security application")

    def _select_file(self, file_id: int) -> bool:
        return any(self._is_selected(apdu.select_file(file_id, p1)) for p1 in (0x02, 0x00))

    def _is_selected(self, command: apdu.CommandApdu) -> bool:
        response = apdu.send(self._connection, command)
        _require_open(response)
        return response.is_ok or response.has_more  # what it would tell about itself is not needed

    def _read_file(self, file_id: int) -> _Records:
        tags = _TAGS[file_id]
        short_id = (file_id & 0x1F) << 3
        ways: tuple[Callable[[], _Records], ...] = (
            lambda: self._read_by_tag(tags, _BY_TAG),
            self._read_by_number,
        )
        if self._select_file(file_id):
            for read in ways:
                if records := read():
                    return records
        if records := self._read_by_tag(tags, short_id):
            return records
        raise CardUnreadable(f"file {file_id:04X} opens in no known way")

    def _read_by_tag(self, tags: tuple[Tag, ...], p2: int) -> _Records:
        """Return the records the card has of these; nothing when it does not understand the question."""
        records: _Records = {}
        for tag in tags:
            response = apdu.exchange(self._connection, apdu.read_record(tag, p2))
            if not records:  # the first record is on every card
                _require_open(response)
                if not response.is_ok:
                    return {}
            if not response.is_ok:
                _require_absent(response)
                continue
            found, value = split_record(response.payload)
            if found != tag:
                return {}
            records[tag] = value
        return records

    def _read_by_number(self) -> _Records:
        records: _Records = {}
        for number in range(1, _MAX_RECORDS + 1):
            response = apdu.exchange(self._connection, apdu.read_record(number, _BY_NUMBER))
            if not records:
                _require_open(response)
            if not response.is_ok:
                break
            tag, value = split_record(response.payload)
            records[tag] = value
        return records


def _require_open(response: ResponseApdu) -> None:
    if response.sw == SW.SECURITY_STATUS_NOT_SATISFIED:
        raise NeedsPsam("the card opens its files only after a security module has vouched for the reader")


def _require_absent(response: ResponseApdu) -> None:
    # 6A8x: the card has no such record (a name without a second part). 6982: it has, and keeps it closed,
    # as third-generation cards may keep their dates.
    if response.sw >> 4 != 0x6A8 and response.sw != SW.SECURITY_STATUS_NOT_SATISFIED:
        raise CardUnreadable(f"the card answered {response.sw:04X} to READ RECORD")
