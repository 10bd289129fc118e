"""What the Bureau may decide, as the flows see it. Comes from kiosk.toml, never from code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from kiosk.domain.contact import ContactField
from kiosk.domain.reference import Fee, Reference


class PasswordVerifier(Enum):
    """Who checks the six digits."""

    CARD = "card"
    BACKEND = "backend"


class OfflineLossReport(Enum):
    """Whether a loss is taken down while the backend does not answer."""

    ACCEPT = "accept"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class MaintenanceRules:
    """How long maintenance may take, in seconds."""

    entering_within_s: float = 600.0  # for the visit to end that a technician waits for
    idle_lock_s: float = 300.0  # without a touch, until PIN and code are asked for again
    hard_limit_s: float = 3600.0  # from being let in to the end, whatever is touched


@dataclass(frozen=True, slots=True)
class Policy:
    """Decisions and facts of the Bureau. What is empty is not known, and so is not shown.

    `bank_hotlines` and `fees` are kiosk.toml's; `reference` is what the backend publishes beside it.
    """

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
    maintenance: MaintenanceRules = MaintenanceRules()
    reference: Reference = Reference()

    def bank_hotline(self, bank: str) -> str:
        """Return a bank's telephone number, or ""."""
        return self.bank_hotlines.get(bank) or self.reference.bank_hotlines.get(bank, "")

    def known_banks(self) -> tuple[tuple[str, str], ...]:
        """Return all banks with a telephone number: those of kiosk.toml, and others that are published."""
        return tuple({**self.reference.bank_hotlines, **self.bank_hotlines}.items())

    def known_fees(self) -> tuple[Fee, ...]:
        """Return the charges with a document: those of kiosk.toml, and of others what is published."""
        configured = {fee.what for fee in self.fees}
        return (*self.fees, *(fee for fee in self.reference.fees if fee.what not in configured))
