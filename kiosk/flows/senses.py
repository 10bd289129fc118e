"""Events of devices and surroundings: what the kiosk notices by itself. Imported with all events as `on`."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from kiosk.domain.cards import ChipCard
from kiosk.domain.reference import Reference
from kiosk.domain.transaction import ClockQuality
from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows.conditions import Paper, PinPad


class CardFault(Enum):
    """Why a card in the reader can't be used. Each has its sentence and next step in the catalogues."""

    UNKNOWN_CARD = "unknown_card"
    BANK_CARD = "bank_card"
    UNREADABLE = "unreadable"
    NEEDS_WINDOW = "needs_window"  # the chip asks for a security module this kiosk doesn't have
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class CardInserted:
    """Something lies in the card reader; it's being read."""


@dataclass(frozen=True, slots=True)
class CardRead:
    card: ChipCard


@dataclass(frozen=True, slots=True)
class CardNotUsable:
    fault: CardFault


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card reader is empty."""


@dataclass(frozen=True, slots=True)
class CardReaderChanged:
    """`cause` is why it is not ready, in the words of the catalogue of faults; so with the next three."""

    ready: bool
    cause: str = ""


@dataclass(frozen=True, slots=True)
class IdCardRead:
    """A resident ID card, foreigner's or residence permit was read. Its photo stays in the driver."""

    name: str = field(repr=False)
    number: str = field(repr=False)
    expired: bool
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class IdCardNotUsable:
    """An ID card lies on the reader and can't be read."""


@dataclass(frozen=True, slots=True)
class IdCardNoticed:
    """Whether an ID card is known to lie on its reader. Some readers can't tell one that was read."""

    lying: bool


@dataclass(frozen=True, slots=True)
class IdReaderChanged:
    ready: bool
    cause: str = ""


@dataclass(frozen=True, slots=True)
class PrinterChanged:
    ready: bool
    paper: Paper
    cause: str = ""


@dataclass(frozen=True, slots=True)
class PinPadChanged:
    """How the PIN pad is; one that is ready may have a fault all the same, which its last entry has shown."""

    pad: PinPad
    cause: str = ""


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The backend began or ceased to answer."""

    online: bool
    cause: str = ""


@dataclass(frozen=True, slots=True)
class OutboxChanged:
    """What waits in the outbox, and why it takes no more (None when it does).

    `salvaged`: a damaged file was mended, and nobody has taken the old one away yet; `lost`: the numbers it
    cost. `copied`: the last second copy was written, if any are wanted.
    """

    pending: int
    rejected: int
    refusal: str | None = None
    effective: int = 0
    lost: int = 0
    salvaged: bool = False
    copied: bool = True
    oldest_pending: datetime | None = None
    last_sequence: int = 0


@dataclass(frozen=True, slots=True)
class NumbersChecked:
    """What the backend makes of this kiosk's transaction numbers: whether any are gone, or came twice."""

    in_order: bool


@dataclass(frozen=True, slots=True)
class ReferenceRead:
    """What the Bureau publishes for everybody, as the backend has it or as it was kept."""

    reference: Reference


@dataclass(frozen=True, slots=True)
class ServiceWithdrawn:
    """The kiosk was taken out of service by hand, and why; None: it no longer is."""

    reason: Withdrawal | None


@dataclass(frozen=True, slots=True)
class ClockChecked:
    quality: ClockQuality


@dataclass(frozen=True, slots=True)
class InputMethodReady:
    """Whether Chinese can be typed by pinyin."""

    ready: bool


@dataclass(frozen=True, slots=True)
class VoiceReady:
    """Whether the kiosk can be heard: it has a loudspeaker, and something to say with it; if not, why.

    A voice that is switched off is not ready, and has no cause.
    """

    ready: bool
    cause: str = ""


@dataclass(frozen=True, slots=True)
class TransactionSettled:
    """The backend has answered for good, whether or not the citizen is still here. `code`: why it refused."""

    receipt_number: str
    accepted: bool
    code: str = ""


Sensed: TypeAlias = (
    CardInserted | CardRead | CardNotUsable | CardRemoved | CardReaderChanged | IdCardRead | IdCardNotUsable
    | IdCardNoticed
    | ServiceWithdrawn | NumbersChecked | ReferenceRead | IdReaderChanged | PrinterChanged | PinPadChanged
    | LinkChanged | OutboxChanged | ClockChecked | InputMethodReady | VoiceReady | TransactionSettled
)  # fmt: skip
