"""Which guide goes with which refusal: the papers to bring, the place, the article, on screen and paper.

Where coming back later is all there is to do, there is none.
"""

from collections.abc import Mapping

from kiosk.domain.guides import Guide
from kiosk.flows import events as on
from kiosk.flows.events import BackendFault, CardFault
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon

GUIDES: Mapping[BackendFault | CardFault, Guide] = {
    BackendFault.UNKNOWN_HOLDER: Guide.FIRST_APPLICATION,
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


def guide_choice(frame: Frame, guide: Guide) -> AnyChoice:
    """Return the choice to see a guide, and print it."""
    return Choice(frame.words("choice.guide"), on.GuideChosen(guide), Icon.GUIDE)


def guide_choices(frame: Frame, fault: BackendFault | CardFault) -> tuple[AnyChoice, ...]:
    """Return the choice to see the guide of a refusal, where there is one."""
    guide = GUIDES.get(fault)
    return (guide_choice(frame, guide),) if guide is not None else ()
