"""Article 11: cards of the city and its districts, and cards of the counties, are handed out elsewhere."""

import pytest

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
