"""Six consecutive wrong passwords lock the account (Art 24), whatever happens around them."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.backend.client import BackendClient
from kiosk.backend.emulator.desks import Desks
from kiosk.backend.emulator.faults import HangUp, LoseAnswer, busy, server_error
from kiosk.backend.emulator.founding import found
from kiosk.backend.emulator.register import Bureau
from kiosk.backend.emulator.server import ReferenceBackend
from kiosk.backend.emulator.store import Store
from kiosk.backend.emulator.window import Window
from kiosk.backend.errors import BackendError, BackendRefusal
from kiosk.backend.visits import PasswordOutcome, PasswordVerdict, VisitQuestion
from tests.backend.workbench import LOCKED, WANG, ByHand, by_card, chip, code, visit_id

BACKEND_CHECKS = Bureau(trusts_card_check=False)
WRONG = "000000"


@pytest.fixture
def backend(serve) -> ReferenceBackend:
    return serve(bureau=BACKEND_CHECKS)


def test_the_sixth_wrong_password_in_a_row_locks(client: BackendClient) -> None:
    token = client.open_visit_by_card(chip(WANG), False).token
    outcomes = [client.verify_password(token, WRONG) for _ in range(6)]
    assert [outcome.tries_left for outcome in outcomes] == [5, 4, 3, 2, 1, 0]
    assert [outcome.verdict for outcome in outcomes[:5]] == [PasswordVerdict.WRONG] * 5
    assert outcomes[5].verdict is PasswordVerdict.LOCKED


def test_a_locked_account_stays_locked_for_the_right_password(client: BackendClient) -> None:
    visit = client.open_visit_by_card(chip(LOCKED), False)
    assert visit.tries_left == 0
    assert client.verify_password(visit.token, LOCKED.password).verdict is PasswordVerdict.LOCKED
    with pytest.raises(BackendRefusal, match="level_too_low"):
        client.records(visit.token)


def test_only_the_right_password_begins_the_count_anew(client: BackendClient) -> None:
    for _ in range(3):
        token = client.open_visit_by_card(chip(WANG), False).token
        assert client.verify_password(token, WRONG).verdict is PasswordVerdict.WRONG
        client.close_visit(token)
    visit = client.open_visit_by_card(chip(WANG), False)
    assert visit.tries_left == 3
    assert client.verify_password(visit.token, WANG.password) == PasswordOutcome(PasswordVerdict.ACCEPTED, 6)
    assert client.open_visit_by_card(chip(WANG), False).tries_left == 6


def test_the_count_survives_a_restart_and_is_the_same_at_every_kiosk(serve, tmp_path: Path) -> None:
    for kiosk in ("0001", "0002", "0003"):
        backend = serve(bureau=BACKEND_CHECKS, db_path=tmp_path / "backend.db")
        client = BackendClient(backend.url, kiosk=kiosk)
        token = client.open_visit_by_card(chip(WANG), False).token
        client.verify_password(token, WRONG)
        client.verify_password(token, WRONG)
        backend.go_offline()
    assert serve(bureau=BACKEND_CHECKS, db_path=tmp_path / "backend.db").tries_left(WANG.number) == 0


def test_locking_ends_the_visits_that_were_open(client: BackendClient) -> None:
    other = client.open_visit_by_card(chip(WANG), False).token
    client.verify_password(other, WANG.password)
    token = client.open_visit_by_card(chip(WANG), False).token
    for _ in range(6):
        client.verify_password(token, WRONG)
    with pytest.raises(BackendRefusal, match="visit_over"):
        client.records(other)


def test_the_window_unlocks(client: BackendClient, backend: ReferenceBackend) -> None:
    backend.window.unlock(LOCKED.number)
    token = client.open_visit_by_card(chip(LOCKED), False).token
    assert client.verify_password(token, LOCKED.password).verdict is PasswordVerdict.ACCEPTED


@pytest.mark.parametrize("entry", ["", "12345", "1234567", "12345a", "１２３４５６", "0x1234"])
def test_what_is_no_six_digits_costs_no_try(hand: ByHand, backend: ReferenceBackend, entry: str) -> None:
    token = hand.open(by_card(WANG, password_checked_by_card=False))
    assert code(hand.try_password(token, entry)) == "400 request_invalid"
    assert backend.tries_left(WANG.number) == 6


@pytest.mark.parametrize("fault", [LoseAnswer(), LoseAnswer(30), server_error(works=True)])
def test_an_answer_that_is_lost_has_cost_its_try_once(client, backend, fault) -> None:
    token = client.open_visit_by_card(chip(WANG), False).token
    backend.faults.set(fault, path="/v1/visits/", times=1)
    with pytest.raises(BackendError) as caught:
        client.verify_password(token, WRONG)
    assert caught.value.may_be_done
    assert backend.tries_left(WANG.number) == 5


@pytest.mark.parametrize(("fault", "may_be_done"), [(HangUp(), True), (busy(), False)])
def test_the_client_never_asks_twice(client, backend, fault, may_be_done: bool) -> None:
    token = client.open_visit_by_card(chip(WANG), False).token
    backend.faults.set(fault, path="/v1/visits/", times=1)
    with pytest.raises(BackendError) as caught:
        client.verify_password(token, WRONG)
    assert caught.value.may_be_done is may_be_done
    assert backend.tries_left(WANG.number) == 6


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    events=st.lists(
        st.sampled_from(["right", "wrong", "wrong", "wrong", "unlocked", "new visit"]), max_size=20
    )
)
def test_whatever_the_order_the_count_is_that_of_the_law(clock, events: list[str]) -> None:
    store = Store(None)
    found(store, [WANG], clock())
    desk, window = Desks.over(store, BACKEND_CHECKS, clock).visits, Window(store, clock)
    question = VisitQuestion.model_validate(by_card(WANG, password_checked_by_card=False))
    wrong_in_a_row = 0
    token = desk.open(question).token
    for event in events:
        if event == "unlocked":
            window.unlock(WANG.number)
            wrong_in_a_row = 0
        elif event != "new visit":
            expected = _expected(event, wrong_in_a_row)
            password = WANG.password if event == "right" else WRONG
            assert desk.check_password(visit_id(token), token, password).verdict is expected
            wrong_in_a_row = 0 if expected is PasswordVerdict.ACCEPTED else min(6, wrong_in_a_row + 1)
        if event == "new visit" or wrong_in_a_row == 6:  # a lock has ended the visits that were open
            token = desk.open(question).token
        assert desk.open(question).tries_left == 6 - wrong_in_a_row


def _expected(event: str, wrong_in_a_row: int) -> PasswordVerdict:
    if wrong_in_a_row == 6 or (event == "wrong" and wrong_in_a_row == 5):
        return PasswordVerdict.LOCKED
    return PasswordVerdict.ACCEPTED if event == "right" else PasswordVerdict.WRONG
