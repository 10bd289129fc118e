"""The screens at the door: who are you, PIN, code, a moment, not now."""

from kiosk.domain.faults import Part, fault_of
from kiosk.domain.transaction import ClockQuality
from kiosk.flows.maintenance import door as states
from kiosk.flows.maintenance import events as tech
from kiosk.views.frame import Frame
from kiosk.views.models import Choice, Icon, Instruction, Keypad, Menu, Picture, View
from kiosk.views.presenters.maintenance.pages import at_the_door
from kiosk.views.presenters.paging import paged, turning
from kiosk.views.presenters.password import digit_keys

NAMES_ON_A_PAGE = 6
_MINUTE_S = 60
_CLOCK = fault_of(Part.BACKEND, "clock")


def choosing(frame: Frame, state: states.ChoosingTechnician) -> View:
    """Names to touch: there is no keyboard here."""
    words = frame.words
    if state.names is None:
        return at_the_door(frame, "door", Instruction(Picture.WAITING, words("maintenance.door.reading")))
    if not state.names:
        body = Instruction(
            Picture.LOCKED, words("maintenance.door.nobody"), words.all("maintenance.door.nobody_points")
        )
        return at_the_door(frame, "door", body)
    names, page, pages = paged(state.names, state.page, NAMES_ON_A_PAGE)
    items = tuple(Choice(name, tech.NameChosen(name), Icon.PERSON) for name in names)
    return at_the_door(frame, "door", Menu(items), *turning(words, page, pages))


def entering_pin(frame: Frame, state: states.EnteringPin) -> View:
    """The PIN, as dots."""
    words = frame.words
    typed, most = len(state.digits), states.PIN_DIGITS[-1]
    key = "locked" if state.locked else "note"
    # One-time codes go by the time: by a clock that is wrong, the right ones fail.
    clock_is_right = frame.visit.conditions.clock is ClockQuality.SYNCHRONISED
    refused = words("maintenance.pin.refused")
    if not clock_is_right:
        refused = words("maintenance.pin.refused_or_clock", fault=_CLOCK.code)
    keypad = Keypad(
        label=words("maintenance.pin.label", name=state.name),
        shown=str(state.digits),
        length=most,
        keys=digit_keys(frame, typed, most),
        secret=True,
        groups=(most,),
        note=words(f"maintenance.pin.{key}"),
        warning=refused if state.refused else "",
    )
    ready = typed in states.PIN_DIGITS
    return at_the_door(frame, "pin", keypad, frame.confirm("maintenance.pin.confirm", enabled=ready))


def entering_code(frame: Frame, state: states.EnteringCode) -> View:
    """The one-time code, as dots: it is used up at once, but the PIN's neighbour all the same."""
    words = frame.words
    typed, length = len(state.digits), states.CODE_DIGITS
    keypad = Keypad(
        label=words("maintenance.code.label"),
        shown=str(state.digits),
        length=length,
        keys=digit_keys(frame, typed, length),
        secret=True,
        groups=(3, 3),
        note=words("maintenance.code.note"),
    )
    return at_the_door(frame, "code", keypad, frame.confirm("choice.confirm", enabled=typed == length))


def checking(frame: Frame, state: states.CheckingTechnician) -> View:
    """A moment."""
    return at_the_door(
        frame, "checking", Instruction(Picture.WAITING, frame.words("maintenance.checking.text")), back=False
    )


def kept_out(frame: Frame, state: states.KeptOut) -> View:
    """How long the wait is, and that citizens are served meanwhile."""
    words = frame.words
    minutes, seconds = divmod(max(1, round(state.wait_s)), _MINUTE_S)
    body = Instruction(
        Picture.LOCKED,
        words("maintenance.kept_out.text"),
        words.all("maintenance.kept_out.points"),
        emphasis=words("maintenance.kept_out.wait", minutes=minutes, seconds=seconds),
        sign=Icon.CLOCK,
    )
    return at_the_door(frame, "kept_out", body, frame.confirm("choice.understood"), back=False)
