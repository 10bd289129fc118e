"""A social security card as a chip: files, records, a password with its counter, and the manners of its kind.

It answers APDUs; how they reach it is not its business (`card_slot` in process, `vpcd` under the real pcscd).
What it remembers without power, the tries that are left, lives as long as the object does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum, Flag, auto
from types import MappingProxyType
from typing import Final

from drivers.emulators.personas import Persona
from drivers.id_card_reader.tables import NATION_CODES

ALL_TRIES: Final = 6  # Art 24: six consecutive wrong entries

# Invented: no real one is public. T=0; eight more historical bytes follow, the serial number of the card.
_ATR_HEAD: Final = bytes.fromhex("3B7D960000") + b"SSSE\x00"

_SOCIAL_SECURITY: Final = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")
_BANK: Final = bytes.fromhex("A000000333010101")

_OK = 0x9000
_PASSWORD_LOCKED = 0x6983
_CLOSED = 0x6982
_NO_CURRENT_EF = 0x6986
_NO_SUCH_FILE = 0x6A82
_NO_SUCH_RECORD = 0x6A83
_WRONG_LENGTH = 0x6700
_WRONG_P1_P2 = 0x6A86
_WRONG_INS = 0x6D00
_WRONG_CLA = 0x6E00


class Answers(Enum):
    """How the chip hands over an answer with bytes in it."""

    AT_ONCE = "at once"
    GET_RESPONSE = "61xx, then GET RESPONSE"
    EXACT_LE = "6Cxx, until Le is right"


class RecordsBy(Flag):
    """The forms of READ RECORD the chip understands."""

    TAG = auto()  # P2 = 00
    NUMBER = auto()  # P2 = 04
    SHORT_FILE_ID = auto()  # P2 = 28 or 30, no SELECT before it


@dataclass(frozen=True, slots=True)
class ChipTraits:
    """In which ways a chip differs from the plain one."""

    has_social_security: bool = True
    has_bank: bool = True
    opens_without_name: bool = False
    """The files open although SELECT of the application fails: cards of Shanghai (one source)."""
    holder_file_closed: bool = False
    """EF06 answers 6982: third-generation cards where a PSAM is needed."""
    holder_file_blank: bool = False
    """Name and number are blank: contactless."""
    has_name_extension: bool = True
    has_dates: bool = True
    expires_on: date | None = None
    """Instead of the persona's."""
    answers: Answers = Answers.AT_ONCE
    records_by: RecordsBy = RecordsBy.TAG | RecordsBy.NUMBER | RecordsBy.SHORT_FILE_ID
    select_file_p1: tuple[int, ...] = (0x02, 0x00)
    is_mute: bool = False


VARIANTS: Final[Mapping[str, ChipTraits]] = MappingProxyType(
    {
        "plain": ChipTraits(),
        "needs-psam": ChipTraits(holder_file_closed=True),
        "contactless": ChipTraits(holder_file_blank=True),
        "expired": ChipTraits(expires_on=date(2020, 1, 31)),
        "no-name-extension": ChipTraits(has_name_extension=False),
        "shanghai": ChipTraits(opens_without_name=True, has_social_security=False),
        "get-response": ChipTraits(answers=Answers.GET_RESPONSE),
        "exact-le": ChipTraits(answers=Answers.EXACT_LE),
        "by-number-only": ChipTraits(records_by=RecordsBy.NUMBER),
        "by-short-file-id-only": ChipTraits(records_by=RecordsBy.SHORT_FILE_ID),
        "select-00-only": ChipTraits(select_file_p1=(0x00,)),
        "bank-only": ChipTraits(has_social_security=False),
        "unknown": ChipTraits(has_social_security=False, has_bank=False),
        "mute": ChipTraits(is_mute=True),
    }
)
"""The cards a test or a technician asks for by name."""


