"""The loop of the window: it takes its turns, and one more at once where somebody waits for it.

The turns here are a day apart, so what comes sooner has not waited for one.
"""

import gc
import subprocess
import sys

import pytest

from tests.screens.gallery.displays import FONTS
from tests.screens.gallery_samples import samples

pytestmark = pytest.mark.window

A_DAY_APART = 1 / 86_400
LOOP = f"""
from pathlib import Path
from kiosk.views.models import Choice, ColourField, Icon, Look
from screens.window import open_window
from tests.screens.gallery_samples import samples
from tests.screens.sdl_finger import SdlFinger

window = open_window(1080, 1920, 102.0, Path({str(FONTS)!r}), offscreen=True)
finger = SdlFinger(1920)
window.show(next(sample for sample in samples(zh=True) if sample.name == "home"))
target = next(window.screen.targets())
middle = target.center_x, target.center_y
told = []
window.on_choice = told.append

def turns():
    finger.down(*middle)
    yield
    print("pressed" if target.pressed else "not pressed", len(told))
    finger.up(*middle)
    yield
    print("pressed" if target.pressed else "not pressed", len(told))
    window.stop()
    yield

window.run(turns().__next__, {A_DAY_APART})
"""
NEWS = f"""
from pathlib import Path
from screens.window import open_window
window = open_window(1080, 1920, 102.0, Path({str(FONTS)!r}), offscreen=True)
inbox = ["an answer"]

def turn():
    print("turn")
    if turned:
        inbox.clear()
        window.stop()
    turned.append(True)

turned = []
window.run(turn, {A_DAY_APART}, lambda: bool(inbox))
"""


def told_by(script: str) -> list[str]:
    ended = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.splitlines()


def test_the_turn_after_a_press_and_after_a_choice_comes_at_once():
    assert told_by(LOOP) == ["pressed 0", "not pressed 1"]


def test_what_waits_in_the_inbox_is_taken_at_once():
    assert told_by(NEWS) == ["turn", "turn"]


def test_what_was_drawn_goes_with_its_screen_and_waits_for_no_collector(pump):
    from kivy.graphics import Rectangle  # noqa: PLC0415 - Kivy reads its settings on import

    home, other = list(samples(zh=True))[:2]
    pump.window.show(home)
    pump.frame()
    gc.collect()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        pump.window.show(other)
        pump.frame()
        gc.collect()
        waited = [each for each in gc.garbage if isinstance(each, Rectangle)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert not waited
