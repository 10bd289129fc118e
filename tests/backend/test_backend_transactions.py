"""What is told to the backend: once in effect, refused by the rules, and never against something newer."""

from datetime import timedelta
from threading import Thread
from typing import Any

import pytest

from kiosk.backend.emulator.register import Bureau, Standing
from kiosk.domain.cards import CardState
from kiosk.domain.contact import ContactField
from kiosk.domain.receipt_number import receipt_number
from tests.backend.workbench import (
    ALREADY_LOST,
    BY_STATE,
    DECEASED,
    LI,
    LOST_SINCE,
    NOON,
    TWO_CARDS,
    WANG,
    ByHand,
    by_card,
    by_id_card,
    change,
    code,
    loss,
    new_key,
    visit_id,
)

OWN = WANG.cards[0].card_number


# --- once in effect -----------------------------------------------------------------------------


def test_a_loss_report_takes_effect_with_number_and_time(hand: ByHand, backend) -> None:
    key = new_key()
    answer = hand.tell(loss(WANG), key)
    assert code(answer) == "201"
    assert answer.json()["key"] == key
    assert answer.json()["state"] == "effective"
    assert answer.json()["acceptance"]["effective_at"] == NOON.isoformat().replace("+00:00", "Z")
    assert not answer.json()["acceptance"]["already"]
    assert [lost.card_number for lost in backend.lost_cards if lost.holder_number == WANG.number] == [OWN]


def test_told_again_it_gets_the_first_answer_again(hand: ByHand, backend, clock) -> None:
    key = new_key()
    first = hand.tell(loss(WANG), key)
    clock.wait(hours=5)
    again = hand.tell(loss(WANG), key)
    assert (code(first), code(again)) == ("201", "200")
    assert again.json() == first.json()
    assert hand.ask("GET", f"/v1/transactions/{key}").json() == first.json()
    assert len(backend.transactions) == 1


def test_a_refusal_is_given_again_too_though_it_would_pass_now(hand: ByHand) -> None:
    key = new_key()
    wrong_name = loss(WANG, holder_name="别人")
    assert code(hand.tell(wrong_name, key)) == "422 unknown_holder"
    assert code(hand.tell(wrong_name, key)) == "422 unknown_holder"
    answer = hand.ask("GET", f"/v1/transactions/{key}").json()
    assert (answer["state"], answer["code"], answer["acceptance"]) == ("rejected", "unknown_holder", None)


def test_a_key_stands_for_one_content(hand: ByHand, backend) -> None:
    key = new_key()
    hand.tell(loss(WANG), key)
    assert code(hand.tell(loss(LI), key)) == "422 key_reused"
    assert code(hand.tell(loss(WANG, sequence=2), key)) == "422 key_reused"
    assert len(backend.transactions) == 1
    assert LI.cards[0].card_number not in {lost.card_number for lost in backend.lost_cards}


def test_the_same_content_may_be_written_in_another_order(hand: ByHand) -> None:
    key, document = new_key(), loss(WANG)
    assert code(hand.tell(document, key)) == "201"
    assert code(hand.tell(dict(reversed(document.items())), key)) == "200"


def test_while_it_is_worked_on_the_same_key_has_to_wait(hand: ByHand, backend) -> None:
    key = new_key()
    backend.transaction_desk.gate.hold()
    answers: list[Any] = []
    first = Thread(target=lambda: answers.append(ByHand(backend).tell(loss(WANG), key)))
    first.start()
    backend.transaction_desk.gate.await_arrival()
    assert code(hand.tell(loss(WANG), key)) == "409 in_progress"
    backend.transaction_desk.gate.release()
    first.join()
    assert code(answers[0]) == "201"
    assert code(hand.tell(loss(WANG), key)) == "200"


def test_what_is_taken_in_undecided_is_pending_until_it_is_decided(hand: ByHand, backend) -> None:
    backend.transaction_desk.decides = False
    key = new_key()
    assert code(hand.tell(loss(WANG), key)) == "202"
    assert hand.ask("GET", f"/v1/transactions/{key}").json()["state"] == "pending"
    assert OWN not in {lost.card_number for lost in backend.lost_cards}
    backend.transaction_desk.decide()
    assert hand.ask("GET", f"/v1/transactions/{key}").json()["state"] == "effective"
    assert code(hand.tell(loss(WANG), key)) == "200"


