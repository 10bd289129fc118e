"""The password checked by the backend (`password.verified_by = "backend"`), through whole journeys.

The chip is never given it. The count lives at the backend: it outlasts cards, kiosks and power cuts.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Bench

from drivers.emulators.personas import persona
from kiosk.backend.emulator import faults
from kiosk.backend.emulator.faults import Fault
from kiosk.domain.cards import CardState

WHO = "li-jianguo"
ME = persona(WHO)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path, password={"verified_by": "backend"}) as bench:
        yield bench


def enter(bench: Bench, password: str) -> None:
    if "我记得密码，再试一次" in bench.choices:
        bench.touch("我记得密码，再试一次")
    bench.enter(password)
    bench.touch("确定")


def left(bench: Bench) -> int:
    return bench.backend.tries_left(ME.holder_number)


def leave(bench: Bench) -> None:
    bench.pull_card()
    bench.wait(5)
    assert bench.view.name == "home"


def spoil_answer(bench: Bench, fault: Fault) -> None:
    """Spoil the next answer that belongs to a visit: the password's, when it is asked for next."""
    bench.backend.faults.set(fault, path="/v1/visits", times=1)


# --- right --------------------------------------------------------------------------------------


def test_the_right_password_opens_the_records_and_the_chip_is_never_asked(bench: Bench) -> None:
    card = bench.insert_card(WHO)
    assert bench.view.name == "password"
    enter(bench, ME.password)
    bench.touch("我的信息")
    assert ME.name in bench.screen
    assert not card.is_verified


def test_nothing_of_the_holder_is_shown_before_the_password(bench: Bench) -> None:
    bench.insert_card(WHO)
    assert ME.name not in bench.screen
    assert not any("我的" in choice for choice in bench.choices)


def test_a_change_takes_the_password_twice_and_says_who_checked_it(bench: Bench) -> None:
    bench.insert_card(WHO)
    enter(bench, ME.password)
    bench.touch("修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")
    enter(bench, ME.password)
    assert "变更已生效" in bench.screen
    assert bench.backend.contact_of(ME.holder_number).phone == "13903730021"
    assert bench.backend.transactions[0].told.evidence.verified_by == "backend"


def test_a_damaged_card_is_chosen_from_all_cards_of_the_holder(bench: Bench) -> None:
    """Before the password the backend names only the card in the reader; the records know all of them."""
    bench.backend.window.replace_card(
        ME.card_number, new_number="B07285799", new_id="410700D15600000500990785FFFFFFFF"
    )
    bench.backend.window.set_state(ME.card_number, CardState.NORMAL)  # both are in use
    bench.insert_card(WHO)
    enter(bench, ME.password)
    bench.touch("社保卡挂失", "卡号 *****5716　中原银行", "确认挂失")
    assert bench.lost_cards == {ME.card_number}
    assert bench.backend.transactions[0].told.evidence.verified_by == "backend"


# --- wrong --------------------------------------------------------------------------------------


def test_wrong_passwords_are_counted_at_the_backend_down_to_the_warning_and_the_lock(bench: Bench) -> None:
    bench.insert_card(WHO)
    for tries in (5, 4, 3, 2):
        enter(bench, "000000")
        assert f"还可以输入 {tries} 次" in bench.screen
        assert left(bench) == tries
    enter(bench, "000000")
    assert "只剩最后一次" in bench.screen
    enter(bench, "000000")
    assert "社保账户密码已锁定" in bench.screen
    assert left(bench) == 0
    assert bench.cards[WHO].tries_left == 6, "the chip's own count is untouched"
    bench.touch("看办事指南")
    assert bench.view.title == "密码解锁"


def test_the_count_outlasts_the_visit_the_power_and_the_kiosk(bench: Bench) -> None:
    bench.insert_card(WHO)
    for _ in range(3):
        enter(bench, "000000")
    leave(bench)
    bench.power_on()
    bench.insert_card(WHO)
    enter(bench, "000000")
    assert "还可以输入 2 次" in bench.screen


