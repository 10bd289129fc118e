"""Who stands there: every kind of person and document the kiosk has to tell apart, and what each is told."""

from dataclasses import replace
from datetime import date

import pytest
from bench import Bench

from drivers.emulators.id_card_reader import IdCard, document_of
from drivers.emulators.personas import Persona, persona
from drivers.emulators.social_security_card import VARIANTS, SocialSecurityCardEmulator
from drivers.id_card_reader.document import check_character
from kiosk.backend.emulator.register import Standing

WHO, OTHER = "li-jianguo", "wang-xiuying"
ME = persona(WHO)
ACCUSING = ("冒", "他人的", "盗", "死亡", "去世", "离职", "注销")


def leave(bench: Bench) -> None:
    if "知道了" in bench.choices:
        bench.touch("知道了")
    bench.pull_card()
    bench.wait(5)
    assert bench.view.name == "home"


# --- documents ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who",
    ["wang-xiuying", "chen-yanjie", "anna-martens", "lin-yijun", "jonathan-whitfield"],
    ids=["resident, without end", "resident, rare name", "type I", "type J", "type Y"],
)
def test_the_holder_of_any_document_reports_the_own_card_lost_and_looks_up_the_own_records(
    bench: Bench, who: str
) -> None:
    one = persona(who)
    bench.log_in(who)
    bench.touch("我的信息")
    assert one.name in bench.screen
    leave(bench)
    bench.place_id_card(who)
    bench.touch("确认挂失")
    assert "挂失已生效" in bench.screen
    assert bench.lost_cards == {one.card_number}
    assert "挂失已生效" in bench.slip
    assert one.holder_number not in bench.slip
    assert one.name not in bench.slip


@pytest.mark.parametrize("who", [WHO, "lin-yijun", "jonathan-whitfield", "anna-martens"])
def test_a_document_out_of_date_reports_nothing_and_leads_to_12333_and_a_guide(
    bench: Bench, who: str
) -> None:
    document = document_of(persona(who))
    past = replace(document, valid_until=document.valid_from.replace(year=document.valid_from.year + 1))
    bench.touch("社保卡挂失")
    bench.place_id_card(IdCard.of_document(past))
    assert "已过有效期" in bench.screen
    assert "12333" in bench.screen
    bench.touch("看办事指南")
    assert bench.view.title == "卡丢了怎么办"
    assert not bench.backend.transactions


def test_a_document_serves_to_the_last_day_of_its_validity(bench: Bench) -> None:
    today = bench.clock.wall.date()
    for until, title in (
        (today, "确认挂失"),
        (today.replace(day=today.day - 1), "看办事指南"),
    ):
        bench.touch("社保卡挂失")
        bench.place_id_card(IdCard.of_document(replace(document_of(ME), valid_until=until)))
        assert title in bench.choices
        bench.touch("结束")
        bench.wait(6)


# --- places -------------------------------------------------------------------------------------


def test_a_card_of_another_city_of_the_province_is_served(bench: Bench) -> None:
    bench.log_in("sun-guilan")
    bench.touch("我的信息")
    assert persona("sun-guilan").name in bench.screen


def test_a_card_of_another_province_gets_a_guide_and_is_asked_for_nothing(bench: Bench) -> None:
    bench.insert_card("abdurehim-jan")
    assert "只办理河南省发行的社保卡" in bench.screen
    bench.touch("看办事指南", "打印")
    assert "服务窗口" in bench.slip
    assert "password" not in {view.name for view in bench.shown}


# --- holders ------------------------------------------------------------------------------------


@pytest.mark.parametrize("standing", [Standing.DECEASED, Standing.LEFT])
def test_a_marked_holder_is_sent_to_the_window_with_a_neutral_text(bench: Bench, standing: Standing) -> None:
    bench.backend.window.mark(ME.holder_number, standing)
    bench.log_in(WHO)
    by_card = bench.screen
    leave(bench)
    bench.place_id_card(WHO)
    for told in (by_card, bench.screen):
        assert "到服务窗口办理" in told
        assert ME.name not in told
        for word in ACCUSING:
            assert word not in told


