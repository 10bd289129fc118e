"""Article 9: cards are replaced at the window; a temporary card is valid three calendar months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.personas import persona
from kiosk.domain.guides import Guide
from kiosk.domain.measures.application import temporary_card_valid_until
from tests.bench import Bench


@pytest.mark.parametrize(
    ("issued_on", "valid_until"),
    [
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2027, 11, 30), date(2028, 2, 29)),
        (date(2025, 11, 28), date(2026, 2, 28)),
        (date(2026, 3, 31), date(2026, 6, 30)),
        (date(2026, 1, 31), date(2026, 4, 30)),
        (date(2026, 10, 15), date(2027, 1, 15)),
        (date(2026, 12, 31), date(2027, 3, 31)),
    ],
)
def test_a_temporary_card_is_valid_three_calendar_months(issued_on: date, valid_until: date) -> None:
    assert temporary_card_valid_until(issued_on) == valid_until


@given(st.dates(date(2017, 10, 9), date(2099, 12, 31)))
def test_it_is_valid_into_the_third_month_and_never_less_for_a_later_issue(issued_on: date) -> None:
    until = temporary_card_valid_until(issued_on)
    assert (until.year - issued_on.year) * 12 + until.month - issued_on.month == 3
    assert until.day == issued_on.day or (until + timedelta(days=1)).day == 1
    assert temporary_card_valid_until(issued_on + timedelta(days=1)) >= until


def test_the_guide_refuses_a_replacement_with_reason_place_and_fee_basis(guide) -> None:
    for told in (guide(Guide.REPLACEMENT).screen, guide(Guide.REPLACEMENT).slip):
        assert "丢失、损坏、卡面信息变更，本终端不能补换卡" in told
        assert "社保卡服务窗口" in told
        assert "第三十二条" in told
        assert "旧卡由服务窗口收回" in told


def test_the_papers_of_a_proxy_are_quoted_and_not_interpreted(guide) -> None:
    for each in (Guide.REPLACEMENT, Guide.PROXIES):
        assert "“代理人身份证、持卡人身份证复印件”" in guide(each).slip


def test_what_the_article_does_not_list_is_not_listed_in_its_name(guide) -> None:
    assert "条文没有列明" in guide(Guide.REPLACEMENT).slip
    assert "条文没有列明" in guide(Guide.TEMPORARY_CARD).slip


def test_the_guide_says_what_a_temporary_card_is(guide) -> None:
    told = guide(Guide.TEMPORARY_CARD).slip
    assert "没有金融功能，有效期三个月" in told
    assert "领取新卡时须交还" in told


def test_a_card_out_of_date_is_told_to_be_replaced_and_can_be_taken_away(bench: Bench) -> None:
    bench.insert_card("li-jianguo", "expired")
    assert "第九条" in bench.screen
    bench.pull_card()
    assert bench.card_slot.chip is None


def test_a_card_that_was_replaced_opens_nothing(bench: Bench) -> None:
    old = persona("li-jianguo").card_number
    bench.backend.window.replace_card(old, new_number="B07285799", new_id="410700D15600000500990785")
    bench.log_in("li-jianguo")
    assert bench.view.name == "not_served"
    assert "您已有新的社保卡，请使用新卡" in bench.screen


def test_what_is_printed_on_the_card_is_changed_with_the_card_only(bench: Bench) -> None:
    bench.log_in("li-jianguo")
    bench.touch("我的信息")
    assert "卡面信息有变，请到服务窗口换卡（第九条）" in bench.screen
