"""Events: what happened, in the past tense. Import as `on`.

Three sources: the citizen's hand, the devices, and answers to effects. An answer carries the number of
the visit it was asked for, so one that arrives after its visit ended is recognised and dropped.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from kiosk.domain.cards import ChipCard, OwnCard
from kiosk.domain.contact import ContactField
from kiosk.domain.guides import Guide
from kiosk.domain.records import Contribution, Insurance, Notice, Records
from kiosk.domain.reference import Reference
from kiosk.domain.technician import Role
from kiosk.domain.transaction import ClockQuality, Transaction
from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows.conditions import Paper, PinPad, SlipFailure
from kiosk.flows.maintenance import events as tech
from kiosk.flows.secret import Secret
from kiosk.flows.settings import Contrast, TextSize

# --- the citizen's hand -------------------------------------------------------------------------


class ServiceName(Enum):
    """What the home screen offers."""

    RECORDS = "records"
    CONTACT_CHANGE = "contact_change"
    LOSS_REPORT = "loss_report"
    RECEIPT_LOOKUP = "receipt_lookup"
    GUIDES = "guides"


class Keyboard(Enum):
    """The ways to enter text by touch."""

    DIGITS = "digits"
    LETTERS = "letters"
    PINYIN = "pinyin"
    NINE_KEY = "nine_key"
    STROKES = "strokes"  # for those who never learnt pinyin, and for rare characters
    HOUSE = "house"  # digits with 号 楼 单元 室 and the like
    DIVISIONS = "divisions"


class Topic(Enum):
    """A page of the own records."""

    WHO_I_AM = "who_i_am"
    INSURANCES = "insurances"
    CONTRIBUTIONS = "contributions"
    PENSION = "pension"
    MEDICAL = "medical"
    BENEFITS = "benefits"
    CARD = "card"
    TRANSACTIONS = "transactions"


@dataclass(frozen=True, slots=True)
class BrandTouched:
    """The name of the terminal was touched: nothing to a citizen, a knock at the door by a technician."""


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    service: ServiceName


@dataclass(frozen=True, slots=True)
class TopicChosen:
    topic: Topic


@dataclass(frozen=True, slots=True)
class ContributionsChosen:
    """Contributions are wanted by insurance and year, rather than the last 12 months of all."""


@dataclass(frozen=True, slots=True)
class InsuranceChosen:
    insurance: Insurance


@dataclass(frozen=True, slots=True)
class YearChosen:
    year: int


@dataclass(frozen=True, slots=True)
class GuideChosen:
    """A guide is wanted; `refusal` names the screen that turned its reader away ("not_served.card_lost")."""

    guide: Guide
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ServicePointsChosen:
    """The addresses of the service windows are wanted."""


@dataclass(frozen=True, slots=True)
class CardChosen:
    """One of the visitor's own cards, by its place in the list shown."""

    place: int


@dataclass(frozen=True, slots=True)
class FieldChosen:
    field: ContactField


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key of the keypad or keyboard on the screen. May be a digit of the password: never logged."""

    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Erased:
    """The last character was taken back."""


@dataclass(frozen=True, slots=True)
class ScreenKeypadChosen:
    """The password shall be entered on the screen, not on the PIN pad."""


@dataclass(frozen=True, slots=True)
class CandidateChosen:
    """One of the input method's candidates, by its place."""

    place: int


@dataclass(frozen=True, slots=True)
class CandidatesTurned:
    forward: bool


@dataclass(frozen=True, slots=True)
class DivisionChosen:
    """A province, city, county or town picked from the list. `last`: the lists go no further."""

    code: str
    name: str
    last: bool


@dataclass(frozen=True, slots=True)
class IdAddressChosen:
    """The address on the visitor's ID card is to be written."""


@dataclass(frozen=True, slots=True)
class KeyboardChosen:
    """Another way to type was chosen."""

    keyboard: Keyboard


@dataclass(frozen=True, slots=True)
class PageTurned:
    """A list was turned to a page, counted from 1."""

    page: int


@dataclass(frozen=True, slots=True)
class Revealed:
    """A masked value was touched, to be shown."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The primary action of the screen."""


@dataclass(frozen=True, slots=True)
class PrintChosen:
    """The citizen wants it on paper."""


