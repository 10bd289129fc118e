"""What services answer in maintenance, and what they notice by themselves. Part of `tech` (events.py).

Nothing in here says anything of a citizen.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TypeAlias

from kiosk.domain.findings import Finding
from kiosk.domain.readiness import Report


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which order an answer belongs to: the maintenance it was given in, and which one of it.

    An order goes on when its page is left. Whoever comes to another page, or to the same one again, has
    ordered something else: an answer under another ticket is not for them.
    """

    visit: int
    number: int


class Run(Enum):
    """Which checks are made."""

    OVERVIEW = "overview"  # what takes no longer than a moment
    NETWORK = "network"  # the way to the backend, step by step
    READINESS = "readiness"  # everything that needs no hands


@dataclass(frozen=True, slots=True)
class Found:
    """How one check of a run has ended."""

    ticket: Ticket
    finding: Finding


@dataclass(frozen=True, slots=True)
class Noticed:
    """How a check has ended that nobody asked for: the kiosk makes its round."""

    finding: Finding


@dataclass(frozen=True, slots=True)
class RunEnded:
    """Every check of a run has been made."""

    ticket: Ticket


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

    ticket: Ticket
    rows: int
    first_break: int | None = None
    fault: str = ""


class What(Enum):
    """What is carried out of the kiosk."""

    OUTBOX = "outbox"
    EVIDENCE = "evidence"
    REPORT = "report"


class Stage(Enum):
    """How a file comes onto a stick."""

    SEALING = "sealing"  # what it is made of is collected, sealed and signed
    WRITING = "writing"  # it is copied, and read back


@dataclass(frozen=True, slots=True)
class Carried:
    """So much of a stage is done: so many of 100."""

    ticket: Ticket
    percent: int
    stage: Stage = Stage.WRITING


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """A file is on the stick, read back and compared. `count`: entries or lines in it, or files."""

    ticket: Ticket
    what: What
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
    """An order came to nothing. `order`: its name; `ticket`: None for what is only told, and has none."""

    trouble: Trouble
    order: str
    ticket: Ticket | None = None


@dataclass(frozen=True, slots=True)
class ReportFiled:
    """A readiness report is kept, as JSON and PDF under one name; "" when the disk took no files."""

    ticket: Ticket
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
