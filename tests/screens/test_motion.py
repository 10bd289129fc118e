"""A new screen slides to its place: shortly, in nobody's way, and not for those who need calm."""

from dataclasses import replace

import pytest

from kiosk.views.models import Look, Size
from tests.screens.gallery_samples import samples

pytestmark = pytest.mark.window

SAMPLES = {sample.name: sample for sample in samples(zh=True)}
HOME, RECORDS, PASSWORD = SAMPLES["home"], SAMPLES["records_menu"], SAMPLES["password"]


@pytest.fixture
def moving(pump):
    """The window as in the hall, where things move."""
    pump.window.show(HOME)
    pump.frame()
    pump.window.moves = True
    yield pump
    pump.window.moves = False


def test_another_screen_is_in_its_place_within_a_seventh_of_a_second_and_then_all_is_still(moving):
    moving.window.show(RECORDS)
    shifts = [moving.window.screen.shift.x]
    while not moving.window.at_rest:
        moving.frame()
        shifts.append(moving.window.screen.shift.x)
        assert len(shifts) <= 10
    assert shifts[0] > 0
    assert shifts == sorted(shifts, reverse=True)
    assert len(set(shifts)) > 3, "it jumps"
    assert shifts[-1] == 0


def test_it_can_be_touched_while_it_comes(moving, finger):
    moving.window.show(RECORDS)
    moving.frame()
    assert not moving.window.at_rest
    target, hand = moving.target("参保情况"), finger()
    hand.down(target.center_x, target.center_y)
    hand.up()
    assert moving.chosen == [("touched", "参保情况")]


def test_a_digit_moves_nothing(moving):
    moving.window.show(PASSWORD)
    moving.frame(1.0)
    moving.window.show(replace(PASSWORD, body=replace(PASSWORD.body, shown="••")))
    assert moving.window.at_rest


def test_the_elder_mode_is_still(moving):
    moving.window.show(replace(RECORDS, look=Look(Size.ELDER)))
    assert moving.window.at_rest


def test_the_next_screen_ends_the_motion_of_the_last(moving):
    moving.window.show(RECORDS)
    coming = moving.window.screen
    moving.window.show(HOME)
    assert coming.shift.x == 0
    assert moving.window.screen.shift.x > 0


def test_a_picture_shows_a_screen_at_rest(moving):
    moving.window.show(RECORDS)
    taken = moving.window.picture()
    assert moving.window.at_rest
    moving.window.moves = False
    moving.window.show(HOME)
    moving.window.show(RECORDS)
    assert taken.tobytes() == moving.window.picture().tobytes()


def test_nothing_moves_where_nobody_sees_it(pump):
    pump.window.show(HOME)
    pump.window.show(RECORDS)
    assert pump.window.at_rest
