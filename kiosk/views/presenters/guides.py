"""The screens of the guides: a list, and each guide on one screen.

A guide that a refusal led to gives the refusal's reason, papers and articles in place of its own lead.
"""

from collections.abc import Sequence
from datetime import date, datetime

from kiosk.domain.guides import Guide
from kiosk.domain.measures import articles_refusing
from kiosk.domain.measures.supplementary import may_name_fee
from kiosk.domain.paper import GuideSlip
from kiosk.domain.policy import Policy
from kiosk.domain.reference import Reference, ServicePoint
from kiosk.flows import events as on
from kiosk.flows import guides as states
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Fact, Facts, Guidance, Icon, Menu, View
from kiosk.views.presenters.paging import choices_on_a_page, paged, turning
from kiosk.views.presenters.printing import printable
from kiosk.views.stops import closed_alike
from kiosk.views.words import BEIJING, Words

POINTS_PER_PAGE = 3
_ICONS = {
    Guide.LOSS_BY_OTHER_WAYS: Icon.LOSS,
    Guide.REPLACEMENT: Icon.CARD,
    Guide.TEMPORARY_CARD: Icon.CLOCK,
    Guide.UN_LOSS: Icon.CONFIRM,
    Guide.UNLOCKING: Icon.UNLOCK,
    Guide.PASSWORD_CHANGE: Icon.KEYBOARD,
    Guide.PASSWORD_RESET: Icon.QUESTION,
    Guide.FIRST_APPLICATION: Icon.PERSON,
    Guide.ACTIVATION: Icon.BANK,
    Guide.CANCELLATION: Icon.CANCEL,
    Guide.PROXIES: Icon.PEOPLE,
    Guide.FEES: Icon.COINS,
    Guide.SERVICE_POINTS: Icon.ADDRESS,
    Guide.COMPLAINTS: Icon.MAIL,
    Guide.ABOUT: Icon.GUIDE,
}
SECTIONS = ("who", "papers", "where", "fee", "heed")


def choosing(frame: Frame, state: states.ChoosingGuide) -> View:
    """What would you like to know?"""
    words = frame.words
    shown, page, pages = paged(tuple(Guide), state.page, choices_on_a_page(frame))
    items: tuple[AnyChoice, ...] = tuple(
        Choice(words(f"guide.{guide.key}.title"), on.GuideChosen(guide), _ICONS[guide]) for guide in shown
    )
    lead = "guides.lead" if frame.visit.conditions.can_print else "guides.lead_no_printing"
    menu = Menu(items, words(lead))
    return frame.view("guides", menu, *turning(words, page, pages))


def showing(frame: Frame, state: states.ShowingGuide) -> View:
    """One guide."""
    words = frame.words
    asked = GuideSlip(state.guide, state.refusal)
    body = guidance(words, asked, frame.visit.policy, frame.moment.now)
    points: tuple[AnyChoice, ...] = ()
    if frame.visit.policy.reference.service_points and state.guide is Guide.SERVICE_POINTS:
        points = (Choice(words("service_points.choice"), on.ServicePointsChosen(), Icon.ADDRESS),)
    title = words(f"guide.{state.guide.key}.title")
    view = frame.view(f"guide_{state.guide.key}", body, *points, title=title)
    return printable(frame, view, state.paper)


def listing_service_points(frame: Frame, state: states.ListingServicePoints) -> View:
    """Where the windows are: a page of names, addresses, telephones and hours."""
    words = frame.words
    shown, page, pages = service_points_on(frame.visit.policy.reference, state.page)
    facts = tuple(Fact(point.name, where_is(words, point)) for point in shown)
    body = Facts(facts, words.all("service_points.notes", hotline=frame.visit.policy.hotline))
    view = frame.view("service_points", body, *turning(words, page, pages))
    return printable(frame, view, state.paper)


def service_points_on(reference: Reference, page: int) -> tuple[Sequence[ServicePoint], int, int]:
    """Return the service windows of a page, the page's number, and how many there are."""
    return paged(reference.service_points, page, POINTS_PER_PAGE)


def where_is(words: Words, point: ServicePoint) -> str:
    """Return what is known of a service window's place, telephone and hours."""
    known = tuple(text for text in (point.address, point.phone, point.hours) if text)
    return words("service_points.join").join(known) or words("service_points.unknown")


def guidance(words: Words, asked: GuideSlip, policy: Policy, at: datetime) -> Guidance:
    """Return a guide's lead, its titled points and its articles; one moment, one text on screen and paper."""
    guide, refusal = asked.guide, asked.refusal
    fees = _fees(words, policy, at.astimezone(BEIJING).date())
    told = ((name, _section(words, asked, policy, name, fees)) for name in SECTIONS)
    stop = words("format.stop")
    sections = tuple(
        (words(f"guides.section.{name}"), closed_alike(points, stop)) for name, points in told if points
    )
    lead = words(f"{refusal}.text") if refusal else words(f"guide.{guide.key}.lead", hotline=policy.hotline)
    articles = sorted({*guide.articles, *articles_refusing(refusal)})
    return Guidance(lead, sections, words("guides.basis", articles=words.articles(articles)))


def _section(
    words: Words, asked: GuideSlip, policy: Policy, name: str, fees: tuple[str, ...]
) -> tuple[str, ...]:
    """Return a section's points. Whatever is done at a window says what it costs, or that no fee is set."""
    guide = asked.guide
    if name == "heed":
        own = words.all(f"guide.{guide.key}.heed") if words.has(f"guide.{guide.key}.heed") else ()
        return (*own, *policy.reference.notes.get(guide.key, ()))
    key = f"guide.{guide.key}"
    if asked.refusal and words.has(f"{asked.refusal}.{name}"):
        return words.all(f"{asked.refusal}.{name}")
    if name == "fee" and guide in {Guide.FEES, Guide.REPLACEMENT}:
        return fees
    if name == "where" and guide is Guide.COMPLAINTS and policy.complaint_text:
        return (policy.complaint_text,)
    if words.has(f"{key}.{name}"):
        ask = name == "where" and guide is Guide.SERVICE_POINTS and not policy.reference.service_points
        addresses = (words("service_points.ask", hotline=policy.hotline),) if ask else ()
        return (*words.all(f"{key}.{name}", hotline=policy.hotline), *addresses)
    return (words("guides.no_fee"),) if name == "fee" and words.has(f"{key}.papers") else ()


def _fees(words: Words, policy: Policy, day: date) -> tuple[str, ...]:
    """An amount is named only with its document and within its validity (Art 32)."""
    named = tuple(
        words(
            "guides.fee", what=fee.what, amount=words.money(fee.amount_fen), document=fee.document,
            until=words.day(fee.valid_until),
        )
        for fee in policy.known_fees()
        if may_name_fee(fee, day)
    )  # fmt: skip
    return named or (words("guides.fee_unknown"),)
