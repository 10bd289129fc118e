"""A refusal says why, by which article, which papers to bring, where, and what it costs: screen and slip."""

from datetime import UTC, datetime

import pytest

from kiosk.domain.measures import articles_refusing
from kiosk.domain.paper import GuideSlip, PrintedAt
from kiosk.domain.policy import Policy
from kiosk.domain.transaction import ClockQuality
from kiosk.flows import mode as modes
from kiosk.flows.conditions import Conditions
from kiosk.flows.events import BackendFault, CardFault, GuideChosen
from kiosk.flows.identification import CardTrouble, NotServed
from kiosk.flows.settings import Settings
from kiosk.flows.visit import Session, Visit
from kiosk.input.divisions import Divisions
from kiosk.views.frame import Moment
from kiosk.views.models import View
from kiosk.views.present import Library, present
from kiosk.views.presenters.refusals import GUIDES, refusal_of
from kiosk.views.reading import text_of
from kiosk.views.slips import write
from kiosk.views.words import load_words
from tests.effect.claims import text_of_slip

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
HALL = Policy("hall", "0001")

refused = pytest.mark.parametrize("fault", GUIDES, ids=refusal_of)
in_each_language = pytest.mark.parametrize("language", HALL.languages)


def turned_away(fault: BackendFault | CardFault, language: str) -> View:
    state = CardTrouble(fault) if isinstance(fault, CardFault) else NotServed(fault)
    visit = Visit(Session(1, Settings(language)), state, Conditions(online=True), HALL)
    library = Library({language: load_words(language)}, lambda: Divisions({}, {}))
    return present(modes.Kiosk(modes.InService(), visit), library, Moment(NOW))


@refused
@in_each_language
def test_the_screen_names_the_article_and_leads_to_the_guide(
    fault: BackendFault | CardFault, language: str
) -> None:
    view, words = turned_away(fault, language), load_words(language)
    articles = articles_refusing(refusal_of(fault))
    assert articles, "a refusal without an article"
    assert words.articles(articles) in text_of(view)
    guide = GuideChosen(GUIDES[fault], refusal_of(fault))
    assert [choice.event for choice in view.choices if isinstance(choice.event, GuideChosen)] == [guide]


@refused
@in_each_language
def test_the_slip_says_why_with_what_where_for_how_much_and_by_which_article(
    fault: BackendFault | CardFault, language: str
) -> None:
    words, refusal = load_words(language), refusal_of(fault)
    printed = PrintedAt(NOW, ClockQuality.SYNCHRONISED, "0001", "hall")
    slip = text_of_slip(write(GuideSlip(GUIDES[fault], refusal), words, HALL, printed))
    assert words(f"{refusal}.text") in slip
    for section in ("papers", "where", "fee"):
        if (fault, section) != (BackendFault.OTHER_PROVINCE, "papers"):  # another province's to say
            assert words(f"guides.section.{section}") in slip
    assert words.articles(sorted({*GUIDES[fault].articles, *articles_refusing(refusal)})) in slip


def test_where_nothing_may_be_said_of_the_reason_its_article_is_not_named() -> None:
    assert 13 not in articles_refusing(refusal_of(BackendFault.GO_TO_WINDOW))
