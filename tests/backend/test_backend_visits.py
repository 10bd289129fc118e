"""Who may see what: the identity levels and the states of cards and people, asked over HTTP by asking."""

import pytest

from kiosk.backend.emulator.register import Bureau, Standing
from kiosk.domain.cards import CardState
from tests.backend.workbench import (
    ALREADY_LOST,
    BY_STATE,
    DECEASED,
    LEFT,
    LI,
    LOCKED,
    NOT_USABLE,
    OTHER_PROVINCE,
    TWO_CARDS,
    WANG,
    ZHENGZHOU,
    ByHand,
    by_card,
    by_id_card,
    code,
    visit_id,
)

TOPICS = ("profile", "insurances", "contributions", "pension-account", "medical-account", "benefits", "card")


@pytest.mark.parametrize("topic", TOPICS)
def test_card_and_password_open_the_own_records(asking: ByHand, topic: str) -> None:
    assert code(asking.read(asking.open(by_card(WANG)), topic)) == "200"


@pytest.mark.parametrize("topic", TOPICS)
def test_an_id_card_never_opens_a_record(asking: ByHand, topic: str) -> None:
    assert code(asking.read(asking.open(by_id_card(WANG)), topic)) == "403 level_too_low"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_card_whose_password_was_not_checked_opens_no_record(asking: ByHand, topic: str) -> None:
    token = asking.open(by_card(WANG, password_checked_by_card=False))
    assert code(asking.read(token, topic)) == "403 level_too_low"


def test_a_card_without_password_tells_of_no_other_card(asking: ByHand) -> None:
    answer = asking.ask("POST", "/v1/visits", json=by_card(TWO_CARDS, password_checked_by_card=False)).json()
    assert [each["card_number"] for each in answer["cards"]] == [TWO_CARDS.cards[0].card_number]
    assert answer["level"] == 0
    assert answer["tries_left"] == 6


def test_an_id_card_shows_the_own_cards_and_no_notice(asking: ByHand) -> None:
    answer = asking.ask("POST", "/v1/visits", json=by_id_card(WANG)).json()
    assert [each["card_number"] for each in answer["cards"]] == [WANG.cards[0].card_number]
    assert answer["level"] == 1
    assert answer["notices"] == []


def test_the_chips_word_does_not_count_where_the_backend_checks_passwords(serve) -> None:
    hand = ByHand(serve(bureau=Bureau(trusts_card_check=False)))
    token = hand.open(by_card(WANG))
    assert code(hand.read(token, "profile")) == "403 level_too_low"
    assert hand.try_password(token, WANG.password).json()["verdict"] == "accepted"
    assert code(hand.read(token, "profile")) == "200"


def test_a_password_does_not_lift_an_id_card_to_level_two(asking: ByHand) -> None:
    token = asking.open(by_id_card(WANG))
    assert code(asking.try_password(token, WANG.password)) == "403 level_too_low"


def test_a_contactless_card_is_known_by_its_id_alone(asking: ByHand) -> None:
    answer = asking.ask("POST", "/v1/visits", json=by_card(WANG, card_number=None, holder_number=None)).json()
    assert answer["holder_number"] == WANG.number


@pytest.mark.parametrize(
    "forged",
    [
        {"card_number": LI.cards[0].card_number},
        {"holder_number": LI.number},
        {"card_id": "410700D15600000599999999FFFFFFFF"},
    ],
)
def test_a_card_that_contradicts_itself_or_nobody_issued_is_unknown(asking: ByHand, forged: dict) -> None:
    assert code(asking.ask("POST", "/v1/visits", json=by_card(WANG, **forged))) == "404 unknown_card"


def test_cards_of_all_henan_are_served(asking: ByHand) -> None:
    token = asking.open(by_card(ZHENGZHOU))
    assert asking.read(token, "insurances").json() == {"insurances": []}


@pytest.mark.parametrize("known", [OTHER_PROVINCE.cards[0].card_id, "110100D15600000599999999FFFFFFFF"])
def test_a_card_of_another_province_is_not_served(asking: ByHand, known: str) -> None:
    question = by_card(OTHER_PROVINCE, card_id=known)
    assert code(asking.ask("POST", "/v1/visits", json=question)) == "403 other_province"


@pytest.mark.parametrize("person", [DECEASED, LEFT])
@pytest.mark.parametrize("question", [by_card, by_id_card])
def test_why_a_holder_must_go_to_the_window_is_never_told(asking: ByHand, person, question) -> None:
    answer = asking.ask("POST", "/v1/visits", json=question(person))
    assert code(answer) == "403 go_to_window"
    for word in (person.name, person.number, person.standing.value):
        assert word not in answer.text


def test_a_name_that_is_not_the_numbers_is_unknown(asking: ByHand) -> None:
    assert code(asking.ask("POST", "/v1/visits", json=by_id_card(WANG, name=LI.name))) == "404 unknown_holder"
    unknown = by_id_card(WANG, number="41070219600101999X")
    assert code(asking.ask("POST", "/v1/visits", json=unknown)) == "404 unknown_holder"


def test_spaces_and_dots_of_a_name_do_not_matter(asking: ByHand) -> None:
    assert asking.ask("POST", "/v1/visits", json=by_id_card(WANG, name=" 王 秀·英 ")).status_code == 201


