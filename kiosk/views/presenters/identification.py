"""The screens from the card to a known visitor."""

from kiosk.flows import identification as states
from kiosk.flows.events import BackendFault
from kiosk.views.frame import Frame
from kiosk.views.models import Instruction, Picture, View
from kiosk.views.presenters.password import password
from kiosk.views.presenters.refusals import guide_choices, points_of, refusal_of


def awaiting_card(frame: Frame, state: states.AwaitingCard) -> View:
    """Please insert your card."""
    words = frame.words
    body = Instruction(Picture.INSERT_CARD, words("awaiting_card.text"), words.all("awaiting_card.points"))
    return frame.view("awaiting_card", body, back=False)


def reading_card(frame: Frame, state: states.ReadingCard) -> View:
    """A moment."""
    body = Instruction(Picture.READING, frame.words("reading_card.text"))
    return frame.view("reading_card", body, back=False, home=False)


def card_trouble(frame: Frame, state: states.CardTrouble) -> View:
    """Why this card can't be used, and what to do."""
    words = frame.words
    text = words(f"{refusal_of(state.fault)}.text")
    body = Instruction(Picture.CARD_FAULT, text, points_of(frame, state.fault))
    return frame.view("card_trouble", body, *guide_choices(frame, state.fault), back=False)


def entering_password(frame: Frame, state: states.EnteringPassword) -> View:
    """The password, to see the records."""
    return password(frame, state.entry, "password", back=False)


def opening_visit(frame: Frame, state: states.OpeningVisit) -> View:
    """The backend is being asked."""
    body = Instruction(Picture.WAITING, frame.words("opening_visit.text"))
    return frame.view("opening_visit", body, back=False, home=False)


def loading_records(frame: Frame, state: states.LoadingRecords) -> View:
    """The backend is being asked for the records."""
    body = Instruction(Picture.WAITING, frame.words("loading_records.text"))
    return frame.view("loading_records", body, back=False, home=False)


def not_served(frame: Frame, state: states.NotServed) -> View:
    """Why not now, and what to do."""
    picture = Picture.CALL if state.fault is BackendFault.UNREACHABLE else Picture.GO_TO_WINDOW
    points = (*points_of(frame, state.fault), *frame.accounts())
    body = Instruction(picture, frame.words(f"{refusal_of(state.fault)}.text"), points)
    choices = (*guide_choices(frame, state.fault), frame.confirm("choice.understood"))
    return frame.view("not_served", body, *choices, back=False, home=False)
