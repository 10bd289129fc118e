"""The screens from the card to a known visitor."""

from kiosk.domain.guides import Guide
from kiosk.flows import events as on
from kiosk.flows import identification as states
from kiosk.flows.events import BackendFault, ServiceName
from kiosk.views.frame import Frame
from kiosk.views.models import Choice, Icon, Instruction, Picture, View
from kiosk.views.presenters.password import password
from kiosk.views.presenters.refusals import (
    GUIDES,
    can_be_stopped,
    guide_choice,
    guide_choices,
    points_of,
    refusal_of,
)

_PICTURES = {BackendFault.UNREACHABLE: Picture.CALL, BackendFault.VISIT_OVER: Picture.STILL_THERE}


def awaiting_card(frame: Frame, state: states.AwaitingCard) -> View:
    """Please insert your card."""
    words = frame.words
    body = Instruction(Picture.INSERT_CARD, words("awaiting_card.text"), words.all("awaiting_card.points"))
    return frame.view("awaiting_card", body)


def reader_gone(frame: Frame, state: states.ReaderGone) -> View:
    """No card can be read here now."""
    words = frame.words
    untouched = frame.accounts() or (words("accounts.nothing"),)
    points = (*untouched, words("refusal.enquiries", hotline=frame.visit.policy.hotline))
    body = Instruction(Picture.GO_TO_WINDOW, words("reader_gone.text"), points)
    choices = (
        guide_choice(frame, Guide.SERVICE_POINTS, "reader_gone"), frame.confirm("choice.understood"),
    )  # fmt: skip
    return frame.view("reader_gone", body, *choices, back=False, home=False)


def reading_card(frame: Frame, state: states.ReadingCard) -> View:
    """A moment."""
    body = Instruction(Picture.READING, frame.words("reading_card.text"))
    return frame.view("reading_card", body, back=False)


def card_trouble(frame: Frame, state: states.CardTrouble) -> View:
    """Why this card can't be used, and what to do."""
    words, trouble = frame.words, refusal_of(state.fault)
    body = Instruction(Picture.CARD_FAULT, words(f"{trouble}.text"), points_of(frame, state.fault))
    title = words(f"{trouble}.title") if words.has(f"{trouble}.title") else ""
    return frame.view("card_trouble", body, *guide_choices(frame, state.fault), title=title)


def entering_password(frame: Frame, state: states.EnteringPassword) -> View:
    """The password, to see the records."""
    title = frame.words(f"guide.{Guide.PASSWORD_RESET.key}.title")
    forgotten = Choice(title, on.GuideChosen(Guide.PASSWORD_RESET), Icon.QUESTION)
    return password(frame, state.entry, "password", forgotten)


def opening_visit(frame: Frame, state: states.OpeningVisit) -> View:
    """The backend is being asked."""
    body = Instruction(Picture.WAITING, frame.words("opening_visit.text"))
    return frame.view("opening_visit", body, back=False)


def loading_records(frame: Frame, state: states.LoadingRecords) -> View:
    """The backend is being asked for the records."""
    body = Instruction(Picture.WAITING, frame.words("loading_records.text"))
    return frame.view("loading_records", body, back=False)


def not_served(frame: Frame, state: states.NotServed) -> View:
    """Why not, and what to do."""
    # Whoever came to report a loss has a way that works now (Art 19): it comes first, and largest.
    words, refusal, points = frame.words, refusal_of(state.fault), points_of(frame, state.fault)
    call = frame.visit.session.service is ServiceName.LOSS_REPORT and can_be_stopped(state.fault)
    if call:
        points = (words("not_served.call_now"), *points)
    elif frame.visit.session.service is ServiceName.LOSS_REPORT and state.fault is BackendFault.CARD_LOST:
        points = (words("not_served.lost_already"), *points)
    picture = _PICTURES.get(state.fault, Picture.GO_TO_WINDOW)
    body = Instruction(
        Picture.CALL if call else picture,
        words(f"{refusal}.text"),
        points,
        emphasis=words("not_served.call", hotline=frame.visit.policy.hotline) if call else "",
    )
    title = words("not_served.not_here") if state.fault in GUIDES else ""
    if words.has(f"{refusal}.title"):
        title = words(f"{refusal}.title")
    choices = (*guide_choices(frame, state.fault), frame.confirm("choice.understood"))
    return frame.view("not_served", body, *choices, title=title, back=False, home=False)
