"""Chapter 3, handing cards out: mostly between offices, and so mostly no business of the kiosk."""

from enum import Enum

from kiosk.domain.guides import Guide
from kiosk.domain.measures.article import Article, Chapter, refuses, tells, untouched
from kiosk.domain.paper import ServicePointsSlip

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
            (untouched("work behind the windows"),),
        ),
        Article(
            11,
            "发放归属",
            "Cards of the city and its districts are handed out by the information centre, through employers "
            "or to persons; cards of a county or county-level city by its own windows.",
            (
                tells(
                    "where a card is collected, so that nobody from a county is sent to the city",
                    screens=("service_points",),
                    guides=(Guide.SERVICE_POINTS,),
                    slips=(ServicePointsSlip,),
                    decided_by=(handed_out_by,),
                ),
            ),
        ),
        Article(
            12,
            "核对和交接",
            "Whoever hands cards over and whoever takes them check batch, number and names, and sign for it.",
            (untouched("slips between offices, none for citizens"),),
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
                ),
            ),
            reading="Why it is refused is never said, on a screen or on paper: whoever stands there may be a "
            "stranger, or a mourner.",
        ),
    ),
)
