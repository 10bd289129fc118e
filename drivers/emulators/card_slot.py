"""A card reader in this process: the same events and connections as the one behind pcscd, without threads.

What a hand does has happened when the hand returns, and a call that would hang is given up at once. So a
test with a fault in it is as deterministic as one without. Hands may come from another thread.
"""

from collections.abc import Callable
from enum import Enum, auto
from queue import Empty as NothingQueued
from queue import SimpleQueue
from threading import RLock
from typing import Final, Protocol

from drivers.emulators.chip import Chip
from drivers.errors import DeviceDisconnected, DeviceError, DeviceSilent, PortInUse
from drivers.social_security_card.errors import CardAbsent, CardWasReset, MuteCard
from drivers.social_security_card.reader import CardInserted, ReaderEvent
from drivers.social_security_card.slot_history import Empty, Occupied, Sight, SlotHistory, Unusable

READER_NAME: Final = "Emulated reader"


class CardHands(Protocol):
    """What a citizen can do to a slot, and a card to its reader. `ValueError` when it cannot be done now."""

    @property
    def chip(self) -> Chip | None:
        """The card in the slot, None when it is empty."""

    def insert(self, chip: Chip) -> None:
        """Put a card in."""

    def pull(self) -> None:
        """Take the card out; nothing happens when there is none."""

    def pull_during_next_apdu(self) -> None:
        """Take the card out once it has done what it is told next, before it can say so."""

    def hang_on_next_apdu(self) -> None:
        """Never answer the next APDU, until `answer_late` or `pull`."""

    def answer_late(self) -> None:
        """Let a hung card give its answer after all."""

    def garble_next_apdu(self) -> None:
        """Answer the next APDU with a single byte: less than a status word."""


class NextApdu(Enum):
    """What happens to the next APDU."""

    ANSWERED = auto()
    PULLED = auto()
    HUNG = auto()
    GARBLED = auto()
    RESET = auto()


class InProcessConnection:
    """A `CardConnection` straight to a chip, with nothing in between that could fail."""

    def __init__(self, chip: Chip) -> None:
        self._chip = chip
        self.atr = chip.power_on()

    def transmit(self, command: bytes) -> bytes:  # noqa: D102 - CardConnection says it
        return self._chip.transmit(command)

    def close(self) -> None:  # noqa: D102
        self._chip.power_on()  # without power in between a password stays verified


