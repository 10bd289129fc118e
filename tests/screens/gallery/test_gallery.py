"""The gallery has every screen, and the first of each passes the inspection on every display.

Here in one look for each display; `make gallery-check` takes all exhibits in all looks.
"""

import pickle
import subprocess
import sys

import pytest

from kiosk.views.present import PRESENTERS
from tests.screens.gallery.displays import DISPLAYS
from tests.screens.gallery.exhibits import exhibits, poses

LOOKS = {"landscape": "en.elder.light", "square": "en.elder.high"}


@pytest.mark.timeout(300)  # the walks, unless other tests have walked before
def test_every_presenter_has_its_exhibits() -> None:
    assert {type(exhibit.kiosk.state) for exhibit in exhibits()} == set(PRESENTERS)


def test_every_screen_is_shown_without_link_and_paper_too() -> None:
    names = {exhibit.name.partition(".1")[0] for exhibit in exhibits() if exhibit.name.endswith(".1")}
    assert {f"{name}.foul" for name in names} <= {exhibit.name for exhibit in exhibits()}


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
