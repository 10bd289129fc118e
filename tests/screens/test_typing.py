"""The screens one types on: nothing moves under the finger, and nothing that may be meant is out of reach."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import pytest

from kiosk.domain.contact import ContactDetails, ContactField
from kiosk.domain.policy import Policy
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.contact_change import EnteringValue
from kiosk.flows.events import Keyboard
from kiosk.flows.settings import Settings, TextSize
from kiosk.flows.text_entry import BY_ENGINE, COMPOSING, KEYBOARDS, Composition, TextEntry
from kiosk.input import rime
from kiosk.services.input_method import CANDIDATES, InputMethod
from kiosk.views.models import Icon, View
from tests.flows.hall import opened, view_of
from tests.screens.gallery.compositions import LONGEST, USUAL
from tests.screens.gallery.displays import DISPLAYS
from tests.screens.gallery.exhibits import LONGEST as LONGEST_PERSON
from tests.screens.gallery.exhibits import name_of

pytestmark = pytest.mark.window

FAST_S = 0.1  # between two strokes of a finger in a hurry
AREA = "河南省新乡市红旗区洪门镇"
LOOKS = [
    Settings("zh_CN", TextSize.NORMAL),
    Settings("zh_CN", TextSize.ELDER),
    Settings("en", TextSize.LARGER),
    Settings("en", TextSize.ELDER),
]
ELDER = LOOKS[1]
TYPED_ON = {*KEYBOARDS[ContactField.ADDRESS], Keyboard.LETTERS} - {Keyboard.DIVISIONS}
IN_EVERY_LOOK = pytest.mark.parametrize("look", LOOKS, ids=name_of)
ON_EVERY_DISPLAY = pytest.mark.parametrize("display", DISPLAYS)


def kiosk_with(entry: TextEntry, look: Settings, *, checked: bool = False) -> mode.Kiosk:
    kiosk = opened(Policy("hall", "0001"))
    session = replace(kiosk.visit.session, settings=look)
    state = EnteringValue(ContactDetails(), entry, checked)
    return replace(kiosk, visit=replace(kiosk.visit, session=session, state=state))


def stages(keyboard: Keyboard, look: Settings) -> Iterator[View]:
    """Yield the screen from the empty field to a long input behind a long text, and with a warning."""
    of = ContactField.EMAIL if keyboard is Keyboard.LETTERS else ContactField.ADDRESS
    empty = TextEntry(of, "", keyboard, pinyin=True)
    begun, full = replace(empty, text=AREA), replace(empty, text=LONGEST_PERSON.value(of))
    warned = replace(empty, text="河南")
    shown = [(empty, False), (begun, False), (full, True), (warned, True)]
    if keyboard in COMPOSING:
        usual, longest = (each[keyboard].shown for each in (USUAL, LONGEST))
        few = Composition(usual.preedit[:2], usual.candidates[:1])
        later = replace(longest, has_previous=longest.has_next)
        shown += [(replace(empty, composition=few), False), (replace(begun, composition=usual), False)]
        shown += [(replace(full, composition=later), False)]
    for entry, checked in shown:
        yield view_of(kiosk_with(entry, look, checked=checked))


@pytest.fixture
def laid(window):
    """Lay a view out for a display."""
    from screens.screen import lay_out  # noqa: PLC0415 - imports Kivy, which the window opens first
    from tests.screens.gallery_samples import samples  # noqa: PLC0415

    window.show(next(samples(zh=True)))

    def lay(view, display):
        width, height, ppi = DISPLAYS[display]
        theme = replace(window.screen.theme, width=width, height=height, ppi=ppi, look=view.look)
        return lay_out(view, theme)

    return lay


@ON_EVERY_DISPLAY
@IN_EVERY_LOOK
@pytest.mark.slow
def test_the_keys_stand_still_and_keep_to_the_rules_while_one_types(laid, display, look):
    from screens.theme import BODIES  # noqa: PLC0415 - imports Kivy, which the window opens first

    for keyboard in TYPED_ON:
        places = set()
        for view in stages(keyboard, look):
            screen = laid(view, display)
            struck = [*(key for row in view.body.rows for key in row), *view.body.keyboards]
            found = {each.choice: each for each in screen.walk() if hasattr(each, "choice")}
            keys = (found[choice] for choice in struck)
            places.add(tuple((key.x, key.y, key.width, key.height) for key in keys))
            assert screen.fits
            assert screen.whole
            assert screen.theme.fullness in BODIES, "the letters are as large as the rules want them"
        assert len(places) == 1, keyboard


class Desk:
    """A kiosk on whose keyboard somebody types, with the real input method behind it."""

    def __init__(self, engine, keyboard, look):
        self._input = InputMethod(engine, lambda _: True)
        self._kiosk = kiosk_with(TextEntry(ContactField.ADDRESS, AREA, keyboard, pinyin=True), look)

    @property
    def view(self):
        return view_of(self._kiosk)

    @property
    def composition(self):
        return self._kiosk.visit.state.entry.composition

    def touch(self, event):
        stepped = mode.step(self._kiosk, event)
        self._kiosk = stepped.kiosk
        for effect in stepped.effects:
            if isinstance(effect, do.Compose):
                for answer in self._input.perform(effect):
                    self.touch(answer)

    def type(self, keys):
        for key in keys:
            self.touch(on.KeyPressed(key))


@pytest.fixture(scope="module")
def engine():
    with rime.PinyinEngine() as engine:
        yield engine


def everything(engine, keyboard, keys):
    """Return all that keys may mean, in the order of the engine."""
    session = engine.session(keyboard, page_size=5000)
    for key in keys:
        shown = session.type(key)
    session.close()
    return list(shown.candidates)


def shown_on(screen, view):
    """Return the candidates on a screen, and the way to the next page and the one before."""
    targets = list(screen.targets())
    words = [each.choice.text for each in targets if each.choice in view.body.candidates]
    turns = {
        each.choice.icon: each.choice.event
        for each in targets
        if isinstance(each.choice.event, on.CandidatesTurned)
    }
    return words, turns.get(Icon.NEXT), turns.get(Icon.PREVIOUS)


@ON_EVERY_DISPLAY
@pytest.mark.slow
def test_every_candidate_is_reached_by_turning_pages_and_so_is_the_way_back(laid, engine, display):
    keys = USUAL[Keyboard.PINYIN].keys
    desk = Desk(engine, Keyboard.PINYIN, ELDER)
    desk.type(keys)
    pages, onward = [], None
    while not pages or onward:
        if onward:
            desk.touch(onward)
        words, onward, back = shown_on(laid(desk.view, display), desk.view)
        pages.append(words)
    assert list(chain(*pages)) == everything(engine, rime.Keyboard.FULL, keys)
    assert len(pages) > 2
    for words in reversed(pages[:-1]):
        desk.touch(back)
        again, _, back = shown_on(laid(desk.view, display), desk.view)
        assert set(words) <= set(again)
    assert back is None


@pytest.mark.parametrize("typed", [USUAL, LONGEST])
@pytest.mark.parametrize("keyboard", sorted(BY_ENGINE, key=lambda each: each.value))
def test_the_exhibits_show_what_the_engine_answers(engine, typed, keyboard):
    desk = Desk(engine, keyboard, LOOKS[0])
    desk.type(typed[keyboard].keys)
    assert desk.composition == typed[keyboard].shown
    assert len(desk.composition.candidates) in {0, CANDIDATES}


@ON_EVERY_DISPLAY
@pytest.mark.parametrize("text", ["", LONGEST_PERSON.address], ids=["alone", "behind a long text"])
def test_of_a_long_input_the_end_is_seen_where_one_types(laid, display, text):
    from screens.bodies.writing import Writing  # noqa: PLC0415 - imports Kivy, which the window opens first

    typed = LONGEST[Keyboard.NINE_KEY].shown
    entry = TextEntry(ContactField.ADDRESS, text, Keyboard.NINE_KEY, typed, pinyin=True)
    screen = laid(view_of(kiosk_with(entry, ELDER)), display)
    (writing,) = (block for block in screen.walk() if isinstance(block, Writing))
    seen = "".join(words.text for words in writing.blocks if hasattr(words, "text"))
    assert seen.endswith("ba ba ba|")
    assert seen.startswith("…") or not text
    assert max(words.right for words in writing.blocks) <= writing.right + 1


def test_a_candidate_too_long_for_its_row_shows_how_it_begins_and_ends(laid):
    *_, view = stages(Keyboard.PINYIN, ELDER)  # the longest
    screen = laid(view, "square")
    first = next(each for each in screen.targets() if each.choice == view.body.candidates[0])
    (words,) = first.blocks
    assert words.text.startswith("男男女女")
    assert words.text.endswith("女女")
    assert "…" in words.text


def composing(look):
    entry = TextEntry(ContactField.ADDRESS, AREA, Keyboard.PINYIN, pinyin=True)
    return view_of(kiosk_with(replace(entry, composition=USUAL[Keyboard.PINYIN].shown), look))


def struck_twice(pump, finger, words, apart_s):
    """Strike a key or choice twice, and return how often it came."""
    pump.frame()
    target = pump.target(words)
    for _ in range(2):
        hand = finger()
        hand.down(target.center_x, target.center_y)
        hand.up()
        pump.frame(apart_s)
    assert set(pump.chosen) == {target.choice.event}
    return len(pump.chosen)


@pytest.mark.parametrize(("words", "times"), [("河南省新乡市", 1), ("下一页", 1), ("n", 2)])
def test_a_fast_second_touch_is_a_letter_but_takes_no_candidate_and_turns_no_page(pump, finger, words, times):
    pump.window.show(composing(LOOKS[0]))
    assert struck_twice(pump, finger, words, FAST_S) == times


@pytest.mark.parametrize(("look", "apart_s", "times"), [(LOOKS[0], 0.1, 2), (ELDER, 0.3, 1), (ELDER, 0.6, 2)])
def test_in_the_elder_mode_a_letter_struck_twice_within_half_a_second_comes_once(
    pump, finger, look, apart_s, times
):
    pump.window.show(composing(look))
    assert struck_twice(pump, finger, "n", apart_s) == times
