"""What is told to the backend, and its word on it. The API's other models: visits, record_answers, fleet.

    TransactionDocument   sealed in the outbox, and sent     POST /v1/transactions
    TransactionAnswer     the backend's word                 GET  /v1/transactions/{key}
    ReceiptAnswer         the same at level 0, masked        GET  /v1/transactions?receipt_number=
    TransactionsAnswer    all of a visitor's own             GET  /v1/visits/{id}/transactions

An `Acceptance` is made in this file alone, out of an answer that says `effective`.
"""

from datetime import datetime
from enum import Enum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from kiosk.backend.message import (
    AcceptanceNumber,
    Answer,
    CardNumber,
    CitizenNumber,
    Key,
    KioskId,
    Name,
    Question,
    Text,
)
from kiosk.backend.visits import visit_id_of
from kiosk.domain.citizen_number import masked_name, masked_number
from kiosk.domain.contact import ContactField, masked_contact
from kiosk.domain.receipt_number import receipt_number
from kiosk.domain.transaction import (
    BACKENDS_SEAL,
    Acceptance,
    ClockQuality,
    ContactChange,
    Effective,
    Evidence,
    IdentityLevel,
    LossReport,
    Order,
    Pending,
    Rejected,
    Transaction,
    TransactionKind,
    TransactionState,
)


class EvidenceDocument(Question):
    """How identity was proven. `visit_id` names the backend's visit, "" when the backend was not there."""

    level: IdentityLevel
    verified_by: Literal["", "card", "backend"] = ""
    visit_id: str = Field(default="", pattern=r"^[0-9A-Za-z_-]{0,64}$")


class LossReportDocument(Question):
    """The own card is lost (Art 19). `card_number` is "" when the backend could not be asked for it."""

    kind: Literal["loss_report"]
    card_number: CardNumber | Literal[""]


class FieldChange(Question):
    """One contact field, before and after."""

    field: ContactField
    before: Text
    after: Text


class ContactChangeDocument(Question):
    """The changed fields (Art 18), and the version of the contact details they were changed from."""

    kind: Literal["contact_change"]
    version: Name
    changes: tuple[FieldChange, ...] = Field(min_length=1, max_length=len(ContactField))

    @model_validator(mode="after")
    def _names_each_field_once(self) -> Self:
        if len({change.field for change in self.changes}) != len(self.changes):
            raise ValueError("a field is changed twice")
        return self


class TransactionDocument(Question):
    """A fact as a citizen told it: what the outbox keeps sealed, and what the backend is sent.

    `kiosk` is the one that took it down. Its key and its number there stand in the outbox's row.
    """

    holder_name: Name
    holder_number: CitizenNumber
    captured_at: AwareDatetime
    clock: ClockQuality
    kiosk: KioskId
    evidence: EvidenceDocument
    order: Annotated[LossReportDocument | ContactChangeDocument, Field(discriminator="kind")]

    @classmethod
    def of(
        cls,
        order: Order,
        *,
        holder_name: str,
        holder_number: str,
        captured_at: datetime,
        clock: ClockQuality,
        kiosk: str,
        evidence: Evidence,
        token: str = "",
    ) -> "TransactionDocument":
        """Return the document of an order. Of the visit's token only its number goes in, not its secret.

        Raises pydantic.ValidationError, which holds no values, when the backend could never take it.
        """
        return TransactionDocument(
            holder_name=holder_name,
            holder_number=holder_number,
            captured_at=captured_at,
            clock=clock,
            kiosk=kiosk,
            evidence=_evidence_document(evidence, token),
            order=_order_document(order),
        )

    @property
    def kind(self) -> TransactionKind:
        """The kind of its order."""
        return TransactionKind(self.order.kind)

    def to_transaction(self, key: str, sequence: int, state: TransactionState) -> Transaction:
        """Return what screen and receipt may tell of it. `key` and `sequence` are the outbox row's."""
        card_masked = ""
        changes: tuple[tuple[ContactField, str, str], ...] = ()
        match self.order:
            case LossReportDocument(card_number=card_number):
                card_masked = masked_card_number(card_number)
            case ContactChangeDocument(changes=told):
                changes = tuple(_masked(change) for change in told)
        return Transaction(
            key=key,
            receipt_number=receipt_number(self.kiosk, sequence),
            kind=self.kind,
            captured_at=self.captured_at,
            clock=self.clock,
            kiosk=self.kiosk,
            holder_masked_name=masked_name(self.holder_name),
            holder_masked_number=masked_number(self.holder_number),
            state=state,
            card_masked=card_masked,
            changes=changes,
        )