def test_a_key_nobody_told_is_unknown(hand: ByHand) -> None:
    assert code(hand.ask("GET", f"/v1/transactions/{new_key()}")) == "404 unknown_key"


@pytest.mark.parametrize("key", ["", "1", "550e8400-e29b-41d4-a716-446655440000", "x" * 5000])
def test_only_a_uuid_of_version_7_is_a_key(hand: ByHand, backend, key: str) -> None:
    answer = hand.ask("POST", "/v1/transactions", json=loss(WANG), headers={"Idempotency-Key": key})
    assert code(answer) == "400 request_invalid"
    assert backend.transactions == ()


@pytest.mark.parametrize(
    "broken",
    [
        {"kiosk": "1"},
        {"sequence": 0},
        {"captured_at": "2026-10-12T12:00:00"},
        {"clock": "fine"},
        {"evidence": {"level": 9}},
        {"evidence": {"level": 1, "verified_by": "me"}},
        {"order": {"kind": "un_loss", "card_number": OWN}},
        {"order": {"kind": "contact_change", "version": "1", "changes": []}},
        {"order": {"kind": "loss_report", "card_number": OWN, "password": "246810"}},
        {"note": "please"},
    ],
)
def test_a_document_that_is_not_of_the_api_is_no_final_refusal(hand: ByHand, backend, broken: dict) -> None:
    assert code(hand.tell(loss(WANG) | broken)) == "400 request_invalid"
    assert backend.transactions == ()


# --- loss reports -------------------------------------------------------------------------------


def test_an_existing_loss_is_told_with_its_own_time(hand: ByHand) -> None:
    acceptance = hand.tell(loss(ALREADY_LOST)).json()["acceptance"]
    assert acceptance["already"]
    assert acceptance["effective_at"] == LOST_SINCE.isoformat().replace("+00:00", "Z")


def test_a_second_report_gets_the_number_of_the_first(hand: ByHand, clock) -> None:
    first = hand.tell(loss(WANG)).json()["acceptance"]
    clock.wait(hours=1)
    second = hand.tell(loss(WANG, sequence=2)).json()["acceptance"]
    assert second == first | {"already": True}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (CardState.NORMAL, "201"),
        (CardState.NOT_ACTIVATED, "201"),
        (CardState.PASSWORD_LOCKED, "201"),
        (CardState.SEALED, "201"),
        (CardState.LOSS_REPORTED, "201"),
        (CardState.TEMPORARILY_LOST, "201"),
        (CardState.CANCELLED, "422 cancelled"),
        (CardState.IN_PRODUCTION, "422 in_production"),
        (CardState.REPLACED, "422 stale"),
    ],
)
def test_each_state_of_a_card_has_its_answer_to_a_loss(hand: ByHand, state: CardState, expected: str) -> None:
    assert code(hand.tell(loss(BY_STATE[state]))) == expected


def test_only_the_own_card_can_be_reported(hand: ByHand, backend) -> None:
    assert code(hand.tell(loss(WANG, LI.cards[0].card_number))) == "422 not_own_card"
    assert code(hand.tell(loss(WANG, "X99999999"))) == "422 unknown_card"
    assert LI.cards[0].card_number not in {lost.card_number for lost in backend.lost_cards}


def test_a_report_needs_an_id_card_at_least(hand: ByHand) -> None:
    nothing = {"level": 0, "verified_by": "", "visit_id": ""}
    assert code(hand.tell(loss(WANG, evidence=nothing))) == "422 level_too_low"


def test_a_report_out_of_another_persons_visit_is_refused(hand: ByHand) -> None:
    his = visit_id(hand.open(by_id_card(LI)))
    evidence = {"level": 1, "verified_by": "", "visit_id": his}
    assert code(hand.tell(loss(WANG, evidence=evidence))) == "422 not_own_visit"
    assert code(hand.tell(loss(WANG, evidence=evidence | {"visit_id": "nobody"}))) == "422 not_own_visit"


