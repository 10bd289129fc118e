"""The screens of a receipt look-up."""

from kiosk.domain.receipt_number import DIGITS
from kiosk.flows import receipt_lookup as states
from kiosk.views.frame import Frame
from kiosk.views.models import Instruction, Keypad, Picture, View
from kiosk.views.presenters.password import digit_keys


def entering(frame: Frame, state: states.EnteringReceiptNumber) -> View:
    """Eleven digits."""
    words = frame.words
    warning = words(f"receipt_lookup.problem.{state.problem.value}") if state.problem else ""
    keypad = Keypad(
        label=words("receipt_lookup.label"),
        shown=state.digits,
        length=DIGITS,
        keys=digit_keys(frame, len(state.digits), DIGITS),
        secret=False,
        groups=(4, 6, 1),
        note=words("receipt_lookup.note"),
        warning=warning,
    )
    ready = len(state.digits) == DIGITS and state.problem is not states.Problem.MISTYPED
    confirm = frame.confirm("receipt_lookup.confirm", enabled=ready)
    return frame.view("receipt_lookup", keypad, confirm)


def looking_up(frame: Frame, state: states.LookingUp) -> View:
    """A moment."""
    body = Instruction(Picture.WAITING, frame.words("receipt_lookup.looking_up"))
    return frame.view("receipt_looking_up", body, title=frame.words("receipt_lookup.title"), back=False)
