"""A card in each state the backend knows: what it opens, what is told of it, how its loss can be reported."""

from dataclasses import replace

import pytest
from bench import Bench

from drivers.emulators.personas import persona
from drivers.emulators.social_security_card import SocialSecurityCardEmulator
from kiosk.domain.cards import CardState

WHO = "li-jianguo"
ME = persona(WHO)
NEW = replace(ME, card_id="410700D15600000500990785FFFFFFFF", card_number="B07285799")

SHUT = {
    CardState.LOSS_REPORTED: ("处于挂失状态，不能查询", "解除挂失"),
    CardState.TEMPORARILY_LOST: ("处于挂失状态，不能查询", "解除挂失"),
    CardState.CANCELLED: ("已注销，不能使用", "服务网点"),
    CardState.IN_PRODUCTION: ("还没有发放登记", "服务网点"),
    CardState.SEALED: ("处于封存状态", "服务网点"),
    CardState.REPLACED: ("您已有新的社保卡，请使用新卡", "服务网点"),
}
"""What is said of a card that opens nothing, and the guide that goes with it."""


def replaced(bench: Bench) -> None:
    """Li has had his card replaced."""
    bench.backend.window.replace_card(ME.card_number, new_number=NEW.card_number, new_id=NEW.card_id)


def insert_new_card(bench: Bench) -> None:
    bench.card_slot.insert(SocialSecurityCardEmulator(NEW))
    bench.settle()
    bench.enter(ME.password)
    bench.touch("确定")


# --- what opens, and what does not --------------------------------------------------------------


def test_a_normal_card_opens_the_records_without_a_notice(bench: Bench) -> None:
    bench.log_in(WHO)
    assert bench.view.name == "choosing_topic"
    assert "请选择要查看的内容" in bench.screen
    bench.touch("社保卡状态")
    assert "正常" in bench.screen


def test_a_card_not_activated_at_the_bank_opens_the_records_and_this_is_told(bench: Bench) -> None:
    bench.backend.window.set_state(ME.card_number, CardState.NOT_ACTIVATED)
    bench.log_in(WHO)
    assert bench.view.name == "choosing_topic"
    assert "金融账户尚未激活" in bench.screen
    assert "第十五条" in bench.screen
    bench.touch("养老账户")
    assert "2025 年" in bench.screen
    bench.touch("返回", "社保卡状态")
    assert "金融账户未激活" in bench.screen


def test_an_initial_password_opens_the_records_and_is_told_to_be_changed(bench: Bench) -> None:
    bench.backend.window.reset_password(ME.holder_number, ME.password)
    bench.log_in(WHO)
    assert "您还在使用初始密码，请尽快到服务窗口修改（第二十三条）" in bench.screen
    bench.touch("参保情况")
    assert "城镇职工基本养老保险" in bench.screen


def test_both_notices_stand_side_by_side(bench: Bench) -> None:
    bench.backend.window.reset_password(ME.holder_number, ME.password)
    bench.backend.window.set_state(ME.card_number, CardState.NOT_ACTIVATED)
    bench.log_in(WHO)
    assert "初始密码" in bench.screen
    assert "尚未激活" in bench.screen


@pytest.mark.parametrize("state", SHUT)
def test_a_card_that_opens_nothing_says_why_and_leads_to_its_guide(bench: Bench, state: CardState) -> None:
    sentence, guide = SHUT[state]
    bench.backend.window.set_state(ME.card_number, state)
    bench.log_in(WHO)
    assert bench.view.name == "not_served"
    assert sentence in bench.screen
    assert ME.name not in bench.screen
    bench.touch("看办事指南")
    assert bench.view.title == guide
    assert bench.runtime.kiosk.visit.session.holder is None, "what is private is gone"
    bench.touch("打印")
    slip = bench.slip.replace("\n", "")
    assert sentence in slip, "the reason comes first"
    for heading in ("带什么", "到哪里", "费用", "依据"):
        assert heading in slip
    bench.touch("返回", "结束")
    assert "请取走您的卡" in bench.screen


def test_an_account_locked_elsewhere_is_told_as_locked_and_leads_to_the_guide(bench: Bench) -> None:
    bench.backend.window.set_state(ME.card_number, CardState.PASSWORD_LOCKED)
    bench.log_in(WHO)
    bench.touch("看办事指南")
    assert bench.view.title == "密码解锁"


def test_a_chip_that_is_locked_leads_to_the_guide_with_card_and_id_card(bench: Bench) -> None:
    bench.cards[WHO].tries_left = 0
    bench.log_in(WHO)
    assert "社保账户密码已锁定" in bench.screen
    bench.touch("看办事指南", "打印")
    slip = bench.slip.replace("\n", "")
    assert "本人社保卡" in slip
    assert "本人身份证" in slip
    assert "第二十四条" in slip


