"""The screens from the card to a known visitor, and the password wherever it is asked for."""

from kiosk.domain.guides import Guide
from kiosk.flows import events as on
from kiosk.flows import identification as states
from kiosk.flows.events import BackendFault
from kiosk.flows.password import DIGITS, PasswordEntry, Phase
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon, Instruction, Keypad, Picture, Role, Step, View
from kiosk.views.presenters.refusals import guide_choice, guide_choices, points_of, refusal_of


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


def password(frame: Frame, entry: PasswordEntry, name: str, *, back: bool, step: Step | None = None) -> View:
    """Return the screen of a password entry in its present phase."""
    words = frame.words
    match entry.phase:
        case Phase.WARNED:
            body = Instruction(
                Picture.LOCKED, words("password.last_try.text"), words.all("password.last_try.points")
            )
            choice = frame.confirm("password.last_try.confirm", danger=True)
            return frame.view(
                f"{name}_last_try", body, choice, title=words("password.last_try.title"), back=back, step=step
            )
        case Phase.LOCKED:
            points = (*words.all("password.locked.points"), *frame.accounts())
            body = Instruction(Picture.LOCKED, words("password.locked.text"), points)
            unlocking = guide_choice(frame, Guide.UNLOCKING)
            title = words("password.locked.title")
            return frame.view(f"{name}_locked", body, unlocking, title=title, back=False)
        case Phase.VERIFYING | Phase.ACCEPTED:
            body = Instruction(Picture.WAITING, words("password.verifying.text"))
            return frame.view(
                f"{name}_verifying",
                body,
                title=words("password.verifying.title"),
                back=False,
                home=False,
                step=step,
            )
        case Phase.UNANSWERED:
            points = (*words.all("password.unanswered.points"), *frame.accounts())
            body = Instruction(Picture.GO_TO_WINDOW, words("password.unanswered.text"), points)
            title = words("password.unanswered.title")
            return frame.view(f"{name}_unanswered", body, title=title, back=False)
    problem = words(f"password.problem.{entry.problem.value}") if entry.problem else ""
    known = entry.tries_left is not None
    tries = words("password.tries_left", tries=entry.tries_left) if known else ""
    keypad = Keypad(
        label=words(f"{name}.label"),
        shown=str(entry.digits),
        length=DIGITS,
        keys=digit_keys(frame, len(entry.digits), DIGITS),
        secret=True,
        groups=(DIGITS,),
        note=words("password.note") + ("" if problem else tries),
        warning=problem and problem + tries,
    )
    ready = len(entry.digits) == DIGITS
    confirm = frame.confirm("choice.confirm", enabled=ready)
    return frame.view(name, keypad, confirm, back=back, step=step, private=True, countdown=True)


def digit_keys(frame: Frame, typed: int, length: int) -> tuple[AnyChoice, ...]:
    """Return the keys of a telephone, three in a row, with one to take back; none that would do nothing."""
    room = typed < length
    *digits, zero = (Choice(digit, on.KeyPressed(digit), enabled=room) for digit in "1234567890")
    erase = Choice(frame.words("choice.erase"), on.Erased(), Icon.ERASE, Role.QUIET, enabled=typed > 0)
    blank = Choice("", on.KeyPressed(""), enabled=False)
    return (*digits, blank, zero, erase)