def test_nothing_is_done_for_a_holder_who_must_go_to_the_window(hand: ByHand) -> None:
    answer = hand.tell(loss(DECEASED))
    assert code(answer) == "422 go_to_window"
    assert DECEASED.standing.value not in answer.text


def test_the_bureau_can_switch_loss_reports_off(serve) -> None:
    hand = ByHand(serve(bureau=Bureau(takes_loss_reports=False)))
    assert code(hand.tell(loss(WANG))) == "422 switched_off"


def test_a_report_without_a_card_number_means_the_only_card(hand: ByHand, backend) -> None:
    assert code(hand.tell(loss(WANG, ""))) == "201"
    assert OWN in {lost.card_number for lost in backend.lost_cards}


def test_a_report_without_a_card_number_does_not_choose_between_two(hand: ByHand, backend) -> None:
    assert code(hand.tell(loss(TWO_CARDS, ""))) == "422 card_unclear"
    assert TWO_CARDS.number not in {lost.holder_number for lost in backend.lost_cards}


def test_a_report_of_no_card_says_so(hand: ByHand) -> None:
    assert code(hand.tell(loss(BY_STATE[CardState.CANCELLED], ""))) == "422 no_card"
    assert code(hand.tell(loss(BY_STATE[CardState.REPLACED], ""))) == "422 stale"


# --- late reports (D9) --------------------------------------------------------------------------


def test_a_late_report_does_not_lock_the_card_that_was_found(hand: ByHand, backend, clock) -> None:
    backend.window.report_loss(OWN)
    clock.wait(hours=1)
    backend.window.un_loss(OWN)
    clock.wait(hours=1)
    assert code(hand.tell(loss(WANG))) == "422 stale"
    assert code(hand.tell(loss(WANG, "", sequence=2))) == "422 stale"
    assert backend.card(OWN).state is CardState.NORMAL


@pytest.mark.parametrize("named", [OWN, ""])
def test_a_late_report_does_not_lock_the_new_card(hand: ByHand, backend, clock, named: str) -> None:
    clock.wait(hours=1)
    backend.window.replace_card(OWN, new_number="N00000001", new_id="410700D1560000050099999901FFFFFF")
    clock.wait(minutes=1)
    assert code(hand.tell(loss(WANG, named))) == "422 stale"
    assert backend.card("N00000001").state is CardState.NORMAL


def test_a_report_from_after_the_card_was_found_takes_effect(hand: ByHand, backend, clock) -> None:
    backend.window.report_loss(OWN)
    backend.window.un_loss(OWN)
    clock.wait(hours=1)
    assert code(hand.tell(loss(WANG, captured_at=clock().isoformat()))) == "201"


@pytest.mark.parametrize(
    "doubtful",
    [{"clock": "unchecked"}, {"captured_at": (NOON + timedelta(days=400)).isoformat()}],
)
def test_when_the_clock_is_in_doubt_the_card_that_was_found_is_safe(
    hand: ByHand, backend, clock, doubtful
) -> None:
    backend.window.report_loss(OWN)
    backend.window.un_loss(OWN)
    clock.wait(hours=1)
    assert code(hand.tell(loss(WANG, **({"captured_at": clock().isoformat()} | doubtful)))) == "422 stale"


def test_the_backends_own_visit_takes_the_doubt_away(hand: ByHand, backend, clock) -> None:
    backend.window.report_loss(OWN)
    backend.window.un_loss(OWN)
    clock.wait(hours=1)
    evidence = {"level": 1, "verified_by": "", "visit_id": visit_id(hand.open(by_id_card(WANG)))}
    assert code(hand.tell(loss(WANG, clock="unchecked", evidence=evidence))) == "201"


# --- contact changes ----------------------------------------------------------------------------


def test_a_contact_change_takes_effect_and_the_old_telephone_is_told(hand: ByHand, backend) -> None:
    token = hand.open(by_card(WANG))
    fields = {"phone": "13900000009", "address": "河南省新乡市牧野区建设路2号"}
    assert code(hand.tell(change(WANG, visit_id(token), fields))) == "201"
    assert backend.contact_of(WANG.number).phone == "13900000009"
    assert backend.contact_of(WANG.number).postcode == WANG.contact.postcode
    assert hand.read(token, "profile").json()["version"] == "2"
    assert backend.phones_told(WANG.number) == (WANG.contact.phone,)


