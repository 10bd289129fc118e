"""Rare characters by their number."""

import pytest

from kiosk.input.code_points import character_at


@pytest.mark.parametrize("code", ["36C3", "36c3", "U+36C3", "u36c3", " 36C3 "])
def test_a_character_is_found_however_its_number_is_written(code):
    assert character_at(code) == "㛃"


def test_characters_beyond_the_first_plane_are_found():
    assert character_at("2CB4E") == "𬭎"


@pytest.mark.parametrize(
    "code",
    ["", "U+", "xyz", "41", "3042", "E863", "D800", "110000", "9" * 40, "-36C3", "36 C3", "4_E00"],
)
def test_what_is_no_chinese_character_is_none(code):
    assert character_at(code) is None
