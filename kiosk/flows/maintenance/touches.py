"""The technician's hand: what is touched in maintenance. Part of `tech` (events.py)."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from kiosk.domain.withdrawal import Withdrawal


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


Touch: TypeAlias = (
    PageChosen | NameChosen | LookAgainChosen
    | DeviceChosen | Judged | SoundChosen | SampleSlipChosen | ReprintChosen | RollReplaced | TargetTouched
    | SendNowChosen | RetryRejectedChosen | ChainCheckChosen | ExportChosen | FaultChosen | WithdrawalChosen
    | PowerChosen | ReportToStickChosen | SpanChosen | EvidenceOfReceiptChosen
)  # fmt: skip