def test_a_change_that_leaves_the_telephone_tells_nobody(hand: ByHand, backend) -> None:
    hand.tell(change(WANG, visit_id(hand.open(by_card(WANG))), {"postcode": "453003"}))
    assert backend.phones_told(WANG.number) == ()


def test_a_late_change_does_not_overwrite_a_newer_one(hand: ByHand, backend) -> None:
    token = hand.open(by_card(WANG))
    newer = WANG.contact.with_value(ContactField.PHONE, "13700000007")
    backend.window.change_contact(WANG.number, newer)
    assert code(hand.tell(change(WANG, visit_id(token)))) == "422 stale"
    assert backend.contact_of(WANG.number) == newer


def test_of_two_changes_of_one_version_the_first_counts(hand: ByHand, backend) -> None:
    visit = visit_id(hand.open(by_card(WANG)))
    assert code(hand.tell(change(WANG, visit, {"phone": "13900000001"}))) == "201"
    assert code(hand.tell(change(WANG, visit, {"phone": "13900000002"}, sequence=2))) == "422 stale"
    assert backend.contact_of(WANG.number).phone == "13900000001"


@pytest.mark.parametrize(
    "evidence",
    [
        {"level": 2},
        {"level": 1},
        {"visit_id": ""},
        {"visit_id": "made-up"},
        {"verified_by": ""},
        {"verified_by": "backend"},
    ],
)
def test_a_change_needs_level_three_out_of_the_own_visit(hand: ByHand, backend, evidence: dict) -> None:
    visit = visit_id(hand.open(by_card(WANG)))
    answer = hand.tell(change(WANG, visit, evidence=evidence))
    assert code(answer) in {"422 level_too_low", "422 not_own_visit"}
    assert backend.contact_of(WANG.number) == WANG.contact


def test_a_change_out_of_an_id_card_visit_is_refused(hand: ByHand) -> None:
    assert code(hand.tell(change(WANG, visit_id(hand.open(by_id_card(WANG)))))) == "422 level_too_low"


def test_a_change_out_of_another_persons_visit_is_refused(hand: ByHand, backend) -> None:
    his = visit_id(hand.open(by_card(LI)))
    assert code(hand.tell(change(WANG, his))) == "422 not_own_visit"
    assert backend.contact_of(WANG.number) == WANG.contact


def test_a_change_out_of_a_visit_at_another_kiosk_is_refused(hand: ByHand) -> None:
    visit = visit_id(hand.open(by_card(WANG)))
    assert code(hand.tell(change(WANG, visit, kiosk="0002"))) == "422 not_own_visit"


def test_where_the_backend_checks_passwords_it_must_have_seen_two(serve) -> None:
    backend = serve(bureau=Bureau(trusts_card_check=False))
    hand = ByHand(backend)
    token = hand.open(by_card(WANG, password_checked_by_card=False))
    by_backend = {"verified_by": "backend"}
    for sequence, expected in ((1, "422 level_too_low"), (2, "422 level_too_low"), (3, "201")):
        asked = change(WANG, visit_id(token), evidence=by_backend, sequence=sequence)
        assert code(hand.tell(asked)) == expected
        assert hand.try_password(token, WANG.password).json()["verdict"] == "accepted"


def test_a_kiosk_cannot_claim_the_cards_check_where_it_does_not_count(serve) -> None:
    hand = ByHand(serve(bureau=Bureau(trusts_card_check=False)))
    token = hand.open(by_card(WANG))
    hand.try_password(token, WANG.password)
    assert code(hand.tell(change(WANG, visit_id(token)))) == "422 level_too_low"


def test_a_change_after_the_visit_is_over_is_still_the_visitors(hand: ByHand, clock) -> None:
    token = hand.open(by_card(WANG))
    hand.ask("DELETE", f"/v1/visits/{visit_id(token)}", token=token)
    clock.wait(days=2)
    assert code(hand.tell(change(WANG, visit_id(token)))) == "201"


