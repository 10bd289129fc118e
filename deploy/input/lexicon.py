"""What the pinyin keyboards know: words with their readings and weights.

A weight is how often a word is meant, on the scale of the base dictionary (红旗 829, 小区 5814, 路 20471,
的 4828294). Where readings agree, librime prefers one long word to two short ones, and the heavier of two
equally long ones. People write addresses here, so places weigh more than they do in general text.
"""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice, product
from pathlib import Path

from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

from kiosk.input.divisions import CHINA, HENAN, XINXIANG, Divisions

Weights = dict[str, int]  # text -> weight
Lexicon = dict[tuple[str, str], int]  # (text, reading) -> weight; a reading is syllables with a space between

IN_XINXIANG, IN_HENAN, ELSEWHERE = 20_000, 2_000, 200
RARE = 0

# Endings of division names, longest first.
KINDS = ("特别行政区", "自治州", "自治县", "自治旗", "地区", "街道", "林区", "矿区", *"省市区县旗盟镇乡")

# What a character gains with each name in jieba's list that has it: 庄 and 湖 come before 装 and 户. The keys
# are jieba's kinds of words, places and persons. The figures are from `make bench-input`.
PER_NAME = {"ns": 500, "nr": 100}

MOST_READINGS = 16  # of one name; 长子县大都 would have more than anybody means


def read_rows(file: Path, drawable: set[str]) -> Lexicon:
    """Read the rows of a RIME dictionary that the font can draw: text, code, and weight where it has one."""
    _, _, body = file.read_text().partition("\n...\n")
    rows = (row.split("\t") for row in body.splitlines() if "\t" in row and not row.startswith("#"))
    return {
        (text, rest[0]): int(rest[1]) if len(rest) > 1 else 0
        for text, *rest in rows
        if drawable.issuperset(text)
    }


def division_names(tree: Divisions) -> Weights:
    """Return every division by its name, without its kind (红旗), and behind those above it (新乡市红旗区).

    A name that several places share weighs what they weigh together.
    """
    weights: Counter[str] = Counter()

    def walk(code: str, above: list[str]) -> None:
        for place in tree.children(code):
            written = [place.name, *(prefix + place.name for prefix in above)]
            spoken = [*written, _without_kind(place.name)]
            weights.update(dict.fromkeys((text for text in spoken if len(text) > 1), _nearness(place.code)))
            walk(place.code, written)

    walk(CHINA, [])
    return weights


def _nearness(code: str) -> int:
    if code == HENAN or code.startswith(XINXIANG[:4]):
        return IN_XINXIANG
    return IN_HENAN if code.startswith(HENAN[:2]) else ELSEWHERE


def _without_kind(name: str) -> str:
    return next((name.removesuffix(kind) for kind in KINDS if name.endswith(kind)), name)


def combined(firsts: Iterable[str], lasts: Iterable[str], weight: int) -> Weights:
    """Join every beginning with every ending: 人民 and 东路, 王 and 家庄."""
    return {first + last: weight for first, last in product(firsts, lasts)}


def pinyin_lexicon(
    general: Lexicon, places: Weights, corrections: dict[str, str], jieba: Path, drawable: set[str]
) -> Lexicon:
    """Put everything together: general words, jieba's words, rare characters, and places above all."""
    lexicon = dict.fromkeys(corrections.items(), IN_HENAN) | general
    readings = _readings_in_use(lexicon, corrections)
    syllables = {reading for text, reading in lexicon if len(text) == 1}
    known = {text for text, _ in lexicon}

    lexicon |= _rare_characters(drawable - known, syllables)
    gains: Counter[str] = Counter()
    for word, count, kind in _words(jieba, drawable):
        gains.update(dict.fromkeys(word, PER_NAME.get(kind, 0)))
        reading = " ".join(_as_typed(syllable) for syllable in lazy_pinyin(word))
        if word not in known and syllables.issuperset(reading.split()):
            lexicon[word, reading] = 2 * count  # the median ratio of the two scales

    for (text, reading), weight in lexicon.items():
        if weight != RARE and reading in readings.get(text, [])[:1]:
            lexicon[text, reading] += gains[text]

    for text, weight in places.items():
        for reading in _spellings(text, readings):
            lexicon[text, reading] = max(weight, lexicon.get((text, reading), 0))
    return lexicon


def _words(jieba: Path, drawable: set[str]) -> Iterator[tuple[str, int, str]]:
    """Read jieba's words of two to four characters: word, count, kind."""
    for row in jieba.read_text().splitlines():
        word, count, kind = row.split(" ")
        if 2 <= len(word) <= 4 and int(count) > 2 and drawable.issuperset(word):
            yield word, int(count), kind


def _readings_in_use(lexicon: Lexicon, corrections: dict[str, str]) -> dict[str, list[str]]:
    """Return each character's readings, the most frequent first; those under 5 % only where corrected."""
    weights: dict[str, dict[str, int]] = defaultdict(dict)
    for (text, reading), weight in lexicon.items():
        if len(text) == 1:
            weights[text][reading] = weight
    return {
        text: [
            reading
            for reading in sorted(of_text, key=lambda r: of_text[r], reverse=True)
            if of_text[reading] * 20 >= sum(of_text.values()) or corrections.get(text) == reading
        ]
        for text, of_text in weights.items()
    }


def _spellings(text: str, readings: dict[str, list[str]]) -> Iterator[str]:
    """Read a name in every way its characters are read; a single character in its usual way."""
    choices = [readings.get(character, []) for character in text]
    if len(choices) == 1:
        yield from choices[0][:1]
    else:
        yield from (" ".join(syllables) for syllables in islice(product(*choices), MOST_READINGS))


def _rare_characters(characters: set[str], syllables: set[str]) -> Lexicon:
    """Read the characters the base dictionary lacks. They are in names, and come last among their like."""
    return {
        (character, reading): RARE
        for character in characters
        for reading in map(_as_typed, PINYIN_DICT.get(ord(character), "").split(","))
        if reading in syllables
    }


def _as_typed(syllable: str) -> str:
    """Write a syllable in the 26 letters, as the base dictionary does: lǚ is lv, but lüè is lue."""
    letters = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v").replace("ve", "ue")
    return "".join(letter for letter in letters if letter.isascii())