@dataclass(frozen=True, slots=True)
class WentBack:
    """One step back."""


@dataclass(frozen=True, slots=True)
class WentHome:
    """The citizen is done, or gives up: the visit ends."""


@dataclass(frozen=True, slots=True)
class MoreTimeWanted:
    """Yes, I am still here."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    language: str


@dataclass(frozen=True, slots=True)
class TextSizeChosen:
    size: TextSize


@dataclass(frozen=True, slots=True)
class ContrastChosen:
    contrast: Contrast


@dataclass(frozen=True, slots=True)
class MaintenanceEnded:
    """The technician leaves."""


@dataclass(frozen=True, slots=True)
class VoiceChosen:
    """The screens are to be read aloud, or no longer."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class ScreenTouched:
    """A finger came down or a key was struck, on whatever: the voice stops, and somebody is there."""


@dataclass(frozen=True, slots=True)
class RingMoved:
    """The ring of the accessible keypad came to a choice: its words, as they are read aloud."""

    words: str = field(repr=False)


Touch: TypeAlias = (
    BrandTouched | ServiceChosen | TopicChosen | ContributionsChosen | InsuranceChosen | YearChosen
    | GuideChosen | ServicePointsChosen | CardChosen | FieldChosen | KeyPressed | Erased | ScreenKeypadChosen
    | CandidateChosen | CandidatesTurned | DivisionChosen | KeyboardChosen | PageTurned
    | IdAddressChosen
    | Revealed | Confirmed | PrintChosen
    | WentBack | WentHome | MoreTimeWanted | LanguageChosen | TextSizeChosen | ContrastChosen
    | tech.Touch | MaintenanceEnded
    | VoiceChosen | ScreenTouched | RingMoved
)  # fmt: skip

# --- devices and surroundings -------------------------------------------------------------------


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


# --- answers to effects -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PinEntryStarted:
    """The keys of the PIN pad are on. What came before it belongs to an earlier entry."""

    visit: int


@dataclass(frozen=True, slots=True)
class PinKeyPressed:
    """A key of the PIN pad, which one is not told; `digits` is how many are in now."""

    visit: int
    digits: int


@dataclass(frozen=True, slots=True)
class PinTooShort:
    """The PIN pad's confirm key came before there were enough digits. The entry goes on."""

    visit: int


@dataclass(frozen=True, slots=True)
class PinEntered:
    """The PIN pad's confirm key ended the entry."""

    visit: int
    password: Secret


@dataclass(frozen=True, slots=True)
class PinEntryCancelled:
    """The PIN pad's cancel key ended the entry; nothing of it is kept."""

    visit: int


@dataclass(frozen=True, slots=True)
class PinEntryTimedOut:
    """The PIN pad gave up waiting for a key; nothing of the entry is kept."""

    visit: int


@dataclass(frozen=True, slots=True)
class PinEntryFailed:
    """The PIN pad is not there or in trouble: the entry is void, whatever was pressed."""

    visit: int


@dataclass(frozen=True, slots=True)
class PasswordAccepted:
    visit: int


@dataclass(frozen=True, slots=True)
class PasswordWrong:
    visit: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class PasswordLocked:
    visit: int


@dataclass(frozen=True, slots=True)
class PasswordOutcomeUnknown:
    """The answer was lost: the try counts as spent, and is never repeated by the program."""

    visit: int


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """The backend knows the visitor. `tries_left` is None when the card counts the tries."""

    visit: int
    token: str = field(repr=False)
    name: str = field(repr=False)
    number: str = field(repr=False)
    cards: tuple[OwnCard, ...]
    notices: tuple[Notice, ...]
    tries_left: int | None = None


class BackendFault(Enum):
    """Why the backend gave no use of an answer."""

    UNREACHABLE = "unreachable"
    NONSENSE = "nonsense"
    UNKNOWN_HOLDER = "unknown_holder"
    UNKNOWN_CARD = "unknown_card"
    OTHER_PROVINCE = "other_province"
    GO_TO_WINDOW = "go_to_window"
    NOT_FOUND = "not_found"
    CARD_LOST = "card_lost"
    CARD_CANCELLED = "card_cancelled"
    CARD_REPLACED = "card_replaced"
    CARD_SEALED = "card_sealed"
    CARD_IN_PRODUCTION = "card_in_production"
    PASSWORD_LOCKED = "password_locked"
    VISIT_OVER = "visit_over"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class QuestionFailed:
    """A question to the backend had no usable answer."""

    visit: int
    fault: BackendFault


