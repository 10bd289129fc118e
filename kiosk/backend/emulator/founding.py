"""Puts people on record in an empty backend."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from kiosk.backend.emulator.register import Card, Holder
from kiosk.backend.emulator.seed import Holdings, Person, holdings_of
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.visit_desk import password_digest
from kiosk.backend.message import Answer
from kiosk.backend.record_answers import (
    BenefitAnswer,
    BenefitsAnswer,
    InsuranceAnswer,
    InsurancesAnswer,
    MedicalAccountAnswer,
    MedicalBalanceAnswer,
    PensionAccountAnswer,
    PensionYearAnswer,
)
from kiosk.domain.cards import CardState
from kiosk.domain.measures.security import TRIES

INSURANCES, PENSION, MEDICAL, BENEFITS = "insurances", "pension-account", "medical-account", "benefits"
"""The topics that are kept as the answers they are."""


def found(store: Store, people: Iterable[Person], now: datetime) -> None:
    """Put people on record, unless somebody is already."""
    if store.is_empty():
        store.take_over(_founded(tuple(people), now))


@lru_cache(maxsize=2)
def _founded(people: tuple[Person, ...], now: datetime) -> bytes:
    """Return a store with these people. A workbench founds the same one for every kiosk."""
    store = Store(None)
    with store.work():
        for person in people:
            _add(store, person, now)
    content = store.content()
    store.close()
    return content


def _add(store: Store, person: Person, now: datetime) -> None:
    # A card whose password is locked means that the account is.
    locked = any(card.state is CardState.PASSWORD_LOCKED for card in person.cards)
    holder = Holder(
        number=person.number,
        name=person.name,
        other_names=person.other_names,
        region=person.region,
        employer=person.employer,
        contact=person.contact,
        contact_version=1,
        standing=person.standing,
        initial_password=person.initial_password,
        wrong_tries=TRIES if locked else person.wrong_tries,
    )
    store.add_holder(holder, password_digest(person.password))
    for place, card in enumerate(person.cards):
        lost = card.state in {CardState.LOSS_REPORTED, CardState.TEMPORARILY_LOST}
        since = (card.lost_since or now) if lost else None
        store.put_card(
            Card(
                card_number=card.card_number,
                card_id=card.card_id,
                holder_number=person.number,
                state=CardState.NORMAL if card.state is CardState.PASSWORD_LOCKED else card.state,
                bank=card.bank,
                issued_on=card.issued_on,
                state_since=since,
                stage=card.stage,
                lost_since=since,
                loss_number=f"{since:%Y%m%d}9{place:05d}" if since else "",
                found_at=None,
            )
        )
    holdings = holdings_of(person, now.date())
    store.add_contributions(
        (
            person.number,
            each.month.isoformat(),
            each.insurance.value,
            each.base_fen,
            each.own_fen,
            each.employer_fen,
            each.paid,
        )
        for each in holdings.contributions
    )
    for topic, answer in _answers(holdings).items():
        store.add_record(person.number, topic, answer.model_dump_json())


def _answers(holdings: Holdings) -> dict[str, Answer]:
    return {
        INSURANCES: InsurancesAnswer(
            insurances=tuple(
                InsuranceAnswer(
                    insurance=each.insurance,
                    participation=each.participation,
                    since=each.since,
                    payer=each.payer,
                )
                for each in holdings.insurances
            )
        ),
        PENSION: PensionAccountAnswer(
            years=tuple(
                PensionYearAnswer(
                    year=each.year,
                    paid_in_fen=each.paid_in_fen,
                    interest_fen=each.interest_fen,
                    balance_fen=each.balance_fen,
                    months=each.months,
                )
                for each in holdings.pension
            )
        ),
        BENEFITS: BenefitsAnswer(
            benefits=tuple(
                BenefitAnswer(month=each.month, insurance=each.insurance, amount_fen=each.amount_fen)
                for each in holdings.benefits
            )
        ),
        MEDICAL: MedicalAccountAnswer(
            accounts=tuple(
                MedicalBalanceAnswer(as_of=each.as_of, balance_fen=each.balance_fen)
                for each in holdings.medical
            )
        ),
    }
