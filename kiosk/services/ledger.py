"""The outbox as a service: what a citizen tells is on disk first, then sent, and its state can be asked.

    open ---- damaged, or the disk can't be read -----> opened anew: salvaged, a fresh file begun
      ^                                                   |
      '---- tried again from time to time ---- shut <-----' couldn't be opened

Owns the only connection to the outbox file. While it is shut the kiosk takes no transactions and goes on
with all else; nothing that was recorded is given up for that.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from pydantic import ValidationError
from uuid_utils import uuid7

from drivers.errors import DeviceStatus, Remedy
from kiosk.backend.contract import TransactionDocument
from kiosk.backend.delivery import Delivery, transaction_of
from kiosk.domain.receipt_number import ROUND, parse_receipt_number, parts_of, receipt_number
from kiosk.domain.transaction import ClockQuality, TransactionKind, kind_of
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.services.dispatch import Dispatch
from kiosk.services.outbox_check import check_of, numbers_lost
from kiosk.services.service import Check, Watched
from offline_queue.clock import Clock, Moment
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.errors import Damage, DiskFull, OutboxError, StorageFailure
from offline_queue.outbox import Outbox
from offline_queue.outcome import Rejected
from offline_queue.summary import Summary
from offline_queue.upkeep import Habits

REST_S = 1.0  # between looks at the room left on the disk
REST_WHILE_SENDING_S = 0.05
OPEN_AGAIN_S = 10.0
OPEN_DAMAGED_AGAIN_S = 3600.0  # each try keeps a damaged file aside

UNCERTAIN = "uncertain"
UNSENDABLE = "unsendable"


class Ledger:
    """The outbox and its sender. One thread makes, uses and closes it."""

    def __init__(
        self,
        open_outbox: Callable[[], Outbox],
        delivery: Delivery,
        *,
        kiosk: str,
        clock: Clock,
        habits: Habits | None = None,
        couriers: int = 0,
    ) -> None:
        self._open_outbox = open_outbox
        self._delivery = delivery
        self._kiosk = kiosk
        self._clock = clock
        self._habits = habits or Habits()
        self._couriers = couriers
        self._awaited: dict[str, int] = {}
        self._reported = on.OutboxChanged(pending=0, rejected=0, refusal="starting")
        self._dispatch: Dispatch | None = None
        self._trouble: OutboxError | None = None
        self._open_again_at_s = 0.0
        self._clock_found_right: Moment | None = None
        self._open()

    @property
    def outbox(self) -> Outbox:
        """The open outbox. Raises the OutboxError that keeps it shut."""
        return self._opened().outbox

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Record a fact, find one, or take up sending again."""
        match effect:
            case do.RecordTransaction():
                yield from self._record(effect)
            case do.LookUpReceipt(visit, number):
                yield self._look_up(visit, number)
            case do.ResumeSending(by_hand) if self._dispatch is not None:
                self._dispatch.resume()
                if by_hand:
                    with suppress(StorageFailure):  # watch() tells how the disk is
                        self._dispatch.outbox.retry_pending()
            case do.TrustClock(quality):
                right = quality is ClockQuality.SYNCHRONISED
                self._clock_found_right = self._clock() if right else None
            case do.CloseVisit():
                self._awaited.clear()
        yield from self._changed()

    def watch(self) -> Watched:
        """Send what is due, write down what has come back, and look after the file."""
        events: list[on.Event] = []
        if self._dispatch is None and self._clock().boottime_s >= self._open_again_at_s:
            self._open()
        if self._dispatch is not None:
            try:
                for entry in self._dispatch.send():
                    events += self._answered(entry)
                self._dispatch.look_after(self._clock_found_right)
            except (Damage, StorageFailure):
                self._open_anew()
        events += self._changed()
        return Watched(tuple(events), self._rest_s())

    def check(self) -> Check:
        """Say what waits, whether more is taken, and what a technician must know of the file."""
        try:
            dispatch = self._opened()
            return check_of(dispatch.outbox, dispatch.upkeep_failure)
        except OutboxError as error:
            detail, cause = f"takes nothing: {error}", error.word
            return Check(DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, detail, (cause,))

    def close(self) -> None:
        """Let go of the file. What is on its way stays pending, and is looked up next time."""
        if self._dispatch is not None:
            self._dispatch.close()
            self._dispatch = None

    # -- the file -----------------------------------------------------------------------------------

    def _open(self) -> None:
        try:
            outbox = self._open_outbox()
        except OutboxError as error:
            self._shut(error, OPEN_DAMAGED_AGAIN_S if isinstance(error, Damage) else OPEN_AGAIN_S)
            return
        self._trouble = None
        self._dispatch = Dispatch(outbox, self._delivery, self._habits, self._couriers)

    def _shut(self, error: OutboxError, wait_s: float = 0.0) -> None:
        self._trouble, self._open_again_at_s = error, self._clock().boottime_s + wait_s

    def _open_anew(self) -> None:
        """Close the file and open it: what is damaged is salvaged then, what waits is counted anew."""
        self.close()
        self._open()

    def _opened(self) -> Dispatch:
        if self._dispatch is None:
            assert self._trouble is not None
            raise self._trouble
        return self._dispatch

    def _rest_s(self) -> float:
        if self._dispatch is None:
            return REST_S
        if self._dispatch.is_sending:
            return REST_WHILE_SENDING_S
        due_s = self._dispatch.next_in_s()
        return REST_S if due_s is None else min(max(due_s, 0.01), REST_S)

    # -- recording and finding ----------------------------------------------------------------------

    def _record(self, effect: do.RecordTransaction) -> Iterator[on.Event]:
        try:
            new = self._entry_of(effect)
        except ValidationError:
            yield on.TransactionNotRecorded(effect.visit, UNSENDABLE)
            return
        if self._dispatch is None:
            yield on.TransactionNotRecorded(effect.visit, self._refusal() or UNCERTAIN)
            return
        try:
            entry = self._dispatch.outbox.put(new)
        except DiskFull as full:
            yield on.TransactionNotRecorded(effect.visit, full.word)
        except (StorageFailure, Damage) as error:
            # A write that failed half-way may come back with the power: nobody can say that it will not.
            if isinstance(error, Damage):
                self._open_anew()
            yield on.TransactionNotRecorded(effect.visit, UNCERTAIN)
        else:
            self._awaited[entry.key] = effect.visit
            transaction = transaction_of(entry)
            assert transaction is not None
            yield on.TransactionRecorded(effect.visit, transaction)

    def _entry_of(self, effect: do.RecordTransaction) -> NewEntry:
        """Return the fact as the outbox keeps it. Raises ValidationError if no backend could take it."""
        kind = kind_of(effect.order)
        captured_at = self._clock().wall
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
        return NewEntry(
            key=str(uuid7()),
            kind=kind.value,
            person=effect.holder_number,
            payload=document.model_dump_json().encode(),
            captured_at=captured_at,
            clock_quality=effect.clock.value,
            urgent=kind is TransactionKind.LOSS_REPORT,
        )

    def _look_up(self, visit: int, number: str) -> on.Event:
        for entry in self._own_entries(number):
            transaction = transaction_of(entry)
            if transaction is not None:
                return on.TransactionAnswered(visit, transaction)
        return on.ReceiptNotHere(visit, number)

    def _own_entries(self, number: str) -> Iterator[Entry]:
        """Return the entries of this kiosk with that receipt number, newest first: numbers come round."""
        written = parse_receipt_number(number)
        if self._dispatch is None or written is None:
            return
        kiosk, running = parts_of(written)
        try:
            yield from self._dispatch.outbox.numbered(kiosk, running, ROUND) if kiosk == self._kiosk else ()
        except (StorageFailure, Damage):
            self._open_anew()

    # -- what is told -------------------------------------------------------------------------------

    def _answered(self, entry: Entry) -> Iterator[on.Event]:
        yield from _settled(entry)
        visit, transaction = self._awaited.get(entry.key), transaction_of(entry)
        if visit is None or transaction is None:
            return
        if entry.state is not State.PENDING:
            del self._awaited[entry.key]
        yield on.TransactionAnswered(visit, transaction)

    def _refusal(self) -> str | None:
        """Return why no transaction is taken, asked before a citizen invests time in one."""
        if self._trouble is not None:
            return self._trouble.word
        obstacle = self._opened().outbox.accepts_new()
        return obstacle.value if obstacle else None

    def _changed(self) -> tuple[on.Event, ...]:
        try:
            now = self._as_it_is()
        except (StorageFailure, Damage) as error:
            self.close()
            self._shut(error)
            now = self._as_it_is()
        if now == self._reported:
            return ()
        self._reported = now
        return (now,)

    def _as_it_is(self) -> on.OutboxChanged:
        before = self._reported
        if self._dispatch is None:
            return replace(before, refusal=self._refusal())
        outbox = self._dispatch.outbox
        summary, aside = outbox.summary(), outbox.kept_aside()
        now = on.OutboxChanged(
            summary.pending,
            summary.rejected,
            self._refusal(),
            effective=summary.delivered,
            lost=numbers_lost(aside),
            salvaged=bool(aside),
            copied=self._dispatch.upkeep_failure is None,
            oldest_pending=before.oldest_pending,
            last_sequence=summary.last_seq,
        )
        # An age would change with every look, so the moment is told, and only when something else changes.
        return now if now == before else replace(now, oldest_pending=self._oldest_pending(summary))

    def _oldest_pending(self, summary: Summary) -> datetime | None:
        age_s = summary.oldest_pending_s
        return None if age_s is None else self._clock().wall - timedelta(seconds=age_s)


def _settled(entry: Entry) -> tuple[on.Event, ...]:
    """Return that an entry is settled, if it is. It is told without the payload: that may be forgotten."""
    if entry.state is State.PENDING:
        return ()
    code = entry.outcome.code if isinstance(entry.outcome, Rejected) else ""
    number = receipt_number(entry.owner, entry.seq)
    return (on.TransactionSettled(number, entry.state is State.DELIVERED, code),)
