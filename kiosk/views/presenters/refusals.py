"""What a refusal says: its reason, the papers to bring, the article, and the guide that says the rest.

Where coming back later is all there is to do, there is no guide, and no article. On paper all of it stands
on one slip (kiosk/views/presenters/guides.py).
"""

from collections.abc import Mapping

from kiosk.domain.guides import Guide
from kiosk.domain.measures import articles_refusing
from kiosk.flows import events as on
from kiosk.flows.events import BackendFault, CardFault, ServiceName
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon
from kiosk.views.words import Words

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


_STOPPED = {BackendFault.CARD_LOST, BackendFault.CARD_CANCELLED, BackendFault.CARD_SEALED}
_NOTHING_HAPPENED = {
    BackendFault.UNREACHABLE, BackendFault.NONSENSE, CardFault.NEEDS_WINDOW, CardFault.EXPIRED,
}  # fmt: skip
"""Where somebody may fear that something did."""


def refusal_of(fault: BackendFault | CardFault) -> str:
    """Return how the rules and the catalogues name the refusal of a fault: "not_served.card_lost"."""
    return f"card_trouble.{fault.value}" if isinstance(fault, CardFault) else f"not_served.{fault.value}"


def points_of(frame: Frame, fault: BackendFault | CardFault) -> tuple[str, ...]:
    """Return the points of a refusal: what to bring, what to heed, how the accounts stand, by which article.

    Whoever lost the card is not asked to bring it, and the hotline stands large on their screen.
    """
    words, refusal, hotline = frame.words, refusal_of(fault), frame.visit.policy.hotline
    lost, points = frame.visit.session.service is ServiceName.LOSS_REPORT, list[str]()
    if words.has(f"{refusal}.papers"):
        papers = words.all("refusal.papers_lost" if lost else f"{refusal}.papers")
        points.append(words("refusal.bring", papers=words("refusal.papers_join").join(papers)))
    if words.has(f"{refusal}.points"):
        points.extend(words.all(f"{refusal}.points", hotline=hotline))
    points.extend(_accounts(frame, fault, lost=lost))
    if isinstance(fault, BackendFault) and fault in GUIDES and not lost:
        points.append(words("refusal.enquiries", hotline=hotline))
    if fault in GUIDES:
        points.append(basis(words, refusal))
    return tuple(points)


def can_be_stopped(fault: BackendFault | CardFault) -> bool:
    """Whether a loss report may still be of use to somebody who is refused with this fault."""
    return fault not in _STOPPED


def basis(words: Words, refusal: str) -> str:
    """Return by which articles something is refused: small print, so it stands last."""
    return words("refusal.basis", articles=words.articles(articles_refusing(refusal)))


def _accounts(frame: Frame, fault: BackendFault | CardFault, *, lost: bool) -> tuple[str, ...]:
    """Return how the accounts stand. Of a card that is stopped already nobody says that it is not."""
    told = frame.accounts("as_before" if lost and fault in _STOPPED else "untouched")
    if isinstance(fault, BackendFault) and told:
        return told
    return (frame.words("accounts.nothing"),) if fault in _NOTHING_HAPPENED else ()


def guide_choice(frame: Frame, guide: Guide, refusal: str = "") -> AnyChoice:
    """Return the choice to see a guide, and print it."""
    return Choice(frame.words("choice.guide"), on.GuideChosen(guide, refusal), Icon.GUIDE)


def guide_choices(frame: Frame, fault: BackendFault | CardFault) -> tuple[AnyChoice, ...]:
    """Return the choice to see the guide of a refusal, where there is one."""
    guide = GUIDES.get(fault)
    return (guide_choice(frame, guide, refusal_of(fault)),) if guide is not None else ()
