"""Transactions: taken in once for each key, ruled on, and answered the same way ever after."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from threading import Event, Lock

from kiosk.backend.contract import (
    AcceptanceAnswer,
    ContactChangeDocument,
    LossReportDocument,
    ReceiptAnswer,
    Standing,
    ToldTransaction,
    TransactionAnswer,
    masked_card_number,
)
from kiosk.backend.emulator import rules
from kiosk.backend.emulator.register import Bureau, Refused
from kiosk.backend.emulator.rules import CardLost, Case, ContactChanged
from kiosk.backend.emulator.store import Store
from kiosk.backend.fleet import HeartbeatAnswer
from kiosk.backend.message import Code
from kiosk.domain.cards import CardState
from kiosk.domain.citizen_number import masked_name, masked_number
from kiosk.domain.contact import ContactField
from kiosk.domain.receipt_number import parse_receipt_number, receipt_number

MISSING_TOLD = 100


class Gate:
    """Where work that has begun can be held, so that what happens meanwhile can be seen."""

    def __init__(self) -> None:
        self._open, self._arrived = Event(), Event()
        self._open.set()

    def hold(self) -> None:
        """Let nobody pass."""
        self._arrived.clear()
        self._open.clear()

    def release(self) -> None:
        """Let everybody pass."""
        self._open.set()

    @property
    def is_reached(self) -> bool:
        """Whether somebody is held, or has been since it was closed."""
        return self._arrived.is_set()

    def await_arrival(self) -> None:
        """Wait until somebody is held."""
        self._arrived.wait()

    def pass_through(self) -> None:
        """Pass, as soon as one may."""
        if not self._open.is_set():
            self._arrived.set()
            self._open.wait()


class TransactionDesk:
    """Takes transactions in. Every method is one piece of work.

    Hands for tests and the workbench: work that has begun passes the `gate`; while `decides` is false, what
    is taken in stays pending until `decide()`.
    """

    def __init__(self, store: Store, bureau: Bureau, now: Callable[[], datetime]) -> None:
        self.gate = Gate()
        self.decides = True
        self._store = store
        self._bureau = bureau
        self._now = now
        self._in_progress: set[str] = set()
        self._lock = Lock()

    def take_in(self, key: str, told: ToldTransaction) -> tuple[TransactionAnswer, bool]:
        """Return the answer, and whether this was the first time it was told.

        The same key with the same content gets the first answer again, refusals included. With another
        content, or while the first is being worked on, it is refused.
        """
        digest = _digest(told)
        with self._alone_with(key):
            self.gate.pass_through()
            with self._store.work():
                known = self._store.transaction(key)
                if known is None:
                    answer = self._rule(key, told, self._now()) if self.decides else _pending(key)
                    self._keep(key, told, digest, answer)
                elif known["digest"] != digest:
                    raise Refused(Code.KEY_REUSED)
                else:
                    answer = _answer(known)
        return answer, known is None

    def decide(self) -> None:
        """Rule on everything that was left pending."""
        with self._store.work():
            for row in self._store.transactions():
                if _answer(row).state is Standing.PENDING:
                    told = ToldTransaction.model_validate_json(row["document"])
                    ruled = self._rule(row["key"], told, datetime.fromisoformat(row["received_at"]))
                    self._store.answer_transaction(row["key"], ruled.model_dump_json())

    def look_up(self, key: str) -> TransactionAnswer:
        """Return the answer to the transaction of this key."""
        with self._store.work():
            row = self._store.transaction(key)
            if row is None:
                raise Refused(Code.UNKNOWN_KEY)
            return _answer(row)

    def look_up_receipt(self, number: str) -> ReceiptAnswer:
        """Return what anybody with the receipt number may know."""
        if parse_receipt_number(number) != number:
            raise Refused(Code.UNKNOWN_RECEIPT)
        kiosk, sequence, _ = number.split("-")
        with self._store.work():
            row = self._store.transaction_numbered(kiosk, int(sequence))
        if row is None:
            raise Refused(Code.UNKNOWN_RECEIPT)
        return receipt_of(row)

    def gaps(self, kiosk: str, last_sequence: int) -> HeartbeatAnswer:
        """Return what is wrong with a kiosk's numbers."""
        arrived = self._store.sequences(kiosk)
        missing: list[int] = []
        expected = 1
        for number in (*sorted(set(arrived)), last_sequence + 1):
            room = MISSING_TOLD - len(missing)
            missing += range(expected, min(number, expected + room, last_sequence + 1))
            expected = number + 1
        doubled = {number for number, again in pairwise(arrived) if number == again}
        return HeartbeatAnswer(
            time=self._now(),
            missing=tuple(missing),
            went_back=bool(arrived) and arrived[-1] > last_sequence,
            doubled=tuple(sorted(doubled))[:MISSING_TOLD],
        )

    # -- the work -----------------------------------------------------------------------------------

    @contextmanager
    def _alone_with(self, key: str) -> Iterator[None]:
        with self._lock:
            if key in self._in_progress:
                raise Refused(Code.IN_PROGRESS)
            self._in_progress.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._in_progress.discard(key)

    def _rule(self, key: str, told: ToldTransaction, told_at: datetime) -> TransactionAnswer:
        case = self._case(told, told_at)
        if isinstance(told.order, ContactChangeDocument) and rules.is_own_visit(case.visit, told):
            self._store.spend_second_check(case.visit.visit_id)  # whatever the ruling: one entry, one change
        try:
            ruling = rules.judge(case)
        except Refused as refused:
            return TransactionAnswer(
                key=key, state=Standing.REJECTED, code=refused.code.text, reason=refused.code.title
            )
        match ruling:
            case CardLost():
                acceptance = self._lose(ruling)
            case ContactChanged():
                acceptance = self._change(told.holder_number, ruling)
        return TransactionAnswer(key=key, state=Standing.EFFECTIVE, acceptance=acceptance)

    def _case(self, told: ToldTransaction, told_at: datetime) -> Case:
        order = told.order
        visit = self._store.visit(told.evidence.visit_id) if told.evidence.visit_id else None
        return Case(
            document=told,
            holder=self._store.holder(told.holder_number),
            cards=self._store.cards_of(told.holder_number),
            named=self._store.card(order.card_number) if isinstance(order, LossReportDocument) else None,
            visit=visit[0] if visit else None,
            bureau=self._bureau,
            now=told_at,
        )

    def _lose(self, ruling: CardLost) -> AcceptanceAnswer:
        card, now = ruling.card, self._now()
        number = card.loss_number or self._number(now)
        since = ruling.since or now
        lost = replace(
            card, state=CardState.LOSS_REPORTED, state_since=since, lost_since=since, loss_number=number
        )
        self._store.put_card(lost)
        return AcceptanceAnswer(number=number, effective_at=since, already=ruling.since is not None)

    def _change(self, holder_number: str, ruling: ContactChanged) -> AcceptanceAnswer:
        holder, now = self._store.holder(holder_number), self._now()
        assert holder is not None
        if ContactField.PHONE in holder.contact.changes_to(ruling.contact) and holder.contact.phone:
            self._store.note_told(holder_number, holder.contact.phone, now)
        self._store.change_contact(holder_number, ruling.contact)
        return AcceptanceAnswer(number=self._number(now), effective_at=now)

    def _number(self, now: datetime) -> str:
        return f"{now:%Y%m%d}{self._store.next_number():06d}"

    def _keep(self, key: str, told: ToldTransaction, digest: str, answer: TransactionAnswer) -> None:
        self._store.put_transaction(
            key,
            digest=digest,
            kiosk=told.kiosk,
            sequence=told.sequence,
            holder_number=told.holder_number,
            document=told.model_dump_json(),
            answer=answer.model_dump_json(),
            received_at=self._now().isoformat(),
        )


def _digest(told: ToldTransaction) -> str:
    """Return a digest of the content, whatever order or spacing it came in."""
    content = json.dumps(told.model_dump(mode="json"), sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()


def _pending(key: str) -> TransactionAnswer:
    return TransactionAnswer(key=key, state=Standing.PENDING)


def _answer(row: sqlite3.Row) -> TransactionAnswer:
    return TransactionAnswer.model_validate_json(row["answer"])


def receipt_of(row: sqlite3.Row) -> ReceiptAnswer:
    """Return what a receipt tells of a transaction: masked."""
    told, answer = ToldTransaction.model_validate_json(row["document"]), _answer(row)
    lost = told.order.card_number if isinstance(told.order, LossReportDocument) else ""
    return ReceiptAnswer(
        key=answer.key,
        state=answer.state,
        acceptance=answer.acceptance,
        code=answer.code,
        reason=answer.reason,
        receipt_number=receipt_number(told.kiosk, told.sequence),
        kind=told.kind,
        captured_at=told.captured_at,
        clock=told.clock,
        kiosk=told.kiosk,
        holder_masked_name=masked_name(told.holder_name),
        holder_masked_number=masked_number(told.holder_number),
        card_masked=masked_card_number(lost),
    )
