"""What happens in maintenance: a technician's hand, and what services answer. Import as `tech`.

Nothing in here says anything of a citizen.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from kiosk.domain.findings import Finding
from kiosk.domain.readiness import Report
from kiosk.domain.withdrawal import Withdrawal

# --- the technician's hand ------------------------------------------------------------------------


class Page(Enum):
    """What a technician can look at, from the overview on."""

    OVERVIEW = "overview"
    DEVICES = "devices"
    OUTBOX = "outbox"
    NETWORK = "network"
    FAULTS = "faults"
    SERVICE = "service"
    READINESS = "readiness"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class PageChosen:
    """Another page is wanted."""

    page: Page


class Device(Enum):
    """What can be tested with a technician's hands and eyes."""

    CARD_READER = "card_reader"
    ID_READER = "id_reader"
    PRINTER = "printer"
    PIN_PAD = "pin_pad"
    TOUCH = "touch"
    DISPLAY = "display"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class DeviceChosen:
    """A device is to be tested."""

    device: Device


@dataclass(frozen=True, slots=True)
class Judged:
    """The technician has looked at a test: it is well, or isn't."""

    device: Device
    well: bool


@dataclass(frozen=True, slots=True)
class SoundChosen:
    """A sentence is to be heard."""

    sentence: str


@dataclass(frozen=True, slots=True)
class SampleSlipChosen:
    """A slip that shows all a printer has to be able to is wanted."""


@dataclass(frozen=True, slots=True)
class ReprintChosen:
    """The last receipt that did not come out is wanted on paper, as a copy."""


@dataclass(frozen=True, slots=True)
class RollReplaced:
    """A new roll of paper is in: the count begins anew."""


@dataclass(frozen=True, slots=True)
class TargetTouched:
    """A target of the touch test was hit, so many millimetres right of its middle and above it."""

    place: int
    right_mm: float = 0.0
    up_mm: float = 0.0

    def aimed_at(self, right_mm: float, up_mm: float) -> "TargetTouched":
        """Return the touch with how far off it was (kiosk/views/models.py: Aimed)."""
        return replace(self, right_mm=right_mm, up_mm=up_mm)


@dataclass(frozen=True, slots=True)
class NameChosen:
    """A technician says who they are."""

    name: str


@dataclass(frozen=True, slots=True)
class LookAgainChosen:
    """What the page shows is to be looked at anew."""


@dataclass(frozen=True, slots=True)
class SendNowChosen:
    """What waits in the outbox is to be tried at once."""


@dataclass(frozen=True, slots=True)
class RetryRejectedChosen:
    """What the backend has rejected is to be put to it once more."""


@dataclass(frozen=True, slots=True)
class ChainCheckChosen:
    """The chain of the outbox is to be walked."""


@dataclass(frozen=True, slots=True)
class ExportChosen:
    """What waits in the outbox is to go onto a stick. For supervisors."""


@dataclass(frozen=True, slots=True)
class FaultChosen:
    """More is wanted about a fault."""

    code: str


@dataclass(frozen=True, slots=True)
class WithdrawalChosen:
    """The kiosk is to be out of service when maintenance ends; with None it is to be in service again."""

    reason: Withdrawal | None


class Power(Enum):
    """What can be done with the power."""

    RESTART = "restart"  # of the application; everything recorded is on disk already
    SHUT_DOWN = "shut_down"  # of the machine


@dataclass(frozen=True, slots=True)
class PowerChosen:
    """The kiosk is to be restarted or switched off; asked once more before it is done."""

    power: Power


@dataclass(frozen=True, slots=True)
class ReportToStickChosen:
    """The report is to go onto a stick. For supervisors."""


