"""The resident ID card: polled without haste, told once for each time it is placed, and when it is lifted.

The photo and all fields the kiosk has no use for stay in the driver's answer and are dropped with it.
"""

from collections.abc import Callable, Iterable
from datetime import date

from drivers.errors import DeviceError, DeviceStatus
from drivers.id_card_reader.device import (
    POLL_INTERVAL_S,
    CardRead,
    CardStillThere,
    CardUnreadable,
    IdCardReader,
    NoCard,
    ReaderOutcome,
)
from drivers.id_card_reader.document import IdDocument
from kiosk.domain.findings import Measured
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.services.service import Check, Watched

AFTER_TROUBLE_S = 2.0


class IdCards:
    """The ID card reader as a service. It watches, and tells a technician its number."""

    def __init__(self, reader: IdCardReader, today: Callable[[], date]) -> None:
        self._reader = reader
        self._today = today
        self._told: on.IdReaderChanged | None = None
        self._seen = False

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Read the card that lies there already; tell the number of the security module."""
        match effect:
            case do.ReadIdCard():
                try:
                    yield from self._events_of(self._reader.read_again())
                except DeviceError as error:
                    yield from self._lost(error)
            case order.TellSam():
                try:
                    yield tech.SamTold(self._reader.sam_number())
                except DeviceError:
                    yield tech.SamTold("")

    def watch(self) -> Watched:
        """Take one look at the reader."""
        try:
            outcome = self._reader.poll()
        except DeviceError as error:
            return Watched(self._lost(error), AFTER_TROUBLE_S)
        ready = self._changed(on.IdReaderChanged(ready=True))
        return Watched((*ready, *self._events_of(outcome)), POLL_INTERVAL_S)

    def check(self) -> Check:
        """Ask the security module whether it works, and for its number."""
        try:
            self._reader.sam_status()
            number = self._reader.sam_number()
            return Check(DeviceStatus.ONLINE, detail=f"SAM {number}", measured=(Measured("sam", number),))
        except DeviceError as error:
            return Check.of(error)

    def close(self) -> None:
        """Let go of the line."""
        self._reader.close()

    def _events_of(self, outcome: ReaderOutcome) -> tuple[on.Event, ...]:
        match outcome:
            case CardRead(document):
                expired = document.valid_until is not None and document.valid_until < self._today()
                read = on.IdCardRead(document.name, document.number, expired, self._address(document))
                return (read, *self._noticed(lying=True))
            case CardUnreadable():
                return (on.IdCardNotUsable(), *self._noticed(lying=True))
            case CardStillThere(seen):
                return self._noticed(lying=seen)
            case NoCard():
                return self._noticed(lying=False)

    def _noticed(self, *, lying: bool) -> tuple[on.Event, ...]:
        if lying is self._seen:
            return ()
        self._seen = lying
        return (on.IdCardNoticed(lying),)

    def _lost(self, error: DeviceError) -> tuple[on.Event, ...]:
        """Return what a reader in trouble says: what lies on it, nobody knows."""
        self._seen = False
        return self._changed(on.IdReaderChanged(ready=False, cause=error.word))

    def _address(self, document: IdDocument) -> str:
        """Return where the holder lives: the address written on the card after a move is the newer one.

        A card that was lifted by now, or a reader that does not know the question, leaves the printed one.
        """
        if document.address is None:
            return ""
        try:
            return self._reader.read_new_address() or document.address
        except DeviceError:
            return document.address

    def _changed(self, now: on.IdReaderChanged) -> tuple[on.Event, ...]:
        if now == self._told:
            return ()
        self._told = now
        return (now,)