class ToldTransaction(TransactionDocument):
    """A document on its way: with its number at its kiosk, which has no gaps. The key is in the header."""

    sequence: int = Field(ge=1, le=2**53)


class Standing(Enum):
    """How a transaction stands."""

    PENDING = "pending"
    EFFECTIVE = "effective"
    REJECTED = "rejected"


class AcceptanceAnswer(Answer):
    """The backend's number and time. `already`: it was in effect before this report."""

    number: AcceptanceNumber
    effective_at: AwareDatetime
    already: bool = False


class StandingAnswer(Answer):
    """How the transaction with this key stands, by the backend's word.

    `acceptance` is there exactly when it is effective, `code` exactly when it is rejected.
    """

    state: Standing
    acceptance: AcceptanceAnswer | None = None
    code: str | None = Field(default=None, pattern=r"^[a-z][a-z0-9_]{1,39}$")
    reason: Text = ""
    key: Key

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if (self.state is Standing.EFFECTIVE) != (self.acceptance is not None):
            raise ValueError("effective and an acceptance go together")
        if (self.state is Standing.REJECTED) != (self.code is not None):
            raise ValueError("rejected and a code go together")
        return self

    def to_state(self) -> TransactionState:
        """Return the state. This is where every `Acceptance` in the kiosk comes from."""
        if self.acceptance is not None:
            given = self.acceptance
            return Effective(
                Acceptance(self.key, given.number, given.effective_at, given.already, seal=BACKENDS_SEAL)
            )
        return Pending() if self.code is None else Rejected(self.code, self.reason)


class TransactionAnswer(StandingAnswer):
    """The backend's word on the transaction with this key. The outbox keeps it, sealed, when it is final."""


class ReceiptAnswer(StandingAnswer):
    """What anybody with a receipt number may know (level 0): masked, without what was changed."""

    receipt_number: str = Field(pattern=r"^\d{4}-\d{6}-\d$")
    kind: TransactionKind
    captured_at: AwareDatetime
    clock: ClockQuality
    kiosk: KioskId
    holder_masked_name: Name
    holder_masked_number: Name
    card_masked: Text = ""

    @model_validator(mode="after")
    def _is_masked(self) -> Self:
        if "*" not in self.holder_masked_name or "*" not in self.holder_masked_number:
            raise ValueError("a receipt tells no whole name and no whole number")
        return self

    def to_transaction(self) -> Transaction:
        """Return what screen and receipt may tell of it."""
        return Transaction(
            key=self.key,
            receipt_number=self.receipt_number,
            kind=self.kind,
            captured_at=self.captured_at,
            clock=self.clock,
            kiosk=self.kiosk,
            holder_masked_name=self.holder_masked_name,
            holder_masked_number=self.holder_masked_number,
            state=self.to_state(),
            card_masked=self.card_masked,
        )


class TransactionsAnswer(Answer):
    """What the visitor has told at any kiosk, the newest first: as on the receipts."""

    transactions: tuple[ReceiptAnswer, ...] = Field(max_length=100)

    def to_transactions(self) -> tuple[Transaction, ...]:
        """Return what screen and receipt may tell of them."""
        return tuple(each.to_transaction() for each in self.transactions)


def masked_card_number(number: str) -> str:
    """Return a card number as screen and paper may show it: its last four characters."""
    return "*" * max(0, len(number) - 4) + number[-4:]


def _masked(change: FieldChange) -> tuple[ContactField, str, str]:
    before = masked_contact(change.field, change.before)
    return change.field, before, masked_contact(change.field, change.after)


def _evidence_document(evidence: Evidence, token: str) -> EvidenceDocument:
    said = {"level": evidence.level, "verified_by": evidence.verified_by, "visit_id": visit_id_of(token)}
    return EvidenceDocument.model_validate(said)


def _order_document(order: Order) -> LossReportDocument | ContactChangeDocument:
    match order:
        case LossReport(card_number):
            return LossReportDocument(kind="loss_report", card_number=card_number)
        case ContactChange(before, after, version, changed):
            changes = (
                FieldChange(field=of, before=before.value(of), after=after.value(of)) for of in changed
            )
            return ContactChangeDocument(kind="contact_change", version=version, changes=tuple(changes))
