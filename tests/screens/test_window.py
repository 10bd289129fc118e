"""The real window on an offscreen surface: what is drawn, what a touch does, what is left behind."""

import gc
import subprocess
import sys
import weakref
from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from kiosk.flows.secret import Secret
from kiosk.views.models import Keypad, Look, Palette, Size, choices_of
from tests.screens.gallery.displays import DISPLAYS, FONTS
from tests.screens.gallery_samples import samples

pytestmark = pytest.mark.window

SAMPLES = {sample.name: sample for sample in samples(zh=True)}


def middle(target):
    return target.center_x, target.center_y


@pytest.mark.parametrize("name", SAMPLES)
def test_everything_that_can_be_touched_answers_with_its_event(pump, finger, name):
    sample = SAMPLES[name]
    pump.window.show(sample)
    pump.frame()
    targets = list(pump.window.screen.targets())
    assert {id(target.choice) for target in targets} == {id(choice) for choice in choices_of(sample)}
    for target in targets:
        hand = finger()
        hand.down(*middle(target))
        hand.up()
        assert pump.chosen[-1] == target.choice.event
        pump.now += 1
    assert len(pump.chosen) == len(targets)


def test_a_choice_that_is_not_enabled_does_nothing(pump, finger):
    pump.window.show(SAMPLES["new_phone"])
    pump.frame()
    x, y = (pump.window.screen.width * 0.8, pump.target("首页").center_y)  # where the way on stands
    hand = finger()
    hand.down(x, y)
    hand.up()
    assert not pump.chosen


def test_a_password_of_equal_digits_is_typed_fast(pump, finger):
    pump.window.show(SAMPLES["password"])
    pump.frame()
    for _ in range(6):
        hand = finger()
        hand.down(*middle(pump.target("8")))
        hand.up()
        pump.frame(0.07)
    assert pump.chosen == [("touched", "8")] * 6


def test_two_fingers_choose_once(pump, finger):
    pump.window.show(SAMPLES["home"])
    pump.frame()
    first, second = finger(), finger()
    first.down(*middle(pump.target("社保卡挂失")))
    second.down(*middle(pump.target("办事指南")))
    second.up()
    first.up()
    assert pump.chosen == [("touched", "社保卡挂失")]


@pytest.mark.parametrize("button", ["right", "middle", "scrollup"])
def test_other_buttons_of_a_mouse_do_nothing(pump, finger, button):
    pump.window.show(SAMPLES["home"])
    pump.frame()
    mouse = finger(button)
    mouse.down(*middle(pump.target("社保卡挂失")))
    assert not pump.target("社保卡挂失").pressed
    mouse.up()
    assert not pump.chosen


@pytest.mark.parametrize("palette", Palette)
def test_a_pressed_choice_shows_it_in_every_palette(pump, finger, palette):
    pump.window.show(replace(SAMPLES["in_effect"], look=Look(palette=palette)))
    before = pump.window.picture()
    hand = finger()
    hand.down(*middle(pump.target("完成")))
    assert pump.window.picture() != before
    hand.up()
    assert pump.window.picture() == before


def test_a_pressed_key_of_a_password_shows_nothing(pump, finger):
    pump.window.show(SAMPLES["password"])
    before = pump.window.picture()
    hand = finger()
    hand.down(*middle(pump.target("8")))
    assert pump.window.picture() == before
    hand.up()


@pytest.mark.parametrize("size", Size)
def test_a_screen_that_stands_is_not_drawn_again(pump, size):
    """How one arrives is in test_motion.py; this window shows no motion."""
    from kivy.core.window import Window  # noqa: PLC0415 - Kivy reads its settings on import

    drawn = []

    def note(*_: object) -> None:
        drawn.append(1)

    pump.window.show(replace(SAMPLES["in_effect"], look=Look(size), clock="23:59"))
    pump.frame()
    Window.bind(on_flip=note)
    for _ in range(90):
        pump.frame()
    assert not drawn
    pump.window.show(SAMPLES["home"])
    pump.frame()
    assert drawn, "what is new is drawn"
    Window.unbind(on_flip=note)


