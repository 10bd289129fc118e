"""Typing Chinese on the real librime, with the dictionaries that set-up compiled."""

import os
import subprocess
import sys
import tempfile
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.input.rime import (
    DICTIONARIES,
    MOST_KEYS,
    Composition,
    EngineUnavailable,
    Keyboard,
    PinyinEngine,
    Session,
)

ROOT = Path(__file__).parents[2]
FONT = Path(sys.prefix, "share", "fonts", "NotoSansSC-Regular.ttf")


@pytest.fixture(scope="module")
def engine() -> Iterator[PinyinEngine]:
    with PinyinEngine() as engine:
        yield engine


@pytest.fixture
def full(engine: PinyinEngine) -> Iterator[Session]:
    session = engine.session(Keyboard.FULL)
    yield session
    session.close()


@pytest.fixture
def nine_key(engine: PinyinEngine) -> Iterator[Session]:
    session = engine.session(Keyboard.NINE_KEY)
    yield session
    session.close()


@pytest.fixture
def strokes(engine: PinyinEngine) -> Iterator[Session]:
    session = engine.session(Keyboard.STROKES)
    yield session
    session.close()


def typed(session: Session, keys: str) -> Composition:
    for key in keys:
        shown = session.type(key)
    return shown


def chosen(session: Session, shown: Composition, text: str) -> Composition:
    return session.choose(shown.candidates.index(text))


def pages_until(session: Session, shown: Composition, text: str) -> int:
    pages = 1
    while text not in shown.candidates:
        assert shown.has_more, f"{text} is on none of {pages} pages"
        shown = session.next_page()
        pages += 1
    return pages


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("pingyuanlu", "平原路"),
        ("jianshelu", "建设路"),
        ("jinsuidadao", "金穗大道"),
        ("hualandadao", "华兰大道"),
        ("xinxiangshihongqiqu", "新乡市红旗区"),
        ("xiaojizhen", "小冀镇"),
        ("huojiaxian", "获嘉县"),
        ("changyuanshi", "长垣市"),
        ("jiashuyuan", "家属院"),
        ("xi'an", "西安"),
        ("nvrenjie", "女人街"),
    ],
)
def test_what_citizens_of_xinxiang_write_comes_first(full, letters, text):
    assert typed(full, letters).candidates[0] == text


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("xunxian", "浚县"),
        ("hongtong", "洪洞"),
        ("luanshi", "六安市"),
        ("yinduqu", "殷都区"),
        ("chengdu", "成都"),
    ],
)
def test_a_place_is_read_as_its_people_read_it(full, letters, text):
    assert text in typed(full, letters).candidates


@pytest.mark.parametrize(
    ("letters", "text"),
    [("xxshqq", "新乡市红旗区"), ("hqq", "红旗区"), ("pyl", "平原路"), ("hnsxxs", "河南省新乡市")],
)
def test_first_letters_are_enough(full, letters, text):
    assert typed(full, letters).candidates[0] == text


@pytest.mark.parametrize(
    ("letters", "text"),
    [("pinyuanlu", "平原路"), ("jianselu", "建设路"), ("xingxiang", "新乡"), ("zaipozen", "翟坡镇")],
)
def test_sounds_that_sound_alike_in_henan_may_be_mixed_up(full, letters, text):
    assert text in typed(full, letters).candidates


@pytest.mark.parametrize(
    ("digits", "text"),
    [("9469426474446647478", "新乡市红旗区"), ("7464982658", "平原路"), ("5426743", "建设")],
)
def test_nine_keys_are_enough(nine_key, digits, text):
    assert typed(nine_key, digits).candidates[0] == text


@pytest.mark.parametrize(
    ("digits", "letters"),
    [("7464982658", "ping yuan lu"), ("74649", "ping y"), ("94'26", "xi an"), ("99", "99")],
)
def test_nine_keys_show_the_letters_they_are_taken_for(nine_key, digits, letters):
    assert typed(nine_key, digits).preedit == letters


