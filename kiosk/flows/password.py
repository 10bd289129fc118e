"""Entering the six-digit password, wherever a journey asks for it (Art 24).

    entering -> verifying -> accepted | locked
       ^  ^        | |
       |  +--wrong-+ +-> unanswered (nothing more is entered; the answer may still come)
       +-- warned (one try left: the citizen must say so before it is spent)

It is entered on the screen, or on a PIN pad where the kiosk has one that works. The screen stands in for the
pad when that fails, and whenever the citizen would rather; a pad that fails voids what was pressed on it.

A lost answer counts as a spent try, and the program never repeats a VERIFY: only the citizen orders one, and
not while another has no answer, which would be taken for the new one's.
"""

from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

from kiosk.domain.measures.security import Tries
from kiosk.domain.policy import PasswordVerifier
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import PinPad
from kiosk.flows.secret import Secret
from kiosk.flows.visit import ANSWER_TIME_S, WORKING_TIME_S, Visit

DIGITS = 6


class Phase(Enum):
    """Where the entry is."""

    ENTERING = "entering"
    WARNED = "warned"
    VERIFYING = "verifying"
    ACCEPTED = "accepted"
    LOCKED = "locked"
    UNANSWERED = "unanswered"


class Keys(Enum):
    """Which keys the digits come from, and how those of a PIN pad are."""

    SCREEN = "screen"
    PAD_STARTING = "pad_starting"  # asked to switch its keys on; until it has, nothing of it counts
    PAD_ON = "pad_on"
    PAD_OFF = "pad_off"  # it has given up waiting; at the citizen's word it begins anew

    @property
    def are_on_pad(self) -> bool:
        """Whether a pad has, or had, the citizen's fingers."""
        return self is not Keys.SCREEN


class Problem(Enum):
    """What was wrong with the entry before this one, or is with this one."""

    WRONG = "wrong"
    UNKNOWN = "unknown"
    TOO_SHORT = "too_short"
    PAD_TIMED_OUT = "pad_timed_out"
    PAD_FAILED = "pad_failed"


@dataclass(frozen=True, slots=True)
class PasswordEntry:
    """The digits so far, the tries left, and what went wrong last.

    `pressed`: how many digits the pad has; which ones it tells only when it is done.
    """

    phase: Phase = Phase.ENTERING
    digits: Secret = Secret()
    tries: Tries = Tries()
    problem: Problem | None = None
    keys: Keys = Keys.SCREEN
    pressed: int = 0

    @property
    def is_open(self) -> bool:
        """Whether the citizen may still enter a password, or go back without."""
        return self.phase in {Phase.ENTERING, Phase.WARNED}

    @property
    def timeout(self) -> float:
        """Seconds until the entry is given up."""
        return WORKING_TIME_S if self.phase is Phase.VERIFYING else ANSWER_TIME_S

    def is_given_up_by(self, event: on.Event) -> bool:
        """Whether the citizen goes back without a password: a touch, or the pad's cancel key."""
        cancelled = isinstance(event, on.PinEntryCancelled) and self.keys is Keys.PAD_ON
        return self.is_open and (isinstance(event, on.WentBack) or cancelled)


Advanced: TypeAlias = tuple[PasswordEntry, tuple[do.Effect, ...]]
"""An entry after a step, and what is to be done."""


def begin(visit: Visit, tries: Tries) -> Advanced:
    """Return an entry to begin with: at once, after a warning, or not at all."""
    return _asking(visit, tries, None, on_pad=True)


def given_up(entry: PasswordEntry) -> tuple[do.Effect, ...]:
    """Return what is to be done when an entry is left without a password."""
    return (do.CancelPinEntry(),) if entry.keys.are_on_pad else ()


