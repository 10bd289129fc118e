"""The screens of every visit: home, still there, take your card, goodbye, two persons."""

from kiosk.domain.policy import OfflineLossReport
from kiosk.flows import events as on
from kiosk.flows import visit as states
from kiosk.flows.events import ServiceName
from kiosk.flows.settings import TextSize
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon, Instruction, Menu, Picture, Role, View

_ICONS = {
    ServiceName.RECORDS: Icon.RECORDS,
    ServiceName.CONTACT_CHANGE: Icon.CONTACT,
    ServiceName.LOSS_REPORT: Icon.LOSS,
    ServiceName.RECEIPT_LOOKUP: Icon.RECEIPT,
    ServiceName.GUIDES: Icon.GUIDE,
}
_MOST_WANTED = {ServiceName.RECORDS, ServiceName.LOSS_REPORT}
"""What the elder mode begins with. The rest is one touch away."""


def home(frame: Frame, state: states.Home) -> View:
    """What one can do here, and what is needed for it. The elder mode has fewer choices on it."""
    words, elder = frame.words, frame.visit.session.settings.elder
    offered = [
        service
        for service in _ICONS
        if service is not ServiceName.LOSS_REPORT or frame.visit.policy.loss_report_enabled
    ]
    if not elder:
        items = [_service(frame, service) for service in offered]
    elif state.page == 1:
        items = [_service(frame, service) for service in offered if service in _MOST_WANTED]
        items.append(
            Choice(words("home.more.text"), on.PageTurned(2), Icon.MORE, detail=words("home.more.detail"))
        )
    else:
        items = [_service(frame, service) for service in offered if service not in _MOST_WANTED]
    size = TextSize.NORMAL if elder else TextSize.ELDER
    switch = Choice(
        words("home.elder.leave" if elder else "home.elder.enter"), on.TextSizeChosen(size), Icon.ELDER
    )
    if elder and state.page > 1:
        return frame.view("home_more", Menu(tuple(items)), switch, title=words("home.more.text"))
    menu = Menu(tuple(items), words(_lead(frame), hotline=frame.visit.policy.hotline))
    return frame.view("home", menu, switch, back=False, home=False)


def _lead(frame: Frame) -> str:
    """Return the key of what to have ready, or of what is left to do."""
    conditions = frame.visit.conditions
    if not conditions.online:
        return "home.lead_offline"
    reports = frame.visit.policy.loss_report_enabled and conditions.id_reader
    return "home.lead" if reports else "home.lead_without_loss"


def _service(frame: Frame, service: ServiceName) -> AnyChoice:
    words, policy, key = frame.words, frame.visit.policy, f"home.{service.value}"
    offline = not frame.visit.conditions.online and words.has(f"{key}.offline")
    kind = "offline" if offline else "detail"
    if offline and policy.offline_loss_report is OfflineLossReport.REFUSE:
        kind = "offline_refused" if words.has(f"{key}.offline_refused") else kind
    if not frame.visit.conditions.id_reader and words.has(f"{key}.no_reader"):
        kind = "no_reader"
    if not frame.visit.conditions.card_reader and words.has(f"{key}.no_card_reader"):
        kind = "no_card_reader"
    detail = words(f"{key}.{kind}", hotline=policy.hotline)
    return Choice(words(f"{key}.text"), on.ServiceChosen(service), _ICONS[service], detail=detail)


def still_there(frame: Frame, state: states.StillThere) -> View:
    """Are you still there? Nothing of the visitor is shown behind the question."""
    words = frame.words
    body = Instruction(Picture.STILL_THERE, words("still_there.text"))
    more = Choice(words("still_there.more_time"), on.MoreTimeWanted(), Icon.CLOCK, Role.PRIMARY)
    return frame.view("still_there", body, more, back=False, countdown="frame.seconds_left")


def taking_card(frame: Frame, state: states.TakingCard) -> View:
    """The visit is over; a card isn't taken yet."""
    key = "taking_id_card" if state.id_card else "taking_card"
    picture = Picture.TAKE_ID_CARD if state.id_card else Picture.TAKE_CARD
    body = Instruction(picture, frame.words(f"{key}.alarm" if state.alarms else f"{key}.text"))
    return frame.view(key, body, back=False, home=False, alarm=state.alarms)


def farewell(frame: Frame, state: states.Farewell) -> View:
    """Thanks, and have you got everything?"""
    body = Instruction(Picture.FAREWELL, frame.words("farewell.text"))
    return frame.view("farewell", body, back=False, home=False)


def persons_differ(frame: Frame, state: states.PersonsDiffer) -> View:
    """One visit is for one person. Accuses nobody."""
    words = frame.words
    body = Instruction(Picture.GO_TO_WINDOW, words("persons_differ.text"), words.all("persons_differ.points"))
    return frame.view("persons_differ", body, frame.confirm("choice.understood"), back=False, home=False)
