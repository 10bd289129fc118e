"""Evidence at a technician's order: made as from a shell, and carried onto the stick."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk import queue_desk
from kiosk.config import Config
from kiosk.evidence.asked import AboutReceipt, AboutTime
from kiosk.evidence.making import Made, making_evidence
from kiosk.evidence_desk import at_work
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Span, Stage, Trouble, What
from kiosk.private_files import private_folder
from kiosk.services.service import Service
from kiosk.services.upkeep import Hands, Undone
from kiosk.upkeep.sticks import Sticks, carry, stick
from offline_queue.bundle import Address


@dataclass(frozen=True, slots=True)
class EvidenceHands:
    """`call` asks a service where it works."""

    config: Config
    call: Callable[[str, Callable[[Service], object]], object]
    now: Callable[[], datetime]
    sticks: Sticks

    def hands(self) -> Hands:
        """Return what is done for the order."""
        return {order.MakeEvidence: self._make}

    def _make(self, ordered: order.MakeEvidence) -> Iterator[tech.Carried | tech.CarriedOut]:
        """Seal it in the kiosk's own folder, carry it, and keep no copy."""
        recipient = self.config.maintenance.evidence_recipient
        if recipient is None:
            raise Undone(Trouble.NO_RECIPIENT)
        folder, now = stick(self.sticks), self.now()
        span = ordered.span or Span.DAY
        about_time = AboutTime(now - timedelta(hours=span.hours), now)
        asked = AboutReceipt(ordered.receipt_number) if ordered.receipt_number else about_time
        own = queue_desk.handover(self.config)
        private_folder(own)
        sources = at_work(self.config, self.call)
        for step in making_evidence(sources, asked, Address.parse(recipient), own, now):
            if not isinstance(step, Made):
                yield tech.Carried(ordered.ticket, step, Stage.SEALING)
                continue
            try:
                yield from carry(step.file, folder, ordered.ticket)
            finally:
                step.file.unlink(missing_ok=True)
            yield tech.CarriedOut(ordered.ticket, What.EVIDENCE, step.file.name, step.lines)
