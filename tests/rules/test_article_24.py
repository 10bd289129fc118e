"""Article 24: six wrong passwords in a row lock the account, wherever they were entered."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.personas import persona
from kiosk.backend.emulator import faults
from kiosk.domain.guides import Guide
from kiosk.domain.measures.security import count_entry, tries_left
from kiosk.domain.policy import Policy
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import Conditions
from kiosk.flows.identification import OpeningVisit
from kiosk.flows.password import PasswordEntry, Phase, advance
from kiosk.flows.secret import Secret
from kiosk.flows.visit import Session, Visit
from tests.bench import Bench

WHO = "li-jianguo"


def counted(entries: list[bool]) -> int:
    wrong = 0
    for right in entries:
        wrong = count_entry(wrong, right=right)
    return wrong


@given(st.lists(st.booleans(), max_size=30))
def test_the_account_locks_exactly_when_six_wrong_entries_stood_in_a_row(entries: list[bool]) -> None:
    six_in_a_row = any(not any(entries[at : at + 6]) for at in range(len(entries) - 5))
    assert (tries_left(counted(entries)) == 0) is six_in_a_row


@given(st.lists(st.booleans(), max_size=30))
def test_a_right_entry_begins_the_count_anew_unless_it_comes_too_late(entries: list[bool]) -> None:
    before = counted(entries)
    assert count_entry(before, right=True) == (before if tries_left(before) == 0 else 0)


def enter_wrong(bench: Bench) -> None:
    if "我记得密码，再试一次" in bench.choices:
        bench.touch("我记得密码，再试一次")
    bench.enter("000000")
    bench.touch("确定")


@pytest.mark.parametrize("verified_by", ["card", "backend"])
def test_the_kiosk_counts_down_asks_before_the_last_and_says_who_unlocks(
    tmp_path: Path, verified_by: str
) -> None:
    with Bench(tmp_path, password={"verified_by": verified_by}) as bench:
        bench.insert_card(WHO)
        for wrong in range(1, 5):
            enter_wrong(bench)
            assert f"还可以输入 {tries_left(wrong)} 次" in bench.screen
        enter_wrong(bench)
        assert bench.view.name == "password_last_try"
        assert "第二十四条" in bench.screen
        enter_wrong(bench)
        assert "连续 6 次密码不正确，社保账户密码已锁定" in bench.screen
        assert "依据：《办法》第二十四条" in bench.screen
        assert "请持社保卡和身份证到服务窗口解锁" in bench.screen
        assert "银行账户密码另行管理" in bench.screen


@pytest.mark.parametrize("verified_by", ["card", "backend"])
def test_the_count_outlasts_the_visit_and_the_power(tmp_path: Path, verified_by: str) -> None:
    with Bench(tmp_path, password={"verified_by": verified_by}) as bench:
        bench.insert_card(WHO)
        enter_wrong(bench)
        enter_wrong(bench)
        bench.pull_card()
        bench.power_on()
        bench.insert_card(WHO)
        enter_wrong(bench)
        assert "还可以输入 3 次" in bench.screen


@pytest.mark.parametrize("verified_by", ["card", "backend"])
def test_a_right_password_gives_all_tries_back(tmp_path: Path, verified_by: str) -> None:
    with Bench(tmp_path, password={"verified_by": verified_by}) as bench:
        bench.insert_card(WHO)
        for _ in range(4):
            enter_wrong(bench)
        bench.enter(persona(WHO).password)
        bench.touch("确定", "结束")
        bench.pull_card()
        bench.wait(6)
        bench.insert_card(WHO)
        enter_wrong(bench)
        assert "还可以输入 5 次" in bench.screen


def test_a_locked_account_takes_no_more_entries(bench_with) -> None:
    with bench_with(WHO, wrong_tries=6) as bench:
        bench.log_in(WHO)
        assert bench.view.name == "not_served"
        assert "社保账户密码已锁定" in bench.screen
        bench.touch("看办事指南")
        assert bench.view.name == "guide_unlocking"


def test_unlocking_is_refused_with_the_papers_of_the_article(guide) -> None:
    for told in (guide(Guide.UNLOCKING).screen, guide(Guide.UNLOCKING).slip):
        assert "本终端不能解锁" in told
        assert "连续 6 次" in told
        assert "本人社保卡" in told
        assert "本人身份证" in told


def test_an_entry_whose_answer_was_lost_is_spent_and_never_repeated_by_the_kiosk(tmp_path: Path) -> None:
    number = persona(WHO).holder_number
    with Bench(tmp_path, password={"verified_by": "backend"}) as bench:
        bench.insert_card(WHO)
        bench.backend.faults.set(faults.LoseAnswer(), path="/v1/visits", times=1)
        enter_wrong(bench)
        assert "没有收到核对结果，这次可能已算一次。还可以输入 5 次。" in bench.screen
        bench.wait(10)
        assert bench.backend.tries_left(number) == 5


def test_nothing_is_entered_while_another_entry_has_no_answer() -> None:
    visit = Visit(Session(1), OpeningVisit(), Conditions(online=True), Policy("新乡", "0001"))
    entry = PasswordEntry(Phase.VERIFYING, Secret("246810"))
    for _ in range(3):
        waited = advance(visit, entry, on.TimedOut())
        if waited is None:
            break
        entry, ordered = waited
        assert not any(
            isinstance(each, do.VerifyPasswordOnCard | do.VerifyPasswordAtBackend) for each in ordered
        )
    assert entry.phase is Phase.UNANSWERED
    for touch in (on.KeyPressed("1"), on.Confirmed(), on.Erased()):
        assert advance(visit, entry, touch) is None
