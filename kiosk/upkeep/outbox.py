"""The outbox in a technician's hands: told without anybody's data, tried again, walked, carried out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from kiosk import queue_desk
from kiosk.config import Config
from kiosk.domain.receipt_number import receipt_number
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Trouble
from kiosk.queue_desk import Desk
from kiosk.services.ledger import Ledger
from kiosk.services.routes import LEDGER
from kiosk.services.service import Service
from kiosk.services.upkeep import Hands, Undone
from kiosk.upkeep.sticks import Sticks, carry, stick
from offline_queue.entry import Entry, State
from offline_queue.outcome import Rejected

LINES = 100  # more are counted, and not listed

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class OutboxHands:
    """`call` asks a service where it works."""

    config: Config
    call: Callable[[str, Callable[[Service], object]], object]
    now: Callable[[], datetime]
    sticks: Sticks

    def hands(self) -> Hands:
        """Return what is done for each order."""
        return {
            order.TellOutbox: lambda _: self._tell(),
            order.RetryRejected: lambda _: self._retry(),
            order.CheckChain: lambda _: self._check(),
            order.ExportOutbox: lambda _: self._export(),
        }

    def _tell(self) -> Iterator[tech.OutboxTold]:
        yield self._asked(_told)

    def _retry(self) -> Iterator[tech.OutboxTold]:
        self._asked(_retry_rejected)
        yield self._asked(_told)

    def _check(self) -> Iterator[tech.ChainTold]:
        found = self._asked(lambda desk: desk.outbox.verify())
        at = found.first_break
        yield tech.ChainTold(found.rows, f"{at.position} ({at.fault.value})" if at else "")

    def _export(self) -> Iterator[tech.Carried | tech.CarriedOut]:
        """Seal on the thread of the outbox, carry on this one. The kiosk keeps no second copy."""
        if not self.config.outbox.recipient:
            raise Undone(Trouble.NO_RECIPIENT)
        folder = stick(self.sticks)
        made = self._asked(queue_desk.exported)
        file, entries = Path(str(made["file"])), made["entries"]
        assert isinstance(entries, int)
        name = f"outbox-{self.config.kiosk.id}-{self.now():%Y%m%dT%H%M%SZ}.bundle"
        try:
            yield from carry(file, folder, name)
        finally:
            file.unlink(missing_ok=True)
        yield tech.CarriedOut(name, entries)

    def _asked(self, question: Callable[[Desk], Answer]) -> Answer:
        """Ask the outbox on its own thread. Raises NotWorking, OutboxError."""
        answers: list[Answer] = []

        def ask(service: Service) -> None:
            assert isinstance(service, Ledger)
            answers.append(question(Desk(service.outbox, self.config)))

        self.call(LEDGER, ask)
        return answers[0]


def _told(desk: Desk) -> tech.OutboxTold:
    outbox, summary = desk.outbox, desk.outbox.summary()
    oldest_s = summary.oldest_pending_s
    entries = (*outbox.entries(State.REJECTED, limit=LINES), *outbox.entries(State.PENDING, limit=LINES))
    now = outbox.now().wall
    return tech.OutboxTold(
        summary.pending,
        summary.rejected,
        summary.delivered,
        None if oldest_s is None else int(oldest_s),
        tuple(_line(entry, max(0, int((now - entry.captured_at).total_seconds()))) for entry in entries),
    )


def _line(entry: Entry, age_s: int) -> tech.OutboxLine:
    refused = isinstance(entry.outcome, Rejected)
    reason = entry.outcome.code if isinstance(entry.outcome, Rejected) else entry.last_error or ""
    return tech.OutboxLine(
        receipt_number(entry.owner, entry.seq), entry.kind, refused, age_s, entry.attempts, reason
    )


def _retry_rejected(desk: Desk) -> None:
    for entry in desk.outbox.entries(State.REJECTED, limit=LINES):
        desk.outbox.retry(entry.key)
