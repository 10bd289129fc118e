"""Article 3: the service in Xinxiang is governed, whichever city of the province issued the card."""

from kiosk.domain.guides import Guide
from tests.bench import Bench


def test_the_measures_are_xinxiangs(guide) -> None:
    assert "新乡市社会保障卡管理暂行办法" in guide(Guide.ABOUT).screen


def test_a_card_issued_elsewhere_in_the_province_is_served_under_them(bench: Bench) -> None:
    bench.log_in("sun-guilan")
    assert bench.view.name == "choosing_topic"
