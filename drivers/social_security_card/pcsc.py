"""A card reader behind pcscd: the one place that imports pyscard, and of it only the plain functions.

pyscard's own monitors stop for ever when pcscd restarts, and its connections never heal. Here one thread
watches the slot and starts over whenever PC/SC fails, and every card gets a connection, a context and a
watched thread of its own, so that nothing of a dead one is used again.

    watch thread ── sights ──> SlotHistory ── events ──> wait_for_change      (the owner's thread)
    watched thread of a connection: SCardConnect, SCardTransmit, SCardDisconnect
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty as NothingQueued
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Final

from smartcard import scard

from drivers.errors import DeviceDisconnected, DeviceError, DeviceFailed, DeviceSilent, NoDevice, PortInUse
from drivers.social_security_card.errors import CardAbsent, CardUnreadable, CardWasReset, MuteCard
from drivers.social_security_card.reader import CardInserted, ReaderEvent
from drivers.social_security_card.slot_history import Empty, Occupied, Sight, SlotHistory, Unusable
from drivers.social_security_card.watchdog import WatchedThread

RETRY_S: Final = 0.1
"""Between two looks for a pcscd or a reader that is not there."""

LONGEST_LOOK_S: Final = 1.0
"""SCardCancel is lost when it comes just before the wait, so no wait is longer than this."""

REMOVAL_SHOWS_WITHIN_S: Final = 0.6
"""pcscd asks a reader without an interrupt line every 0.4 s whether there is a card."""


class PcscCardReader:
    """A `CardReader` over pcscd.

    `reader_name` is part of a name pcscd lists ("Virtual PCD 00 00", "ACS ACR38U"); None takes the first.
    `transmit_timeout_s` bounds every exchange with a card. When one takes longer the reader counts as lost,
    until it does answer, the card is pulled, or pcscd is restarted.
    """

    def __init__(self, reader_name: str | None, transmit_timeout_s: float) -> None:
        self._wanted = reader_name
        self._transmit_timeout_s = transmit_timeout_s
        self._events: SimpleQueue[ReaderEvent | None] = SimpleQueue()
        self._telling = Lock()  # guards the two below, and keeps the events in order
        self._history = SlotHistory()
        self._hung_connections = 0
        self._stopping = Event()
        self._context: _Context | None = None
        self._watch_thread = Thread(target=self._watch, name="card reader watch", daemon=True)
        self._watch_thread.start()

    def wait_for_change(self, timeout_s: float) -> ReaderEvent | None:  # noqa: D102 - CardReader says it
        try:
            return self._events.get(timeout=timeout_s) if timeout_s > 0 else self._events.get_nowait()
        except NothingQueued:
            return None

    def wake(self) -> None:  # noqa: D102
        self._events.put(None)

    def connect(self, card: CardInserted) -> "PcscConnection":  # noqa: D102
        with self._telling:
            fault, seen = self._history.fault, self._history.card_of(card.session)
        if fault is not None:
            raise fault.again()
        if seen is None:
            raise CardAbsent("the card was taken out")
        return PcscConnection(seen, self._transmit_timeout_s, self._give_up, self._come_back)

    def stop(self) -> None:  # noqa: D102
        self._stopping.set()
        patience = LONGEST_LOOK_S  # a frozen pcscd holds the thread, and may keep it
        while self._watch_thread.is_alive() and patience > 0:
            self._look_again()
            self._watch_thread.join(0.05)
            patience -= 0.05

    def _watch(self) -> None:
        while not self._stopping.is_set():
            try:
                self._context = _Context()
                try:
                    self._watch_with(self._context)
                finally:
                    self._context.release()
            except DeviceError as fault:
                self._tell(Unusable(fault.again()))
                self._stopping.wait(RETRY_S)

    def _watch_with(self, context: "_Context") -> None:
        known = scard.SCARD_STATE_UNAWARE
        watched = None
        while not self._stopping.is_set():
            reader = self._chosen(context.readers())
            if reader != watched:
                known, watched = scard.SCARD_STATE_UNAWARE, reader
            look = context.look(reader, known, LONGEST_LOOK_S)
            if look is None:
                known = scard.SCARD_STATE_UNAWARE  # so whatever was missed is made up for
                continue
            known = look.state
            self._tell(look.sight(reader))

    def _chosen(self, names: list[str]) -> str:
        for name in names:
            if self._wanted is None or self._wanted in name:
                return name
        raise NoDevice(f"pcscd has no reader {self._wanted}")

    def _tell(self, sight: Sight) -> None:
        with self._telling:
            # While a call hangs in the reader, what pcscd says of it is old.
            if not self._hung_connections:
                self._see(sight)

    def _see(self, sight: Sight) -> None:
        for event in self._history.see(sight):
            self._events.put(event)

    def _give_up(self, fault: DeviceSilent) -> None:
        with self._telling:
            self._hung_connections += 1
            self._see(Unusable(fault))

    def _come_back(self) -> None:
        with self._telling:
            self._hung_connections -= 1
        self._look_again()

    def _look_again(self) -> None:
        if self._context is not None:
            self._context.cancel()


class PcscConnection:
    """A `CardConnection` to one card, for us alone. Made by `PcscCardReader.connect`."""

    def __init__(
        self,
        seen: Occupied,
        timeout_s: float,
        on_given_up: Callable[[DeviceSilent], None],
        on_back: Callable[[], None],
    ) -> None:
        self._seen = seen
        self._timeout_s = timeout_s
        self._on_back = on_back
        self._context: _Context | None = None
        self._card: int | None = None
        self._protocol_header: object = None
        self._thread = WatchedThread("card connection", on_given_up, self._come_back)
        try:
            self._thread.call(self._open, timeout_s)
        except DeviceError:
            self.close()
            raise

    @property
    def atr(self) -> bytes:  # noqa: D102 - CardConnection says it
        return self._seen.atr

    def transmit(self, command: bytes) -> bytes:  # noqa: D102
        answer = self._thread.call(lambda: self._transmit(command), self._timeout_s)
        if answer:
            return answer
        # Pulled in the middle, or a bad contact: only a moment later pcscd knows which.
        has_left = self._thread.call(
            lambda: self._has_left(REMOVAL_SHOWS_WITHIN_S), REMOVAL_SHOWS_WITHIN_S + self._timeout_s
        )
        if has_left:
            raise CardAbsent("the card was taken out in the middle of an exchange")
        raise CardUnreadable("the exchange with the card broke off")

    def close(self) -> None:  # noqa: D102
        if not self._thread.has_ended:
            with suppress(DeviceError):
                self._thread.call(self._let_go, self._timeout_s)
            self._thread.end()

    # --- on the watched thread

    def _open(self) -> None:
        self._context = _Context()
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, card, protocol = scard.SCardConnect(
            self._context.handle, self._seen.reader, scard.SCARD_SHARE_EXCLUSIVE, protocols
        )
        _require_success(result)
        self._card, self._protocol_header = card, _PROTOCOL_HEADERS[protocol]
        # Another card may have taken its place since it was seen; from here on PC/SC would tell us.
        if self._has_left(within_s=0.0):
            raise CardAbsent("another card lies in the reader")

    def _transmit(self, command: bytes) -> bytes:
        """Return the answer; nothing when the exchange broke off."""
        result, answer = scard.SCardTransmit(self._card, self._protocol_header, list(command))
        if result == scard.SCARD_E_NOT_TRANSACTED:
            return b""
        _require_success(result)
        return bytes(answer)

    def _has_left(self, within_s: float) -> bool:
        assert self._context is not None
        reader, counter = self._seen.reader, self._seen.counter
        look = self._context.look(reader, scard.SCARD_STATE_UNAWARE, 0.0)
        if look is not None and look.counter == counter and within_s > 0:
            look = self._context.look(reader, look.state, within_s)
        return look is not None and look.counter != counter

    def _let_go(self) -> None:
        # Without power the card forgets the password that was verified.
        if self._card is not None:
            scard.SCardDisconnect(self._card, scard.SCARD_UNPOWER_CARD)
            self._card = None
        if self._context is not None:
            self._context.release()
            self._context = None

    def _come_back(self) -> None:
        self._let_go()
        self._on_back()


@dataclass(frozen=True, slots=True)
class _Look:
    """A slot as SCardGetStatusChange shows it: flags, and pcscd's counter above them."""

    state: int
    atr: bytes

    @property
    def counter(self) -> int:
        return self.state >> 16

    def sight(self, reader: str) -> Sight:
        """Raises `DeviceDisconnected` when the reader is not there any more."""
        if self.state & scard.SCARD_STATE_EMPTY:
            return Empty(reader, self.counter)
        if self.state & scard.SCARD_STATE_MUTE:
            return Occupied(reader, self.counter, b"")
        if self.state & scard.SCARD_STATE_PRESENT:
            return Occupied(reader, self.counter, self.atr)
        raise DeviceDisconnected("the reader was unplugged")


