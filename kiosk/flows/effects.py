"""Effects: do this, in the imperative. Import as `do`. Each is performed by one service (kiosk/services)."""

from dataclasses import dataclass, field
from typing import TypeAlias

from kiosk.domain.cards import ChipCard
from kiosk.domain.paper import Slip
from kiosk.domain.records import Insurance
from kiosk.domain.transaction import ClockQuality, Evidence, Order, Transaction
from kiosk.domain.vitals import Vitals
from kiosk.flows.events import Keyboard
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance.events import Ticket
from kiosk.flows.secret import Secret


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Read the card that already lies in the reader. One that is inserted later is read unasked."""


@dataclass(frozen=True, slots=True)
class ReadIdCard:
    """Read the ID card that lies on its reader already. One that is laid down later is read unasked."""


@dataclass(frozen=True, slots=True)
class StartPinEntry:
    """Switch the PIN pad's keys on for a password of so many digits; one begun before is dropped."""

    visit: int
    digits: int


@dataclass(frozen=True, slots=True)
class CancelPinEntry:
    """Switch the PIN pad's keys off and forget what was pressed."""


@dataclass(frozen=True, slots=True)
class VerifyPasswordOnCard:
    """Give the password to the chip, once. Never repeated by the program."""

    visit: int
    password: Secret


@dataclass(frozen=True, slots=True)
class VerifyPasswordAtBackend:
    """Give the password to the backend, once. Never repeated by the program."""

    visit: int
    token: str = field(repr=False)
    password: Secret


@dataclass(frozen=True, slots=True)
class OpenVisitByCard:
    """Ask the backend who holds this card. `password_checked`: the chip has accepted the password."""

    visit: int
    card: ChipCard
    password_checked: bool


@dataclass(frozen=True, slots=True)
class OpenVisitByIdCard:
    """Ask the backend for the cards of the person on the ID card: level 1, never a record."""

    visit: int
    name: str = field(repr=False)
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class LoadRecords:
    visit: int
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AskForContributions:
    """Ask the backend for the contributions to one insurance in a year."""

    visit: int
    token: str = field(repr=False)
    insurance: Insurance
    year: int


@dataclass(frozen=True, slots=True)
class RecordTransaction:
    """Put a fact into the outbox. Answered only when it is on the disk, and a second time when it is settled
    or the first attempt to send it has failed."""

    visit: int
    order: Order
    holder_name: str = field(repr=False)
    holder_number: str = field(repr=False)
    evidence: Evidence
    clock: ClockQuality
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LookUpReceipt:
    """Find a transaction of this kiosk by its receipt number, in the own outbox."""

    visit: int
    receipt_number: str


@dataclass(frozen=True, slots=True)
class PrintSlip:
    visit: int
    slip: Slip
    language: str
    clock: ClockQuality


@dataclass(frozen=True, slots=True)
class SignReceipt:
    """Make the signed code of a receipt for the screen: there is no paper it could stand on."""

    visit: int
    transaction: Transaction
    clock: ClockQuality


@dataclass(frozen=True, slots=True)
class Compose:
    """Give one key to the input method: a letter, "erase", "clear", "next:N", "previous" or "choose:N"."""

    visit: int
    keyboard: Keyboard
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class CloseVisit:
    """Forget the visitor: backend token, card session, composed text."""

    visit: int
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class AskBackendForReceipt:
    """Find a transaction of another kiosk, or one this kiosk has long forgotten, at the backend."""

    visit: int
    receipt_number: str


@dataclass(frozen=True, slots=True)
class TellVitals:
    """Tell the backend's operators how the kiosk is, with the next heartbeat."""

    vitals: Vitals


@dataclass(frozen=True, slots=True)
class TrustClock:
    """The clock was held against the backend's: whether what waits for a date may go by it."""

    quality: ClockQuality


@dataclass(frozen=True, slots=True)
class ResumeSending:
    """The backend answers again: what waits may go at once. `by_hand`: a technician wants it to, whatever
    rest the backend has asked for."""

    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class ListTechnicians:
    """Say who may come into maintenance, to choose from by touch."""


@dataclass(frozen=True, slots=True)
class RecogniseTechnician:
    """Say whose card this is, if it is a technician's; of any other card nothing is said."""

    card_id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TellWait:
    """Say whether this technician has to wait before the next try; nothing is said when they haven't."""

    name: str


@dataclass(frozen=True, slots=True)
class AdmitTechnician:
    """Let a technician in, by PIN and one-time code. Each try counts."""

    name: str
    pin: Secret
    code: Secret
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class Say:
    """Read sentences aloud, in place of whatever is being read. `alarm`: after a sound nobody overhears.

    Nothing waits for it, and nothing comes of it.
    """

    sentences: tuple[str, ...] = field(repr=False)
    language: str
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Hush:
    """Stop reading aloud."""


Effect: TypeAlias = (
    ReadCard | ReadIdCard | StartPinEntry | CancelPinEntry | VerifyPasswordOnCard | VerifyPasswordAtBackend
    | OpenVisitByCard | OpenVisitByIdCard
    | LoadRecords | AskForContributions | RecordTransaction | LookUpReceipt | AskBackendForReceipt
    | PrintSlip | SignReceipt | Compose | CloseVisit | ResumeSending | TrustClock | TellVitals | Say | Hush
    | ListTechnicians | RecogniseTechnician | TellWait | AdmitTechnician
    | order.Effect
)  # fmt: skip
