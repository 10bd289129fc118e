"""A card reader behind pcscd, which may be killed, restarted, frozen or missing, as may the reader.

One thread watches the slot and starts over whenever PC/SC fails. Every card gets a connection, a context and
a watched thread of its own, so nothing of a dead one is used again.

    watch thread ── sights ──> SlotHistory ── events ──> wait_for_change      (the owner's thread)
    watched thread of a connection: connect, transmit, power off
"""

from collections.abc import Callable
from contextlib import suppress
from queue import Empty as NothingQueued
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Final

from drivers.errors import DeviceError, DeviceSilent, NoDevice
from drivers.social_security_card.errors import CardAbsent, CardUnreadable
from drivers.social_security_card.pcsc_calls import UNAWARE, CardHandle, Context
from drivers.social_security_card.reader import CardInserted, ReaderEvent
from drivers.social_security_card.slot_history import Occupied, Sight, SlotHistory, Unusable
from drivers.social_security_card.watchdog import WatchedThread

RETRY_S: Final = 0.1
"""Between two looks for a pcscd or a reader that is not there."""

LONGEST_LOOK_S: Final = 1.0
"""A cancel is lost when it comes just before the look, so no look is longer than this."""

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
        self._context: Context | None = None
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
                self._context = Context()
                try:
                    self._watch_with(self._context)
                finally:
                    self._context.release()
            except DeviceError as fault:
                self._tell(Unusable(fault.again()))
                self._stopping.wait(RETRY_S)

    def _watch_with(self, context: Context) -> None:
        known = UNAWARE
        watched = None
        while not self._stopping.is_set():
            reader = self._chosen(context.readers())
            if reader != watched:
                known, watched = UNAWARE, reader
            look = context.look(reader, known, LONGEST_LOOK_S)
            if look is None:
                known = UNAWARE  # so whatever was missed is made up for
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
        self._context: Context | None = None
        self._card: CardHandle | None = None
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
        self._context = Context()
        self._card = self._context.connect(self._seen.reader)
        # Another card may have taken its place since it was seen; from here on PC/SC would tell us.
        if self._has_left(within_s=0.0):
            raise CardAbsent("another card lies in the reader")

    def _transmit(self, command: bytes) -> bytes:
        assert self._card is not None
        return self._card.transmit(command)

    def _has_left(self, within_s: float) -> bool:
        assert self._context is not None
        reader, counter = self._seen.reader, self._seen.counter
        look = self._context.look(reader, UNAWARE, 0.0)
        if look is not None and look.counter == counter and within_s > 0:
            look = self._context.look(reader, look.state, within_s)
        return look is not None and look.counter != counter

    def _let_go(self) -> None:
        if self._card is not None:
            self._card.power_off()
            self._card = None
        if self._context is not None:
            self._context.release()
            self._context = None

    def _come_back(self) -> None:
        self._let_go()
        self._on_back()
