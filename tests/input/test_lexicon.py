"""What the dictionary of the pinyin keyboards is put together from, on a few words."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2] / "deploy" / "input"))

import lexicon

from kiosk.input.divisions import Divisions

GENERAL = {
    ("乐", "le"): 6513,
    ("乐", "yue"): 343,
    ("园", "yuan"): 900,
    ("园", "wan"): 1,
    ("庄", "zhuang"): 500,
    ("装", "zhuang"): 900,
    ("都", "dou"): 400_000,
    ("都", "du"): 5_000,
    ("花园", "hua yuan"): 2_000,
    ("花", "hua"): 3_000,
    ("你", "ni"): 1,
    ("钕", "nv"): 1,
    ("疟", "nue"): 1,
}
EVERYTHING = {chr(code) for code in range(0x3400, 0x9FFF)}


@pytest.fixture
def jieba(tmp_path: Path) -> Path:
    file = tmp_path / "dict.txt"
    rows = ["庄园 40 n", "花庄 9 ns", "乐都 2 ns", "你你你你你 90 n", "园a 90 n", "花花 5 nr"]
    file.write_text("\n".join(rows), encoding="utf-8")
    return file


def test_a_place_weighs_what_it_is_given_and_no_less_than_before(jieba):
    made = lexicon.pinyin_lexicon(GENERAL, {"花园": 100, "庄园": 100_000}, {}, jieba, EVERYTHING)
    assert made["花园", "hua yuan"] == 2_000
    assert made["庄园", "zhuang yuan"] == 100_000


def test_a_place_is_read_in_every_way_its_characters_usually_are(jieba):
    made = lexicon.pinyin_lexicon(GENERAL, {"乐园": 100}, {}, jieba, EVERYTHING)
    assert ("乐园", "le yuan") in made
    assert ("乐园", "yue yuan") in made
    assert ("乐园", "le wan") not in made


def test_a_correction_adds_a_reading_general_text_hardly_has(jieba):
    assert ("花都", "hua du") not in lexicon.pinyin_lexicon(GENERAL, {"花都": 1}, {}, jieba, EVERYTHING)
    assert ("花都", "hua du") in lexicon.pinyin_lexicon(GENERAL, {"花都": 1}, {"都": "du"}, jieba, EVERYTHING)


def test_a_single_character_is_raised_in_its_usual_reading_only(jieba):
    made = lexicon.pinyin_lexicon(GENERAL, {"园": 100_000}, {}, jieba, EVERYTHING)
    assert (made["园", "yuan"], made["园", "wan"]) == (100_000, 1)


def test_characters_of_places_come_before_their_like(jieba):
    made = lexicon.pinyin_lexicon(GENERAL, {}, {}, jieba, EVERYTHING)
    assert made["庄", "zhuang"] > made["装", "zhuang"]


def test_only_frequent_short_words_that_can_be_drawn_are_taken(jieba):
    made = lexicon.pinyin_lexicon(GENERAL, {}, {}, jieba, EVERYTHING)
    assert made["花庄", "hua zhuang"] == 18
    assert not {"乐都", "你你你你你", "园a"} & {text for text, _ in made}


def test_rare_characters_are_last_and_read_as_they_are_typed(jieba):
    made = lexicon.pinyin_lexicon(GENERAL, {}, {}, jieba, EVERYTHING)
    assert made["㤪", "yuan"] == lexicon.RARE
    assert made["女", "nv"] == lexicon.RARE
    assert made["虐", "nue"] == lexicon.RARE


def test_rows_the_font_cannot_draw_are_left_out(tmp_path):
    file = tmp_path / "some.dict.yaml"
    file.write_text(
        "# words\n---\nname: some\n...\n\n路\tlu\t5\n𠀀\the\n# 街\tjie\n街\tjie\n", encoding="utf-8"
    )
    assert lexicon.read_rows(file, {"路", "街"}) == {("路", "lu"): 5, ("街", "jie"): 0}


def test_divisions_are_known_by_every_way_to_write_them():
    tree = Divisions({"410000": "河南省", "410700": "新乡市", "410702": "红旗区"}, {"410702": ["洪门镇"]})
    assert set(lexicon.division_names(tree)) == {
        "河南省", "河南", "新乡市", "新乡", "河南省新乡市",
        "红旗区", "红旗", "新乡市红旗区", "河南省新乡市红旗区",
        "洪门镇", "洪门", "红旗区洪门镇", "新乡市红旗区洪门镇", "河南省新乡市红旗区洪门镇",
    }  # fmt: skip
