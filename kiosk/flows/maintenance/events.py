"""What happens in maintenance: a technician's hand, and what services answer. Import as `tech`.

Nothing in here says anything of a citizen.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from kiosk.domain.findings import Finding

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
class HistoryChosen:
    """What has changed of late is wanted."""


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


class Run(Enum):
    """Which checks are made."""

    OVERVIEW = "overview"  # what takes no longer than a moment
    NETWORK = "network"  # the way to the backend, step by step
    READINESS = "readiness"  # everything that needs no hands


Touch: TypeAlias = (
    PageChosen | NameChosen | LookAgainChosen
    | DeviceChosen | Judged | HistoryChosen | SampleSlipChosen | ReprintChosen | RollReplaced | TargetTouched
)  # fmt: skip

# --- answers --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """How one check of a run has ended."""

    run: Run
    finding: Finding


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Every check of a run has been made."""

    run: Run


@dataclass(frozen=True, slots=True)
class Change:
    """A fault that came, or went."""

    at: datetime
    code: str
    came: bool


@dataclass(frozen=True, slots=True)
class HistoryTold:
    """The last changes, newest first."""

    changes: tuple[Change, ...]


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


Told: TypeAlias = Found | RunEnded | HistoryTold | CardDescribed | SamTold | PaperTold
