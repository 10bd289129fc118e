"""What maintenance orders, in the imperative. Import as `order`. Each is performed by one service."""

from dataclasses import dataclass
from typing import TypeAlias

from kiosk.flows.maintenance.events import Run


@dataclass(frozen=True, slots=True)
class Examine:
    """Look at parts of the kiosk, and tell each finding as it comes."""

    run: Run


@dataclass(frozen=True, slots=True)
class TellHistory:
    """Tell what has changed of late."""


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


Effect: TypeAlias = Examine | TellHistory | DescribeCard | TellSam | TellPaper | BeginRoll