class SocialSecurityCardEmulator:
    """One chip. Its hands are its attributes: `tries_left`, and `persona` and `traits` to look at."""

    def __init__(self, persona: Persona, traits: ChipTraits = VARIANTS["plain"]) -> None:
        if traits.expires_on is not None:
            persona = replace(persona, card_expires_on=traits.expires_on)
        self.persona = persona
        self.traits = traits
        self.tries_left = ALL_TRIES
        self.commands = 0
        """How many it has been given."""
        self._files = _write_files(persona, traits)
        self._volatile = _Volatile()

    def power_on(self) -> bytes:
        """Power the chip or reset it: it forgets what was selected. Returns the ATR, nothing when mute."""
        self._volatile = _Volatile()
        if self.traits.is_mute:
            return b""
        return _ATR_HEAD + bytes.fromhex(self.persona.card_id[8:24])

    @property
    def is_verified(self) -> bool:
        """Whether the right password has been given since power-on."""
        return self._volatile.verified

    def transmit(self, command: bytes) -> bytes:
        """Answer one command APDU. Never raises: a chip answers everything."""
        self.commands += 1
        payload, sw = self._perform(command)
        return payload + sw.to_bytes(2, "big")

    def _perform(self, command: bytes) -> tuple[bytes, int]:
        if len(command) < 4:
            return b"", _WRONG_LENGTH
        cla, ins, p1, p2 = command[:4]
        pending, self._volatile.pending = self._volatile.pending, b""
        if cla != 0x00:
            return b"", _WRONG_CLA
        match ins:
            case 0xA4:
                return b"", self._select(p1, command)
            case 0xB2:
                return self._hand_over(*self._read_record(p1, p2), wanted=_le(command))
            case 0xC0:
                wanted = _le(command) or len(pending)
                return pending[:wanted], _OK if pending else _WRONG_LENGTH
            case 0x20:
                return b"", self._verify(p1, p2, command)
            case _:
                return b"", _WRONG_INS

    # --- SELECT

    def _select(self, p1: int, command: bytes) -> int:
        name = _content(command)
        if p1 == 0x04:
            known = {_SOCIAL_SECURITY: self.traits.has_social_security, _BANK: self.traits.has_bank}
            if not known.get(name, False):
                return _NO_SUCH_FILE
            self._volatile = _Volatile(application=name)
            return _OK
        if p1 not in self.traits.select_file_p1:
            return _WRONG_P1_P2
        file_id = int.from_bytes(name, "big")
        if file_id not in self._open_files():
            return _NO_SUCH_FILE
        self._volatile.file_id = file_id
        return _OK

    def _open_files(self) -> Mapping[int, "_Records"]:
        in_application = self._volatile.application == _SOCIAL_SECURITY
        return self._files if in_application or self.traits.opens_without_name else {}

    # --- READ RECORD

    def _read_record(self, p1: int, p2: int) -> tuple[bytes, int]:
        file_id = self._volatile.file_id
        if p2 == 0x00:
            form = RecordsBy.TAG
        elif p2 == 0x04:
            form = RecordsBy.NUMBER
        elif p2 & 0x07 == 0x00:
            form, file_id = RecordsBy.SHORT_FILE_ID, 0xEF00 | p2 >> 3
        else:
            return b"", _WRONG_P1_P2
        if form not in self.traits.records_by:
            return b"", _WRONG_P1_P2
        if file_id is None:
            return b"", _NO_CURRENT_EF
        records = self._open_files().get(file_id)
        if records is None:
            return b"", _NO_SUCH_FILE
        if file_id == 0xEF06 and self.traits.holder_file_closed:
            return b"", _CLOSED
        tags = tuple(records)
        if form is RecordsBy.NUMBER:
            p1 = tags[p1 - 1] if 0 < p1 <= len(tags) else 0
        if p1 not in records:
            return b"", _NO_SUCH_RECORD
        return bytes([p1, len(records[p1])]) + records[p1], _OK

    def _hand_over(self, payload: bytes, sw: int, wanted: int) -> tuple[bytes, int]:
        if sw != _OK or not payload:
            return b"", sw
        match self.traits.answers:
            case Answers.GET_RESPONSE:
                self._volatile.pending = payload
                return b"", 0x6100 | len(payload)
            case Answers.EXACT_LE if wanted != len(payload):
                return b"", 0x6C00 | len(payload)
            case _:
                return payload, _OK

    # --- VERIFY

    def _verify(self, p1: int, p2: int, command: bytes) -> int:
        if (p1, p2) != (0, 0):
            return _WRONG_P1_P2
        if self._volatile.application != _SOCIAL_SECURITY and not self.traits.opens_without_name:
            return 0x6985
        given = _content(command)
        if not given:
            return self._count_word()
        if self.tries_left == 0:
            return _PASSWORD_LOCKED
        password = self.persona.password
        if given == bytes.fromhex(password + "F" * (len(password) % 2)):
            self.tries_left = ALL_TRIES
            self._volatile.verified = True
            return _OK
        self.tries_left -= 1
        self._volatile.verified = False
        return self._count_word()

    def _count_word(self) -> int:
        return 0x63C0 | self.tries_left if self.tries_left else _PASSWORD_LOCKED


_Records = Mapping[int, bytes]


@dataclass(slots=True)
class _Volatile:
    """What the chip forgets without power."""

    application: bytes | None = None
    file_id: int | None = None
    verified: bool = False
    pending: bytes = field(default=b"", repr=False)


def _write_files(persona: Persona, traits: ChipTraits) -> Mapping[int, _Records]:
    name = persona.name.encode("gb18030")
    number = persona.holder_number.encode("ascii")
    if traits.holder_file_blank:
        name = number = b""
    if not traits.has_name_extension:
        name = name[:30]
    card: dict[int, bytes] = {
        0x01: bytes.fromhex(persona.card_id),
        0x02: b"1",
        0x03: persona.card_spec_version.encode("ascii"),
        0x04: bytes.fromhex("410700000000000000000001"),
        0x05: _packed(persona.card_issued_on),
        0x06: _packed(persona.card_expires_on),
        0x07: persona.card_number.encode("ascii").ljust(9, b"\0"),
    }
    if not traits.has_dates:
        card[0x05] = card[0x06] = b"\xff" * 4
    holder: dict[int, bytes] = {
        0x08: number.ljust(18, b"\0"),
        0x09: name[:30].ljust(30, b"\0"),
        0x4E: name[30:].ljust(20, b"\0"),
        0x0A: persona.sex.value.encode("ascii"),
        0x0B: bytes.fromhex(NATION_CODES[persona.nation] if persona.nation else "97"),
        0x0C: bytes.fromhex(number[:6].decode() if number[:6].isdigit() else "FFFFFF"),
        0x0D: _packed(persona.born_on),
    }
    if not traits.has_name_extension:
        del holder[0x4E]
    return MappingProxyType({0xEF05: card, 0xEF06: holder})


def _packed(day: date) -> bytes:
    return bytes.fromhex(f"{day:%Y%m%d}")


def _content(command: bytes) -> bytes:
    """Return the bytes behind Lc; nothing when there are none, or fewer than Lc says."""
    if len(command) < 6 or len(command) < 5 + command[4]:
        return b""
    return command[5 : 5 + command[4]]


def _le(command: bytes) -> int:
    """Return the Le of a command without content; 0 when it has none, or wants all there is."""
    return command[4] if len(command) == 5 else 0
