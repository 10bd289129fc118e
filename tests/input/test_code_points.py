"""Rare characters by their number."""

import pytest

from kiosk.input.code_points import CodePoints, character_at


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


def test_digits_become_a_candidate_and_then_the_text():
    session = CodePoints(drawable=lambda character: True)
    assert session.type("3").candidates == ()
    session.type("6")
    session.type("C")
    shown = session.type("3")
    assert (shown.preedit, shown.candidates, shown.committed) == ("36C3", ("㛃",), "")
    assert session.choose(1).committed == "", "there is no second candidate"
    assert session.choose(0).committed == "㛃"
    assert session.type("4").preedit == "4", "the next character begins anew"


def test_a_fifth_digit_makes_another_character_and_a_sixth_none():
    session = CodePoints(drawable=lambda character: True)
    shown = [session.type(digit) for digit in "2CB4E1"]
    assert [each.candidates for each in shown[3:]] == [(), ("\U0002cb4e",), ("\U0002cb4e",)]
    assert session.backspace().preedit == "2CB4"


def test_a_character_the_font_lacks_is_not_offered():
    session = CodePoints(drawable=lambda character: character != "㛃")
    assert [session.type(digit).candidates for digit in "36C3"] == [()] * 4
    assert session.choose(0).committed == ""


def test_what_is_no_digit_is_refused():
    with pytest.raises(ValueError, match="no such key"):
        CodePoints(drawable=lambda character: True).type("G")
