"""The finger for scripts is heard as often as it touches: it rests as long as a finger must."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.views.models import Choice
from tests.screens.gallery_samples import samples

pytestmark = pytest.mark.window

BRAND = Choice("brand", ("touched", "brand"))
SAMPLES = {sample.name: replace(sample, knock=BRAND) for sample in samples(zh=True)}
PATIENCE = 600  # frames


@pytest.fixture
def by_hand(pump):
    """Show a sample, have a script's finger do something, and wait until it has left."""

    def do(name: str, act: Callable[..., None], *words: object) -> list[object]:
        pump.window.show(SAMPLES[name])
        left: list[bool] = []
        act(pump.window, *words, lambda: left.append(True))
        for _ in range(PATIENCE):
            if left:
                return pump.chosen
            pump.frame()
        raise AssertionError("the finger is still on its way")

    pump.touch_nothing()
    return do


def test_the_same_key_touched_twice_is_typed_twice(by_hand):
    from screens.hands import touch  # noqa: PLC0415 - Kivy reads its settings on import

    by_hand("password", touch, "8")
    assert by_hand("password", touch, "8") == [("touched", "8")] * 2


def test_the_same_choice_touched_twice_is_made_twice(by_hand):
    from screens.hands import touch  # noqa: PLC0415

    by_hand("home", touch, "社保卡挂失")
    assert by_hand("home", touch, "社保卡挂失") == [("touched", "社保卡挂失")] * 2


def test_every_knock_is_heard(by_hand):
    from screens.hands import knock  # noqa: PLC0415

    assert by_hand("home", knock, 7) == [BRAND.event] * 7
