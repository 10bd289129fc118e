"""The gallery has every screen, and the first of each passes the inspection on every display.

Here in one look for each display; `make gallery-check` takes all exhibits in all looks.
"""

import pickle
import subprocess
import sys
from itertools import product

import pytest

from kiosk.views.present import PRESENTERS
from tests.flows.hall import LIBRARY
from tests.screens.gallery.displays import DISPLAYS
from tests.screens.gallery.exhibits import exhibits, poses, screen, shows_it, told

AT_HOME = ("offline", "no_paper", "no_card_reader", "no_id_reader", "technician_waited")
ELSEWHERE = ("offline_short", "no_paper_short", "technician_waits", "technician_waited")
LOOKS = {"landscape": "en.elder.light", "square": "en.elder.high"}


@pytest.mark.timeout(300)  # the walks, unless other tests have walked before
def test_every_presenter_has_its_exhibits() -> None:
    assert {type(exhibit.kiosk.state) for exhibit in exhibits()} == set(PRESENTERS)


def test_every_screen_that_shows_foul_weather_is_shown_in_it() -> None:
    names = {
        exhibit.name.removesuffix(".1")
        for exhibit in exhibits()
        if exhibit.name.endswith(".1") and shows_it(exhibit.kiosk)
    }
    assert {f"{name}.foul" for name in names} <= {exhibit.name for exhibit in exhibits()}


@pytest.mark.parametrize(("at_home", "banner"), [*product([True], AT_HOME), *product([False], ELSEWHERE)])
def test_every_banner_is_shown_alone(at_home: bool, banner: str) -> None:
    words = LIBRARY.words["zh_CN"](f"banner.{banner}", hotline="12333")
    assert (at_home, (words,)) in {told(screen(exhibit.kiosk)) for exhibit in exhibits()}


def test_home_is_shown_with_everything_at_once_that_may_be_missing() -> None:
    foul = next(exhibit for exhibit in exhibits() if exhibit.name == "home.foul")
    at_home, banners = told(screen(foul.kiosk))
    assert at_home
    assert len(banners) == 5, "a sixth, the other reader's, closes the kiosk"


def test_no_two_exhibits_have_the_same_name() -> None:
    assert len({exhibit.name for exhibit in exhibits()}) == len(exhibits())


@pytest.mark.window
@pytest.mark.slow
@pytest.mark.parametrize("look", ["zh_CN.elder.light", "zh_CN.larger.light"])
def test_the_inspection_finds_nothing_in_the_largest_letters(inspected, look: str) -> None:
    found = {pose.exhibit: inspected(pose.view) for pose in poses([look, ".1"])}
    assert {exhibit: findings for exhibit, findings in found.items() if findings} == {}


@pytest.mark.window
@pytest.mark.slow
@pytest.mark.parametrize("display", LOOKS)
def test_the_inspection_finds_nothing_on_wide_displays(display: str, tmp_path) -> None:
    assert display in DISPLAYS
    file = tmp_path / "poses"
    file.write_bytes(pickle.dumps(poses([LOOKS[display], ".1"])))
    command = [sys.executable, "-m", "tests.screens.gallery.photographs", display, file]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=110, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
