"""Every guide and every refusal stands on one screen, whole and large enough: nothing scrolls."""

from datetime import UTC, datetime

import pytest

from kiosk.domain.guides import Guide
from kiosk.domain.policy import Policy
from kiosk.domain.reference import Reference, ServicePoint
from kiosk.flows import mode as modes
from kiosk.flows.conditions import Conditions, Paper
from kiosk.flows.events import BackendFault, CardFault, ServiceName
from kiosk.flows.guides import ListingServicePoints, ShowingGuide
from kiosk.flows.identification import CardTrouble, NotServed
from kiosk.flows.settings import Settings, TextSize
from kiosk.flows.visit import Session, State, Visit
from kiosk.input.divisions import read_divisions
from kiosk.views.frame import Moment
from kiosk.views.models import View
from kiosk.views.present import Library, present
from kiosk.views.presenters.refusals import GUIDES, refusal_of
from kiosk.views.words import load_words

LANGUAGES = Policy("", "").languages
NOW = Moment(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
WELL = Conditions(card_reader=True, id_reader=True, printer=True, paper=Paper.FULL, online=True)
SIZES = [TextSize.NORMAL, TextSize.ELDER]


@pytest.fixture(scope="module")
def library():
    return Library({language: load_words(language) for language in LANGUAGES}, read_divisions)


PUBLISHED = Reference(
    service_points=(ServicePoint("很" * 24, "长" * 40, "0" * 20, "周" * 40),) * 9,
    notes={guide.key: ("很长" * 20,) for guide in Guide},
)
"""As long as the contract allows."""
NOTHING = Reference()
LEAST_MM = 6.4  # of the elder mode's letters; what is so long need not reach more


def view_of(library: Library, state: State, settings: Settings, reference: Reference = NOTHING) -> View:
    """Return the screen of somebody who came to report a loss: it has the most to say."""
    session = Session(1, settings, ServiceName.LOSS_REPORT)
    visit = Visit(session, state, WELL, Policy("新乡", "0012", reference=reference))
    return present(modes.Kiosk(modes.InService(), visit), library, NOW)


@pytest.mark.window
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_guide_fits_one_screen(inspected, library, language: str, size: TextSize) -> None:
    refused = [ShowingGuide(guide, refusal_of(fault)) for fault, guide in GUIDES.items()]
    for state in (*map(ShowingGuide, Guide), *refused):
        assert inspected(view_of(library, state, Settings(language, size))) == [], state


@pytest.mark.window
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_bureau_publishes_fits_one_screen(inspected, library, language: str, size: TextSize) -> None:
    for state in (*map(ShowingGuide, Guide), ListingServicePoints(ShowingGuide(Guide.SERVICE_POINTS))):
        found = inspected(view_of(library, state, Settings(language, size), PUBLISHED))
        assert [each for each in found if not is_lawful(each)] == [], state


def is_lawful(finding) -> bool:
    """Whether nothing is found but letters smaller than the elder mode has where there is room."""
    return finding.rule == "large enough to read" and float(finding.measured.split()[-2]) >= LEAST_MM


@pytest.mark.window
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_fits_one_screen(inspected, library, language: str, size: TextSize) -> None:
    for state in (*map(NotServed, BackendFault), *map(CardTrouble, CardFault)):
        assert inspected(view_of(library, state, Settings(language, size))) == [], state
