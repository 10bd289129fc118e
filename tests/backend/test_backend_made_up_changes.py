"""Contact changes a kiosk makes up: neither an old visit nor a made-up time takes the place of the password.

Told by hand over HTTP. Beside each stands the honest change it looks like, which must still be taken in:
told late because the link was down, or told twice because an answer was lost.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from kiosk.backend.emulator.register import Bureau
from kiosk.backend.emulator.server import ReferenceBackend
from tests.backend.workbench import WANG, ByHand, by_card, change, code, new_key, visit_id

OWN = WANG.cards[0].card_number
BY_BACKEND = {"verified_by": "backend"}


@pytest.fixture
def backend(serve) -> ReferenceBackend:
    """Start a backend that believes no card's check, and sees every password itself."""
    return serve(bureau=Bureau(trusts_card_check=False))


@pytest.fixture
def hand(backend: ReferenceBackend) -> Iterator[ByHand]:
    by_hand = ByHand(backend)
    yield by_hand
    by_hand.close()


def visit_with_passwords(hand: ByHand, entries: int = 2) -> str:
    """Open a visit, enter the password, and return the token."""
    token = hand.open(by_card(WANG, password_checked_by_card=False))
    for _ in range(entries):
        enter_password(hand, token)
    return token


def enter_password(hand: ByHand, token: str) -> None:
    assert hand.try_password(token, WANG.password).json()["verdict"] == "accepted"


def close(hand: ByHand, token: str) -> None:
    hand.ask("DELETE", f"/v1/visits/{visit_id(token)}", token=token)


def told_at(token: str, at: datetime, **changes: Any) -> dict[str, Any]:
    return change(WANG, visit_id(token), evidence=BY_BACKEND, captured_at=at.isoformat(), **changes)


# --- a password entered again proves one change -------------------------------------------------


def test_a_change_told_out_of_the_visit_of_an_earlier_one_is_refused(hand: ByHand, backend, clock) -> None:
    token = visit_with_passwords(hand)
    made_at = clock()
    assert code(hand.tell(told_at(token, made_at))) == "201"
    close(hand, token)
    clock.wait(days=365)
    for at in (clock(), made_at):
        forged = told_at(token, at, fields={"phone": "13911111111"}, version="2", sequence=2)
        assert code(hand.tell(forged)) == "422 level_too_low"
    assert backend.contact_of(WANG.number).phone == "13900000009"


def test_each_change_of_a_visit_takes_the_password_once_more(hand: ByHand, clock) -> None:
    token = visit_with_passwords(hand)
    second = {"fields": {"phone": "13911111111"}, "version": "2"}
    assert code(hand.tell(told_at(token, clock()))) == "201"
    assert code(hand.tell(told_at(token, clock(), sequence=2, **second))) == "422 level_too_low"
    enter_password(hand, token)
    assert code(hand.tell(told_at(token, clock(), sequence=3, **second))) == "201"


def test_entries_beyond_the_second_are_not_saved_up(hand: ByHand, clock) -> None:
    token = visit_with_passwords(hand, entries=5)
    assert code(hand.tell(told_at(token, clock()))) == "201"
    assert code(hand.tell(told_at(token, clock(), version="2", sequence=2))) == "422 level_too_low"


def test_a_refused_change_has_spent_the_entry_too(hand: ByHand, clock) -> None:
    token = visit_with_passwords(hand)
    assert code(hand.tell(told_at(token, clock(), fields={"phone": "12"}))) == "422 field_invalid"
    assert code(hand.tell(told_at(token, clock(), sequence=2))) == "422 level_too_low"


def test_of_two_changes_left_undecided_one_entry_proves_the_first(hand: ByHand, backend, clock) -> None:
    token = visit_with_passwords(hand)
    backend.transaction_desk.decides = False
    keys = new_key(), new_key()
    hand.tell(told_at(token, clock()), keys[0])
    hand.tell(told_at(token, clock(), version="2", sequence=2), keys[1])
    clock.wait(days=1)
    backend.transaction_desk.decide()
    answers = [hand.ask("GET", f"/v1/transactions/{key}").json() for key in keys]
    assert [answer["state"] for answer in answers] == ["effective", "rejected"]