def test_somebody_marked_during_the_visit_is_sent_to_the_window_at_the_next_question(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.touch("近 12 个月缴费", "按险种、年度查", "失业保险")
    bench.backend.window.mark(ME.holder_number, Standing.LEFT)
    bench.touch("2025 年")
    assert "到服务窗口办理" in bench.screen
    assert "知道了" in bench.choices


def test_somebody_without_records_here_is_not_said_to_be_uninsured(bench: Bench) -> None:
    body = "41070219900101001"
    number = body + check_character(body)
    stranger = replace(ME, name="张三", holder_number=number, born_on=date(1990, 1, 1))
    bench.touch("社保卡挂失")
    bench.place_id_card(IdCard.of_persona(stranger))
    assert "没有查到不等于没有参保" in bench.screen
    bench.touch("看办事指南")
    assert bench.view.title == "首次申领"


# --- one person per visit -----------------------------------------------------------------------


def _id_card_after_login(bench: Bench) -> None:
    bench.log_in(WHO)
    bench.place_id_card(OTHER)


def _id_card_while_the_password_is_typed(bench: Bench) -> None:
    bench.insert_card(WHO)
    bench.enter("135")
    bench.place_id_card(OTHER)


def _id_card_before_the_card(bench: Bench) -> None:
    bench.touch("查询我的社保")
    bench.place_id_card(OTHER)
    bench.insert_card(WHO)


def _card_after_the_id_card(bench: Bench) -> None:
    bench.place_id_card(OTHER)
    bench.insert_card(WHO)


def _two_id_cards(bench: Bench) -> None:
    bench.place_id_card(OTHER)
    bench.place_id_card(WHO)


def _two_id_cards_offline(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    _two_id_cards(bench)


def _blank_card_of_somebody_else(bench: Bench) -> None:
    """A contactless card names nobody: whose it is, only the backend knows."""
    bench.touch("查询我的社保")
    bench.place_id_card(OTHER)
    bench.insert_card(WHO, "contactless")
    bench.enter(ME.password)
    bench.touch("确定")


@pytest.mark.parametrize(
    "way",
    [
        _id_card_after_login, _id_card_while_the_password_is_typed, _id_card_before_the_card,
        _card_after_the_id_card, _two_id_cards, _two_id_cards_offline, _blank_card_of_somebody_else,
    ],
)  # fmt: skip
def test_cards_of_two_persons_end_the_visit_neutrally_in_whatever_order_they_come(bench: Bench, way) -> None:
    way(bench)
    assert bench.view.name == "persons_differ"
    assert "第十六条" in bench.screen
    session = bench.runtime.kiosk.visit.session
    assert (session.holder, session.records, session.chip, session.id_number) == (None, None, None, None)
    for word in ACCUSING:
        assert word not in bench.screen
    for one in (ME, persona(OTHER)):
        assert one.name not in bench.screen
    leave(bench)
    if not bench.backend.is_online:
        bench.backend.go_online()
        bench.wait(15)
    assert not bench.backend.transactions


def test_both_cards_of_one_person_are_welcome(bench: Bench) -> None:
    bench.touch("查询我的社保")
    bench.place_id_card(WHO)
    bench.insert_card(WHO, "contactless")
    bench.enter(ME.password)
    bench.touch("确定")
    assert bench.view.name == "choosing_topic"


def test_the_id_card_of_the_last_visitor_is_forgotten_with_the_visit(bench: Bench) -> None:
    bench.place_id_card(OTHER)
    bench.touch("返回")
    bench.wait(6)
    bench.log_in(WHO)
    assert bench.view.name == "choosing_topic"


# --- a contactless card -------------------------------------------------------------------------


def test_a_contactless_card_with_blank_name_and_number_opens_all_that_any_card_opens(bench: Bench) -> None:
    bench.insert_card(WHO, "contactless")
    bench.enter(ME.password)
    bench.touch("确定", "我的信息")
    assert ME.name in bench.screen
    bench.touch("返回", "修改联系方式", "修改联系电话")
    bench.enter("13903730021")
    bench.touch("填好了", "核对修改", "没有错，输入密码")
    bench.enter(ME.password)
    bench.touch("确定")
    assert "变更已生效" in bench.screen
    assert bench.backend.contact_of(ME.holder_number).phone == "13903730021"


def test_a_contactless_card_the_backend_does_not_know_opens_nothing(bench: Bench) -> None:
    unknown: Persona = replace(ME, card_id="410700D15600000500999999FFFFFFFF")
    bench.card_slot.insert(SocialSecurityCardEmulator(unknown, VARIANTS["contactless"]))
    bench.settle()
    bench.enter(ME.password)
    bench.touch("确定")
    assert "社保系统没有查到这张卡" in bench.screen