def test_a_choice_that_uses_every_letter_is_committed_once(full):
    shown = chosen(full, typed(full, "pingyuanlu"), "平原路")
    assert (shown.committed, shown.preedit, shown.candidates) == ("平原路", "", ())
    assert full.type("l").committed == ""


@pytest.mark.parametrize("keyboard", [Keyboard.FULL, Keyboard.NINE_KEY])
def test_a_choice_that_uses_some_letters_stays_and_the_rest_is_asked(engine, keyboard):
    session = engine.session(keyboard)
    keys = "pingyuanlu" if keyboard is Keyboard.FULL else "7464982658"
    shown = chosen(session, typed(session, keys), "平原")
    assert (shown.preedit, shown.committed) == ("平原lu", "")
    assert chosen(session, shown, "路").committed == "平原路"
    session.close()


def test_backspace_takes_back_the_choice_then_the_letters(full):
    asked = typed(full, "pingyuanlu")
    chosen(full, asked, "平原")
    assert full.backspace().candidates == asked.candidates
    assert full.backspace().preedit == "ping yuan l"


def test_backspace_on_nothing_shows_nothing(full):
    assert full.backspace() == Composition()


def test_pages_follow_each_other_without_a_repeat_and_lead_back(full):
    first = typed(full, "yi")
    second = full.next_page()
    assert second.has_previous
    assert not first.has_previous
    assert set(first.candidates).isdisjoint(second.candidates)
    assert full.previous_page() == first
    assert full.previous_page() == first


def test_the_last_page_stays(full):
    shown = typed(full, "nv")
    while shown.has_more:
        shown = full.next_page()
    assert full.next_page() == shown


def test_a_choice_counts_from_the_page_shown(full):
    typed(full, "yi")
    shown = full.next_page()
    assert full.choose(2).committed == shown.candidates[2]


def test_what_had_no_room_on_a_page_begins_the_next_one_and_the_way_back_is_the_same(full):
    first = typed(full, "yi")
    second = full.next_page(shown=4)
    assert second.candidates[:5] == first.candidates[4:]
    third = full.next_page(shown=2)
    assert third.candidates[:7] == second.candidates[2:]
    assert full.previous_page() == second
    assert full.previous_page() == first
    assert full.previous_page() == first


def test_a_letter_leads_back_to_the_first_page(full):
    typed(full, "y")
    full.next_page(shown=3)
    assert not full.type("i").has_previous


def test_a_page_is_as_long_as_the_screen_asks(engine):
    session = engine.session(Keyboard.FULL, page_size=4)
    assert len(typed(session, "yi").candidates) == 4
    session.close()


def test_clear_forgets_what_was_not_committed(full):
    typed(full, "pingyuanlu")
    assert full.clear() == Composition()
    assert typed(full, "lu").preedit == "lu"


def test_one_session_knows_nothing_of_another(engine, full):
    typed(full, "pingyuan")
    other = engine.session(Keyboard.FULL)
    assert other.type("l").preedit == "l"
    assert full.type("l").preedit == "ping yuan l"
    other.close()


@pytest.mark.parametrize("key", ["A", "1", "é", "", "ab", " ", "\x08"])
def test_a_key_the_keyboard_lacks_is_refused(full, key):
    with pytest.raises(ValueError, match="no such key"):
        full.type(key)


def test_a_book_on_the_keyboard_is_not_read(full):
    shown = typed(full, "a" * (MOST_KEYS + 100))
    assert len(shown.preedit.replace(" ", "")) == MOST_KEYS


def test_strokes_find_a_character_before_all_of_them_are_typed(strokes):
    shown = typed(strokes, "zzhh")  # 红 has six
    assert shown.preedit == "乙乙一一"
    assert "红" in shown.candidates


@pytest.mark.parametrize(("strokes_typed", "character"), [("hhhszp", "㛃"), ("hpznph", "䶮")])
def test_strokes_find_a_rare_name(strokes, strokes_typed, character):
    assert character in typed(strokes, strokes_typed).candidates


