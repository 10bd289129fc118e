"""Chapter 3, handing cards out: mostly between offices, and so mostly no business of the kiosk."""

from enum import Enum

from kiosk.domain.guides import Guide
from kiosk.domain.measures.article import Article, Chapter, refuses, tells, untouched
from kiosk.domain.paper import RecordsSlip, ServicePointsSlip

_CITY = frozenset({"410700", "410702", "410703", "410704", "410711"})  # the city itself and its districts
_COUNTIES = frozenset(
    {"410721", "410724", "410725", "410726", "410727", "410728", "410781", "410782", "410783"}
)  # with 410728, Changyuan before it became a city


class HandingOut(Enum):
    """Who hands out a card."""

    INFORMATION_CENTRE = "information_centre"
    COUNTY_WINDOW = "county_window"


def handed_out_by(region: str) -> HandingOut | None:
    """Return who hands out the cards of a region of six digits (Art 11).

    None outside Xinxiang, and for its development areas (41077x): whether those are 各区 the article
    leaves open, so nobody is sent anywhere.
    """
    if region in _CITY:
        return HandingOut.INFORMATION_CENTRE
    return HandingOut.COUNTY_WINDOW if region in _COUNTIES else None


CHAPTER = Chapter(
    3,
    "社保卡发放",
    (
        Article(
            10,
            "接收和分拣",
            "The information centre receives the finished cards, sorts them, loads their data, and organises "
            "that they are handed out.",
            (
                untouched(
                    "work behind the windows",
                    tests=(
                        "test_the_article_does_not_touch_the_kiosk",
                        "test_no_words_of_the_kiosk_speak_of_it",
                    ),
                ),
            ),
        ),
        Article(
            11,
            "发放归属",
            "Cards of the city and its districts are handed out by the information centre, through employers "
            "or to persons; cards of a county or county-level city by its own windows.",
            (
                tells(
                    "where a card is collected, so that nobody from a county is sent to the city",
                    screens=("service_points", "topic_card"),
                    guides=(Guide.SERVICE_POINTS,),
                    slips=(ServicePointsSlip, RecordsSlip),
                    decided_by=(handed_out_by,),
                    tests=(
                        "test_districts_collect_through_the_centre_and_counties_at_their_own_windows",
                        "test_cards_of_the_city_itself_come_from_the_centre",
                        "test_changyuan_is_a_county_by_its_old_number_too",
                        "test_nobody_is_sent_anywhere_on_a_guess",
                        "test_the_guide_says_both",
                        "test_the_card_topic_sends_nobody_from_a_county_to_the_city",
                    ),
                ),
            ),
        ),
        Article(
            12,
            "核对和交接",
            "Whoever hands cards over and whoever takes them check batch, number and names, and sign for it.",
            (
                untouched(
                    "slips between offices, none for citizens",
                    tests=(
                        "test_the_article_does_not_touch_the_kiosk",
                        "test_no_words_of_the_kiosk_speak_of_it",
                    ),
                ),
            ),
        ),
        Article(
            13,
            "无法发放的社保卡",
            "Cards of people who have left, can't be reached or have died are reported by the employer, "
            "recorded and kept by the window, and handed out later or destroyed.",
            (
                refuses(
                    "any business with such a card: a neutral word, and the window",
                    screens=("not_served.go_to_window",),
                    unsaid=True,
                    tests=(
                        "test_the_card_of_such_a_person_opens_nothing_and_the_text_is_neutral",
                        "test_no_loss_is_reported_for_such_a_person",
                        "test_a_backend_that_only_gives_notice_of_it_is_understood_too",
                    ),
                ),
            ),
            reading="Why it is refused is never said, on a screen or on paper: whoever stands there may be a "
            "stranger, or a mourner.",
        ),
    ),
)
