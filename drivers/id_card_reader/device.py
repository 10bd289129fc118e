"""The resident ID card reader: what lies on it, asked in turns.

A reader says nothing by itself. Each `poll` is one turn of find, select and read, with as few questions as
the answer needs; the caller leaves `POLL_INTERVAL_S` between turns. Once a card was read, most firmware does
not find it again until it has left the field, and some does. So what may lie there is remembered:

    EMPTY -- read --> READ -- not found --> UNSEEN -- read --> READ     (UNSEEN: there still, or gone;
      ^                 | found, the same                                nobody can tell)
      +-- not found -- LYING

A card that was read and not lifted answers a second question, for its new address. As long as it does, it
lies there; when it has done so and ceases to, it is gone. One maker's programs tell it so (Routon's reading
loop for Android); no reader of ours has shown it: unverified. A card that never answers is UNSEEN, as above.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from hashlib import blake2b
from secrets import token_bytes

from drivers.errors import DeviceError, DeviceStatus, ProtocolViolation, Remedy
from drivers.id_card_reader.conversation import Conversation
from drivers.id_card_reader.document import (
    IdDocument,
    MalformedDocument,
    UnknownDocumentKind,
    decode_new_address,
    decode_text_block,
)
from drivers.id_card_reader.protocol import (
    Answer,
    BadAnswer,
    BaseBlock,
    Command,
    Status,
    decode_base_block,
    decode_sam_number,
)
from drivers.transport import OpenTransport

POLL_INTERVAL_S = 0.3
"""How long to leave the reader alone between two turns."""

_UNWATCHED_S = 2.0  # a card not looked at for longer may have been swapped for another
_TRIES_PER_CARD = 3

_REFUSALS = {
    Status.CARD_REFUSES_SAM,
    Status.SAM_REFUSES_CARD,
    Status.VERIFICATION_FAILED,
    Status.UNKNOWN_CARD,
    Status.NO_RANDOM,
}


class UnreadableReason(Enum):
    """Why a card that is there gave no document."""

    READ_FAILED = "read_failed"
    """Moved too early, or damaged: placing it again may help."""
    CARD_REFUSED = "card_refused"
    """Card and reader did not recognise each other: no ID card, or a forged one."""
    UNKNOWN_DOCUMENT = "unknown_document"
    """Read, but of a kind we do not know."""
    MALFORMED_DOCUMENT = "malformed_document"
    """Read, but what it says cannot be."""


@dataclass(frozen=True, slots=True)
class NoCard:
    """Nothing is on the reader."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """A card was placed and read. Reported once for each time it is placed."""

    document: IdDocument


@dataclass(frozen=True, slots=True)
class CardStillThere:
    """The card of before has not been seen to leave. `seen`: it lies there; else it may be gone."""

    seen: bool


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """A card is there and cannot be read. Reported at most three times for each time it is placed."""

    reason: UnreadableReason


ReaderOutcome = NoCard | CardRead | CardStillThere | CardUnreadable


class CardLeft(DeviceError):
    """The card was taken away before the question about it was answered."""

    status = DeviceStatus.USER_ERROR
    remedy = Remedy.CLEAR


class _Field(Enum):
    EMPTY = auto()
    READ = auto()
    UNSEEN = auto()
    LYING = auto()


class IdCardReader:
    """A reader of the SDT family. Owned by one thread.

    Opens its line when first asked, and anew after any trouble: an unplugged reader comes back by itself.
    `with_fingerprint` asks for the fingerprint too; the kiosk has no use for it.

    `poll` and the other questions raise `NoDevice`, `PortInUse`, `DeviceDisconnected`, `WriteTimedOut`,
    `DeviceSilent`, `ProtocolViolation`, and `DeviceFailed` when the security module does not work.
    """

    def __init__(
        self,
        open_transport: OpenTransport,
        *,
        with_fingerprint: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._conversation = Conversation(open_transport, clock)
        self._with_fingerprint = with_fingerprint
        self._clock = clock
        self._field = _Field.EMPTY
        self._failures = 0
        self._may_answer = self._has_answered = False  # the card that was read, to the second question
        self._last_turn_at = clock()
        # Enough to know a card again, and nothing of it for a memory dump to show.
        self._last_card: bytes | None = None
        self._digest_key = token_bytes(32)

    @property
    def status(self) -> DeviceStatus:
        """What the last question showed; offline before the first."""
        return self._conversation.status

    def poll(self) -> ReaderOutcome:
        """Take one turn and return what lies on the reader. Reading a card takes a second or two."""
        unwatched_s = self._clock() - self._last_turn_at
        self._last_turn_at = self._clock()
        if self._field is _Field.LYING and unwatched_s > _UNWATCHED_S:
            self._field = _Field.READ
        try:
            return self._turn()
        except DeviceError:
            self._may_answer = self._has_answered = False
            if self._field is _Field.UNSEEN:
                self._field = _Field.READ  # a reader that was switched off finds a card anew that never left
            raise

    def read_again(self) -> CardRead | CardUnreadable:
        """Read the card that lies there, though it was read before: it came before anybody asked for it.

        That a reader selects a card it does not find is unverified; where it doesn't, the card is unreadable
        until it is lifted and placed again.
        """
        before = self._field, self._failures
        self._field = _Field.EMPTY
        outcome = self._read()
        if isinstance(outcome, CardRead):
            return outcome
        self._field, self._failures = before
        return (
            outcome if isinstance(outcome, CardUnreadable) else CardUnreadable(UnreadableReason.READ_FAILED)
        )

    def read_new_address(self) -> str | None:
        """Return the address added to the card after it was issued; None when there is none.

        To be asked right after `CardRead`. Raises `CardLeft` when the card has been taken away.
        """
        answer = self._conversation.ask(Command.READ_NEW_ADDRESS)
        if answer.status == Status.ITEM_EMPTY:
            return None
        if answer.status != Status.OK:
            raise CardLeft(f"new address not read: {answer.status_name}")
        try:
            return decode_new_address(answer.data)
        except MalformedDocument as error:
            raise ProtocolViolation(f"ID card reader: {error}") from error

    def sam_status(self) -> None:
        """Ask the security module whether it works: returns when it does."""
        self._conversation.ask(Command.SAM_STATUS)

    def sam_number(self) -> str:
        """Return the number of the security module, as printed on the reader."""
        answer = self._conversation.ask(Command.SAM_NUMBER)
        try:
            return decode_sam_number(answer.data)
        except BadAnswer as error:
            raise ProtocolViolation(f"ID card reader: {error} ({answer.status_name})") from error

    def close(self) -> None:
        """Let the line go. Never raises; the next question opens it again."""
        self._conversation.close()

    def _turn(self) -> ReaderOutcome:
        if self._may_answer and self._is_answered():
            self._has_answered = True
            return CardStillThere(seen=True)
        self._may_answer = False
        if self._is_card_found():
            return CardStillThere(seen=True) if self._field is _Field.LYING else self._read()
        if self._field in (_Field.READ, _Field.UNSEEN) and not self._has_answered:
            self._field = _Field.UNSEEN
            return CardStillThere(seen=False)
        self._has_answered = False
        self._field, self._last_card, self._failures = _Field.EMPTY, None, 0
        return NoCard()

    def _is_answered(self) -> bool:
        """Whether the card that was read answers still. What it answers is dropped."""
        return self._conversation.ask(Command.READ_NEW_ADDRESS).status in (Status.OK, Status.ITEM_EMPTY)

    def _is_card_found(self) -> bool:
        answer = self._conversation.ask(Command.FIND_CARD)
        if answer.status not in (Status.FOUND, Status.FIND_FAILED):
            raise ProtocolViolation(f"ID card reader: {answer.status_name} to FIND_CARD")
        return answer.status == Status.FOUND

    def _read(self) -> ReaderOutcome:
        # Some firmware refuses to select and reads all the same, so only the answer to read counts.
        self._conversation.ask(Command.SELECT_CARD)
        with_fingerprint = self._with_fingerprint
        answer = self._conversation.ask(
            Command.READ_BASE_AND_FINGERPRINT if with_fingerprint else Command.READ_BASE
        )
        if answer.status != Status.OK:
            return self._read_failed(answer)
        try:
            block = decode_base_block(answer.data, with_fingerprint=with_fingerprint)
        except BadAnswer as error:
            raise ProtocolViolation(f"ID card reader: {error}") from error
        return self._read_succeeded(block)

    def _read_failed(self, answer: Answer) -> ReaderOutcome:
        self._failures += 1
        if self._field is _Field.READ:
            self._field = _Field.LYING  # found again, but not to be read again before it left
            return CardStillThere(seen=True)
        if self._failures >= _TRIES_PER_CARD:
            self._field = _Field.LYING
        refused = answer.status in _REFUSALS
        return CardUnreadable(UnreadableReason.CARD_REFUSED if refused else UnreadableReason.READ_FAILED)

    def _read_succeeded(self, block: BaseBlock) -> ReaderOutcome:
        digest = blake2b(block.text, key=self._digest_key).digest()
        if self._field is _Field.READ and digest == self._last_card:
            self._field = _Field.LYING
            return CardStillThere(seen=True)
        self._may_answer, self._has_answered = True, False
        self._field, self._last_card, self._failures = _Field.READ, digest, 0
        try:
            return CardRead(decode_text_block(block.text, block.photo, block.fingerprint))
        except UnknownDocumentKind:
            return CardUnreadable(UnreadableReason.UNKNOWN_DOCUMENT)
        except MalformedDocument:
            return CardUnreadable(UnreadableReason.MALFORMED_DOCUMENT)