def test_an_equal_view_is_not_drawn_again(pump):
    pump.window.show(SAMPLES["home"])
    drawn = pump.window.screen
    pump.window.show(replace(SAMPLES["home"]))
    assert pump.window.screen is drawn


def test_a_countdown_under_the_finger_does_not_swallow_the_touch(pump, finger):
    sample = SAMPLES["still_there"]
    pump.window.show(sample)
    pump.frame()
    hand = finger()
    hand.down(*middle(pump.target("继续办理")))
    pump.window.show(
        replace(sample, countdown=replace(sample.countdown, seconds_left=31, text="31 秒后自动退出"))
    )
    assert pump.target("继续办理").pressed
    hand.up()
    assert pump.chosen == [("touched", "继续办理")]


def test_nothing_of_a_screen_is_left_when_the_next_one_is_shown(pump):
    pump.window.show(SAMPLES["facts"])
    pump.frame()
    left = [weakref.ref(block) for block in pump.window.screen.walk()]
    pump.window.show(SAMPLES["home"])
    pump.frame()
    gc.collect()
    assert not [block() for block in left if block() is not None]


def test_a_slot_fills_with_each_digit(pump):
    sample = SAMPLES["password"]
    pictures = []
    for dots in range(3):
        body = sample.body
        assert isinstance(body, Keypad)
        pump.window.show(replace(sample, body=replace(body, shown="•" * dots)))
        pictures.append(pump.window.picture().tobytes())
    assert len(set(pictures)) == 3


@pytest.mark.parametrize("size", Size)
def test_the_keys_stand_still_while_a_password_is_typed(pump, size):
    sample = replace(SAMPLES["password"], look=Look(size))
    body, places = sample.body, set()
    assert isinstance(body, Keypad)
    for digits in range(body.length + 1):
        pump.window.show(replace(sample, body=replace(body, shown=str(Secret("1" * digits)))))
        target = pump.target("5")
        places.add((target.x, target.y, target.width, target.height))
    assert len(places) == 1


LONELY_WINDOW = f"""
from pathlib import Path
from screens.window import open_window
window = open_window({DISPLAYS["portrait"][0]}, 1920, 102.0, Path({str(FONTS)!r}), offscreen=True)
{{}}
"""


def run_alone(script: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LONELY_WINDOW.format(script)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_exception_in_a_turn_ends_the_window_with_a_status():
    ended = run_alone("def turn(): raise ZeroDivisionError\nwindow.run(turn, 30)")
    assert ended.returncode == 1
    assert "ZeroDivisionError" in ended.stderr


def test_stop_ends_the_loop_and_run_returns():
    ended = run_alone("window.run(window.stop, 30)\nprint('left')")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "left\n", "")


def test_the_window_is_not_opened_without_its_fonts():
    script = "from pathlib import Path\nfrom screens.window import open_window\n"
    script += "open_window(800, 600, 96.0, Path('/nowhere'), offscreen=True)"
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    assert "FileNotFoundError" in ended.stderr


def test_a_second_window_in_one_process_is_refused():
    ended = run_alone("open_window(800, 600, 96.0, Path('/nowhere'), offscreen=True)")
    assert ended.returncode == 1
    assert "one window per process" in ended.stderr


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_display_shows_the_same_picture(tmp_path, pump, degrees):
    script = f"""
from pathlib import Path
from screens.window import open_window
from tests.screens.gallery.displays import FONTS
from tests.screens.gallery_samples import samples
window = open_window(1080, 1920, 102.46, FONTS, offscreen=True, rotation={degrees})
window.show(next(samples(zh=True)))
window.photograph(Path({str(tmp_path / "turned.png")!r}))
"""
    subprocess.run([sys.executable, "-c", script], timeout=60, check=True)
    pump.window.show(SAMPLES["home"])
    difference = ImageChops.difference(Image.open(tmp_path / "turned.png"), pump.window.picture())
    assert (
        max(high for _, high in difference.getextrema()) < 64
    )  # a turned line is smoothed a little otherwise
