"""A resident ID card reader on the workbench: speaks SDT, and has hands to put cards on it and to break it.

Cards are as real ones are: a text block of 256 bytes, a photo of 1024, sometimes a fingerprint and a new
address. After a card was read it is not found again until it was lifted, as with most firmware; set
`finds_again` for the other kind, and `lets_go` for one with which a card that was read answers nothing more.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock
from typing import Self

from drivers.control_socket import ControlSocket, Hands
from drivers.emulators.personas import PERSONAS, Persona, persona
from drivers.emulators.pty_host import PtyHost
from drivers.id_card_reader.document import IdDocument, encode_new_address, encode_text_block
from drivers.id_card_reader.protocol import (
    FACTORY_BAUD,
    BaseBlock,
    Command,
    FrameReader,
    Status,
    encode_answer,
    encode_base_block,
    encode_sam_number,
)

SAM_NUMBER = "05.03-20120315-0001234567-0123456789"
_PHOTO = b"WLf" + bytes(1021)  # the photo format is proprietary; nothing here can be seen
_LONGEST_NAME = 15


@dataclass(frozen=True, slots=True)
class IdCard:
    """A card to put on the reader. `refusal` is what the reader answers instead of its content."""

    text: bytes = field(repr=False)
    photo: bytes = field(default=_PHOTO, repr=False)
    fingerprint: bytes = field(default=b"", repr=False)
    new_address: str | None = field(default=None, repr=False)
    refusal: Status | None = None

    @classmethod
    def of_document(cls, document: IdDocument) -> Self:
        """Make the card that says what `document` says."""
        photo = document.photo or _PHOTO
        return cls(encode_text_block(document), photo, document.fingerprint)

    @classmethod
    def of_persona(cls, one: Persona) -> Self:
        """Make the card of an invented person."""
        return cls.of_document(document_of(one))

    @classmethod
    def of_unknown_kind(cls) -> Self:
        """Make a good card marked with a letter nobody has seen."""
        text = bytearray(cls.of_persona(PERSONAS[0]).text)
        text[248:250] = "Q".encode("utf-16-le")
        return cls(bytes(text))


def document_of(one: Persona) -> IdDocument:
    """Return what the document of a persona says."""
    return IdDocument(
        kind=one.document_kind,
        # A card has room for 15 characters; that longer names are cut there is unverified.
        name=one.name if one.name == one.foreign_name else one.name[:_LONGEST_NAME],
        number=one.holder_number,
        sex=one.sex,
        born_on=one.born_on,
        issuer=one.document_issuer,
        valid_from=one.document_valid_from,
        valid_until=one.document_valid_until,
        nation=one.nation,
        nationality=one.nationality,
        foreign_name=one.foreign_name,
        address=one.address,
        pass_number=one.pass_number,
        issue_count=one.document_issue_count,
        photo=_PHOTO,
    )


class IdCardReaderEmulator:
    """The reader as its cable sees it. Faults last until unset, except where the name says `next`."""

    def __init__(self, *, finds_again: bool = False, lets_go: bool = False) -> None:
        self.on_outgoing: Callable[[], None] = lambda: None  # this reader never speaks first
        self.finds_again = finds_again
        self.lets_go = lets_go
        self.silent = False
        """Power is on, but it answers nothing."""
        self.sam_failure: Status | None = None
        """SAM_SELF_TEST_FAILED or SAM_NOT_AUTHORISED: the answer to everything that needs the module."""
        self.lifts_at: Command | None = None
        """The card is taken away in the moment this question arrives. Happens once."""
        self.asked: Counter[Command] = Counter()
        """How often each question came."""
        self._lock = RLock()
        self._frames = FrameReader()
        self._outgoing = bytearray()
        self._card: IdCard | None = None
        self._was_read = False
        self._is_selected = False
        self._next_faults: list[Callable[[bytes], bytes]] = []

    # --- hands

    def place(self, card: IdCard | Persona) -> None:
        """Put a card on the reader, instead of the one that lies there."""
        with self._lock:
            self._card = IdCard.of_persona(card) if isinstance(card, Persona) else card
            self._was_read = self._is_selected = False

    def lift(self) -> None:
        """Take the card away."""
        with self._lock:
            self._card = None
            self._was_read = self._is_selected = False

    def spoil_next_check(self) -> None:
        """Send a wrong check byte with the next answer."""
        self._next_faults.append(lambda answer: answer[:-1] + bytes([answer[-1] ^ 0xFF]))

    def cut_next_answer(self, after: int) -> None:
        """Send only the first `after` bytes of the next answer."""
        self._next_faults.append(lambda answer: answer[:after])

    def add_noise_next(self, noise: bytes) -> None:
        """Send `noise` before the next answer."""
        self._next_faults.append(lambda answer: noise + answer)

    def refuse_next(self, status: Status) -> None:
        """Answer the next question with `status`, whatever it is."""
        self._next_faults.append(lambda answer: encode_answer(status))

    # --- the cable

    def receive(self, data: bytes) -> None:  # noqa: D102 - ByteEmulator says it
        with self._lock:
            for body in self._frames.feed(data):
                self._hear(body)

    def take_outgoing(self) -> bytes:  # noqa: D102
        with self._lock:
            said = bytes(self._outgoing)
            self._outgoing.clear()
            return said

    def _hear(self, body: bytes) -> None:
        try:
            command = Command(body)
        except ValueError:
            answer = encode_answer(Status.BAD_COMMAND)
        else:
            self.asked[command] += 1
            if command is self.lifts_at:
                self.lifts_at = None
                self.lift()
            answer = self._answer(command)
        for fault in self._next_faults:
            answer = fault(answer)
        self._next_faults.clear()
        if not self.silent:
            self._outgoing += answer

    def _answer(self, command: Command) -> bytes:
        if self.sam_failure and command is not Command.RESET:
            return encode_answer(self.sam_failure)
        card = self._card
        match command:
            case Command.RESET | Command.SAM_STATUS:
                return encode_answer(Status.OK)
            case Command.SAM_NUMBER:
                return encode_answer(Status.OK, encode_sam_number(SAM_NUMBER))
            case Command.FIND_CARD:
                hidden = self._was_read and not self.finds_again
                return encode_answer(Status.FOUND, bytes(4)) if card and not hidden else _NOT_FOUND
            case Command.SELECT_CARD if self._was_read and self.lets_go and not self.finds_again:
                return encode_answer(Status.SELECT_FAILED)
            case Command.SELECT_CARD:
                self._is_selected = card is not None
                return encode_answer(Status.OK, bytes(8)) if card else encode_answer(Status.SELECT_FAILED)
            case _ if not (card and self._is_selected):
                return encode_answer(Status.READ_FAILED)
            case _ if card.refusal:
                return encode_answer(card.refusal)
            case Command.READ_NEW_ADDRESS if card.new_address is None:
                return encode_answer(Status.ITEM_EMPTY)
            case Command.READ_NEW_ADDRESS:
                return encode_answer(Status.OK, encode_new_address(card.new_address or ""))
            case Command.READ_BASE | Command.READ_BASE_AND_FINGERPRINT:
                self._was_read, self._is_selected = True, not self.lets_go
                block = BaseBlock(card.text, card.photo, card.fingerprint)
                wanted = command is Command.READ_BASE_AND_FINGERPRINT
                return encode_answer(Status.OK, encode_base_block(block, with_fingerprint=wanted))


_NOT_FOUND = encode_answer(Status.FIND_FAILED)


@contextmanager
def serve(
    link: Path, control: Path, *, baud: int = FACTORY_BAUD, paced: bool = False
) -> Iterator[IdCardReaderEmulator]:
    """Serve a reader on a pty behind `link`, and its hands on the Unix socket `control`, until left."""
    emulator = IdCardReaderEmulator()
    with (
        PtyHost(emulator, link, baud=baud, paced=paced) as host,
        ControlSocket(control, hands(emulator, host)),
    ):
        yield emulator


def hands(emulator: IdCardReaderEmulator, host: PtyHost) -> Hands:
    """Return what can be done to the reader by somebody at its control socket."""

    def place(persona_key: str) -> None:
        emulator.place(persona(persona_key))

    def place_unknown() -> None:
        emulator.place(IdCard.of_unknown_kind())

    def place_damaged() -> None:
        emulator.place(replace(IdCard.of_persona(PERSONAS[0]), refusal=Status.READ_FAILED))

    def silence(on: bool) -> None:
        emulator.silent = on

    def fail_sam(on: bool) -> None:
        emulator.sam_failure = Status.SAM_SELF_TEST_FAILED if on else None

    def noise(size: int) -> None:
        emulator.add_noise_next(os.urandom(size))

    return {
        "place": place,
        "place_unknown": place_unknown,
        "place_damaged": place_damaged,
        "lift": emulator.lift,
        "silence": silence,
        "fail_sam": fail_sam,
        "noise": noise,
        "spoil_next_check": emulator.spoil_next_check,
        "cut_next_answer": emulator.cut_next_answer,
        "unplug": host.unplug,
        "plug_in": host.plug_in,
    }