class Span(Enum):
    """How far back evidence of a time goes."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"

    @property
    def hours(self) -> int:
        """The same in hours."""
        return {Span.HOUR: 1, Span.DAY: 24, Span.WEEK: 7 * 24}[self]


@dataclass(frozen=True, slots=True)
class SpanChosen:
    """Evidence of a time is wanted. For supervisors."""

    span: Span


@dataclass(frozen=True, slots=True)
class EvidenceOfReceiptChosen:
    """Evidence of one receipt is wanted: its number comes next. For supervisors."""


class Run(Enum):
    """Which checks are made."""

    OVERVIEW = "overview"  # what takes no longer than a moment
    NETWORK = "network"  # the way to the backend, step by step
    READINESS = "readiness"  # everything that needs no hands


Touch: TypeAlias = (
    PageChosen | NameChosen | LookAgainChosen
    | DeviceChosen | Judged | SoundChosen | SampleSlipChosen | ReprintChosen | RollReplaced | TargetTouched
    | SendNowChosen | RetryRejectedChosen | ChainCheckChosen | ExportChosen | FaultChosen | WithdrawalChosen
    | PowerChosen | ReportToStickChosen | SpanChosen | EvidenceOfReceiptChosen
)  # fmt: skip

# --- answers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """How one check of a run has ended."""

    run: Run
    finding: Finding


@dataclass(frozen=True, slots=True)
class Noticed:
    """How a check has ended that nobody asked for: the kiosk makes its round."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Every check of a run has been made."""

    run: Run


@dataclass(frozen=True, slots=True)
class CardDescribed:
    """The card in the reader without its holder: ATR in hexadecimal, what the chip says of itself, or why it
    can't be read (a word under `card_trouble`, "" when it can)."""

    atr: str
    spec_version: str = ""
    region: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SamTold:
    """The number of the ID card reader's security module; "" when it does not answer."""

    number: str


@dataclass(frozen=True, slots=True)
class PaperTold:
    """Slips printed from this roll and from the one before (None: not known), and the number of the last
    receipt that did not come out ("" when all did)."""

    slips: int
    last_roll: int | None
    unprinted: str


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """An entry of the outbox, without a word of who told it. `reason`: the backend's code for a refusal, or
    of the last attempt."""

    receipt_number: str
    kind: str
    rejected: bool
    age_s: int
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True)
class OutboxTold:
    """What waits and what was rejected, oldest first; `lines` are the first of them."""

    pending: int
    rejected: int
    effective: int
    oldest_s: int | None
    lines: tuple[OutboxLine, ...]


@dataclass(frozen=True, slots=True)
class ChainTold:
    """The chain was walked. `first_break`: the first row that is not as it was written, None if all are;
    `fault`: what is wrong with it (a word under `maintenance.chain.fault`)."""

    rows: int
    first_break: int | None = None
    fault: str = ""


class Stage(Enum):
    """How a file comes onto a stick."""

    SEALING = "sealing"  # what it is made of is collected, sealed and signed
    WRITING = "writing"  # it is copied, and read back


@dataclass(frozen=True, slots=True)
class Carried:
    """So much of a stage is done: so many of 100."""

    percent: int
    stage: Stage = Stage.WRITING


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A file is on the stick, read back and compared. `count`: entries or lines in it."""

    file: str
    count: int


class Trouble(Enum):
    """Why an order came to nothing."""

    NO_STICK = "no_stick"
    NO_RECIPIENT = "no_recipient"  # nobody is configured who could open it
    STICK_FAILED = "stick_failed"  # full, write-protected, pulled, or it reads back differently
    STORAGE = "storage"  # the kiosk's own disk
    NOT_WORKING = "not_working"  # the part that was asked does not answer
    NOT_DONE = "not_done"  # the system refused


@dataclass(frozen=True, slots=True)
class OrderFailed:
    """What was ordered last came to nothing."""

    trouble: Trouble


@dataclass(frozen=True, slots=True)
class ReportFiled:
    """A readiness report is kept, as JSON and PDF under one name; "" when the disk took no files."""

    report: Report
    name: str


@dataclass(frozen=True, slots=True)
class PastFault:
    """A fault and how long it stood; `ended_at` is None while it stands."""

    code: str
    began_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FaultsTold:
    """The last faults, the one that began last first."""

    faults: tuple[PastFault, ...]


Told: TypeAlias = (
    Found | Noticed | RunEnded | FaultsTold | CardDescribed | SamTold | PaperTold | OutboxTold | ChainTold
    | Carried | CarriedOut | OrderFailed | ReportFiled
)  # fmt: skip
