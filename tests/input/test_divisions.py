"""The tree of divisions, on the seed lists and on a site's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.input.divisions import CHINA, HENAN, SEED, XINXIANG, Division, read_divisions

TREE = read_divisions()


def below(code: str) -> Iterator[str]:
    for place in TREE.children(code):
        yield place.code
        yield from below(place.code)


CODES = list(below(CHINA))


def names(code: str) -> list[str]:
    return [place.name for place in TREE.children(code)]


def test_henan_has_seventeen_cities_and_jiyuan():
    assert len(names(HENAN)) == 18
    assert "新乡市" in names(HENAN)
    assert names(HENAN)[-1] == "济源市"


def test_xinxiang_has_twelve_divisions_and_three_development_areas():
    assert len(names(XINXIANG)) == 15
    assert {"红旗区", "长垣市", "获嘉县", "平原城乡一体化示范区"} <= set(names(XINXIANG))


def test_every_division_of_xinxiang_leads_to_its_towns():
    assert all(TREE.children(place.code) for place in TREE.children(XINXIANG))
    assert "洪门镇" in names("410702")


def test_two_towns_of_one_name_are_two_places():
    assert {"410727-城关镇", "410727-城关乡"} <= {place.code for place in TREE.children("410727")}


def test_districts_of_a_municipality_are_right_below_it():
    assert TREE.path("110101") == (Division("110000", "北京市"), Division("110101", "东城区"))


def test_rows_that_are_no_place_cannot_be_picked():
    assert not any("直辖县级" in TREE.path(code)[-1].name for code in CODES)


def test_a_town_is_written_as_an_address_begins():
    assert TREE.written("410702-洪门镇") == "河南省新乡市红旗区洪门镇"
    assert TREE.written("419001") == "河南省济源市"


@given(st.sampled_from(CODES))
def test_what_is_picked_step_by_step_is_the_path(code):
    path = TREE.path(code)
    above = CHINA
    for place in path:
        assert place in TREE.children(above)
        above = place.code
    assert above == code
    assert len(path) <= 4


@pytest.mark.parametrize("code", ["", "000000", "410799", "410702-无此镇", "41"])
def test_an_unknown_code_is_refused(code):
    with pytest.raises(KeyError):
        TREE.path(code)


def test_a_list_that_ends_has_nothing_below():
    assert TREE.children("710000") == ()
    assert TREE.children("110101") == ()


def test_a_site_adds_its_own_list(tmp_path: Path):
    own = tmp_path / "own.toml"
    own.write_text('[areas]\n410774 = "新开区"\n[towns]\n410702 = ["新开镇"]\n', encoding="utf-8")
    tree = read_divisions((*SEED, own))
    assert tree.written("410774") == "河南省新乡市新开区"
    assert [place.name for place in tree.children("410702")] == ["新开镇"]
