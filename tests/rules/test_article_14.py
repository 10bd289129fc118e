"""Article 14: of all that the card is for, the kiosk looks up information."""

import re

from kiosk.domain.guides import Guide
from tests.bench import Bench


def test_the_first_screen_offers_what_the_kiosk_does_and_nothing_else(hall: Bench) -> None:
    services = hall.choices[:5]
    assert services == ["查询我的社保", "修改联系方式", "社保卡挂失", "查回执办理结果", "办事指南"]
    assert not re.search("结算|缴费|领取|支付|充值", " ".join(hall.choices))


def test_medical_bills_contributions_and_benefits_are_done_elsewhere(guide) -> None:
    told = guide(Guide.ABOUT)
    assert "医疗费用结算、缴费、领取待遇不在本终端办理" in told.screen
    assert "医疗费用结算、缴费、领取待遇不在本终端办理" in told.slip