def advance(visit: Visit, entry: PasswordEntry, event: on.Event) -> Advanced | None:
    """Return the entry after an event and what to do, or None when the event says nothing to it."""
    match entry.phase, event:
        case Phase.WARNED, on.Confirmed():
            return _entering(visit, entry)

        case Phase.ENTERING, _ if entry.keys.are_on_pad:
            return _advance_on_pad(visit, entry, event)

        case Phase.ENTERING, on.KeyPressed(key) if key.isdigit() and len(entry.digits) < DIGITS:
            return replace(entry, digits=entry.digits.with_digit(key), problem=None), ()

        case Phase.ENTERING, on.Erased():
            return replace(entry, digits=entry.digits.shortened()), ()

        case Phase.ENTERING, on.Confirmed() if len(entry.digits) == DIGITS:
            return _verifying(visit, entry, entry.digits)

        case ((Phase.VERIFYING | Phase.UNANSWERED), on.PasswordAccepted()):
            return PasswordEntry(Phase.ACCEPTED), ()

        case ((Phase.VERIFYING | Phase.UNANSWERED), on.PasswordWrong(tries_left=tries_left)):
            told = Tries(tries_left, told=True)
            return _asking(visit, told, Problem.WRONG, on_pad=entry.keys.are_on_pad)

        case ((Phase.VERIFYING | Phase.UNANSWERED), on.PasswordLocked()):
            return PasswordEntry(Phase.LOCKED, tries=Tries(0, told=True)), ()

        case ((Phase.VERIFYING | Phase.UNANSWERED), on.PasswordOutcomeUnknown()):
            return _lost(visit, entry)

        case Phase.VERIFYING, on.TimedOut():
            return replace(entry, phase=Phase.UNANSWERED), ()

    return None


def _advance_on_pad(visit: Visit, entry: PasswordEntry, event: on.Event) -> Advanced | None:
    match entry.keys, event:
        case Keys.PAD_STARTING, on.PinEntryStarted():
            return replace(entry, keys=Keys.PAD_ON), ()

        case Keys.PAD_ON, on.PinKeyPressed(digits=digits):
            return replace(entry, pressed=digits, problem=None), ()

        case Keys.PAD_ON, on.PinTooShort():
            return replace(entry, problem=Problem.TOO_SHORT), ()

        case Keys.PAD_ON, on.PinEntered(password=password) if len(password) == DIGITS:
            return _verifying(visit, entry, password)

        case Keys.PAD_ON, on.PinEntryTimedOut():
            return replace(entry, keys=Keys.PAD_OFF, pressed=0, problem=Problem.PAD_TIMED_OUT), ()

        case Keys.PAD_OFF, on.Confirmed():
            return _entering(visit, replace(entry, problem=None))

        case ((Keys.PAD_STARTING | Keys.PAD_ON), on.PinEntryFailed()):
            return replace(entry, keys=Keys.SCREEN, pressed=0, problem=Problem.PAD_FAILED), ()

        case _, on.ScreenKeypadChosen():
            return replace(entry, keys=Keys.SCREEN, pressed=0, problem=None), given_up(entry)

    return None


def _asking(visit: Visit, tries: Tries, problem: Problem | None, *, on_pad: bool) -> Advanced:
    """Return an entry that asks for a password, if there is a try left to ask for."""
    has_pad = visit.conditions.pin_pad is not PinPad.NONE
    keys = Keys.PAD_STARTING if on_pad and has_pad else Keys.SCREEN
    entry = PasswordEntry(tries=tries, problem=problem, keys=keys)
    match tries.left:
        case 0:
            return replace(entry, phase=Phase.LOCKED), ()
        case 1:
            return replace(entry, phase=Phase.WARNED), ()
    return _entering(visit, entry)


def _entering(visit: Visit, entry: PasswordEntry) -> Advanced:
    """Return the entry taking digits: from the pad, if it's wanted and works, else from the screen."""
    entry = replace(entry, phase=Phase.ENTERING)
    if not entry.keys.are_on_pad:
        return entry, ()
    if visit.conditions.pin_pad is PinPad.READY:
        start = do.StartPinEntry(visit.session.number, DIGITS)
        return replace(entry, keys=Keys.PAD_STARTING), (start,)
    return replace(entry, keys=Keys.SCREEN, problem=entry.problem or Problem.PAD_FAILED), ()


def _verifying(visit: Visit, entry: PasswordEntry, password: Secret) -> Advanced:
    """Return the entry waiting for an answer. The password goes with the order, and stays nowhere else."""
    verifying = PasswordEntry(Phase.VERIFYING, tries=entry.tries, keys=entry.keys)
    return verifying, (_verify(visit, password),)


def _lost(visit: Visit, entry: PasswordEntry) -> Advanced:
    """Count a try whose answer is lost. Whether the last one has locked the account is known to nobody."""
    tries = entry.tries.one_spent()
    if tries.left == 0:
        return PasswordEntry(Phase.UNANSWERED, tries=tries), ()
    return _asking(visit, tries, Problem.UNKNOWN, on_pad=entry.keys.are_on_pad)


def _verify(visit: Visit, password: Secret) -> do.Effect:
    if visit.policy.verified_by is PasswordVerifier.CARD:
        return do.VerifyPasswordOnCard(visit.session.number, password)
    return do.VerifyPasswordAtBackend(visit.session.number, visit.session.token, password)