@pytest.mark.parametrize("state", CardState)
def test_each_state_of_a_card_has_its_answer(asking: ByHand, state: CardState) -> None:
    answer = asking.ask("POST", "/v1/visits", json=by_card(BY_STATE[state]))
    if state is CardState.PASSWORD_LOCKED:
        assert code(answer) == "403 password_locked"
    elif state in NOT_USABLE:
        assert code(answer) == f"403 {NOT_USABLE[state]}"
    else:
        assert code(answer) == "201"


@pytest.mark.parametrize("state", CardState)
def test_with_the_id_card_the_own_cards_are_shown_in_every_state(asking: ByHand, state: CardState) -> None:
    answer = asking.ask("POST", "/v1/visits", json=by_id_card(BY_STATE[state])).json()
    assert [each["state"] for each in answer["cards"]] == [state.value]


def test_a_card_not_activated_at_the_bank_opens_the_records_and_says_so(asking: ByHand) -> None:
    answer = asking.ask("POST", "/v1/visits", json=by_card(BY_STATE[CardState.NOT_ACTIVATED])).json()
    assert answer["notices"] == ["not_activated"]
    assert code(asking.read(answer["token"], "contributions")) == "200"


def test_the_initial_password_is_told_of(asking: ByHand) -> None:
    assert asking.ask("POST", "/v1/visits", json=by_card(WANG)).json()["notices"] == ["initial_password"]


def test_a_visit_ends_when_it_is_closed(asking: ByHand) -> None:
    token = asking.open(by_card(WANG))
    assert asking.ask("DELETE", f"/v1/visits/{visit_id(token)}", token=token).status_code == 204
    assert code(asking.read(token, "profile")) == "401 visit_over"
    assert code(asking.ask("DELETE", f"/v1/visits/{visit_id(token)}", token=token)) == "401 visit_over"


def test_a_visit_ends_when_it_is_not_used(hand: ByHand, clock) -> None:
    token = hand.open(by_card(WANG))
    clock.wait(minutes=9)
    assert code(hand.read(token, "profile")) == "200"
    clock.wait(minutes=9)
    assert code(hand.read(token, "profile")) == "200"
    clock.wait(minutes=11)
    assert code(hand.read(token, "profile")) == "401 visit_over"


def test_nobody_speaks_for_a_visit_without_its_token(asking: ByHand) -> None:
    hers, his = asking.open(by_card(WANG)), asking.open(by_card(LI))
    path = f"/v1/visits/{visit_id(hers)}/profile"
    for token in ("", his, f"{visit_id(hers)}.{his.partition('.')[2]}", visit_id(hers), "x" * 40):
        assert code(asking.ask("GET", path, token=token)) == "401 visit_over"


def test_one_visits_token_opens_one_persons_records(asking: ByHand) -> None:
    hers, his = asking.open(by_card(WANG)), asking.open(by_card(LI))
    assert asking.read(hers, "profile").json()["number"] == WANG.number
    assert asking.read(his, "profile").json()["number"] == LI.number


def test_what_becomes_of_card_and_holder_counts_at_the_next_question(hand: ByHand, backend) -> None:
    token = hand.open(by_card(WANG))
    backend.window.report_loss(WANG.cards[0].card_number)
    assert code(hand.read(token, "profile")) == "403 card_lost"
    token = hand.open(by_card(LI))
    backend.window.mark(LI.number, Standing.DECEASED)
    assert code(hand.read(token, "profile")) == "403 go_to_window"


def test_a_locked_account_opens_nothing_though_the_chip_says_yes(asking: ByHand) -> None:
    assert code(asking.ask("POST", "/v1/visits", json=by_card(LOCKED))) == "403 password_locked"


def test_a_lost_card_is_shown_with_its_own_time(asking: ByHand) -> None:
    (shown,) = asking.ask("POST", "/v1/visits", json=by_id_card(ALREADY_LOST)).json()["cards"]
    assert (shown["state"], shown["state_since"]) == ("loss_reported", "2026-09-01")


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"kiosk": "1", "credential": by_id_card(WANG)["credential"]},
        {"kiosk": "0001", "credential": {"kind": "fingerprint"}},
        {"kiosk": "0001", "credential": {"name": WANG.name, "number": WANG.number}},
        by_id_card(WANG, level=3),
        by_id_card(WANG, number="'; DROP TABLE holders"),
        by_id_card(WANG, name="王\n英"),
        by_card(WANG, card_id="410700"),
        by_card(WANG, password_checked_by_card="perhaps"),
    ],
)
def test_a_question_that_is_not_of_the_api_is_told_so_without_its_words(
    asking: ByHand, question: dict
) -> None:
    answer = asking.ask("POST", "/v1/visits", json=question)
    assert code(answer) == "400 request_invalid"
    assert WANG.number not in answer.text
    assert WANG.name not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"kiosk": NaN}'])
def test_a_body_that_is_no_json_is_told_so(asking: ByHand, body: bytes) -> None:
    answer = asking.ask("POST", "/v1/visits", data=body, headers={"Content-Type": "application/json"})
    assert code(answer) == "400 request_invalid"


def test_an_address_or_method_nobody_knows_is_a_problem_document_too(asking: ByHand) -> None:
    assert code(asking.ask("GET", "/v2/visits")) == "404 not_found"
    assert code(asking.ask("PATCH", "/v1/visits")) == "405 wrong_method"
