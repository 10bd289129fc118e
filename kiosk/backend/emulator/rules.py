"""The regulation on the backend's side: pure rulings over what is known. The kiosk's word is not trusted.

A ruling returns what takes effect, or raises `Refused` with its code. D9 stands behind the word "stale": a
late loss report must not lock a newer card, nor a late contact change overwrite a newer one.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeGuard
from unicodedata import normalize

from kiosk.backend.contract import (
    ContactChangeDocument,
    LossReportDocument,
    TransactionDocument,
)
from kiosk.backend.emulator.register import Bureau, Card, Holder, Refused, Standing, Visit
from kiosk.backend.message import Code
from kiosk.domain.cards import CardState, is_of_henan
from kiosk.domain.contact import ContactDetails, problem_of
from kiosk.domain.transaction import CLOCK_TOLERANCE_S, ClockQuality, IdentityLevel

VISIT_IDLE = timedelta(minutes=10)
CLOCK_TOLERANCE = timedelta(seconds=CLOCK_TOLERANCE_S)  # how far off a synchronised clock may be
CLOCK_LEAD = timedelta(minutes=5)  # a report from further in the future has a wrong clock, whatever it says
CLOCK_DOUBT = timedelta(days=30)  # a time by an unchecked clock may be this much later than the truth

LOST = {CardState.LOSS_REPORTED, CardState.TEMPORARILY_LOST}
_NOT_USABLE = {
    CardState.LOSS_REPORTED: Code.CARD_LOST,
    CardState.TEMPORARILY_LOST: Code.CARD_LOST,
    CardState.CANCELLED: Code.CANCELLED,
    CardState.REPLACED: Code.REPLACED,
    CardState.SEALED: Code.SEALED,
    CardState.IN_PRODUCTION: Code.IN_PRODUCTION,
}
_NOT_LOSABLE = {
    CardState.CANCELLED: Code.CANCELLED,
    CardState.REPLACED: Code.STALE,
    CardState.IN_PRODUCTION: Code.IN_PRODUCTION,
}


@dataclass(frozen=True, slots=True)
class Case:
    """A transaction with all that is known, `now` being when it was told.

    `cards` are the holder's; `named` is the card it names.
    """

    document: TransactionDocument = field(repr=False)
    holder: Holder | None
    cards: tuple[Card, ...]
    named: Card | None
    visit: Visit | None
    bureau: Bureau
    now: datetime


@dataclass(frozen=True, slots=True)
class CardLost:
    """This card is reported lost: since now, or since an earlier report."""

    card: Card
    since: datetime | None


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """These are the holder's contact details from now on."""

    contact: ContactDetails


# --- visits -------------------------------------------------------------------------------------


def recognise(card_id: str, card: Card | None, card_number: str | None, holder_number: str | None) -> Card:
    """Return the card that was read, if it is one of ours.

    A contactless card tells neither its number nor its holder's, and is known by its id alone; what a card
    does tell must agree. Cards of all Henan are served (Art 17).
    """
    if not is_of_henan(card_id):
        raise Refused(Code.OTHER_PROVINCE)
    if card is None or card_number not in {None, card.card_number}:
        raise Refused(Code.UNKNOWN_CARD)
    if holder_number not in {None, card.holder_number}:
        raise Refused(Code.UNKNOWN_CARD)
    return card


def check_usable(card: Card) -> None:
    """A card that is lost, sealed or gone opens nothing. One not activated at the bank does (Art 15)."""
    if card.state in _NOT_USABLE:
        raise Refused(_NOT_USABLE[card.state])


def admit_person(holder: Holder | None, name: str) -> Holder:
    """Return the person of this name. Holders marked deceased or left go to the window (Art 13)."""
    if holder is None or _plain(name) not in {_plain(known) for known in (holder.name, *holder.other_names)}:
        raise Refused(Code.UNKNOWN_HOLDER)
    check_standing(holder)
    return holder


def check_standing(holder: Holder) -> None:
    """Nothing is done for a holder marked deceased or left, and the reason is never told (Art 13)."""
    if holder.standing is not Standing.NORMAL:
        raise Refused(Code.GO_TO_WINDOW)


def is_over(visit: Visit, now: datetime) -> bool:
    """Whether nobody speaks for the visit any more."""
    return visit.closed or now - visit.used_at > VISIT_IDLE


# --- transactions -------------------------------------------------------------------------------


def judge(case: Case) -> CardLost | ContactChanged:
    """Rule on a transaction."""
    holder = admit_person(case.holder, case.document.holder_name)
    if case.document.evidence.visit_id and not is_own_visit(case.visit, case.document):
        raise Refused(Code.NOT_OWN_VISIT)
    match case.document.order:
        case LossReportDocument() as report:
            return _judge_loss(case, report)
        case ContactChangeDocument() as change:
            return _judge_change(case, holder, change)


