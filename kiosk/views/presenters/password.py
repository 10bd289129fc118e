"""The password wherever it is asked for: on the screen's keypad, or beside the PIN pad."""

from kiosk.domain.guides import Guide
from kiosk.flows import events as on
from kiosk.flows.events import BackendFault
from kiosk.flows.password import DIGITS, Keys, PasswordEntry, Phase
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon, Instruction, Keypad, Picture, Role, Step, View
from kiosk.views.presenters.refusals import basis, guide_choice, refusal_of
from kiosk.views.words import Words

_COUNTDOWN = "frame.seconds_to_enter"


def password(
    frame: Frame, entry: PasswordEntry, name: str, *aids: AnyChoice, step: Step | None = None
) -> View:
    """Return the screen of a password entry in its present phase.

    `aids` are choices for whoever does not know the password, while it is asked for.
    """
    words = frame.words
    match entry.phase:
        case Phase.WARNED:
            body = Instruction(
                Picture.LOCKED, words("password.last_try.text"), words.all("password.last_try.points")
            )
            choice = frame.confirm("password.last_try.confirm", danger=True)
            return frame.view(
                f"{name}_last_try", body, *aids, choice, title=words("password.last_try.title"), step=step
            )
        case Phase.LOCKED:
            by_article = basis(words, refusal_of(BackendFault.PASSWORD_LOCKED))
            points = (*words.all("password.locked.points"), *frame.accounts(), by_article)
            body = Instruction(Picture.LOCKED, words("password.locked.text"), points)
            unlocking = guide_choice(frame, Guide.UNLOCKING, "password.locked")
            title = words("password.locked.title")
            return frame.view(f"{name}_locked", body, unlocking, title=title, back=False)
        case Phase.VERIFYING | Phase.ACCEPTED:
            body = Instruction(Picture.WAITING, words("password.verifying.text"))
            return frame.view(
                f"{name}_verifying",
                body,
                title=words("password.verifying.title"),
                back=False,
                step=step,
            )
        case Phase.UNANSWERED:
            points = (*words.all("password.unanswered.points"), *frame.accounts())
            body = Instruction(Picture.GO_TO_WINDOW, words("password.unanswered.text"), points)
            title = words("password.unanswered.title")
            return frame.view(f"{name}_unanswered", body, title=title, back=False)
        case Phase.ENTERING if entry.keys.are_on_pad:
            return _on_pad(frame, entry, name, aids, step)
    keypad = Keypad(
        label=words(f"{name}.label"),
        shown=str(entry.digits),
        length=DIGITS,
        keys=digit_keys(frame, len(entry.digits), DIGITS),
        secret=True,
        groups=(DIGITS,),
        note=words("password.note") + ("" if entry.problem else _tries(words, entry)),
        warning=_warning(words, entry),
    )
    ready = len(entry.digits) == DIGITS
    confirm = frame.confirm("choice.confirm", enabled=ready)
    return frame.view(name, keypad, *aids, confirm, step=step, private=True, countdown=_COUNTDOWN)


def _on_pad(
    frame: Frame, entry: PasswordEntry, name: str, aids: tuple[AnyChoice, ...], step: Step | None
) -> View:
    """Return the screen beside the PIN pad: a dot for each digit, and what its keys mean."""
    words = frame.words
    keys_mean = "" if entry.keys is Keys.PAD_OFF else words("password.pad_note")
    body = Keypad(
        label=words(f"password.{entry.keys.value}"),
        shown="●" * entry.pressed,
        length=DIGITS,
        keys=(),
        secret=True,
        groups=(DIGITS,),
        note=keys_mean + ("" if entry.problem else _tries(words, entry)),
        warning=_warning(words, entry),
        picture=Picture.PIN_PAD,
    )
    on_screen = Choice(words("password.on_screen"), on.ScreenKeypadChosen(), Icon.KEYBOARD)
    again = (frame.confirm("password.pad_again"),) if entry.keys is Keys.PAD_OFF else ()
    countdown = "frame.seconds_left" if entry.keys is Keys.PAD_OFF else _COUNTDOWN
    return frame.view(
        f"{name}_on_pad", body, *aids, on_screen, *again, title=words(f"{name}.title"), step=step,
        private=True, countdown=countdown,
    )  # fmt: skip


def _tries(words: Words, entry: PasswordEntry) -> str:
    return words(
        "password.tries_left" if entry.tries.told else "password.tries_at_most", tries=entry.tries.left
    )


def _warning(words: Words, entry: PasswordEntry) -> str:
    if entry.problem is None:
        return ""
    return words(f"password.problem.{entry.problem.value}") + _tries(words, entry)


def digit_keys(frame: Frame, typed: int, length: int) -> tuple[AnyChoice, ...]:
    """Return the keys of a telephone, three in a row, with one to take back; none that would do nothing."""
    room = typed < length
    *digits, zero = (Choice(digit, on.KeyPressed(digit), enabled=room) for digit in "1234567890")
    erase = Choice(frame.words("choice.erase"), on.Erased(), Icon.ERASE, Role.QUIET, enabled=typed > 0)
    blank = Choice("", on.KeyPressed(""), enabled=False)
    return (*digits, blank, zero, erase)