def test_somebody_elses_claim_to_a_visit_spends_nothing_of_it(hand: ByHand, clock) -> None:
    token = visit_with_passwords(hand)
    assert code(hand.tell(told_at(token, clock(), kiosk="0002"))) == "422 not_own_visit"
    assert code(hand.tell(told_at(token, clock(), sequence=2))) == "201"


def test_a_change_told_again_gets_its_first_answer(hand: ByHand, clock) -> None:
    token, key = visit_with_passwords(hand), new_key()
    document = told_at(token, clock())
    first = hand.tell(document, key)
    close(hand, token)
    clock.wait(days=2)
    again = hand.tell(document, key)
    assert (code(first), code(again)) == ("201", "200")
    assert again.json() == first.json()


# --- a change is made in its visit --------------------------------------------------------------


def test_a_change_that_waited_for_the_link_takes_effect(hand: ByHand, clock) -> None:
    token = visit_with_passwords(hand)
    clock.wait(minutes=3)
    made_at = clock()
    close(hand, token)
    clock.wait(days=30)
    assert code(hand.tell(told_at(token, made_at))) == "201"


@pytest.mark.parametrize("late", [timedelta(minutes=-1), timedelta(minutes=11), timedelta(days=365)])
def test_a_change_from_before_or_after_its_visit_is_refused(
    hand: ByHand, backend, clock, late: timedelta
) -> None:
    token = visit_with_passwords(hand)
    at = clock() + late
    clock.wait(days=365)
    assert code(hand.tell(told_at(token, at))) == "422 level_too_low"
    assert backend.contact_of(WANG.number) == WANG.contact


def test_a_clock_that_is_as_wrong_as_it_may_be_is_forgiven(hand: ByHand, clock) -> None:
    token = visit_with_passwords(hand)
    assert code(hand.tell(told_at(token, clock() - timedelta(seconds=30)))) == "201"


@pytest.mark.parametrize(("later", "expected"), [(5, "201"), (11, "422 level_too_low")])
def test_by_a_clock_in_doubt_a_change_is_made_when_it_is_told(
    hand: ByHand, clock, later: int, expected: str
) -> None:
    token = visit_with_passwords(hand)
    made_up = clock() + timedelta(days=-400)
    clock.wait(minutes=later)
    assert code(hand.tell(told_at(token, made_up, clock="unchecked"))) == expected


# --- the card was not lost ----------------------------------------------------------------------


def test_no_made_up_time_hides_that_the_visit_went_on_after_the_card_was_lost(
    hand: ByHand, backend, clock
) -> None:
    token = visit_with_passwords(hand, entries=1)
    before = clock()
    backend.window.report_loss(OWN)
    clock.wait(minutes=1)
    backend.window.un_loss(OWN)
    enter_password(hand, token)
    backend.window.report_loss(OWN)
    assert code(hand.tell(told_at(token, before))) == "422 card_lost"
    assert backend.contact_of(WANG.number) == WANG.contact


def test_no_entry_of_the_password_counts_once_the_card_is_lost(hand: ByHand, backend, clock) -> None:
    token = visit_with_passwords(hand, entries=1)
    before = clock()
    clock.wait(minutes=1)
    backend.window.report_loss(OWN)
    assert code(hand.try_password(token, WANG.password)) == "403 card_lost"
    assert code(hand.tell(told_at(token, before))) == "422 level_too_low"


def test_a_change_spent_before_the_loss_is_not_told_again_with_an_earlier_time(
    hand: ByHand, backend, clock
) -> None:
    token = visit_with_passwords(hand)
    made_at = clock()
    assert code(hand.tell(told_at(token, made_at))) == "201"
    clock.wait(minutes=1)
    backend.window.report_loss(OWN)
    clock.wait(days=1)
    forged = told_at(token, made_at, fields={"phone": "13911111111"}, version="2", sequence=2)
    assert code(hand.tell(forged)) == "422 level_too_low"
    assert backend.contact_of(WANG.number).phone == "13900000009"


def test_a_change_made_before_the_loss_takes_effect_however_late_it_comes(
    hand: ByHand, backend, clock
) -> None:
    token = visit_with_passwords(hand)
    made_at = clock()
    clock.wait(minutes=1)
    backend.window.report_loss(OWN)
    clock.wait(days=2)
    assert code(hand.tell(told_at(token, made_at))) == "201"