@pytest.mark.parametrize(
    ("letters", "character"), [("jie", "㛃"), ("yan", "䶮"), ("xian", "㬎"), ("yin", "䲟"), ("hong", "𬭎")]
)
def test_pinyin_finds_a_rare_name_behind_the_common_ones(full, letters, character):
    assert pages_until(full, typed(full, letters), character) > 1


def test_every_candidate_can_be_drawn(full, strokes):
    drawable = set(map(chr, TTFont(FONT).getBestCmap()))
    for session, keys in ((full, "yi"), (full, "yan"), (full, "li"), (strokes, "h"), (strokes, "zph")):
        shown = typed(session, keys)
        while shown.has_more:
            assert drawable.issuperset("".join(shown.candidates))
            shown = session.next_page()
        session.clear()


KEYS = st.lists(st.sampled_from([*Keyboard.FULL.value, "⌫", ">", "<", 0, 1, 8, "clear"]), max_size=40)


@settings(max_examples=150)
@given(keys=KEYS)
def test_whatever_is_pressed_the_keyboard_stays_usable(engine, keys):
    session = engine.session(Keyboard.FULL)
    for key in keys:
        match key:
            case "⌫":
                shown = session.backspace()
            case ">":
                shown = session.next_page()
            case "<":
                shown = session.previous_page()
            case "clear":
                shown = session.clear()
            case int():
                shown = session.choose(key)
            case _:
                shown = session.type(key)
        assert len(shown.candidates) <= 9
        assert shown.preedit or not shown.candidates
        assert not shown.committed or isinstance(key, int)
    session.clear()
    assert chosen(session, typed(session, "pingyuanlu"), "平原路").committed == "平原路"
    session.close()


def test_what_is_typed_is_not_in_the_repr(full):
    shown = repr(chosen(full, typed(full, "pingyuanlu"), "平原"))
    assert "平原" not in shown
    assert "lu" not in shown


def test_the_engine_stays_on_its_thread(engine):
    refused: list[Exception] = []

    def elsewhere() -> None:
        try:
            engine.session(Keyboard.FULL)
        except RuntimeError as error:
            refused.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(refused) == 1


def test_missing_dictionaries_are_told(tmp_path):
    with pytest.raises(EngineUnavailable, match="no dictionaries"):
        PinyinEngine(tmp_path)


def test_a_missing_library_is_told():
    script = f"""
        from kiosk.input import librime, rime
        librime.LIBRARY = "librime.so.0"
        try:
            rime.PinyinEngine(rime.Path({str(DICTIONARIES)!r}))
        except rime.EngineUnavailable as error:
            print(error)
    """
    assert run(script).stdout == "librime.so.0 cannot be loaded\n"


def test_the_engine_starts_again_after_it_was_closed():
    script = """
        from kiosk.input.rime import Keyboard, PinyinEngine
        for _ in range(3):
            with PinyinEngine() as engine:
                session = engine.session(Keyboard.NINE_KEY)
                print(session.type("7").candidates[0])
    """
    assert run(script).stdout == "是\n是\n是\n"


def test_nothing_of_what_is_typed_is_kept_or_logged(tmp_path):
    script = """
        from kiosk.input.rime import Keyboard, PinyinEngine
        with PinyinEngine() as engine:
            for _ in range(3):
                session = engine.session(Keyboard.FULL)
                for word in ("pingyuanlu", "muyehuayuan", "zzzzqqqq"):
                    for key in word:
                        session.type(key)
                    session.choose(0)
                session.close()
    """
    before = {path: path.stat().st_mtime_ns for path in DICTIONARIES.iterdir()}
    logs_before = set(Path(tempfile.gettempdir()).glob("*rime*"))

    ran = run(script, HOME=str(tmp_path), TMPDIR=str(tmp_path), XDG_CONFIG_HOME=str(tmp_path))

    assert (ran.stdout, ran.stderr) == ("", "")
    assert list(tmp_path.iterdir()) == []
    assert {path: path.stat().st_mtime_ns for path in DICTIONARIES.iterdir()} == before
    assert set(Path(tempfile.gettempdir()).glob("*rime*")) == logs_before


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        env=os.environ | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
