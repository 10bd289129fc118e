"""One real window on an offscreen surface for all tests of the session: Kivy has but one per process.

Kivy reads its settings on import, so nothing that imports it is imported before the window is open.
"""
# ruff: noqa: PLC0415

from dataclasses import replace
from itertools import count

import pytest

from screens.window import open_window
from tests.screens.gallery.displays import DISPLAYS, FONTS


@pytest.fixture(scope="session")
def window():
    width, height, ppi = DISPLAYS["portrait"]
    return open_window(width, height, ppi, FONTS, offscreen=True, keypad=True)


@pytest.fixture
def pump(window):
    from tests.screens.pump import Pump

    return Pump(window)


@pytest.fixture
def finger(window):
    from tests.screens.pump import Finger

    return Finger


@pytest.fixture(scope="session")
def inspected(window):
    """What is wrong with a view, or with its screen after something was done to it."""
    from screens.inspection import inspect

    ticks = count(1)

    def findings(view, spoil=lambda screen: None):
        window.show(
            replace(view, clock=str(next(ticks)))
        )  # never equal to the view before, which may be spoilt
        spoil(window.screen)
        return inspect(window.screen, window.picture())

    return findings
