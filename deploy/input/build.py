"""Compile the dictionaries of the keyboards, once, where the kiosk is packaged.

    rime-data-pinyin-simp, python3-jieba (Debian) ---+
    kiosk/input/*.toml, words.toml, a site's lists --+--> kiosk.dict.yaml --------> librime --> <out>
    rime-data-stroke (Debian) --------------------------> kiosk_strokes.dict.yaml ----^

A kiosk opens the compiled files in milliseconds, and never compiles or writes anything. Characters the
font cannot draw are left out: a candidate nobody can see is none.
"""

import argparse
import shutil
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Sequence
from ctypes import byref
from pathlib import Path

from fontTools.ttLib import TTFont
from lexicon import (
    IN_HENAN,
    IN_XINXIANG,
    Lexicon,
    Weights,
    combined,
    division_names,
    pinyin_lexicon,
    read_rows,
)

from kiosk.input import librime
from kiosk.input.divisions import SEED, read_divisions
from kiosk.input.rime import DICTIONARIES

HERE = Path(__file__).parent
RIME_DATA = Path("/usr/share/rime-data")
JIEBA = Path("/usr/lib/python3/dist-packages/jieba/dict.txt")
FONT = Path(sys.prefix, "share/fonts/NotoSansSC-Regular.ttf")

ADDRESS_WORD, ADDRESS_VARIANT = 100_000, 20_000
LOCAL_ROAD = IN_XINXIANG
COMMON_ROAD, COMMON_VILLAGE = IN_HENAN, 800


def main() -> None:
    """Compile the dictionaries of the keyboards."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--out", type=Path, default=DICTIONARIES)
    parser.add_argument("--font", type=Path, default=FONT, help="characters it lacks are left out")
    parser.add_argument("--divisions", type=Path, action="append", help="lists instead of the seed")
    parser.add_argument("--places", type=Path, action="append", default=[], help="a local name on each line")
    options = parser.parse_args()

    drawable = {chr(code) for code in TTFont(options.font).getBestCmap()}
    words = tomllib.loads((HERE / "words.toml").read_text())
    places = gather_places(words, options.divisions or SEED, options.places)
    general = read_rows(RIME_DATA / "pinyin_simp.dict.yaml", drawable)
    pinyin = pinyin_lexicon(general, places, words["readings"], JIEBA, drawable)
    strokes = weighed(read_rows(RIME_DATA / "stroke.dict.yaml", drawable), general)

    with tempfile.TemporaryDirectory() as folder:
        sources, compiled = Path(folder, "sources"), Path(folder, "compiled")
        sources.mkdir()
        for file in HERE.glob("*.yaml"):
            shutil.copy(file, sources)
        write(sources / "kiosk.dict.yaml", pinyin)
        write(sources / "kiosk_strokes.dict.yaml", strokes)
        compile_dictionaries(sources, compiled)
        shutil.rmtree(options.out, ignore_errors=True)
        shutil.copytree(compiled, options.out)


def gather_places(
    words: dict[str, list[str]], division_files: Sequence[Path], sites: Sequence[Path]
) -> Weights:
    """Collect what is written in an address; a name with two weights keeps the higher."""
    places: Counter[str] = Counter()
    for weights in (
        division_names(read_divisions(tuple(division_files))),
        combined(words["road_names"], words["kinds_of_road"], COMMON_ROAD),
        combined(words["village_names"], words["kinds_of_village"], COMMON_VILLAGE),
        dict.fromkeys(words["roads"], LOCAL_ROAD),
        dict.fromkeys(words["address_words"], ADDRESS_WORD),
        dict.fromkeys(words["address_variants"], ADDRESS_VARIANT),
        *(dict.fromkeys(site.read_text().split(), IN_XINXIANG) for site in sites),
    ):
        places |= Counter(weights)  # a Counter's union is the higher of the two
    return places


def weighed(strokes: Lexicon, general: Lexicon) -> Lexicon:
    """Weigh characters as in general text, so that frequent ones come first among equal strokes."""
    frequency: Counter[str] = Counter()
    for (text, _), weight in general.items():
        frequency[text] = max(weight, frequency[text])
    return {(text, code): frequency[text] for text, code in strokes}


def write(file: Path, lexicon: Lexicon) -> None:
    """Write a dictionary as RIME reads it."""
    name = file.name.removesuffix(".dict.yaml")
    rows = (f"{text}\t{reading}\t{weight}\n" for (text, reading), weight in lexicon.items())
    file.write_text(f'---\nname: {name}\nversion: "1"\nsort: by_weight\n...\n' + "".join(rows))


def compile_dictionaries(sources: Path, compiled: Path) -> None:
    """Have librime compile the schemas in `sources`. Exits with a message if one fails."""
    rime = librime.load()
    traits = librime.folders(compiled=compiled, private=sources.with_name("private"), sources=sources)
    rime.deployer_initialize(byref(traits))
    rime.initialize(byref(traits))
    succeeded = rime.deploy()
    rime.finalize()
    if not succeeded:
        sys.exit("librime could not compile the dictionaries")


if __name__ == "__main__":
    main()
