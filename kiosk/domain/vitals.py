"""How the kiosk is, as the backend's operators are told: nothing about any person."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.transaction import ClockQuality


@dataclass(frozen=True, slots=True)
class Vitals:
    """What a heartbeat tells.

    `last_sequence` is the number of the last transaction taken down, 0 before the first; `lost`: numbers a
    damaged file has cost. `conditions` are what is out of order, as part and cause: "printer.paper_out".
    """

    last_sequence: int = 0
    pending: int = 0
    rejected: int = 0
    lost: int = 0
    oldest_pending: datetime | None = None
    clock: ClockQuality = ClockQuality.UNCHECKED
    conditions: tuple[str, ...] = ()
