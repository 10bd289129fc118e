"""A visit by the keys of an accessible keypad alone, on the real window."""

from dataclasses import replace

import pytest

from kiosk.views.models import Look, Palette, Size
from screens.strokes import SILENT_S
from screens.touch import BOUNCE_S
from tests.screens.gallery_samples import samples

pytestmark = pytest.mark.window

SAMPLES = {sample.name: sample for sample in samples(zh=True)}
UP, DOWN, ENTER, ERASE, EIGHT, NINE = 273, 274, 13, 8, 56, 57
REPEATED_AFTER_S, REPEATED_S = 1.5, 0.04  # an X server told to wait longer than its own 0.66 s


@pytest.fixture
def keys(pump):
    """Show a sample, strike keys, and read which choice has the ring."""
    from kivy.core.window import Window  # noqa: PLC0415 - Kivy reads its settings on import

    class Keys:
        chosen = pump.chosen

        def show(self, name, **changes):
            pump.window.show(replace(SAMPLES[name], clock=f"{pump.now}", **changes))

        def strike(self, *codes):
            for code in codes:
                self.press(code)
                self.lift(code)
                pump.now += 1

        def strike_fast(self, *codes):
            for code in codes:
                self.press(code)
                self.lift(code)
                pump.now += BOUNCE_S + 0.01

        def hold(self, code, seconds):
            self.press(code)
            pump.now += REPEATED_AFTER_S
            for _ in range(round((seconds - REPEATED_AFTER_S) / REPEATED_S)):
                self.press(code)
                pump.now += REPEATED_S

        def press(self, code):
            Window.dispatch("on_key_down", code, 0, None, [])

        def lift(self, code):
            Window.dispatch("on_key_up", code, 0)

        @property
        def ringed(self):
            return [target.choice.text for target in pump.window.screen.targets() if target.ringed]

        picture = pump.window.picture

    pump.touch_nothing()
    return Keys()


def test_no_ring_until_an_arrow_is_struck(keys):
    keys.show("home")
    assert keys.ringed == []
    keys.strike(DOWN)
    assert keys.ringed == ["查询参保信息"]


def test_arrows_go_through_every_choice_in_reading_order_and_around(keys):
    keys.show("home")
    seen = []
    for _ in range(9):
        keys.strike(DOWN)
        seen += keys.ringed
    assert seen == [
        "查询参保信息",
        "修改联系方式",
        "社保卡挂失",
        "查询回执",
        "办事指南",
        "大字",
        "对比度",
        "English",
        "查询参保信息",
    ]
    keys.strike(UP)
    assert keys.ringed == ["English"]


def test_enter_makes_the_choice_with_the_ring(keys):
    keys.show("home")
    keys.strike(DOWN, DOWN, DOWN, ENTER)
    assert keys.chosen == [("touched", "社保卡挂失")]


def test_the_ring_starts_on_the_way_on(keys):
    keys.show("review")
    keys.strike(DOWN)
    assert keys.ringed == ["确认修改"]


def test_a_password_is_typed_by_digits_and_confirmed_without_any_ring_on_its_keys(keys):
    keys.show("password")
    keys.strike(DOWN)
    before = keys.picture()
    keys.strike_fast(56, 56, 264, 49, ERASE)
    assert keys.chosen == [("touched", word) for word in ("8", "8", "8", "1", "删除")]
    assert keys.picture() == before
    keys.strike(ENTER)
    assert keys.chosen[-1] == ("touched", "确认")
    for _ in range(12):
        keys.strike(DOWN)
        assert not keys.ringed[0].isdigit()


def test_a_second_enter_at_once_confirms_nothing(keys):
    keys.show("review")
    keys.strike(DOWN)
    keys.strike_fast(ENTER, ENTER)
    assert len(keys.chosen) == 1


def test_a_key_that_is_held_is_struck_once_and_again_when_it_came_up(keys, pump):
    keys.show("password")
    told = []
    pump.window.on_touched = lambda: told.append(1)
    keys.hold(EIGHT, seconds=10)
    assert (len(keys.chosen), len(told)) == (1, 1)
    keys.lift(EIGHT)
    pump.now += 1
    keys.press(EIGHT)
    assert (len(keys.chosen), len(told)) == (2, 2)
    keys.lift(EIGHT)


def test_a_held_enter_chooses_nothing_on_the_screens_that_follow(keys):
    keys.show("review")
    keys.strike(DOWN)
    for name in ("home", "records_menu", "review"):
        keys.hold(ENTER, seconds=2)
        keys.show(name)
    assert len(keys.chosen) == 1
    keys.lift(ENTER)


def test_a_held_arrow_moves_the_ring_by_one(keys):
    keys.show("home")
    keys.strike(DOWN)
    keys.hold(DOWN, seconds=5)
    assert keys.ringed == ["修改联系方式"]
    keys.lift(DOWN)


def test_a_key_that_bounces_is_struck_once(keys, pump):
    keys.show("password")
    for _ in range(4):
        keys.press(EIGHT)
        keys.lift(EIGHT)
        pump.now += BOUNCE_S / 2
    assert len(keys.chosen) == 1


def test_in_the_elder_mode_a_key_is_struck_twice_after_half_a_second(keys, pump):
    keys.show("password", look=Look(Size.ELDER, Palette.LIGHT, "zh_CN"))
    for _ in range(4):
        keys.press(EIGHT)
        keys.lift(EIGHT)
        pump.now += 0.3
    assert len(keys.chosen) == 2


def test_the_next_key_may_go_down_before_the_last_comes_up(keys):
    keys.show("password")
    keys.press(EIGHT)
    keys.strike_fast(NINE)
    keys.lift(EIGHT)
    assert keys.chosen == [("touched", "8"), ("touched", "9")]


def test_a_key_whose_release_was_lost_can_be_struck_again(keys, pump):
    keys.show("password")
    keys.hold(EIGHT, seconds=2)
    pump.now += SILENT_S
    keys.press(EIGHT)
    assert len(keys.chosen) == 2
    keys.lift(EIGHT)


def test_the_ring_stays_on_its_choice_when_the_screen_is_drawn_anew(keys):
    keys.show("home")
    keys.strike(DOWN, DOWN)
    keys.show("home")
    assert keys.ringed == ["修改联系方式"]


def test_a_touch_takes_the_ring_away(keys, pump):
    keys.show("home")
    keys.strike(DOWN)
    pump.touch_nothing()
    assert keys.ringed == []


def test_keys_with_no_meaning_do_nothing(keys):
    keys.show("home")
    before = keys.picture()
    keys.strike(27, 282, 97, 9, 48, ERASE)
    assert keys.picture() == before
    assert not keys.chosen