def test_a_change_made_with_a_card_reported_lost_before_is_refused(hand: ByHand, backend, clock) -> None:
    visit = visit_id(hand.open(by_card(WANG)))
    backend.window.report_loss(OWN)
    clock.wait(minutes=1)
    assert code(hand.tell(change(WANG, visit, captured_at=clock().isoformat()))) == "422 card_lost"


def test_a_change_made_before_the_card_was_lost_takes_effect(hand: ByHand, backend, clock) -> None:
    visit = visit_id(hand.open(by_card(WANG)))
    clock.wait(minutes=1)
    backend.window.report_loss(OWN)
    assert code(hand.tell(change(WANG, visit))) == "201"


def test_fields_the_bureau_does_not_allow_are_refused(serve) -> None:
    hand = ByHand(serve(bureau=Bureau(contact_fields=frozenset({ContactField.PHONE}))))
    visit = visit_id(hand.open(by_card(WANG)))
    assert (
        code(hand.tell(change(WANG, visit, {"phone": "13900000009", "email": "a@b.cn"})))
        == "422 field_not_allowed"
    )
    assert code(hand.tell(change(WANG, visit, sequence=2))) == "201"


@pytest.mark.parametrize("name", ["name", "holder_number", "card_number", "sex", "bank_account"])
def test_what_is_on_the_cards_face_is_no_field_at_all(hand: ByHand, name: str) -> None:
    visit = visit_id(hand.open(by_card(WANG)))
    assert code(hand.tell(change(WANG, visit, {name: "王秀音"}))) == "400 request_invalid"


@pytest.mark.parametrize(
    ("name", "value"),
    [("phone", ""), ("phone", "12"), ("address", "短"), ("postcode", "45300"), ("email", "no address")],
)
def test_values_that_will_not_do_are_refused_whatever_the_kiosk_checked(hand: ByHand, name, value) -> None:
    visit = visit_id(hand.open(by_card(WANG)))
    assert code(hand.tell(change(WANG, visit, {name: value}))) == "422 field_invalid"


def test_a_field_may_be_named_once(hand: ByHand) -> None:
    document = change(WANG, visit_id(hand.open(by_card(WANG))))
    document["order"]["changes"] *= 2
    assert code(hand.tell(document)) == "400 request_invalid"


def test_a_change_for_a_holder_marked_since_is_refused(hand: ByHand, backend) -> None:
    visit = visit_id(hand.open(by_card(WANG)))
    backend.window.mark(WANG.number, Standing.LEFT)
    assert code(hand.tell(change(WANG, visit))) == "422 go_to_window"


# --- receipts -----------------------------------------------------------------------------------


def test_anybody_with_the_receipt_number_learns_how_it_stands_and_no_more(hand: ByHand) -> None:
    key = new_key()
    hand.tell(change(WANG, visit_id(hand.open(by_card(WANG))), sequence=7), key)
    answer = hand.ask("GET", f"/v1/transactions?receipt_number={receipt_number('0001', 7)}")
    assert answer.json()["state"] == "effective"
    assert answer.json()["holder_masked_name"] == "王*英"
    for secret in (WANG.name, WANG.number, "13900000009", WANG.contact.phone):
        assert secret not in answer.text


def test_after_a_million_the_number_means_the_later_transaction(hand: ByHand) -> None:
    hand.tell(loss(WANG, sequence=7))
    hand.tell(loss(LI, sequence=1_000_007))
    answer = hand.ask("GET", f"/v1/transactions?receipt_number={receipt_number('0001', 1_000_007)}")
    assert answer.json()["holder_masked_name"] == "李*国"


@pytest.mark.parametrize("number", [receipt_number("0001", 7), "0001-000007-0"])
def test_a_receipt_nobody_has_is_unknown(hand: ByHand, number: str) -> None:
    answer = hand.ask("GET", f"/v1/transactions?receipt_number={number}")
    assert code(answer) == "404 unknown_receipt"


def test_what_is_no_receipt_number_is_told_so(hand: ByHand) -> None:
    assert code(hand.ask("GET", "/v1/transactions?receipt_number=1 OR 1=1")) == "400 request_invalid"
    assert code(hand.ask("GET", "/v1/transactions")) == "400 request_invalid"
