from dataclasses import dataclass, field

import pytest

from kiosk.views.models import AnyChoice, Choice
from screens.touch import BOUNCE_S, HELD_AT_MOST_S, REST_S, Finger


@dataclass
class Pad:
    """A target from x to x + 10."""

    choice: AnyChoice
    x: float
    key: bool = False
    pressed: bool = False

    def collide_point(self, x: float, y: float) -> bool:
        return self.x <= x < self.x + 10 and 0 <= y < 10


@dataclass
class Glass:
    pads: list[Pad]
    made: list[str] = field(default_factory=list)
    now: float = 100.0

    def __post_init__(self) -> None:
        self.finger = Finger(self._pad_at, lambda choice: self.made.append(choice.text), lambda: self.now)

    def tap(self, x: float, finger: object = 1) -> None:
        self.finger.press(finger, x, 5)
        self.finger.release(finger, x, 5)

    def _pad_at(self, x: float, y: float) -> Pad | None:
        return next((pad for pad in self.pads if pad.collide_point(x, y)), None)


@pytest.fixture
def glass():
    return Glass(
        [Pad(Choice("confirm", "c"), 0), Pad(Choice("back", "b"), 20), Pad(Choice("8", 8), 40, key=True)]
    )


def test_a_choice_is_made_on_release_inside(glass):
    glass.finger.press(1, 5, 5)
    assert not glass.made
    assert glass.pads[0].pressed
    glass.finger.release(1, 6, 6)
    assert glass.made == ["confirm"]
    assert not glass.pads[0].pressed


def test_sliding_off_takes_it_back(glass):
    glass.finger.press(1, 5, 5)
    glass.finger.move(1, 15, 5)
    assert not glass.pads[0].pressed
    glass.finger.release(1, 15, 5)
    assert not glass.made


def test_sliding_onto_another_target_chooses_neither(glass):
    glass.finger.press(1, 5, 5)
    glass.finger.move(1, 25, 5)
    glass.finger.release(1, 25, 5)
    assert not glass.made
    assert not glass.pads[1].pressed


def test_sliding_back_counts(glass):
    glass.finger.press(1, 5, 5)
    glass.finger.move(1, 15, 5)
    glass.finger.move(1, 5, 5)
    assert glass.pads[0].pressed
    glass.finger.release(1, 5, 5)
    assert glass.made == ["confirm"]


def test_a_second_finger_is_nothing(glass):
    glass.finger.press(1, 5, 5)
    glass.tap(25, finger=2)
    assert not glass.made
    glass.finger.release(1, 5, 5)
    assert glass.made == ["confirm"]


def test_a_second_touch_of_the_same_spot_rests(glass):
    glass.tap(5)
    glass.now += REST_S - 0.01
    glass.tap(6)
    assert glass.made == ["confirm"]
    glass.now += REST_S
    glass.tap(5)
    assert glass.made == ["confirm", "confirm"]


def test_the_spot_rests_on_the_next_screen_too(glass):
    glass.tap(5)
    glass.pads = [Pad(Choice("report the loss", "r"), 0)]
    glass.tap(5)
    assert glass.made == ["confirm"]


def test_another_spot_does_not_rest(glass):
    glass.tap(5)
    glass.tap(25)
    assert glass.made == ["confirm", "back"]


def test_keys_may_be_struck_as_fast_as_one_can(glass):
    for _ in range(6):
        glass.tap(45)
        glass.now += 0.07  # the time off the glass of the fastest finger
    assert glass.made == ["8"] * 6


def test_a_finger_the_panel_loses_for_a_moment_strikes_a_key_once(glass):
    glass.tap(45)
    glass.now += 0.03
    glass.tap(46)
    assert glass.made == ["8"]


def test_a_key_that_bounces_on_and_on_is_struck_once(glass):
    for _ in range(6):
        glass.tap(45)
        glass.now += BOUNCE_S - 0.01
    assert glass.made == ["8"]
    glass.now += BOUNCE_S
    glass.tap(45)
    assert glass.made == ["8", "8"]


def test_a_bounce_strikes_no_key_that_came_in_the_place_of_the_last(glass):
    glass.tap(45)
    glass.pads = [Pad(Choice("9", 9), 40, key=True)]
    glass.tap(45)
    assert glass.made == ["8"]


def test_whoever_is_unhurried_strikes_a_key_twice_after_half_a_second(glass):
    glass.finger.unhurried = True
    for _ in range(4):
        glass.tap(45)
        glass.now += 0.3
    assert glass.made == ["8", "8"], "and a touch that counted for nothing makes the rest no longer"


def test_whoever_is_unhurried_strikes_another_key_at_once(glass):
    glass.finger.unhurried = True
    glass.pads.append(Pad(Choice("9", 9), 60, key=True))
    glass.tap(45)
    glass.tap(65)
    assert glass.made == ["8", "9"]


def test_two_keys_may_be_struck_at_once(glass):
    glass.pads.append(Pad(Choice("9", 9), 60, key=True))
    glass.tap(45)
    glass.tap(65)
    assert glass.made == ["8", "9"]


def test_after_a_last_digit_the_next_screen_rests(glass):
    glass.tap(45)
    glass.pads = [Pad(Choice("confirm", "c"), 40)]
    glass.tap(45)
    assert glass.made == ["8"]


def test_a_screen_drawn_anew_under_the_finger_keeps_the_press(glass):
    glass.finger.press(1, 5, 5)
    old, glass.pads[0] = glass.pads[0], Pad(Choice("confirm", "c"), 0)
    glass.finger.redraw()
    assert glass.pads[0].pressed
    assert not old.pressed
    glass.finger.release(1, 5, 5)
    assert glass.made == ["confirm"]


def test_another_screen_under_the_finger_is_not_touched(glass):
    glass.finger.press(1, 5, 5)
    glass.pads[0] = Pad(Choice("report the loss", "r"), 0)
    glass.finger.redraw()
    glass.finger.release(1, 5, 5)
    assert not glass.made
    assert not glass.pads[0].pressed


def test_a_finger_whose_release_never_came_gives_way_at_last(glass):
    glass.finger.press(1, 5, 5)
    glass.tap(25, finger=2)
    assert not glass.made
    glass.now += HELD_AT_MOST_S
    glass.tap(25, finger=2)
    assert glass.made == ["back"]