class CardSlotEmulator:
    """A `CardReader` and the `CardHands` at it."""

    def __init__(self) -> None:
        self._guard = RLock()
        self._events: SimpleQueue[ReaderEvent | None] = SimpleQueue()
        self._history = SlotHistory()
        self._chip: Chip | None = None
        self._atr = b""
        self._counter = 0
        self._next_apdu = NextApdu.ANSWERED
        self._fault: DeviceError | None = None
        self._connection: _SlotConnection | None = None
        self._held_by_another = False
        self._look()

    # --- the reader

    def wait_for_change(self, timeout_s: float) -> ReaderEvent | None:  # noqa: D102 - CardReader says it
        try:
            return self._events.get(timeout=timeout_s) if timeout_s > 0 else self._events.get_nowait()
        except NothingQueued:
            return None

    def wake(self) -> None:  # noqa: D102
        self._events.put(None)

    def connect(self, card: CardInserted) -> "_SlotConnection":  # noqa: D102
        with self._guard:
            if self._fault is not None:
                raise self._fault.again()
            if self._chip is None or self._history.card_of(card.session) is None:
                raise CardAbsent("the card was taken out")
            if self._connection is not None or self._held_by_another:
                raise PortInUse("another connection holds the card")
            self._atr = self._chip.power_on()
            if not self._atr:
                raise MuteCard("the card does not answer to reset")
            self._connection = _SlotConnection(self._atr, self._transmit, self._let_go)
            return self._connection

    def stop(self) -> None:  # noqa: D102
        pass

    # --- the hands

    @property
    def chip(self) -> Chip | None:  # noqa: D102 - CardHands says it
        return self._chip

    def insert(self, chip: Chip) -> None:  # noqa: D102
        with self._guard:
            if self._chip is not None:
                raise ValueError("there is a card in the slot")
            self._chip, self._atr = chip, chip.power_on()
            self._next_apdu = NextApdu.ANSWERED
            self._counter += 1
            self._look()

    def pull(self) -> None:  # noqa: D102
        with self._guard:
            if self._chip is None:
                return
            self._chip = None
            self._counter += 1
            self._break(CardAbsent("the card was taken out"))
            self.answer_late()

    def pull_during_next_apdu(self) -> None:  # noqa: D102
        self._prepare(NextApdu.PULLED)

    def hang_on_next_apdu(self) -> None:  # noqa: D102
        self._prepare(NextApdu.HUNG)

    def garble_next_apdu(self) -> None:  # noqa: D102
        self._prepare(NextApdu.GARBLED)

    def reset_before_next_apdu(self) -> None:
        """Let another program reset the card, which forgets what was selected and verified."""
        self._prepare(NextApdu.RESET)

    def answer_late(self) -> None:  # noqa: D102
        with self._guard:
            if isinstance(self._fault, DeviceSilent):
                self._fault = None
            self._look()

    def hold_by_another(self) -> None:
        """Let another program hold whatever card lies in the slot."""
        self._held_by_another = True

    def let_go_by_another(self) -> None:
        """Let the other program end."""
        self._held_by_another = False

    def unplug_reader(self) -> None:
        """Take the reader away, with the card in it."""
        with self._guard:
            self._fail(DeviceDisconnected("the reader is unplugged"))

    def plug_in_reader(self) -> None:
        """Put the reader back."""
        with self._guard:
            self._fault = None
            self._look()

    # --- between the two

    def _prepare(self, what: NextApdu) -> None:
        with self._guard:
            if self._chip is None:
                raise ValueError("there is no card in the slot")
            self._next_apdu = what

    def _look(self) -> None:
        sight: Sight
        if self._fault is not None:
            sight = Unusable(self._fault)
        elif self._chip is None:
            sight = Empty(READER_NAME, self._counter)
        else:
            sight = Occupied(READER_NAME, self._counter, self._atr)
        for event in self._history.see(sight):
            self._events.put(event)

    def _fail(self, fault: DeviceError) -> None:
        self._fault = fault
        self._break(fault)
        self._look()

    def _break(self, why: DeviceError) -> None:
        if self._connection is not None:
            self._connection.broken = why
            self._connection = None

    def _transmit(self, connection: "_SlotConnection", command: bytes) -> bytes:
        with self._guard:
            if connection.broken is not None:
                raise connection.broken.again()
            assert self._chip is not None
            what, self._next_apdu = self._next_apdu, NextApdu.ANSWERED
            if what is NextApdu.RESET:
                self._chip.power_on()
                self._break(CardWasReset("another program has reset the card"))
                raise CardWasReset("another program has reset the card")
            answer = self._chip.transmit(command)
            match what:
                case NextApdu.PULLED:
                    self.pull()
                case NextApdu.HUNG:
                    self._fail(DeviceSilent("no answer in time"))
                case NextApdu.GARBLED:
                    return answer[:1]
            if connection.broken is not None:
                raise connection.broken.again()
            return answer

    def _let_go(self, connection: "_SlotConnection") -> None:
        with self._guard:
            if connection is self._connection and self._chip is not None:
                self._chip.power_on()
                self._connection = None


class _SlotConnection:
    """A `CardConnection` for as long as its card stays in."""

    def __init__(
        self,
        atr: bytes,
        transmit: Callable[["_SlotConnection", bytes], bytes],
        let_go: Callable[["_SlotConnection"], None],
    ) -> None:
        self.atr = atr
        self.broken: DeviceError | None = None
        self._transmit = transmit
        self._let_go = let_go

    def transmit(self, command: bytes) -> bytes:
        return self._transmit(self, command)

    def close(self) -> None:
        self.broken = CardAbsent("the connection is closed")
        self._let_go(self)
