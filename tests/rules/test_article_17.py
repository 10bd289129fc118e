"""Article 17: a card of any city of the province is served; no record here is not "not insured"."""

import pytest

from kiosk.domain.cards import is_of_henan
from kiosk.domain.guides import Guide
from tests.bench import Bench


@pytest.mark.parametrize(
    ("region", "served"),
    [("410700", True), ("410100", True), ("419001", True), ("650100", False), ("140100", False), ("", False)],
)
def test_the_region_of_the_card_says_whether_it_is_of_the_province(region: str, served: bool) -> None:
    assert is_of_henan(region) is served


def test_a_card_of_another_city_is_served_and_no_record_here_is_no_verdict(bench: Bench) -> None:
    bench.log_in("sun-guilan")
    bench.touch("参保情况")
    assert "本市无记录" in bench.screen
    assert "不等于未参保" in bench.screen


def test_a_card_of_another_province_is_asked_for_no_password(bench: Bench) -> None:
    bench.insert_card("abdurehim-jan")
    assert bench.view.name == "not_served"
    assert "本终端只办理河南省发行的社保卡" in bench.screen
    assert "password" not in {view.name for view in bench.shown}


def test_a_move_within_the_province_needs_no_new_card(guide) -> None:
    assert "在省内转移社会保险关系，无需换卡" in guide(Guide.REPLACEMENT).slip
