"""Visits, passwords and records: who is here, and what that person may see.

A visit is spoken for by its token. Whatever has become of the card or its holder since it was opened
counts at every question.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from kiosk.backend.contract import TransactionsAnswer
from kiosk.backend.emulator import rules
from kiosk.backend.emulator.register import Bureau, Card, Holder, Refused, Visit
from kiosk.backend.emulator.seed import months_back
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.transaction_desk import receipt_of
from kiosk.backend.message import Answer, Code
from kiosk.backend.record_answers import (
    CardAnswer,
    CardsAnswer,
    ContactAnswer,
    ContributionAnswer,
    ContributionsAnswer,
    ProfileAnswer,
)
from kiosk.backend.visits import (
    CardCredential,
    IdCardCredential,
    PasswordAnswer,
    PasswordVerdict,
    VisitAnswer,
    VisitQuestion,
)
from kiosk.domain.cards import CardState
from kiosk.domain.measures.security import TRIES, count_entry, tries_left
from kiosk.domain.records import Insurance, Notice
from kiosk.domain.transaction import IdentityLevel

PAGE = 60  # contributions
TRANSACTIONS = 100
AnyAnswer = TypeVar("AnyAnswer", bound=Answer)


class VisitDesk:
    """Opens visits and answers their questions. Every method is one piece of work."""

    def __init__(
        self, store: Store, bureau: Bureau, now: Callable[[], datetime], not_offered: frozenset[str]
    ) -> None:
        self._store = store
        self._bureau = bureau
        self._now = now
        self._not_offered = not_offered

    def open(self, question: VisitQuestion) -> VisitAnswer:
        """Open a visit for whoever holds the credential."""
        with self._store.work():
            match question.credential:
                case IdCardCredential() as credential:
                    return self._open_by_id_card(question.kiosk, credential)
                case CardCredential() as credential:
                    return self._open_by_card(question.kiosk, credential)

    def close(self, visit_id: str, token: str) -> None:
        """End a visit."""
        with self._store.work():
            self._store.close_visit(self._visit(visit_id, token).visit_id)

    def check_password(self, visit_id: str, token: str, password: str) -> PasswordAnswer:
        """Check the password, count, and lock the account at the sixth wrong one in a row (Art 24)."""
        with self._store.work():
            visit = self._visit(visit_id, token)
            if not visit.card_number:
                raise Refused(Code.LEVEL_TOO_LOW)
            holder = self._holder(visit)
            if holder.tries_left == 0:
                return PasswordAnswer(verdict=PasswordVerdict.LOCKED, tries_left=0)
            if password_fits(password, self._store.password_digest(holder.number)):
                self._store.count_tries(holder.number, 0)
                self._store.prove_password(visit.visit_id)
                return PasswordAnswer(verdict=PasswordVerdict.ACCEPTED, tries_left=TRIES)
            wrong = count_entry(holder.wrong_tries, right=False)
            self._store.count_tries(holder.number, wrong)
            left = tries_left(wrong)
            if left == 0:
                self._store.close_visits_of(holder.number)
            verdict = PasswordVerdict.WRONG if left else PasswordVerdict.LOCKED
            return PasswordAnswer(verdict=verdict, tries_left=left)

    # -- records ------------------------------------------------------------------------------------

    def profile(self, visit_id: str, token: str) -> ProfileAnswer:
        """Return who the visitor is."""
        with self._store.work():
            holder = self._of_level_two(visit_id, token)
            contact = holder.contact
            return ProfileAnswer(
                name=holder.name,
                number=holder.number,
                region=holder.region,
                employer=holder.employer,
                contact=ContactAnswer(
                    phone=contact.phone,
                    address=contact.address,
                    postcode=contact.postcode,
                    email=contact.email,
                ),
                version=str(holder.contact_version),
            )

    def cards(self, visit_id: str, token: str) -> CardsAnswer:
        """Return the visitor's cards."""
        with self._store.work():
            holder = self._of_level_two(visit_id, token)
            return CardsAnswer(cards=self._shown_cards(holder))

    def record(self, visit_id: str, token: str, topic: str, model: type[AnyAnswer]) -> AnyAnswer:
        """Return the answer about a topic. Refused when the backend has none to offer."""
        with self._store.work():
            holder = self._of_level_two(visit_id, token)
            answer = self._store.record(holder.number, topic)
            if answer is None or topic in self._not_offered:
                raise Refused(Code.NOT_OFFERED)
            return model.model_validate_json(answer)

    def contributions(
        self,
        visit_id: str,
        token: str,
        *,
        insurance: Insurance | None,
        first: date | None,
        last: date | None,
        cursor: str | None,
    ) -> ContributionsAnswer:
        """Return a page of contributions, newest first; without months, of the last 12."""
        with self._store.work():
            holder = self._of_level_two(visit_id, token)
            today = self._now().date()
            rows = self._store.contributions(
                holder.number,
                insurance=insurance.value if insurance else None,
                first=(first or months_back(today, 11)).isoformat(),
                last=(last or months_back(today, 0)).isoformat(),
                after=_after(cursor),
                limit=PAGE + 1,
            )
        page = tuple(
            ContributionAnswer(
                month=date.fromisoformat(row["month"]),
                insurance=Insurance(row["insurance"]),
                base_fen=row["base_fen"],
                own_fen=row["own_fen"],
                employer_fen=row["employer_fen"],
                paid=bool(row["paid"]),
            )
            for row in rows[:PAGE]
        )
        more = f"{page[-1].month.isoformat()}.{page[-1].insurance.value}" if len(rows) > PAGE else None
        return ContributionsAnswer(contributions=page, next_cursor=more)

    def transactions(self, visit_id: str, token: str) -> TransactionsAnswer:
        """Return what the visitor has told at any kiosk."""
        with self._store.work():
            holder = self._of_level_two(visit_id, token)
            if "transactions" in self._not_offered:
                raise Refused(Code.NOT_OFFERED)
            rows = self._store.transactions_of(holder.number, TRANSACTIONS)
            return TransactionsAnswer(transactions=tuple(receipt_of(row) for row in rows))

    # -- who it is ----------------------------------------------------------------------------------

    def _open_by_id_card(self, kiosk: str, credential: IdCardCredential) -> VisitAnswer:
        """Level 1: the own cards, to report one lost, and no notice about their password."""
        holder = rules.admit_person(self._store.holder(credential.number), credential.name)
        visit, token = self._begin(kiosk, holder, "", IdentityLevel.ID_CARD)
        return VisitAnswer(
            token=token,
            holder_name=holder.name,
            holder_number=holder.number,
            level=visit.level,
            cards=self._shown_cards(holder),
        )

    def _open_by_card(self, kiosk: str, credential: CardCredential) -> VisitAnswer:
        """Level 2 when the chip has checked the password and its word counts; else 0, until it is checked."""
        found = self._store.card_by_id(credential.card_id)
        card = rules.recognise(credential.card_id, found, credential.card_number, credential.holder_number)
        holder = self._store.holder(card.holder_number)
        assert holder is not None
        rules.check_standing(holder)
        rules.check_usable(card)
        proven = credential.password_checked_by_card and self._bureau.trusts_card_check
        if proven and holder.tries_left == 0:
            raise Refused(Code.PASSWORD_LOCKED)
        level = IdentityLevel.CARD_AND_PASSWORD if proven else IdentityLevel.NONE
        visit, token = self._begin(kiosk, holder, card.card_number, level)
        return VisitAnswer(
            token=token,
            holder_name=holder.name,
            holder_number=holder.number,
            level=visit.level,
            cards=self._shown_cards(holder) if proven else (_shown(holder, card),),
            notices=_notices(holder, card),
            tries_left=None if proven else holder.tries_left,
        )

    def _begin(self, kiosk: str, holder: Holder, card_number: str, level: IdentityLevel) -> tuple[Visit, str]:
        now = self._now()
        visit_id, secret = secrets.token_urlsafe(12), secrets.token_urlsafe(24)
        visit = Visit(visit_id, kiosk, holder.number, card_number, level, 0, now, now, closed=False)
        self._store.add_visit(visit, _digest(secret))
        return visit, f"{visit_id}.{secret}"

    def _visit(self, visit_id: str, token: str) -> Visit:
        """Return the visit this token speaks for, if it still may."""
        secret = token.partition(".")[2]
        known = self._store.visit(visit_id)
        if known is None or not hmac.compare_digest(known[1], _digest(secret)):
            raise Refused(Code.VISIT_OVER)
        visit, now = known[0], self._now()
        if rules.is_over(visit, now):
            raise Refused(Code.VISIT_OVER)
        self._store.use_visit(visit_id, now)
        rules.check_standing(self._holder(visit))
        if visit.card_number:
            card = self._store.card(visit.card_number)
            assert card is not None
            rules.check_usable(card)
        return visit

    def _of_level_two(self, visit_id: str, token: str) -> Holder:
        visit = self._visit(visit_id, token)
        if visit.level is not IdentityLevel.CARD_AND_PASSWORD:
            raise Refused(Code.LEVEL_TOO_LOW)
        return self._holder(visit)

    def _holder(self, visit: Visit) -> Holder:
        holder = self._store.holder(visit.holder_number)
        assert holder is not None
        return holder

    def _shown_cards(self, holder: Holder) -> tuple[CardAnswer, ...]:
        return tuple(_shown(holder, card) for card in self._store.cards_of(holder.number))


