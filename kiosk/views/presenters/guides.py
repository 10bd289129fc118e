"""The screens of the guides: a list, and each guide on one screen."""

from kiosk.domain.guides import Guide
from kiosk.domain.policy import Policy
from kiosk.flows import events as on
from kiosk.flows import guides as states
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Guidance, Icon, Menu, View
from kiosk.views.presenters.paging import paged, turning
from kiosk.views.presenters.printing import printable
from kiosk.views.words import Words

PER_PAGE = 8
SECTIONS = ("who", "papers", "where", "fee", "heed")


def choosing(frame: Frame, state: states.ChoosingGuide) -> View:
    """What would you like to know?"""
    words = frame.words
    shown, page, pages = paged(tuple(Guide), state.page, PER_PAGE)
    items: tuple[AnyChoice, ...] = tuple(
        Choice(words(f"guide.{guide.key}.title"), on.GuideChosen(guide), Icon.GUIDE) for guide in shown
    )
    menu = Menu(items, words("guides.lead"))
    return frame.view("guides", menu, *turning(words, page, pages), back=False)


def showing(frame: Frame, state: states.ShowingGuide) -> View:
    """One guide."""
    words = frame.words
    lead, sections, article = guidance(words, state.guide, frame.visit.policy)
    title = words(f"guide.{state.guide.key}.title")
    view = frame.view(f"guide_{state.guide.key}", Guidance(lead, sections, article), title=title)
    return printable(frame, view, state.paper)


def guidance(
    words: Words, guide: Guide, policy: Policy
) -> tuple[str, tuple[tuple[str, tuple[str, ...]], ...], str]:
    """Return a guide's lead, its titled points and its articles; the same on screen and paper."""
    key = f"guide.{guide.key}"
    sections = [
        (words(f"guides.section.{name}"), words.all(f"{key}.{name}", hotline=policy.hotline))
        for name in SECTIONS
        if words.has(f"{key}.{name}")
    ]
    if guide is Guide.FEES:
        sections += _fees(words, policy)
    if guide is Guide.COMPLAINTS and policy.complaint_text:
        sections.append((words("guides.section.where"), (policy.complaint_text,)))
    numbers = words("guides.article_join").join(words("guides.article", number=n) for n in guide.articles)
    return (
        words(f"{key}.lead", hotline=policy.hotline),
        tuple(sections),
        words("guides.basis", articles=numbers),
    )


def _fees(words: Words, policy: Policy) -> list[tuple[str, tuple[str, ...]]]:
    """An amount is named only with its document and its validity (Art 32)."""
    if not policy.fees:
        return [(words("guides.section.fee"), (words("guides.fee_unknown"),))]
    lines = tuple(
        words(
            "guides.fee", what=fee.what, amount=words.money(fee.amount_fen), document=fee.document,
            until=fee.valid_until,
        )
        for fee in policy.fees
    )  # fmt: skip
    return [(words("guides.section.fee"), lines)]
