"""Every guide stands on one screen, whole, large enough and in its own words: nothing scrolls."""

from datetime import UTC, datetime

import pytest

from kiosk.domain.guides import Guide
from kiosk.domain.policy import Policy
from kiosk.flows import mode as modes
from kiosk.flows.conditions import Conditions, Paper
from kiosk.flows.guides import ShowingGuide
from kiosk.flows.settings import Settings, TextSize
from kiosk.flows.visit import Session, Visit
from kiosk.input.divisions import read_divisions
from kiosk.views.frame import Moment
from kiosk.views.present import Library, present
from kiosk.views.words import load_words

LANGUAGES = Policy("", "").languages
NOW = Moment(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
WELL = Conditions(card_reader=True, id_reader=True, printer=True, paper=Paper.FULL, online=True)


@pytest.fixture(scope="module")
def library():
    return Library({language: load_words(language) for language in LANGUAGES}, read_divisions())


@pytest.mark.window
@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.ELDER])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_fits_one_screen(inspected, library, language: str, size: TextSize) -> None:
    session = Session(1, Settings(language, size))
    for guide in Guide:
        visit = Visit(session, ShowingGuide(guide), WELL, Policy("新乡", "0012"))
        view = present(modes.Kiosk(modes.InService(), visit), library, NOW)
        assert inspected(view) == [], guide