class _Context:
    """A line to pcscd. It does not outlive the pcscd it was made with."""

    def __init__(self) -> None:
        result, self.handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        _require_success(result)

    def readers(self) -> list[str]:
        """Raises `NoDevice` when there is none."""
        result, names = scard.SCardListReaders(self.handle, [])
        _require_success(result)
        return list(names)

    def look(self, reader: str, known: int, timeout_s: float) -> _Look | None:
        """Return the state of a slot as soon as it is not `known`; None when it stays, or on `cancel`."""
        result, states = scard.SCardGetStatusChange(self.handle, int(timeout_s * 1000), [(reader, known)])
        if result in (scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED):
            return None
        _require_success(result)
        (_, state, atr), *_ = states
        return _Look(state & ~scard.SCARD_STATE_CHANGED, bytes(atr))

    def cancel(self) -> None:
        scard.SCardCancel(self.handle)

    def release(self) -> None:
        scard.SCardReleaseContext(self.handle)


def _require_success(result: int) -> None:
    if result != scard.SCARD_S_SUCCESS:
        raise _fault(result)


def _fault(result: int) -> DeviceError:
    return _FAULTS.get(result, DeviceFailed)(f"{scard.SCardGetErrorMessage(result)} ({result:#x})")


_PROTOCOL_HEADERS: Final = {
    scard.SCARD_PROTOCOL_T0: scard.SCARD_PCI_T0,
    scard.SCARD_PROTOCOL_T1: scard.SCARD_PCI_T1,
}

