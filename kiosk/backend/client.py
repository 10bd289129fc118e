"""The kiosk's questions to the backend, and what it is told, over HTTP.

Every call comes back within one deadline for all of it, whatever the backend does, and nothing is repeated
here: a question may be asked again by whoever asked it, an order only by its key.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from kiosk.backend.contract import (
    ReceiptAnswer,
    ToldTransaction,
    TransactionAnswer,
    TransactionsAnswer,
)
from kiosk.backend.errors import (
    BackendNonsense,
    BackendRefusal,
)
from kiosk.backend.exchange import Exchange
from kiosk.backend.fleet import (
    REFERENCE_TEXTS,
    HealthAnswer,
    Heartbeat,
    HeartbeatAnswer,
    PublishedText,
    Topic,
)
from kiosk.backend.message import Code, Message, Question
from kiosk.backend.record_answers import (
    BenefitsAnswer,
    CardsAnswer,
    ContributionsAnswer,
    InsurancesAnswer,
    MedicalAccountAnswer,
    PensionAccountAnswer,
    ProfileAnswer,
)
from kiosk.backend.reply import declined, understood
from kiosk.backend.visits import (
    CardCredential,
    IdCardCredential,
    OpenedVisit,
    PasswordAnswer,
    PasswordOutcome,
    PasswordQuestion,
    VisitAnswer,
    VisitQuestion,
    visit_id_of,
)
from kiosk.domain.cards import ChipCard
from kiosk.domain.records import Contribution, Insurance, Records
from kiosk.domain.transaction import Transaction

PAGES = 12  # of contributions that make up one answer, at most

Asked = TypeVar("Asked", bound=Message)


class BackendClient:
    """Asks one backend for one kiosk. May be used by several threads.

    Every method raises BackendUnreachable, BackendNonsense, BackendNotNow and BackendRefusal; those that
    tell something raise BackendAnswerLost too (kiosk/backend/errors.py).
    """

    def __init__(
        self,
        url: str,
        *,
        kiosk: str,
        connect_timeout_s: float = 3.0,
        total_timeout_s: float = 10.0,
        ca_file: Path | None = None,
        client_cert: Path | None = None,
        client_key: Path | None = None,
    ) -> None:
        self._kiosk = kiosk
        self._total_timeout_s = total_timeout_s
        self._exchange = Exchange(
            url,
            connect_timeout_s=connect_timeout_s,
            ca_file=ca_file,
            client_cert=client_cert,
            client_key=client_key,
        )

    # -- visits -------------------------------------------------------------------------------------

    def open_visit_by_card(self, card: ChipCard, password_checked: bool) -> OpenedVisit:
        """Ask who holds this card. Refused: unknown_card, other_province, go_to_window, or the card's state.

        An answer about another person than the chip names is nonsense.
        """
        credential = CardCredential.of(card, password_checked=password_checked)
        return self._open_visit(credential, credential.holder_number)

    def open_visit_by_id_card(self, name: str, number: str) -> OpenedVisit:
        """Ask for the cards of the person on the ID card: level 1. Refused: unknown_holder, go_to_window."""
        return self._open_visit(IdCardCredential(kind="id_card", name=name, number=number), number)

    def verify_password(self, token: str, digits: str) -> PasswordOutcome:
        """Have the backend check the password, once.

        An error with `may_be_done` means that a try may be spent; it is never repeated by the program.
        """
        question = PasswordQuestion(password=digits)
        return self._visit(token, "POST", "/password", PasswordAnswer, body=question).to_outcome()

    def close_visit(self, token: str) -> None:
        """End the visit; its token is worth nothing afterwards."""
        reply = self._exchange.send(
            "DELETE",
            f"/v1/visits/{visit_id_of(token)}",
            within_s=self._total_timeout_s,
            headers=_bearer(token),
        )
        if reply.status != 204:
            raise declined(reply)

    # -- records ------------------------------------------------------------------------------------

    def records(self, token: str) -> Records:
        """Ask for the own records, with the contributions of the last 12 months by the backend's calendar.

        The whole of it has the deadline of one call.
        """
        until = time.monotonic() + self._total_timeout_s
        pension = self._offered(token, "/pension-account", PensionAccountAnswer, until)
        medical = self._offered(token, "/medical-account", MedicalAccountAnswer, until)
        benefits = self._offered(token, "/benefits", BenefitsAnswer, until)
        transactions = self._offered(token, "/transactions", TransactionsAnswer, until)
        return Records(
            profile=self._visit(token, "GET", "/profile", ProfileAnswer, until=until).to_profile(),
            insurances=self._visit(
                token, "GET", "/insurances", InsurancesAnswer, until=until
            ).to_insurances(),
            contributions=self._all_contributions(token, {}, until),
            pension=pension.to_years() if pension else None,
            medical=medical.to_accounts() if medical else None,
            benefits=benefits.to_benefits() if benefits else None,
            cards=self._visit(token, "GET", "/card", CardsAnswer, until=until).to_cards(),
            transactions=transactions.to_transactions() if transactions else None,
        )

    def contributions_of_year(self, token: str, insurance: Insurance, year: int) -> tuple[Contribution, ...]:
        """Ask for the contributions to one insurance in a year, newest first, within one deadline."""
        query = {"insurance": insurance.value, "from": f"{year:04d}-01", "to": f"{year:04d}-12"}
        found = self._all_contributions(token, query, time.monotonic() + self._total_timeout_s)
        if any((each.insurance, each.month.year) != (insurance, year) for each in found):
            raise BackendNonsense("other_contributions")
        return found

    # -- transactions -------------------------------------------------------------------------------

    def tell(self, key: str, told: ToldTransaction) -> TransactionAnswer:
        """Tell the backend a fact, once, and return its word. Refused for good: status 422.

        After an error with `may_be_done` the key is looked up before it is told again.
        """
        answer = self._ask(
            "POST", "/v1/transactions", TransactionAnswer, body=told, headers={"Idempotency-Key": key}
        )
        return _about(key, answer)

    def transaction(self, key: str) -> TransactionAnswer:
        """Ask what became of a transaction. Refused: unknown_key, when the backend has never had it."""
        return _about(key, self._ask("GET", f"/v1/transactions/{key}", TransactionAnswer))

    def transaction_by_receipt(self, receipt_number: str) -> Transaction:
        """Ask what became of a transaction of any kiosk (level 0). Refused: unknown_receipt."""
        answer = self._ask("GET", "/v1/transactions", ReceiptAnswer, query={"receipt_number": receipt_number})
        if answer.receipt_number != receipt_number:
            raise BackendNonsense("another_receipt")
        return answer.to_transaction()

    # -- the kiosk itself ---------------------------------------------------------------------------

    def health(self) -> datetime:
        """Ask whether the backend is there. Returns its time."""
        return self._ask("GET", "/v1/health", HealthAnswer).time

    def heartbeat(self, beat: Heartbeat) -> HeartbeatAnswer:
        """Tell how the kiosk is, and learn which of its numbers never arrived."""
        return self._ask("POST", f"/v1/kiosks/{self._kiosk}/heartbeat", HeartbeatAnswer, body=beat)

    def reference(self, topic: Topic, etag: str = "") -> PublishedText | None:
        """Ask for a public text; None when it is still the one with this ETag."""
        headers = {"If-None-Match": etag} if etag else {}
        reply = self._exchange.send(
            "GET", f"/v1/reference/{topic.value}", within_s=self._total_timeout_s, headers=headers
        )
        if reply.status == 304 and etag:
            return None
        return PublishedText(understood(reply, REFERENCE_TEXTS[topic]), reply.headers.get("etag", ""))

    def close(self) -> None:
        """Let all kept connections go."""
        self._exchange.close()

    # -- how it is asked ----------------------------------------------------------------------------

    def _open_visit(self, credential: CardCredential | IdCardCredential, number: str | None) -> OpenedVisit:
        question = VisitQuestion(kiosk=self._kiosk, credential=credential)
        answer = self._ask("POST", "/v1/visits", VisitAnswer, body=question)
        if number is not None and answer.holder_number != number:
            raise BackendNonsense("another_person")
        return answer.to_visit()

    def _all_contributions(
        self, token: str, query: Mapping[str, str], until: float
    ) -> tuple[Contribution, ...]:
        """Turn the pages to the last. A list without end is no list: a part is not told as the whole."""
        found: list[Contribution] = []
        asked = query
        for _ in range(PAGES):
            page = self._contributions(token, asked, until)
            found += page.to_contributions()
            if page.next_cursor is None:
                return tuple(found)
            asked = {**query, "cursor": page.next_cursor}
        raise BackendNonsense("endless_contributions")

    def _contributions(
        self, token: str, query: Mapping[str, str], until: float | None
    ) -> ContributionsAnswer:
        return self._visit(token, "GET", "/contributions", ContributionsAnswer, query=query, until=until)

    def _offered(self, token: str, path: str, model: type[Asked], until: float) -> Asked | None:
        try:
            return self._visit(token, "GET", path, model, until=until)
        except BackendRefusal as refusal:
            if refusal.code != Code.NOT_OFFERED.text:
                raise
            return None

    def _visit(
        self,
        token: str,
        method: str,
        path: str,
        model: type[Asked],
        *,
        query: Mapping[str, str] | None = None,
        body: Question | None = None,
        until: float | None = None,
    ) -> Asked:
        address = f"/v1/visits/{visit_id_of(token)}{path}"
        return self._ask(method, address, model, query=query, headers=_bearer(token), body=body, until=until)

    def _ask(
        self,
        method: str,
        path: str,
        model: type[Asked],
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: Question | None = None,
        until: float | None = None,
    ) -> Asked:
        within_s = self._total_timeout_s if until is None else until - time.monotonic()
        content = None if body is None else body.model_dump_json().encode()
        reply = self._exchange.send(
            method, path, within_s=within_s, query=query, headers=headers, body=content
        )
        return understood(reply, model)


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _about(key: str, answer: TransactionAnswer) -> TransactionAnswer:
    if answer.key != key:
        raise BackendNonsense("another_key")
    return answer
