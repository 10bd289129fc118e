"""The outbox as a service: what a citizen tells is on disk first, then sent, and its state can be asked.

Owns the only connection to the outbox file. Sending blocks, so couriers carry entries to the backend and
touch nothing else; in a headless test there are none, and each entry is carried inline.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from queue import Empty, SimpleQueue

from uuid_utils import uuid7

from drivers.errors import DeviceStatus, Remedy
from kiosk.backend.contract import TransactionDocument
from kiosk.backend.delivery import Delivery, state_of
from kiosk.domain.findings import Measured
from kiosk.domain.receipt_number import parse_receipt_number, receipt_number
from kiosk.domain.transaction import Transaction, TransactionKind, kind_of
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.services.service import Check, Watched
from offline_queue.clock import Clock
from offline_queue.couriers import Couriers
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.errors import StorageFailure
from offline_queue.outbox import Outbox
from offline_queue.outcome import Outcome
from offline_queue.sender import Sender
from offline_queue.summary import Summary
from offline_queue.vault import Vault

OUTBOX_FILE = "outbox.db"
REST_S = 1.0  # between looks at the room left on the disk
REST_WHILE_SENDING_S = 0.05
OVERDUE_H = 24  # what waits longer is worth a look, even where lines are bad


class Ledger:
    """The outbox and its sender. One thread makes, uses and closes it."""

    def __init__(self, outbox: Outbox, delivery: Delivery, kiosk: str, couriers: int) -> None:
        self.outbox = outbox
        self._kiosk = kiosk
        self._sender = Sender(outbox, delivery.deliver, delivery.look_up, at_once=max(1, couriers))
        self._done: SimpleQueue[tuple[Entry, Outcome]] = SimpleQueue()
        self._couriers = (
            Couriers(
                self._sender.ask, lambda entry, outcome: self._done.put((entry, outcome)), count=couriers
            )
            if couriers
            else None
        )
        self._on_their_way = 0
        self._awaited: dict[str, int] = {}
        self._reported: on.OutboxChanged | None = None

    @classmethod
    def opened(
        cls, folder: Path, vault: Vault, delivery: Delivery, *, kiosk: str, clock: Clock, couriers: int
    ) -> "Ledger":
        """Open the outbox in the kiosk's folder, and a ledger on it. Raises OutboxError."""
        folder.mkdir(parents=True, exist_ok=True)
        outbox = Outbox.open(folder / OUTBOX_FILE, vault, owner=kiosk, clock=clock)
        return cls(outbox, delivery, kiosk, couriers)

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Record a fact, find one, or take up sending again."""
        match effect:
            case do.RecordTransaction():
                yield from self._record(effect)
            case do.LookUpReceipt(visit, number):
                yield self._look_up(visit, number)
            case do.ResumeSending():
                self._sender.resume()
            case do.CloseVisit():
                self._awaited.clear()
        yield from self._changed()

    def watch(self) -> Watched:
        """Send what is due, and write down what has come back."""
        events = [*self._send(), *self._changed()]
        if self._on_their_way:
            return Watched(tuple(events), REST_WHILE_SENDING_S)
        due_s = self._sender.next_in_s()
        return Watched(tuple(events), REST_S if due_s is None else min(max(due_s, 0.01), REST_S))

    def check(self) -> Check:
        """Say what waits, and whether more is taken."""
        summary, obstacle = self.outbox.summary(), self.outbox.accepts_new()
        waiting_h = int((summary.oldest_pending_s or 0) // 3600)
        detail = f"{summary.pending} pending, {summary.rejected} rejected"
        causes = (
            *((obstacle.value,) if obstacle else ()),
            *(("salvaged",) if self.outbox.opening.salvage else ()),
            *(("lost",) if summary.lost else ()),
            *(("rejected",) if summary.rejected else ()),
            *(("overdue",) if waiting_h >= OVERDUE_H else ()),
        )
        measured = (
            Measured("pending", summary.pending),
            Measured("rejected", summary.rejected),
            *((Measured("lost", summary.lost),) if summary.lost else ()),
            *((Measured("oldest_h", waiting_h),) if waiting_h else ()),
        )
        if obstacle is not None:
            detail = f"{detail}, takes no more: {obstacle}"
            return Check(DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, detail, causes, measured)
        return Check(DeviceStatus.ONLINE, None, detail, causes, measured)

    def close(self) -> None:
        """Let go of the file. What is on its way stays pending, and is looked up next time."""
        if self._couriers is not None:
            self._couriers.close(wait_s=0.5)
        self.outbox.close()

    def _record(self, effect: do.RecordTransaction) -> Iterator[on.Event]:
        kind = kind_of(effect.order)
        captured_at = self.outbox.now().wall
        document = TransactionDocument.of(
            effect.order,
            holder_name=effect.holder_name,
            holder_number=effect.holder_number,
            captured_at=captured_at,
            clock=effect.clock,
            kiosk=self._kiosk,
            evidence=effect.evidence,
            token=effect.token,
        )
        new = NewEntry(
            key=str(uuid7()),
            kind=kind.value,
            person=effect.holder_number,
            payload=document.model_dump_json().encode(),
            captured_at=captured_at,
            clock_quality=effect.clock.value,
            urgent=kind is TransactionKind.LOSS_REPORT,
        )
        try:
            entry = self.outbox.put(new)
        except StorageFailure as failure:
            yield on.TransactionNotRecorded(effect.visit, type(failure).__name__)
            return
        self._awaited[entry.key] = effect.visit
        transaction = _transaction_of(entry)
        assert transaction is not None
        yield on.TransactionRecorded(effect.visit, transaction)

    def _look_up(self, visit: int, number: str) -> on.Event:
        for entry in self._own_entries(number):
            transaction = _transaction_of(entry)
            if transaction is not None:
                return on.TransactionAnswered(visit, transaction)
        return on.ReceiptNotHere(visit, number)

    def _own_entries(self, number: str) -> Iterator[Entry]:
        """Return the entries of this kiosk with that receipt number, newest first: numbers come round."""
        if parse_receipt_number(number) is None or number[:4] != self._kiosk:
            return iter(())
        entries = self.outbox.entries(newest_first=True)
        return (entry for entry in entries if receipt_number(entry.owner, entry.seq) == number)

    def _send(self) -> Iterator[on.Event]:
        yield from self._take_back()
        while due := self._sender.claim():
            if self._couriers is None:
                yield from self._conclude(due, self._sender.ask(due))
            else:
                self._on_their_way += 1
                self._couriers.carry(due)

    def _take_back(self) -> Iterator[on.Event]:
        while True:
            try:
                entry, outcome = self._done.get_nowait()
            except Empty:
                return
            self._on_their_way -= 1
            yield from self._conclude(entry, outcome)

    def _conclude(self, entry: Entry, outcome: Outcome) -> Iterator[on.Event]:
        after = self._sender.conclude(entry, outcome)
        visit = self._awaited.get(entry.key)
        transaction = _transaction_of(after)
        if visit is None or transaction is None:
            return
        if after.state is not State.PENDING:
            del self._awaited[entry.key]
        yield on.TransactionAnswered(visit, transaction)

    def _changed(self) -> tuple[on.Event, ...]:
        summary, refusal = self.outbox.summary(), self.outbox.accepts_new()
        told = self._reported
        now = on.OutboxChanged(
            summary.pending,
            summary.rejected,
            refusal.value if refusal else None,
            effective=summary.delivered,
            lost=summary.lost,
            salvaged=self.outbox.opening.salvage is not None,
            # An age would change with every look, so the moment is told, and only with the counts.
            oldest_pending=told.oldest_pending if told else None,
        )
        if now == told:
            return ()
        self._reported = replace(now, oldest_pending=self._oldest_pending(summary))
        return (self._reported,)

    def _oldest_pending(self, summary: Summary) -> datetime | None:
        age_s = summary.oldest_pending_s
        return None if age_s is None else self.outbox.now().wall - timedelta(seconds=age_s)


def _transaction_of(entry: Entry) -> Transaction | None:
    """Return what a receipt may tell of an entry; None once its retention is over."""
    if entry.payload is None:
        return None
    document = TransactionDocument.model_validate_json(entry.payload)
    return document.to_transaction(entry.key, entry.seq, state_of(entry))
