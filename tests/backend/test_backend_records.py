"""The records the reference backend has, and how they are paged."""

from datetime import date
from itertools import pairwise

import pytest

from kiosk.backend.client import BackendClient
from kiosk.backend.emulator import faults
from kiosk.backend.emulator.seed import Living, Person, holdings_of, months_back
from kiosk.backend.errors import BackendNonsense
from kiosk.backend.record_answers import ContributionAnswer, ContributionsAnswer
from kiosk.backend.reply import ANSWER_TYPE
from kiosk.domain.citizen_number import masked_number
from kiosk.domain.records import Insurance
from kiosk.domain.transaction import Effective, Rejected
from tests.backend.workbench import (
    CONTACT,
    LI,
    WANG,
    ZHENGZHOU,
    ByHand,
    by_card,
    by_id_card,
    change,
    chip,
    code,
    loss,
    visit_id,
)

TODAY = date(2026, 10, 12)


def test_a_look_up_brings_the_last_twelve_months(client: BackendClient) -> None:
    records = client.records(client.open_visit_by_card(chip(WANG), True).token)
    months = {each.month for each in records.contributions}
    assert (min(months), max(months)) == (date(2025, 11, 1), date(2026, 10, 1))
    assert len(records.contributions) == 12 * 5
    assert list(records.contributions) == sorted(
        records.contributions, key=lambda each: (-each.month.toordinal(), each.insurance.value)
    )
    assert records.profile.contact == CONTACT
    assert records.profile.name == WANG.name
    assert [own.card_number for own in records.cards] == [WANG.cards[0].card_number]


def test_pages_follow_one_another_without_gap_or_repeat(hand: ByHand) -> None:
    token = hand.open(by_card(WANG))
    seen, cursor = [], ""
    while cursor is not None:
        page = hand.read(token, f"contributions?from=2024-06&to=2026-10{cursor}").json()
        seen += page["contributions"]
        cursor = page["next_cursor"] and f"&cursor={page['next_cursor']}"
    assert len(seen) == 29 * 5
    assert len({(each["month"], each["insurance"]) for each in seen}) == len(seen)


def test_one_insurance_in_one_year_can_be_asked_for(client: BackendClient) -> None:
    token = client.open_visit_by_card(chip(WANG), True).token
    found = client.contributions_of_year(token, Insurance.EMPLOYEE_PENSION, 2025)
    assert [each.month.month for each in found] == list(range(12, 0, -1))
    assert {(each.insurance, each.month.year) for each in found} == {(Insurance.EMPLOYEE_PENSION, 2025)}
    assert client.contributions_of_year(token, Insurance.EMPLOYEE_PENSION, 1990) == ()


def test_contributions_that_were_not_asked_for_are_no_answer(backend, client: BackendClient) -> None:
    token = client.open_visit_by_card(chip(WANG), True).token
    other = ContributionAnswer(
        month=date(2024, 12, 1), insurance=Insurance.EMPLOYEE_PENSION, base_fen=1, own_fen=1, employer_fen=1,
        paid=True,
    )  # fmt: skip
    for page in (
        ContributionsAnswer(contributions=(other,)),
        ContributionsAnswer(contributions=(), next_cursor="2025-01-01.maternity"),  # and again, without end
    ):
        backend.faults.set(faults.AnswerElse(faults.http(200, ANSWER_TYPE, page.model_dump_json().encode())))
        with pytest.raises(BackendNonsense):
            client.contributions_of_year(token, Insurance.EMPLOYEE_PENSION, 2025)
        backend.faults.clear()


def test_a_visitors_transactions_are_those_of_all_kiosks_the_newest_first(
    hand: ByHand, client: BackendClient
) -> None:
    token = client.open_visit_by_card(chip(WANG), True).token
    for kiosk in ("0001", "0002"):
        hand.tell(change(WANG, visit_id(token), kiosk=kiosk, sequence=7))
    hand.tell(loss(LI))
    transactions = client.records(token).transactions
    assert transactions is not None
    assert [one.receipt_number[:11] for one in transactions] == ["0002-000007", "0001-000007"]
    assert isinstance(transactions[0].state, Rejected), "its version was taken by the first"
    assert isinstance(transactions[1].state, Effective)
    assert transactions[0].holder_masked_number == masked_number(WANG.number)


def test_transactions_are_shown_to_nobody_without_a_password(hand: ByHand) -> None:
    token = hand.open(by_id_card(WANG))
    assert code(hand.read(token, "transactions")) == "403 level_too_low"


@pytest.mark.parametrize(
    "query", ["from=2026", "from=2026-13", "to=x", "insurance=luck", "cursor=x", "cursor=2026-01-01.luck"]
)
def test_a_question_about_contributions_that_makes_no_sense_is_refused(hand: ByHand, query: str) -> None:
    token = hand.open(by_card(WANG))
    answer = hand.ask("GET", f"/v1/visits/{visit_id(token)}/contributions?{query}", token=token)
    assert code(answer) == "400 request_invalid"


def test_what_the_backend_does_not_offer_is_not_an_empty_table(serve) -> None:
    backend = serve(not_offered=frozenset({"pension-account", "benefits", "transactions"}))
    client = BackendClient(backend.url, kiosk="0001")
    records = client.records(client.open_visit_by_card(chip(WANG), True).token)
    assert records.pension is None
    assert records.benefits is None
    assert records.transactions is None
    assert records.medical


def test_a_person_insured_elsewhere_has_no_record_here(client: BackendClient) -> None:
    records = client.records(client.open_visit_by_card(chip(ZHENGZHOU), True).token)
    assert records.contributions == ()
    assert records.insurances == ()
    assert records.pension == ()
    assert records.medical == ()


def test_a_retired_person_has_benefits(client: BackendClient) -> None:
    records = client.records(client.open_visit_by_card(chip(LI), True).token)
    assert records.benefits is not None
    assert len(records.benefits) == 24


@pytest.mark.parametrize("living", Living)
@pytest.mark.parametrize("today", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_records_are_the_same_every_time_and_add_up(living: Living, today: date) -> None:
    person = Person(WANG.number, WANG.name, (), living=living)
    holdings = holdings_of(person, today)
    assert holdings == holdings_of(person, today)
    for newer, older in pairwise(holdings.pension):
        assert newer.year == older.year + 1
        assert newer.balance_fen == older.balance_fen + newer.paid_in_fen + newer.interest_fen
    since = {each.insurance: each.since for each in holdings.insurances}
    for each in holdings.contributions:
        assert since[each.insurance] <= each.month <= today
    for year in holdings.pension:
        own = sum(
            each.own_fen
            for each in holdings.contributions
            if each.month.year == year.year and each.insurance.value.endswith("_pension")
        )
        assert year.paid_in_fen == own


def test_months_are_counted_back_over_the_turn_of_the_year() -> None:
    assert [months_back(date(2026, 2, 28), count) for count in (0, 1, 2, 14)] == [
        date(2026, 2, 1), date(2026, 1, 1), date(2025, 12, 1), date(2024, 12, 1),
    ]  # fmt: skip
