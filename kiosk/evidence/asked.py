"""What evidence is asked about: one receipt, or a time."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class AboutReceipt:
    """A transaction of this kiosk, by the number in its written form."""

    number: str


@dataclass(frozen=True, slots=True)
class AboutTime:
    """Everything between two moments."""

    begin: datetime
    end: datetime


Asked: TypeAlias = AboutReceipt | AboutTime
