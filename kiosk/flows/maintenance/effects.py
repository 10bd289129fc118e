"""What maintenance orders, in the imperative. Import as `order`. Each is performed by one service.

What takes long, or is done only once, bears a ticket, and so does every answer to it.
"""

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.domain.findings import Finding
from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows.maintenance.events import Power, Run, Span, Ticket


@dataclass(frozen=True, slots=True)
class Examine:
    """Look at parts of the kiosk, and tell each finding as it comes."""

    ticket: Ticket
    run: Run


@dataclass(frozen=True, slots=True)
class TellFaults:
    """Tell the last faults, with their times."""


@dataclass(frozen=True, slots=True)
class TellOutbox:
    """Tell what waits in the outbox and what was rejected. Nobody's data is in it."""


@dataclass(frozen=True, slots=True)
class RetryRejected:
    """Put what was rejected to the backend once more, and tell the outbox."""


@dataclass(frozen=True, slots=True)
class CheckChain:
    """Walk the chain of the outbox."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class ExportOutbox:
    """Seal what waits for the configured recipient, and carry it onto a stick. It stays pending."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class FileReport:
    """Make a readiness report of these findings, and keep it."""

    ticket: Ticket
    findings: tuple[Finding, ...]
    language: str


@dataclass(frozen=True, slots=True)
class CarryReport:
    """Carry the files of a report onto a stick."""

    ticket: Ticket
    name: str


@dataclass(frozen=True, slots=True)
class MakeEvidence:
    """Seal evidence for the configured recipient onto a stick: of one receipt, or of a time."""

    ticket: Ticket
    receipt_number: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Keep the kiosk out of service, across restarts, for this reason; None: no longer."""

    ticket: Ticket
    reason: Withdrawal | None


@dataclass(frozen=True, slots=True)
class SwitchPower:
    """Restart the application, or switch the machine off."""

    ticket: Ticket
    power: Power


@dataclass(frozen=True, slots=True)
class DescribeCard:
    """Tell what the card in the reader is. Nothing of its holder, and no password."""


@dataclass(frozen=True, slots=True)
class TellSam:
    """Tell the number of the ID card reader's security module."""


@dataclass(frozen=True, slots=True)
class TellPaper:
    """Tell how much was printed from this roll, and whether a receipt did not come out."""


@dataclass(frozen=True, slots=True)
class BeginRoll:
    """Count anew: a new roll is in."""


Effect: TypeAlias = (
    Examine | TellFaults | DescribeCard | TellSam | TellPaper | BeginRoll | TellOutbox | RetryRejected
    | CheckChain | ExportOutbox | FileReport | CarryReport | MakeEvidence | Withdraw | SwitchPower
)  # fmt: skip