_FAULTS: Final[dict[int, type[DeviceError]]] = {
    scard.SCARD_W_REMOVED_CARD: CardAbsent,
    scard.SCARD_E_NO_SMARTCARD: CardAbsent,
    scard.SCARD_W_RESET_CARD: CardWasReset,
    scard.SCARD_W_UNRESPONSIVE_CARD: MuteCard,
    scard.SCARD_W_UNPOWERED_CARD: MuteCard,
    scard.SCARD_W_UNSUPPORTED_CARD: MuteCard,
    scard.SCARD_E_PROTO_MISMATCH: CardUnreadable,
    scard.SCARD_E_NOT_TRANSACTED: CardUnreadable,
    scard.SCARD_E_SHARING_VIOLATION: PortInUse,
    scard.SCARD_E_UNKNOWN_READER: DeviceDisconnected,
    scard.SCARD_E_READER_UNAVAILABLE: DeviceDisconnected,
    scard.SCARD_E_NO_READERS_AVAILABLE: NoDevice,
    # pcscd is not there, or not the one we knew.
    scard.SCARD_W_SECURITY_VIOLATION: DeviceDisconnected,  # it hung up: ended, or polkit forbids us
    scard.SCARD_E_NO_SERVICE: DeviceDisconnected,
    scard.SCARD_E_SERVICE_STOPPED: DeviceDisconnected,
    scard.SCARD_E_INVALID_HANDLE: DeviceDisconnected,
    scard.SCARD_F_COMM_ERROR: DeviceDisconnected,
}
