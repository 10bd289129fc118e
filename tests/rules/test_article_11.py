"""Article 11: cards of the city and its districts, and cards of the counties, are handed out elsewhere."""

import pytest

from drivers.emulators.personas import persona
from kiosk.backend.emulator.seed import SeedCard
from kiosk.domain.cards import CardState, ProductionStage
from kiosk.domain.guides import Guide
from kiosk.domain.measures.handing_out import HandingOut, handed_out_by
from kiosk.input.divisions import read_divisions


def test_districts_collect_through_the_centre_and_counties_at_their_own_windows() -> None:
    places = [place for place in read_divisions().children("410700") if not place.code.startswith("41077")]
    assert len(places) == 12
    for place in places:
        expected = HandingOut.INFORMATION_CENTRE if place.name.endswith("区") else HandingOut.COUNTY_WINDOW
        assert handed_out_by(place.code) is expected, place.name


def test_cards_of_the_city_itself_come_from_the_centre() -> None:
    assert handed_out_by("410700") is HandingOut.INFORMATION_CENTRE


def test_changyuan_is_a_county_by_its_old_number_too() -> None:
    assert handed_out_by("410728") is handed_out_by("410783") is HandingOut.COUNTY_WINDOW


@pytest.mark.parametrize("region", ["410100", "650100", "410771", "410799", "", "4107"])
def test_nobody_is_sent_anywhere_on_a_guess(region: str) -> None:
    assert handed_out_by(region) is None


def test_the_guide_says_both(guide) -> None:
    told = guide(Guide.SERVICE_POINTS).slip
    assert "归属市直、各区的：新乡市人力资源和社会保障信息中心" in told
    assert "归属各县（市）的：当地社保卡服务窗口" in told


CITY, COUNTY = "信息中心组织发放", "社保卡服务窗口组织发放"


@pytest.mark.parametrize(
    ("region", "told", "untold"),
    [
        ("410702", (CITY,), (COUNTY, "县（市）")),
        ("410724", (COUNTY, "请不要到市里领取"), (CITY, "信息中心")),
        ("410783", (COUNTY, "请不要到市里领取"), (CITY, "信息中心")),
        ("410771", (CITY, COUNTY), ("请不要到市里领取", "您的卡由", "您的卡归属")),
    ],
)
def test_the_card_topic_sends_nobody_from_a_county_to_the_city(
    bench_with, region: str, told: tuple[str, ...], untold: tuple[str, ...]
) -> None:
    holder = persona("li-jianguo")
    old = SeedCard(holder.card_id, holder.card_number)
    ready = ProductionStage.READY_FOR_COLLECTION
    new = SeedCard("410700D15600000500990785", "B07285799", CardState.IN_PRODUCTION, stage=ready)
    with bench_with("li-jianguo", region=region, cards=(old, new)) as bench:
        bench.log_in("li-jianguo")
        bench.touch("社保卡状态", "打印")
        for text in (bench.screen.replace("\n", ""), bench.slip.replace("\n", "")):
            assert all(words in text for words in told)
            assert not any(words in text for words in untold)
