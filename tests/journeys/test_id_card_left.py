"""An ID card that was laid down too early, or left lying: neither is lost on the citizen."""

import pytest
from bench import Bench

from drivers.emulators.personas import persona

WANG, LI = persona("wang-xiuying"), persona("li-jianguo")
ASKED_FOR = "已经放好的，请拿起来再放一次"
TOLD = "您的身份证还在读卡区，请取走。"
CALLED_FOR = "身份证还在读卡区，请取走您的身份证！"
HOME = "请选择要办理的业务"


def lift_and_place(bench: Bench) -> None:
    """Do what the screen asks whoever has laid the card down too early."""
    bench.id_reader.lift()
    bench.wait(1)
    bench.id_reader.place(WANG)
    bench.wait(1)


@pytest.fixture
def left_lying(bench: Bench) -> Bench:
    """A kiosk whose visitor has reported a loss and gone, and left the ID card."""
    bench.id_reader.place(WANG)
    bench.wait(1)
    bench.touch("确认挂失", "完成")
    return bench


def test_who_leaves_the_id_card_lying_is_told_and_called_back(left_lying: Bench) -> None:
    assert TOLD in left_lying.screen
    assert left_lying.view.alarm == 0
    left_lying.wait(16)
    assert CALLED_FOR in left_lying.screen
    assert left_lying.view.alarm == 1
    left_lying.id_reader.lift()
    left_lying.wait(1)
    assert "感谢使用" in left_lying.screen
    left_lying.wait(5)
    assert HOME in left_lying.screen


def test_who_takes_it_in_time_is_only_thanked(bench: Bench) -> None:
    bench.id_reader.place(WANG)
    bench.wait(1)
    bench.touch("确认挂失")
    bench.id_reader.lift()
    bench.wait(1)
    bench.touch("完成")
    assert "感谢使用" in bench.screen


def test_who_pulls_the_social_security_card_is_told_of_the_other(bench: Bench) -> None:
    bench.log_in("wang-xiuying")
    bench.id_reader.place(WANG)
    bench.wait(1)
    bench.pull_card()
    assert TOLD in bench.screen


def test_who_leaves_both_cards_is_called_for_one_after_the_other(bench: Bench) -> None:
    bench.log_in("wang-xiuying")
    bench.id_reader.place(WANG)
    bench.wait(1)
    bench.touch("结束")
    assert "请从读卡口取走您的社保卡" in bench.screen
    bench.pull_card()
    assert TOLD in bench.screen
    bench.id_reader.lift()
    bench.wait(1)
    assert "感谢使用" in bench.screen


def test_a_forgotten_id_card_does_not_stop_the_kiosk_and_speaks_for_nobody(left_lying: Bench) -> None:
    left_lying.wait(15 * 14)
    assert HOME in left_lying.screen
    left_lying.touch("社保卡挂失")
    left_lying.wait(2)
    assert ASKED_FOR in left_lying.screen, "the next visitor was taken for the one who forgot the card"
    left_lying.id_reader.place(LI)
    left_lying.wait(1)
    assert "挂失前请看清楚" in left_lying.screen


def test_a_reader_that_fails_meanwhile_is_not_waited_for(left_lying: Bench) -> None:
    left_lying.id_reader.silent = True
    left_lying.wait(10)
    assert HOME in left_lying.screen


def test_a_card_laid_down_while_the_other_is_waited_for_is_asked_for_again(bench: Bench) -> None:
    bench.insert_card("li-jianguo")
    bench.touch("结束")
    bench.id_reader.place(WANG)
    bench.wait(1)
    bench.pull_card()
    assert TOLD in bench.screen
    lift_and_place(bench)
    assert "挂失前请看清楚" in bench.screen


def test_a_card_that_lay_there_when_the_kiosk_opened_is_read_when_it_is_asked_for(bench: Bench) -> None:
    bench.id_reader.place(WANG)
    bench.power_on()
    bench.wait(5)
    bench.touch("社保卡挂失")
    bench.settle()
    assert "挂失前请看清楚" in bench.screen


def test_a_reader_that_cannot_read_it_again_has_it_lifted(bench: Bench) -> None:
    bench.id_reader.lets_go = True
    bench.id_reader.place(WANG)
    bench.power_on()
    bench.wait(5)
    bench.touch("社保卡挂失")
    bench.settle()
    assert ASKED_FOR in bench.screen
    lift_and_place(bench)
    assert "挂失前请看清楚" in bench.screen


def test_with_a_reader_that_cannot_tell_the_goodbye_names_the_id_card(bench: Bench) -> None:
    bench.id_reader.lets_go = True
    bench.id_reader.place(WANG)
    bench.wait(1)
    bench.touch("确认挂失", "完成")
    assert "请检查：社保卡、身份证、打印的单据，都拿好了吗？" in bench.screen
