"""What the Bureau may decide, as the flows see it. Comes from kiosk.toml, never from code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from kiosk.domain.contact import ContactField


class PasswordVerifier(Enum):
    """Who checks the six digits."""

    CARD = "card"
    BACKEND = "backend"


class OfflineLossReport(Enum):
    """Whether a loss is taken down while the backend does not answer."""

    ACCEPT = "accept"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Fee:
    """A charge that may be named only with its document and within its validity (Art 32)."""

    what: str
    amount_fen: int
    document: str
    valid_until: date


@dataclass(frozen=True, slots=True)
class Policy:
    """Decisions and facts of the Bureau. What is empty is not configured, and so is not shown."""

    site: str
    kiosk: str
    hotline: str = "12333"  # named by Art 19 itself
    verified_by: PasswordVerifier = PasswordVerifier.CARD
    loss_report_enabled: bool = True
    offline_loss_report: OfflineLossReport = OfflineLossReport.ACCEPT
    contact_fields: tuple[ContactField, ...] = (
        ContactField.PHONE,
        ContactField.ADDRESS,
        ContactField.POSTCODE,
        ContactField.EMAIL,
    )
    bank_hotlines: Mapping[str, str] = field(default_factory=dict)
    fees: tuple[Fee, ...] = ()
    complaint_text: str = ""
    languages: tuple[str, ...] = ("zh_CN", "en")
