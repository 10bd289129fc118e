"""The outbox in a technician's hands: told without anybody's data, tried again, walked, carried out."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TypeVar

from kiosk import queue_desk
from kiosk.config import Config
from kiosk.domain.receipt_number import receipt_number
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Stage, Ticket, Trouble, What
from kiosk.outbox_file import identity_of
from kiosk.private_files import private_folder
from kiosk.queue_desk import Desk
from kiosk.services.ledger import Ledger
from kiosk.services.routes import LEDGER
from kiosk.services.service import Service
from kiosk.services.upkeep import Hands, Undone
from kiosk.upkeep.sticks import Sticks, carry, stick
from offline_queue.bundle import Address, Bundle, carried
from offline_queue.entry import Entry, State
from offline_queue.hand_carry import write_bundle
from offline_queue.outcome import Rejected
from offline_queue.summary import Summary

LINES = 100  # more are counted, and not listed
PAGE = 100  # entries, collected at a time

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
            order.CheckChain: self._check,
            order.ExportOutbox: self._export,
        }

    def _tell(self) -> Iterator[tech.OutboxTold]:
        yield self._asked(_told)

    def _retry(self) -> Iterator[tech.OutboxTold]:
        self._asked(retry_rejected)
        yield self._asked(_told)

    def _check(self, ordered: order.CheckChain) -> Iterator[tech.ChainTold]:
        found = self._asked(lambda desk: desk.outbox.verify())
        at = found.first_break
        broken = (at.position, at.fault.value) if at else (None, "")
        yield tech.ChainTold(ordered.ticket, found.rows, *broken)

    def _export(self, ordered: order.ExportOutbox) -> Iterator[tech.Carried | tech.CarriedOut]:
        """Collect, seal, carry. The kiosk keeps no second copy."""
        recipient = self.config.outbox.recipient
        if not recipient:
            raise Undone(Trouble.NO_RECIPIENT)
        folder, own = stick(self.sticks), queue_desk.handover(self.config)
        private_folder(own)
        bundle = yield from self._collected(ordered.ticket)
        file = own / f"outbox-{bundle.owner}-{bundle.made_at:%Y%m%dT%H%M%SZ}.bundle"
        try:
            write_bundle(bundle, identity_of(self.config), Address.parse(recipient), file)
            yield tech.Carried(ordered.ticket, 100, Stage.SEALING)
            yield from carry(file, folder, ordered.ticket)
        finally:
            file.unlink(missing_ok=True)
        yield tech.CarriedOut(ordered.ticket, What.OUTBOX, file.name, len(bundle.entries))

    def _collected(self, ticket: Ticket) -> Generator[tech.Carried, None, Bundle]:
        """Return what waits, asked for page by page: between two of them the outbox takes down what comes."""
        entries = list[Entry]()
        while True:
            page, summary = self._asked(partial(_page, after=entries[-1].position if entries else 0))
            entries += page
            percent = min(99, 100 * len(entries) // max(1, summary.pending))
            yield tech.Carried(ticket, percent, Stage.SEALING)
            if len(page) < PAGE:
                return Bundle(
                    self.config.kiosk.id, self.now(), summary.last_seq, tuple(map(carried, entries))
                )

    def _asked(self, question: Callable[[Desk], Answer]) -> Answer:
        """Ask the outbox on its own thread. Raises NotWorking, OutboxError."""
        answers: list[Answer] = []

        def ask(service: Service) -> None:
            assert isinstance(service, Ledger)
            answers.append(question(Desk(service.outbox, self.config)))

        self.call(LEDGER, ask)
        return answers[0]


def _page(desk: Desk, after: int) -> tuple[list[Entry], Summary]:
    return desk.outbox.entries(State.PENDING, after=after, limit=PAGE), desk.outbox.summary()


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


def retry_rejected(desk: Desk) -> None:
    """Take up the oldest LINES that can be; past its retention an entry can only be read about."""
    chosen, after = list[Entry](), 0
    while len(chosen) < LINES:
        page = desk.outbox.entries(State.REJECTED, after=after, limit=PAGE)
        chosen += (entry for entry in page if entry.payload is not None)
        if len(page) < PAGE:
            break
        after = page[-1].position
    for entry in chosen[:LINES]:
        desk.outbox.retry(entry.key)