def _shown(holder: Holder, card: Card) -> CardAnswer:
    locked = holder.tries_left == 0 and card.state in {CardState.NORMAL, CardState.NOT_ACTIVATED}
    return CardAnswer(
        card_number=card.card_number,
        state=CardState.PASSWORD_LOCKED if locked else card.state,
        bank=card.bank,
        issued_on=card.issued_on,
        state_since=card.state_since.date() if card.state_since else None,
        stage=card.stage,
    )


def _notices(holder: Holder, card: Card) -> tuple[Notice, ...]:
    notices = []
    if holder.initial_password:
        notices.append(Notice.INITIAL_PASSWORD)  # Art 23
    if card.state is CardState.NOT_ACTIVATED:
        notices.append(Notice.NOT_ACTIVATED)  # Art 15
    return tuple(notices)


def _after(cursor: str | None) -> tuple[str, str]:
    """Return the month and insurance a page begins after."""
    if not cursor:
        return "9999-12-01", "~"
    month, _, insurance = cursor.partition(".")
    try:
        return date.fromisoformat(month).isoformat(), Insurance(insurance).value
    except ValueError:
        raise Refused(Code.REQUEST_INVALID) from None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def password_digest(password: str) -> str:
    """Return a salted digest of a password, for keeping."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_scrypt(password, salt).hex()}"


def password_fits(password: str, digest: str) -> bool:
    """Whether this is the password of the digest."""
    salt, _, kept = digest.partition("$")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)).hex(), kept)


def _scrypt(password: str, salt: bytes) -> bytes:
    # Cheap: these passwords are printed in the tests, and a backend on the workbench starts often.
    return hashlib.scrypt(password.encode(), salt=salt, n=2**7, r=8, p=1)
