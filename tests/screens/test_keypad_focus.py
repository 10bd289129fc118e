"""A visit by the keys of an accessible keypad alone, on the real window."""

from dataclasses import replace

import pytest

from tests.screens.gallery_samples import samples

REPEATS_WITHIN_S = 1.0  # screens/keypad_focus.py, which imports Kivy

pytestmark = pytest.mark.window

SAMPLES = {sample.name: sample for sample in samples(zh=True)}
UP, DOWN, ENTER, ERASE = 273, 274, 13, 8


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
                self.strike_at_once(code)
                pump.now += 1

        def strike_at_once(self, *codes):
            for code in codes:
                self.press(code)
                self.lift(code)

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
    keys.strike_at_once(56, 56, 264, 49, ERASE)
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
    keys.strike_at_once(ENTER, ENTER)
    assert len(keys.chosen) == 1


def test_a_key_that_is_held_is_struck_once_and_again_when_it_came_up(keys, pump):
    keys.show("password")
    told = []
    pump.window.on_touched = lambda: told.append(1)
    for _ in range(30):
        keys.press(56)
        pump.now += 0.04
    assert (len(keys.chosen), len(told)) == (1, 1)
    keys.lift(56)
    keys.press(56)
    assert (len(keys.chosen), len(told)) == (2, 2)


def test_a_key_whose_release_was_lost_can_be_struck_again(keys, pump):
    keys.show("password")
    keys.press(56)
    pump.now += REPEATS_WITHIN_S
    keys.press(56)
    assert len(keys.chosen) == 2


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
