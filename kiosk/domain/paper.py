"""What may be printed. The words of each are made in kiosk/views/slips.py."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from kiosk.domain.guides import Guide
from kiosk.domain.readiness import Report
from kiosk.domain.records import Contribution, Insurance, Profile, Records
from kiosk.domain.reference import Reference
from kiosk.domain.transaction import ClockQuality, Transaction


@dataclass(frozen=True, slots=True)
class RecordsSlip:
    """A look-up on paper: masked, and marked 查询结果，不作证明用.

    Of transactions it is one page, the one on the screen.
    """

    records: Records
    topic: str
    page: int = 1


@dataclass(frozen=True, slots=True)
class ContributionsSlip:
    """A year's contributions to one insurance on paper: masked, and marked like every look-up."""

    profile: Profile
    insurance: Insurance
    year: int
    contributions: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class TransactionReceipt:
    """What became of a transaction, as it is known now. `copy` says 补打 in the title.

    `bank` is the one on the card, "" where it is not known.
    """

    transaction: Transaction
    copy: bool = False
    bank: str = ""


@dataclass(frozen=True, slots=True)
class GuideSlip:
    """A guide on paper: reason, article, papers to bring, place, fee basis.

    `refusal` names the screen that turned its reader away ("not_served.card_lost"): its reason comes first.
    """

    guide: Guide
    refusal: str = ""
    reference: Reference = Reference()


@dataclass(frozen=True, slots=True)
class ReadinessSlip:
    """A readiness report on paper. `filed_as` is the name of its files, "" when there are none."""

    report: Report
    filed_as: str = ""


@dataclass(frozen=True, slots=True)
class ServicePointsSlip:
    """A page of the service windows on paper."""

    reference: Reference
    page: int


@dataclass(frozen=True, slots=True)
class SampleSlip:
    """For a technician's eyes: Chinese, rare characters, a code, columns, and the cut at its end."""


Slip: TypeAlias = (
    RecordsSlip
    | ContributionsSlip
    | TransactionReceipt
    | GuideSlip
    | ReadinessSlip
    | ServicePointsSlip
    | SampleSlip
)


@dataclass(frozen=True, slots=True)
class PrintedAt:
    """When and where a slip is printed, and how far the clock is to be trusted."""

    at: datetime
    clock: ClockQuality
    kiosk: str
    site: str
