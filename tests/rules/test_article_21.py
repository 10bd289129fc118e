"""Article 21: who may send a proxy, and for what; at the kiosk nobody may."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.guides import Guide
from kiosk.domain.measures.application import applies_through_guardian
from kiosk.domain.measures.business import DONE_AT_THE_KIOSK, Business
from kiosk.domain.measures.use import proxy_may

BORN = date(2010, 6, 15)
IN_THE_LIST = {
    Business.REPLACEMENT: "补换卡",
    Business.LOSS_REPORT: "挂失",
    Business.UN_LOSS: "解挂",
    Business.UNLOCKING: "密码解锁",
    Business.PASSWORD_RESET: "密码重置",
    Business.CANCELLATION: "注销",
}


@pytest.mark.parametrize(
    ("day", "may"),
    [(date(2026, 6, 14), True), (date(2026, 6, 15), False), (date(2017, 10, 9), True)],
)
def test_the_age_is_that_on_the_day(day: date, may: bool) -> None:
    assert proxy_may(Business.LOSS_REPORT, BORN, day, special_case=False) is may


def test_who_turns_16_this_year_is_a_child_here_and_none_in_article_7() -> None:
    assert proxy_may(Business.REPLACEMENT, BORN, date(2026, 1, 2), special_case=False)
    assert not applies_through_guardian(BORN, 2026)


@pytest.mark.parametrize("business", Business)
def test_the_list_of_the_article_is_all_a_proxy_may_do(business: Business) -> None:
    assert proxy_may(business, BORN, date(2020, 1, 1), special_case=True) is (business in IN_THE_LIST)


@given(st.sampled_from(Business), st.dates(date(1920, 1, 1), date(2026, 11, 24)), st.booleans())
def test_a_special_case_never_takes_a_right_away(business: Business, born: date, special: bool) -> None:
    day = date(2026, 11, 24)
    if proxy_may(business, born, day, special_case=False):
        assert proxy_may(business, born, day, special_case=True)
    if not proxy_may(business, born, day, special_case=special):
        assert business not in IN_THE_LIST or not special


def test_the_guide_tells_who_and_for_what_as_the_list_has_it(guide) -> None:
    told = guide(Guide.PROXIES).slip
    assert "不满 16 周岁的未成年人，以及老弱病残、出国、意外事件" in told
    assert f"可委托：{'、'.join(IN_THE_LIST.values())}。" in told
    assert "未列入：查询、变更联系方式、修改密码" in told


def test_at_the_kiosk_nobody_acts_for_anybody(guide, hall) -> None:
    assert "本终端只为本人办理" in guide(Guide.PROXIES).screen
    assert not any("代" in choice for choice in hall.choices)
    assert DONE_AT_THE_KIOSK & IN_THE_LIST.keys() == {Business.LOSS_REPORT}


@pytest.mark.parametrize("each", [Guide.UN_LOSS, Guide.UNLOCKING, Guide.PASSWORD_RESET, Guide.CANCELLATION])
def test_the_guides_of_such_business_speak_of_the_proxy(guide, each: Guide) -> None:
    assert "代理人" in guide(each).slip
