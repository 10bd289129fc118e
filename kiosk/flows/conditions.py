"""What the kiosk knows of its surroundings: devices, link, outbox, clock.

Citizens are told of what is missing before a card goes in.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from kiosk.domain.faults import Fault
from kiosk.domain.transaction import ClockQuality
from kiosk.domain.vitals import Vitals
from kiosk.domain.withdrawal import Withdrawal


class Paper(Enum):
    """The printer's paper."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"


class IdCardPlace(Enum):
    """The resident ID card on its reader, as far as the reader can tell."""

    NONE = "none"
    LYING = "lying"
    FORGOTTEN = "forgotten"  # by somebody who did not come back for it: it speaks for nobody any more


class PinPad(Enum):
    """The keys a password is entered on."""

    NONE = "none"  # those on the screen
    READY = "ready"
    FAILED = "failed"  # there should be a pad; the screen stands in for it


class SlipFailure(Enum):
    """Why a slip is not printed, as far as the citizen and the technician need to know."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    PRINTER_FAULT = "printer_fault"
    OUTCOME_UNKNOWN = "outcome_unknown"  # it may have come out: a second one says 补打


@dataclass(frozen=True, slots=True)
class Conditions:
    """The surroundings as last reported. Unknown counts as not there: nothing is promised unseen.

    `faults` are those that stand now, worst first. `withdrawn`: somebody took the kiosk out of service.
    `awaited`: the services that have not yet looked at their devices since the start.
    """

    card_reader: bool = False
    id_reader: bool = False
    printer: bool = False
    paper: Paper = Paper.UNKNOWN
    online: bool = False
    pending: int = 0
    rejected: int = 0
    lost: int = 0
    oldest_pending: datetime | None = None
    last_sequence: int = 0
    outbox_refusal: str | None = "starting"
    clock: ClockQuality = ClockQuality.UNCHECKED
    pinyin: bool = False
    pin_pad: PinPad = PinPad.NONE
    voice: bool = False
    awaited: frozenset[str] = frozenset()
    failed_services: tuple[str, ...] = ()
    card_present: bool = False
    id_card: IdCardPlace = IdCardPlace.NONE
    faults: tuple[Fault, ...] = ()
    withdrawn: Withdrawal | None = None

    @property
    def vitals(self) -> Vitals:
        """What the backend's operators are told."""
        return Vitals(
            self.last_sequence, self.pending, self.rejected, self.lost, self.oldest_pending, self.clock,
            tuple(f"{fault.part.value}.{fault.causes[0]}" for fault in self.faults),
        )  # fmt: skip

    @property
    def can_print(self) -> bool:
        """Whether a slip can be promised."""
        return self.printer and self.paper is not Paper.OUT
