"""What a refusal says: its reason, the papers to bring, the article, and the guide that says the rest.

Where coming back later is all there is to do, there is no guide, and no article. On paper all of it stands
on one slip (kiosk/views/presenters/guides.py).
"""

from collections.abc import Mapping

from kiosk.domain.guides import Guide
from kiosk.domain.measures import articles_refusing
from kiosk.flows import events as on
from kiosk.flows.events import BackendFault, CardFault
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon

GUIDES: Mapping[BackendFault | CardFault, Guide] = {
    BackendFault.UNKNOWN_HOLDER: Guide.FIRST_APPLICATION,
    BackendFault.UNKNOWN_CARD: Guide.SERVICE_POINTS,
    BackendFault.OTHER_PROVINCE: Guide.SERVICE_POINTS,
    BackendFault.GO_TO_WINDOW: Guide.SERVICE_POINTS,
    BackendFault.NOT_FOUND: Guide.SERVICE_POINTS,
    BackendFault.CARD_LOST: Guide.UN_LOSS,
    BackendFault.CARD_CANCELLED: Guide.SERVICE_POINTS,
    BackendFault.CARD_REPLACED: Guide.SERVICE_POINTS,
    BackendFault.CARD_SEALED: Guide.SERVICE_POINTS,
    BackendFault.CARD_IN_PRODUCTION: Guide.SERVICE_POINTS,
    BackendFault.PASSWORD_LOCKED: Guide.UNLOCKING,
    BackendFault.REFUSED: Guide.SERVICE_POINTS,
    CardFault.UNREADABLE: Guide.REPLACEMENT,
    CardFault.NEEDS_WINDOW: Guide.SERVICE_POINTS,
    CardFault.EXPIRED: Guide.REPLACEMENT,
}


def refusal_of(fault: BackendFault | CardFault) -> str:
    """Return how the rules and the catalogues name the refusal of a fault: "not_served.card_lost"."""
    return f"card_trouble.{fault.value}" if isinstance(fault, CardFault) else f"not_served.{fault.value}"


def points_of(frame: Frame, fault: BackendFault | CardFault) -> tuple[str, ...]:
    """Return the points of a refusal: what to bring, what to heed, and by which article."""
    words, refusal = frame.words, refusal_of(fault)
    points = words.all(f"{refusal}.points", hotline=frame.visit.policy.hotline)
    if words.has(f"{refusal}.papers"):
        papers = words("refusal.papers_join").join(words.all(f"{refusal}.papers"))
        points = (words("refusal.bring", papers=papers), *points)
    if fault in GUIDES:
        points = (*points, words("refusal.basis", articles=words.articles(articles_refusing(refusal))))
    return points


def guide_choice(frame: Frame, guide: Guide, refusal: str = "") -> AnyChoice:
    """Return the choice to see a guide, and print it."""
    return Choice(frame.words("choice.guide"), on.GuideChosen(guide, refusal), Icon.GUIDE)


def guide_choices(frame: Frame, fault: BackendFault | CardFault) -> tuple[AnyChoice, ...]:
    """Return the choice to see the guide of a refusal, where there is one."""
    guide = GUIDES.get(fault)
    return (guide_choice(frame, guide, refusal_of(fault)),) if guide is not None else ()
