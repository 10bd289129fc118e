"""The social security card: what the reader reports, what is read from it, and its password.

Everything a card or reader can do wrong comes out as an event with one plain meaning. A password is
given to the chip once for each effect, and never again by itself. The connection stays open from reading
to the end of the visit, so that the card that was read is the card that checks the password.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from drivers.errors import DeviceError, DeviceStatus, NoDevice, PortInUse
from drivers.social_security_card import reader as slot
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.connection import CardConnection
from drivers.social_security_card.errors import (
    BankCardOnly,
    CardAbsent,
    CardWasReset,
    NeedsPsam,
    NotASocialSecurityCard,
)
from drivers.social_security_card.password import (
    PasswordLocked,
    VerificationUnknown,
    Verified,
    WrongPassword,
)
from drivers.social_security_card.psam import PsamSlot
from drivers.social_security_card.records import CardContents
from kiosk.domain.cards import ChipCard
from kiosk.domain.findings import Measured
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.events import CardFault
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.services.service import Check, Watched

_FAULTS: tuple[tuple[type[DeviceError], CardFault], ...] = (
    (BankCardOnly, CardFault.BANK_CARD),
    (NotASocialSecurityCard, CardFault.UNKNOWN_CARD),
    (NeedsPsam, CardFault.NEEDS_WINDOW),
)


class Cards:
    """The card reader as a service. `patience_s`: how long watching may keep an effect waiting.

    `psam` is where a security module stays, in a kiosk that has one: only a technician is told of it.
    """

    def __init__(
        self,
        reader: slot.CardReader,
        today: Callable[[], date],
        patience_s: float,
        psam: PsamSlot | None = None,
    ) -> None:
        self._reader = reader
        self._psam = psam
        self._today = today
        self._patience_s = patience_s
        self._inserted: slot.CardInserted | None = None
        self._mute = False
        self._name = ""
        self._fault: DeviceError | None = NoDevice("the reader has not reported yet")
        self._held_by_others: PortInUse | None = None
        self._connection: CardConnection | None = None

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Read the card that lies there, check its password, or let it go."""
        match effect:
            case do.ReadCard():
                yield from self._read()
            case do.VerifyPasswordOnCard(visit, password):
                yield self._verify(visit, password.digits)
            case do.CloseVisit():
                self._disconnect()
            case order.DescribeCard():
                yield self._described()

    def watch(self) -> Watched:
        """Wait for a card or the reader to come or go."""
        event = self._reader.wait_for_change(self._patience_s)
        return Watched(tuple(self._told(event)) if event is not None else ())

    def check(self) -> Check:
        """Say how the reader is, as it has last said itself."""
        fault = self._fault or self._held_by_others or (self._psam.fault() if self._psam else None)
        if fault is not None:
            return Check.of(fault)
        measured = [Measured("reader", self._name)]
        if self._psam is not None:
            measured.append(Measured("psam", self._psam.atr.hex().upper()))
        return Check(DeviceStatus.ONLINE, detail=self._name, measured=tuple(measured))

    def close(self) -> None:
        """Let go of card and reader."""
        self._disconnect()
        self._reader.stop()
        if self._psam is not None:
            self._psam.close()

    def _told(self, event: slot.ReaderEvent) -> Iterator[on.Event]:
        match event:
            case slot.ReaderConnected(name):
                self._fault, self._name = None, name
                yield on.CardReaderChanged(ready=True)
            case slot.ReaderLost(fault):
                self._fault = fault
                self._forget()
                yield on.CardReaderChanged(ready=False, cause=fault.word)
            case slot.CardInserted():
                self._inserted = event
                yield on.CardInserted()
                yield from self._read()
            case slot.MuteCardInserted():
                self._mute = True
                yield on.CardInserted()
                yield on.CardNotUsable(CardFault.UNREADABLE)
            case slot.CardRemoved():
                self._forget()
                yield on.CardRemoved()

    def _read(self) -> Iterator[on.Event]:
        if self._mute:
            yield on.CardNotUsable(CardFault.UNREADABLE)
        if self._inserted is None:
            return
        try:
            contents = self._contents(self._inserted)
        except CardAbsent:
            return  # the slot says so itself
        except DeviceError as error:
            self._held_by_others = error if isinstance(error, PortInUse) else None
            self._disconnect()
            yield on.CardNotUsable(_fault_of(error))
            return
        self._held_by_others = None
        if contents.expires_on is not None and contents.expires_on < self._today():
            yield on.CardNotUsable(CardFault.EXPIRED)
            return
        yield on.CardRead(_chip_card(contents))

    def _described(self) -> tech.CardDescribed:
        """Tell what lies in the reader, and nothing of its holder."""
        if self._inserted is None:
            return tech.CardDescribed("", fault=CardFault.UNREADABLE.value)
        atr = self._inserted.atr.hex(" ").upper()
        try:
            contents = self._contents(self._inserted)
        except DeviceError as error:
            self._disconnect()
            return tech.CardDescribed(atr, fault=_fault_of(error).value)
        return tech.CardDescribed(atr, contents.spec_version, contents.region)

    def _contents(self, inserted: slot.CardInserted) -> CardContents:
        """Read the card; once more from the beginning, when another program has reset it on the way."""
        try:
            return self._read_anew(inserted)
        except CardWasReset:
            return self._read_anew(inserted)

    def _read_anew(self, inserted: slot.CardInserted) -> CardContents:
        self._disconnect()
        self._connection = self._reader.connect(inserted)
        return SocialSecurityCard(self._connection).read()

    def _verify(self, visit: int, digits: str) -> on.Event:
        """Order one VERIFY. Whatever is not a clear answer is an unknown outcome, and a spent try."""
        if self._connection is None:
            return on.PasswordOutcomeUnknown(visit)
        try:
            outcome = SocialSecurityCard(self._connection).verify(digits)
        except DeviceError:
            return on.PasswordOutcomeUnknown(visit)
        match outcome:
            case Verified():
                return on.PasswordAccepted(visit)
            case WrongPassword(tries_left):
                return on.PasswordWrong(visit, tries_left)
            case PasswordLocked():
                return on.PasswordLocked(visit)
            case VerificationUnknown():
                return on.PasswordOutcomeUnknown(visit)

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def _forget(self) -> None:
        self._disconnect()
        self._inserted, self._mute = None, False


def _fault_of(error: DeviceError) -> CardFault:
    return next((fault for kind, fault in _FAULTS if isinstance(error, kind)), CardFault.UNREADABLE)


def _chip_card(contents: CardContents) -> ChipCard:
    return ChipCard(
        card_id=contents.card_id,
        region=contents.region,
        card_number=contents.card_number,
        holder_number=contents.holder_number,
        holder_name=contents.name,
        spec_version=contents.spec_version,
        expires_on=contents.expires_on,
    )
