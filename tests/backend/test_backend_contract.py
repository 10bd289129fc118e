"""The contract as the kiosk uses it: what is sealed comes out as it was, and nothing tells too much."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kiosk.backend.contract import (
    ContactChangeDocument,
    ToldTransaction,
    TransactionAnswer,
    TransactionDocument,
)
from kiosk.backend.emulator.app import FINAL_REFUSALS
from kiosk.backend.errors import BackendError
from kiosk.backend.message import Code, Message, Problem
from kiosk.backend.record_answers import ContributionAnswer, ProfileAnswer
from kiosk.backend.reply import Reply, understood
from kiosk.backend.visits import PasswordQuestion, VisitAnswer, visit_id_of
from kiosk.domain.contact import ContactDetails, ContactField
from kiosk.domain.transaction import (
    ClockQuality,
    ContactChange,
    Effective,
    Evidence,
    IdentityLevel,
    LossReport,
    Pending,
    Rejected,
)
from tests.backend.workbench import CONTACT, NOON, WANG, new_key

AFTER = CONTACT.with_value(ContactField.PHONE, "13900000009").with_value(
    ContactField.ADDRESS, "河南省新乡市新址2号"
)
CHANGE = ContactChange(CONTACT, AFTER, "7", (ContactField.PHONE, ContactField.ADDRESS))
TOKEN = "visit-0001.a-secret-that-must-not-be-kept"


def document(order: LossReport | ContactChange, **changes: Any) -> TransactionDocument:
    told = {
        "holder_name": WANG.name,
        "holder_number": WANG.number,
        "captured_at": NOON,
        "clock": ClockQuality.SYNCHRONISED,
        "kiosk": "0001",
        "evidence": Evidence(IdentityLevel.PASSWORD_AGAIN, "card"),
        "token": TOKEN,
    }
    return TransactionDocument.of(order, **(told | changes))


def test_the_visits_secret_is_not_kept() -> None:
    sealed = document(CHANGE).model_dump_json()
    assert "visit-0001" in sealed
    assert "secret" not in sealed


def test_only_what_was_changed_is_told() -> None:
    order = document(CHANGE).order
    assert isinstance(order, ContactChangeDocument)
    assert {change.field for change in order.changes} == {ContactField.PHONE, ContactField.ADDRESS}
    assert CONTACT.email not in document(CHANGE).model_dump_json()


def test_a_receipt_tells_nothing_whole() -> None:
    for order in (CHANGE, LossReport("A12345678")):
        receipt = repr(document(order).to_transaction(new_key(), 17, Pending()))
        for whole in (WANG.name, WANG.number, "A12345678", CONTACT.phone, AFTER.phone, AFTER.address):
            assert whole not in receipt
        assert "0001-000017-" in receipt


texts = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=70)
contacts = st.builds(ContactDetails, texts, texts, texts, texts)
orders = st.one_of(
    st.builds(LossReport, st.sampled_from(["", "A12345678", "X00000001"])),
    st.builds(
        ContactChange,
        contacts,
        contacts,
        texts,
        st.lists(st.sampled_from(ContactField), min_size=1, unique=True).map(tuple),
    ),
)
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])).filter(
    lambda moment: 2000 <= moment.year < 2100
)


@settings(max_examples=100)
@given(order=orders, captured_at=moments, sequence=st.integers(1, 10**9), clock=st.sampled_from(ClockQuality))
def test_what_was_sealed_is_read_as_it_was(order, captured_at, sequence, clock) -> None:
    written = document(order, captured_at=captured_at, clock=clock)
    read = TransactionDocument.model_validate_json(written.model_dump_json())
    assert read == written
    told = ToldTransaction(**dict(read), sequence=sequence)
    sent = json.loads(told.model_dump_json())
    assert sent == json.loads(written.model_dump_json()) | {"sequence": sequence}
    key = new_key()
    assert read.to_transaction(key, sequence, Pending()) == written.to_transaction(key, sequence, Pending())


@pytest.mark.parametrize(
    "changes",
    [
        {"holder_number": "12"},
        {"holder_name": ""},
        {"holder_name": "王\x1b@英"},
        {"holder_name": "王\u202e英"},
        {"kiosk": "A1"},
        {"captured_at": datetime(2026, 1, 1)},  # noqa: DTZ001  what it is about
    ],
)
def test_a_document_the_backend_could_never_take_is_not_made(changes: dict) -> None:
    with pytest.raises(ValidationError) as caught:
        document(LossReport(""), **changes)
    assert WANG.name not in str(caught.value)
    assert WANG.number not in str(caught.value)


def test_names_with_characters_no_table_knows_are_names() -> None:
    for name in (
        "陈䶮㛃",
        "\U00030edd",
        "\ue863",
        "\U000323b0",
        "阿卜杜热合曼江·麦麦提",
        "WHITFIELD JONATHAN EDWARD",
    ):
        assert document(LossReport(""), holder_name=name).holder_name == name


# --- the backend's word -------------------------------------------------------------------------


def word(**fields: Any) -> TransactionAnswer:
    return TransactionAnswer.model_validate({"key": new_key()} | fields)


def test_the_three_states_are_what_the_backend_says() -> None:
    accepted = {"number": "20261012000001", "effective_at": NOON, "already": True}
    effective = word(state="effective", acceptance=accepted)
    state = effective.to_state()
    assert isinstance(state, Effective)
    assert (state.acceptance.number, state.acceptance.effective_at) == ("20261012000001", NOON)
    assert state.acceptance.already
    assert word(state="pending").to_state() == Pending()
    assert word(state="rejected", code="stale", reason="later").to_state() == Rejected("stale", "later")
    assert TransactionAnswer.model_validate_json(effective.model_dump_json()) == effective


def test_a_newer_backend_may_say_more() -> None:
    assert word(state="pending", queue="province", since=NOON).to_state() == Pending()


def test_a_code_of_refusal_this_kiosk_does_not_know_is_kept() -> None:
    assert word(state="rejected", code="a_new_reason").to_state() == Rejected("a_new_reason")


@settings(max_examples=300)
@given(
    st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)),
    st.sampled_from([200, 201, 202, 204, 301, 400, 409, 422, 429, 500, 503]),
    st.sampled_from(["application/json", "application/problem+json", "text/html", ""]),
    st.sampled_from([TransactionAnswer, VisitAnswer, ProfileAnswer]),
)
def test_arbitrary_replies_are_errors_and_nothing_else(body, status, media_type, model) -> None:
    with pytest.raises(BackendError):
        understood(Reply(status, {"content-type": media_type}, body), model)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=300)
@given(data=st.data())
def test_no_effect_comes_out_of_fields_that_were_tampered_with(data) -> None:
    good = json.loads(word(state="rejected", code="stale").model_dump_json())
    name = data.draw(st.sampled_from([*good, "acceptance", "state", "extra"]))
    good[name] = data.draw(json_values | st.just("effective") | st.just({"number": "1"}))
    reply = Reply(200, {"content-type": "application/json"}, json.dumps(good).encode())
    try:
        state = understood(reply, TransactionAnswer).to_state()
    except BackendError:
        return
    assert not isinstance(state, Effective)


# --- what must not be seen ----------------------------------------------------------------------


def _messages() -> list[type[Message]]:
    found, open_ = [], [Message]
    while open_:
        kind = open_.pop()
        open_ += kind.__subclasses__()
        found.append(kind)
    return found


@pytest.mark.parametrize("kind", _messages(), ids=lambda kind: kind.__name__)
def test_a_message_shows_nothing_of_itself(kind: type[Message]) -> None:
    assert str(kind.model_construct(**dict.fromkeys(kind.model_fields, "SECRET"))).count("SECRET") == 0


@pytest.mark.parametrize("kind", _messages(), ids=lambda kind: kind.__name__)
def test_a_message_that_will_not_do_is_refused_without_its_words(kind: type[Message]) -> None:
    odd = {"SECRET": 1} | {name: ["SECRET"] for name in kind.model_fields}
    for words in ("SECRET", odd):
        refusal = _refusal(kind, words)
        assert "['SECRET']" not in refusal
        assert "input_value" not in refusal


def _refusal(kind: type[Message], words: object) -> str:
    try:
        kind.model_validate(words)
    except ValidationError as error:
        return str(error)
    return ""


def test_a_password_shows_nowhere() -> None:
    question = PasswordQuestion(password="246810")
    assert "246810" not in repr(question) + str(question)
    with pytest.raises(ValidationError) as caught:
        PasswordQuestion(password="24681x")
    assert "24681" not in str(caught.value)


def test_errors_hold_codes_and_nothing_else() -> None:
    told = json.dumps({"key": WANG.number, "state": WANG.name}).encode()
    with pytest.raises(BackendError) as caught:
        understood(Reply(200, {"content-type": "application/json"}, told), TransactionAnswer)
    assert WANG.name not in repr(caught.value) + str(caught.value.__context__)
    assert WANG.number not in repr(caught.value)


def test_a_token_tells_its_visit_and_nothing_else() -> None:
    assert visit_id_of(TOKEN) == "visit-0001"
    assert visit_id_of("") == ""


def test_amounts_and_months_are_whole() -> None:
    fields = {
        "month": "2026-10",
        "insurance": "unemployment",
        "base_fen": 1,
        "own_fen": 1,
        "employer_fen": 1,
        "paid": True,
    }
    assert json.loads(ContributionAnswer.model_validate(fields).model_dump_json()) == fields
    for broken in (
        {"base_fen": 1.5},
        {"base_fen": "1"},
        {"month": "2026-10-02"},
        {"month": "2026"},
        {"paid": 1},
    ):
        with pytest.raises(ValidationError):
            ContributionAnswer.model_validate_json(json.dumps(fields | broken), strict=True)


def test_every_code_has_its_own_text_and_every_final_refusal_is_foreseen() -> None:
    assert len({code.text for code in Code}) == len(Code)
    assert {code for code in Code if code.status == 422} <= set(FINAL_REFUSALS)
    for code in Code:
        assert Problem.of(code, for_good=True).status == 422