def test_who_comes_with_one_try_left_is_warned_before_any_digit(bench: Bench) -> None:
    bench.insert_card(WHO)
    for _ in range(5):
        enter(bench, "000000")
    leave(bench)
    bench.insert_card(WHO)
    assert "只剩最后一次" in bench.screen
    assert "1" not in bench.choices
    enter(bench, ME.password)
    assert bench.view.name == "choosing_topic"
    assert left(bench) == 6, "only the right password begins the count anew"


def test_who_comes_locked_is_asked_for_no_password(bench: Bench) -> None:
    bench.insert_card(WHO)
    for _ in range(6):
        enter(bench, "000000")
    leave(bench)
    bench.insert_card(WHO)
    assert "社保账户密码已锁定" in bench.screen
    assert "1" not in bench.choices
    bench.backend.window.unlock(ME.holder_number)
    leave(bench)
    bench.insert_card(WHO)
    enter(bench, ME.password)
    assert bench.view.name == "choosing_topic"


def test_a_wrong_password_at_the_moment_of_change_counts_and_changes_nothing(bench: Bench) -> None:
    bench.insert_card(WHO)
    enter(bench, ME.password)
    bench.touch("修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")
    enter(bench, "000000")
    assert "还可以输入 5 次" in bench.screen
    assert not bench.backend.transactions
    enter(bench, ME.password)
    assert "变更已生效" in bench.screen


def test_an_account_locked_while_the_records_are_open_closes_them(bench: Bench) -> None:
    bench.insert_card(WHO)
    enter(bench, ME.password)
    bench.touch("修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")
    for _ in range(6):
        enter(bench, "000000")
    assert "社保账户密码已锁定" in bench.screen
    assert not bench.backend.transactions
    bench.touch("看办事指南")
    session = bench.runtime.kiosk.visit.session
    assert (session.holder, session.records) == (None, None), "a guide is for anybody"
    bench.touch("结束")
    assert "请取走您的卡" in bench.screen


# --- the answer is lost -------------------------------------------------------------------------

LOST = (
    faults.LoseAnswer(),
    faults.LoseAnswer(after_bytes=40),
    faults.server_error(works=True),
    faults.garbage(works=True),
)
"""What may become of the answer after the backend has counted the try."""


def test_a_lost_answer_counts_as_a_try_and_the_program_does_not_repeat_it(bench: Bench) -> None:
    bench.insert_card(WHO)
    for fault in LOST:
        spoil_answer(bench, fault)
        enter(bench, "000000")
        assert "没有收到核对结果，这次可能已算一次" in bench.screen
        bench.wait(10)
        assert left(bench) == 5, "asked once, and never again by itself"
        enter(bench, "000000")
        assert "还可以输入 4 次" in bench.screen, "the backend's own count is told as soon as it is heard"
        bench.backend.window.unlock(ME.holder_number)


def test_a_right_password_whose_answer_was_lost_can_be_given_again(bench: Bench) -> None:
    bench.insert_card(WHO)
    spoil_answer(bench, faults.LoseAnswer())
    enter(bench, ME.password)
    assert "没有收到核对结果" in bench.screen
    enter(bench, ME.password)
    assert bench.view.name == "choosing_topic"


def test_lost_answers_are_counted_down_to_the_warning_even_when_none_arrives(bench: Bench) -> None:
    bench.insert_card(WHO)
    for _ in range(4):
        spoil_answer(bench, faults.LoseAnswer())
        enter(bench, "000000")
        assert "没有收到核对结果" in bench.screen
    spoil_answer(bench, faults.LoseAnswer())
    enter(bench, "000000")
    assert "只剩最后一次" in bench.screen
    assert left(bench) == 1


def test_a_card_pulled_while_the_backend_checks_ends_the_visit(bench: Bench) -> None:
    bench.insert_card(WHO)
    bench.enter(ME.password)
    bench.card_slot.pull()
    bench.touch("确定")
    bench.settle()
    assert bench.view.name == "home"
    assert ME.name not in bench.screen


def test_offline_nobody_is_asked_for_a_card_and_the_loss_report_still_goes(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("查询我的社保")
    assert bench.view.name == "not_served"
    bench.touch("知道了")
    bench.wait(6)
    bench.place_id_card(WHO)
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    assert "已登记，挂失尚未生效" in bench.screen
    bench.backend.go_online()
    bench.wait(60)
    assert bench.lost_cards == {ME.card_number}
