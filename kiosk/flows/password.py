"""Entering the six-digit password, wherever a journey asks for it (Art 24).

    entering -> verifying -> accepted | locked
       ^  ^        | |
       |  +--wrong-+ +-> unanswered (nothing more is entered; the answer may still come)
       +-- warned (one try left: the citizen must say so before it is spent)

A lost answer counts as a spent try, and the program never repeats a VERIFY: only the citizen orders one, and
not while another has no answer, which would be taken for the new one's.
"""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.domain.policy import PasswordVerifier
from kiosk.flows import effects as do
from kiosk.flows import events as on
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


class Problem(Enum):
    """What was wrong with the entry before this one."""

    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PasswordEntry:
    """The digits so far, the tries left if they are known, and what went wrong last."""

    phase: Phase = Phase.ENTERING
    digits: Secret = Secret()
    tries_left: int | None = None
    problem: Problem | None = None

    @property
    def is_open(self) -> bool:
        """Whether the citizen may still enter a password, or go back without."""
        return self.phase in {Phase.ENTERING, Phase.WARNED}

    @property
    def timeout(self) -> float:
        """Seconds until the entry is given up."""
        return WORKING_TIME_S if self.phase is Phase.VERIFYING else ANSWER_TIME_S


def asking(tries_left: int | None, problem: Problem | None = None) -> PasswordEntry:
    """Return an entry to begin with: at once, after a warning, or not at all."""
    phase = {0: Phase.LOCKED, 1: Phase.WARNED}.get(-1 if tries_left is None else tries_left, Phase.ENTERING)
    return PasswordEntry(phase, tries_left=tries_left, problem=problem)


def advance(
    visit: Visit, entry: PasswordEntry, event: on.Event
) -> tuple[PasswordEntry, tuple[do.Effect, ...]] | None:
    """Return the entry after an event and what to do, or None when the event says nothing to it."""
    match entry.phase, event:
        case Phase.WARNED, on.Confirmed():
            return replace(entry, phase=Phase.ENTERING), ()

        case Phase.ENTERING, on.KeyPressed(key) if key.isdigit() and len(entry.digits) < DIGITS:
            return replace(entry, digits=entry.digits.with_digit(key), problem=None), ()

        case Phase.ENTERING, on.Erased():
            return replace(entry, digits=entry.digits.shortened()), ()

        case Phase.ENTERING, on.Confirmed() if len(entry.digits) == DIGITS:
            verifying = PasswordEntry(Phase.VERIFYING, tries_left=entry.tries_left)
            return verifying, (_verify(visit, entry.digits),)

        case ((Phase.VERIFYING | Phase.UNANSWERED), on.PasswordAccepted()):
            return PasswordEntry(Phase.ACCEPTED), ()

        case ((Phase.VERIFYING | Phase.UNANSWERED), on.PasswordWrong(tries_left=tries_left)):
            return asking(tries_left, Problem.WRONG), ()

        case ((Phase.VERIFYING | Phase.UNANSWERED), on.PasswordLocked()):
            return asking(0), ()

        case ((Phase.VERIFYING | Phase.UNANSWERED), on.PasswordOutcomeUnknown()):
            return _lost(entry), ()

        case Phase.VERIFYING, on.TimedOut():
            return replace(entry, phase=Phase.UNANSWERED), ()

    return None


def _lost(entry: PasswordEntry) -> PasswordEntry:
    """Count a try whose answer is lost. Whether the last one has locked the account is known to nobody."""
    if entry.tries_left is None:
        return asking(None, Problem.UNKNOWN)
    if entry.tries_left <= 1:
        return PasswordEntry(Phase.UNANSWERED, tries_left=0)
    return asking(entry.tries_left - 1, Problem.UNKNOWN)


def _verify(visit: Visit, password: Secret) -> do.Effect:
    if visit.policy.verified_by is PasswordVerifier.CARD:
        return do.VerifyPasswordOnCard(visit.session.number, password)
    return do.VerifyPasswordAtBackend(visit.session.number, visit.session.token, password)