def test_a_card_whose_validity_is_over_leads_to_the_guide_on_replacement(bench: Bench) -> None:
    bench.insert_card(WHO, "expired")
    bench.touch("看办事指南")
    assert bench.view.title == "补卡、换卡"


# --- two cards of one person --------------------------------------------------------------------


def test_of_two_cards_of_one_person_the_new_one_opens_and_both_are_listed(bench: Bench) -> None:
    replaced(bench)
    insert_new_card(bench)
    bench.touch("社保卡状态")
    assert "*****5799" in bench.screen
    assert "*****5716" in bench.screen
    assert "已换新卡" in bench.screen


def test_the_id_card_matches_the_person_and_the_report_is_of_the_current_card(bench: Bench) -> None:
    replaced(bench)
    insert_new_card(bench)
    bench.place_id_card(WHO)
    assert bench.view.name == "choosing_topic", "two cards of one person are one person"
    bench.touch("结束")
    bench.pull_card()
    bench.wait(6)
    bench.place_id_card(WHO)
    assert "*****5799" in bench.screen, "the old one is not offered"
    bench.touch("确认挂失")
    assert bench.lost_cards == {NEW.card_number}


def test_of_two_cards_in_use_the_lost_one_is_chosen(bench: Bench) -> None:
    replaced(bench)
    bench.backend.window.set_state(ME.card_number, CardState.NORMAL)
    bench.place_id_card(WHO)
    assert "请选择丢失的社保卡" in bench.screen
    bench.touch("卡号 *****5716　中原银行")
    bench.touch("返回")
    bench.touch("卡号 *****5716　中原银行", "确认挂失")
    assert bench.lost_cards == {ME.card_number}


# --- reporting a loss, by state -----------------------------------------------------------------


@pytest.mark.parametrize(
    "state",
    [CardState.NORMAL, CardState.NOT_ACTIVATED, CardState.PASSWORD_LOCKED, CardState.SEALED],
)
def test_a_card_of_any_living_state_can_be_reported_lost(bench: Bench, state: CardState) -> None:
    bench.backend.window.set_state(ME.card_number, state)
    bench.place_id_card(WHO)
    bench.touch("确认挂失")
    assert "挂失已生效" in bench.screen
    assert bench.lost_cards == {ME.card_number}


@pytest.mark.parametrize("state", [CardState.CANCELLED, CardState.REPLACED, CardState.IN_PRODUCTION])
def test_a_card_that_is_gone_or_not_yet_there_cannot_be_reported_lost(bench: Bench, state: CardState) -> None:
    bench.backend.window.set_state(ME.card_number, state)
    bench.place_id_card(WHO)
    assert "没有查到您可以挂失的社保卡" in bench.screen
    bench.touch("看办事指南")
    assert bench.view.title == "服务网点"
    assert not bench.backend.transactions


def test_an_existing_loss_is_told_before_it_is_reported_again_and_with_its_time_after(bench: Bench) -> None:
    bench.backend.window.report_loss(ME.card_number)  # by telephone
    bench.clock.forward(3 * 24 * 3600)
    bench.place_id_card(WHO)
    assert "挂失（2026年11月24日起）" in bench.screen
    assert "不必再挂失" in bench.screen
    bench.touch("确认挂失")
    for told in (bench.screen, bench.slip.replace("\n", "")):
        assert "挂失已生效（此前已挂失）" in told
        assert "2026年11月24日 09:30" in told, "since the first report"
    assert "没有被受理" not in bench.screen


# --- a damaged card -----------------------------------------------------------------------------


def test_who_came_with_the_card_may_report_it_and_is_told_where_a_damaged_one_is_replaced(
    bench: Bench,
) -> None:
    bench.log_in(WHO)
    bench.touch("社保卡挂失")
    assert "补换卡（第九条）" in bench.screen
    assert "银行账户不会随之冻结" in bench.screen
    bench.touch("返回")
    assert bench.view.name == "choosing_topic", "nothing has happened yet"
    bench.touch("社保卡挂失", "确认挂失")
    assert "挂失已生效" in bench.screen
    assert bench.lost_cards == {ME.card_number}
    told = bench.backend.transactions[0].told
    assert told.evidence.level.value == 2
    assert told.evidence.verified_by == "card"
    bench.touch("完成")
    assert "请取走您的卡" in bench.screen


def test_a_card_pulled_before_its_loss_is_confirmed_reports_nothing(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("社保卡挂失")
    bench.pull_card()
    assert bench.view.name == "home"
    assert not bench.backend.transactions


def test_a_damaged_card_is_reported_while_the_link_breaks_and_is_honestly_pending(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("社保卡挂失")
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("继续")
    assert bench.view.body.emphasis == "12333", "the first word is to call"
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    bench.wait(15)
    assert "已登记，挂失尚未生效" in bench.screen
    bench.backend.go_online()
    bench.wait(60)
    assert bench.lost_cards == {ME.card_number}