def is_own_visit(visit: Visit | None, document: TransactionDocument) -> TypeGuard[Visit]:
    """Whether the visit was this person's, at the kiosk that took the transaction down."""
    return visit is not None and (visit.holder_number, visit.kiosk) == (
        document.holder_number,
        document.kiosk,
    )


def _judge_loss(case: Case, report: LossReportDocument) -> CardLost:
    if not case.bureau.takes_loss_reports:
        raise Refused(Code.SWITCHED_OFF)
    if case.document.evidence.level is IdentityLevel.NONE:
        raise Refused(Code.LEVEL_TOO_LOW)
    told_at = _told_at(case)
    card = _named_card(case) if report.card_number else _only_card(case.cards, told_at)
    if card.state in _NOT_LOSABLE:
        raise Refused(_NOT_LOSABLE[card.state])
    if card.state in LOST:
        return CardLost(card, card.lost_since)
    if card.found_at is not None and card.found_at >= told_at:
        raise Refused(Code.STALE)
    return CardLost(card, None)


def _named_card(case: Case) -> Card:
    if case.named is None:
        raise Refused(Code.UNKNOWN_CARD)
    if case.named.holder_number != case.document.holder_number:
        raise Refused(Code.NOT_OWN_CARD)
    return case.named


def _only_card(cards: Collection[Card], told_at: datetime) -> Card:
    """Return the card a report means that names none. A card handed out since, or that day, is not it."""
    losable = [card for card in cards if card.state not in _NOT_LOSABLE]
    meant = [card for card in losable if card.issued_on is None or card.issued_on < told_at.date()]
    if len(meant) > 1:
        raise Refused(Code.CARD_UNCLEAR)
    if meant:
        return meant[0]
    newer = losable or any(card.state is CardState.REPLACED for card in cards)
    raise Refused(Code.STALE if newer else Code.NO_CARD)


def _told_at(case: Case) -> datetime:
    """Return when the citizen stood there, or rather too early a time: in doubt the newer card is safe."""
    if case.visit is not None:
        return case.visit.opened_at
    captured_at = case.document.captured_at
    trusted = case.document.clock is ClockQuality.SYNCHRONISED and captured_at <= case.now + CLOCK_LEAD
    return captured_at if trusted else min(captured_at, case.now) - CLOCK_DOUBT


def _judge_change(case: Case, holder: Holder, change: ContactChangeDocument) -> ContactChanged:
    _check_change_was_proven(case)
    contact = holder.contact
    for each in change.changes:
        if each.field not in case.bureau.contact_fields:
            raise Refused(Code.FIELD_NOT_ALLOWED)
        if problem_of(each.field, each.after) is not None:
            raise Refused(Code.FIELD_INVALID)
        contact = contact.with_value(each.field, each.after)
    if change.version != str(holder.contact_version):
        raise Refused(Code.STALE)
    return ContactChanged(contact)


def _check_change_was_proven(case: Case) -> None:
    """Level 3: the card and its password, and the password again at the moment of change.

    Where the backend checks passwords it has seen both itself, and a second one proves one change only
    (`Store.spend_second_check`); of a chip's check it has only the kiosk's word. The change was made in the
    visit, and the card was reported lost neither before it nor while the visit was still spoken for.
    """
    visit, evidence = case.visit, case.document.evidence
    if visit is None or visit.level is not IdentityLevel.CARD_AND_PASSWORD:
        raise Refused(Code.LEVEL_TOO_LOW)
    if evidence.level is not IdentityLevel.PASSWORD_AGAIN:
        raise Refused(Code.LEVEL_TOO_LOW)
    by_card = case.bureau.trusts_card_check and evidence.verified_by == "card"
    if not by_card and visit.checks < 2:
        raise Refused(Code.LEVEL_TOO_LOW)
    changed_at = _changed_at(case)
    if not visit.opened_at - CLOCK_TOLERANCE <= changed_at <= visit.used_at + VISIT_IDLE:
        raise Refused(Code.LEVEL_TOO_LOW)
    # The kiosk's time may be made up; when the visit was last spoken for the backend knows itself.
    card_in_use_until = max(changed_at, visit.used_at)
    used = next((card for card in case.cards if card.card_number == visit.card_number), None)
    if used is not None and used.lost_since is not None and used.lost_since <= card_in_use_until:
        raise Refused(Code.CARD_LOST)


def _changed_at(case: Case) -> datetime:
    """Return when a change was made: by a clock in doubt no earlier than it was told."""
    trusted = case.document.clock is ClockQuality.SYNCHRONISED
    return case.document.captured_at if trusted else case.now


def _plain(name: str) -> str:
    """Return a name without what two writings of the same name differ in: spaces, dots, width."""
    return "".join(c for c in normalize("NFKC", name).upper() if c not in " \u00b7\u2022\u30fb\u2027")