@dataclass(frozen=True, slots=True)
class RecordsReceived:
    visit: int
    records: Records


@dataclass(frozen=True, slots=True)
class ContributionsReceived:
    """The contributions to one insurance in a year, newest first."""

    visit: int
    insurance: Insurance
    year: int
    contributions: tuple[Contribution, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TransactionRecorded:
    """It is on the disk. From here on nothing may be lost."""

    visit: int
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class TransactionNotRecorded:
    visit: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReceiptNotHere:
    """The own outbox doesn't know the receipt number."""

    visit: int
    receipt_number: str


@dataclass(frozen=True, slots=True)
class TransactionAnswered:
    """What is known now of a transaction: settled, or still pending after the first attempt."""

    visit: int
    transaction: Transaction


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    visit: int


@dataclass(frozen=True, slots=True)
class SlipNotPrinted:
    """`begun`: some or all of it may be on paper, so the next one says 补打."""

    visit: int
    failure: SlipFailure
    begun: bool


@dataclass(frozen=True, slots=True)
class ReceiptSigned:
    """The text of the code a receipt is verified with."""

    visit: int
    text: str


@dataclass(frozen=True, slots=True)
class Composed:
    """The input method's answer: letters typed so far, candidates on this page, finished text."""

    visit: int
    preedit: str = field(repr=False)
    candidates: tuple[str, ...] = field(repr=False)
    committed: str = field(default="", repr=False)
    has_previous: bool = False
    has_next: bool = False


@dataclass(frozen=True, slots=True)
class TransactionSettled:
    """The backend has answered for good, whether or not the citizen is still here. `code`: why it refused."""

    receipt_number: str
    accepted: bool
    code: str = ""


# --- technicians (kiosk/services/access.py) -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TechniciansListed:
    """Who may try to come in; nobody when no technician is set up."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TechnicianCardShown:
    """The card in the reader is a technician's own: it stands for the name, and for nothing else."""

    name: str


@dataclass(frozen=True, slots=True)
class TechnicianAdmitted:
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class TechnicianRefused:
    """Not let in, and no more is said. `wait_s`: seconds before the next try is looked at."""

    name: str
    wait_s: float


# --- time and mode ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The state's time has passed."""


@dataclass(frozen=True, slots=True)
class LimitReached:
    """The mode of the kiosk has lasted as long as it may."""


@dataclass(frozen=True, slots=True)
class ServiceReady:
    """A service has looked at its device for the first time."""

    service: str


@dataclass(frozen=True, slots=True)
class MaintenanceRequested:
    """A technician asks to come in; the kiosk lets the visit end first."""


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    """A service's thread died of a fault nobody expected: out of service until it's restarted."""

    service: str


Answer: TypeAlias = (
    PinEntryStarted | PinKeyPressed | PinTooShort | PinEntered
    | PinEntryCancelled | PinEntryTimedOut | PinEntryFailed
    | PasswordAccepted | PasswordWrong | PasswordLocked | PasswordOutcomeUnknown | VisitOpened
    | QuestionFailed | RecordsReceived | ContributionsReceived | TransactionRecorded
    | TransactionNotRecorded | ReceiptNotHere | TransactionAnswered | SlipPrinted | SlipNotPrinted
    | ReceiptSigned | Composed
)  # fmt: skip

Sensed: TypeAlias = (
    CardInserted | CardRead | CardNotUsable | CardRemoved | CardReaderChanged | IdCardRead | IdCardNotUsable
    | ServiceWithdrawn | NumbersChecked | ReferenceRead | IdReaderChanged | PrinterChanged | PinPadChanged
    | LinkChanged | OutboxChanged | ClockChecked | InputMethodReady | VoiceReady | TransactionSettled
)  # fmt: skip

Access: TypeAlias = TechniciansListed | TechnicianCardShown | TechnicianAdmitted | TechnicianRefused

Event: TypeAlias = (
    Touch
    | Sensed
    | Answer
    | tech.Told
    | Access
    | TimedOut
    | LimitReached
    | ServiceReady
    | MaintenanceRequested
    | ServiceFailed
)
