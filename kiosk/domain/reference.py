"""What the Bureau publishes for everybody: service windows, banks, fees, and its own lines to the guides.

It comes from the backend and is kept for days without one. What kiosk.toml says goes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class ServicePoint:
    """A service window. What is empty is not known, and not shown."""

    name: str
    address: str = ""
    phone: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Fee:
    """A charge that may be named only with its document and within its validity (Art 32)."""

    what: str
    amount_fen: int
    document: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Reference:
    """The public texts of one moment. `notes` are lines to a guide, by the guide's key."""

    service_points: tuple[ServicePoint, ...] = ()
    bank_hotlines: Mapping[str, str] = field(default_factory=dict, hash=False)
    fees: tuple[Fee, ...] = ()
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
