"""The PIN pad, key by key: ten digits and the key to confirm, or the key to cancel.

Nothing secret is pressed here, and which digits came is told all the same only once they are all in, as to
anybody. Whatever leads away from the page switches the keys off (room.py).
"""

from dataclasses import dataclass, replace
from enum import Enum

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import PinPad
from kiosk.flows.maintenance import display_tests
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit

DIGITS = "1234567890"


class Result(Enum):
    """What has come of it so far."""

    STARTING = "starting"
    LISTENING = "listening"
    WORKS = "works"
    KEYS_MISSING = "keys_missing"
    CANCELLED = "cancelled"  # that key works too
    TIMED_OUT = "timed_out"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TestingPinPad:
    """Press every digit once, then confirm. `missing`: the digits that did not come."""

    result: Result = Result.STARTING
    pressed: int = 0
    missing: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the keys are off again."""
        return self.result not in {Result.STARTING, Result.LISTENING}


STATES: tuple[type[State], ...] = (TestingPinPad,)


def begin(work: Work, visit: Visit) -> Step:
    """Switch the keys of the pad on; without a pad the keys on the screen are tested."""
    if visit.conditions.pin_pad is PinPad.NONE:
        return display_tests.begin_keypad(work, visit)
    return Step(work.at(TestingPinPad()), (do.StartPinEntry(visit.session.number, len(DIGITS)),))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Count the keys, and see whether every one has come."""
    test = work.state
    if not isinstance(test, TestingPinPad):
        return None
    match test.result, event:
        case Result.STARTING, on.PinEntryStarted():
            return Step(work.at(replace(test, result=Result.LISTENING)))
        case Result.LISTENING, on.PinKeyPressed(digits=digits):
            return Step(work.at(replace(test, pressed=digits)))
        case Result.LISTENING, on.PinEntered(password=pressed):
            missing = "".join(digit for digit in DIGITS if digit not in pressed.digits)
            result = Result.KEYS_MISSING if missing else Result.WORKS
            return Step(work.at(TestingPinPad(result, len(pressed), missing)))
        case Result.LISTENING, on.PinEntryCancelled():
            return Step(work.at(TestingPinPad(Result.CANCELLED)))
        case Result.LISTENING, on.PinEntryTimedOut():
            return Step(work.at(TestingPinPad(Result.TIMED_OUT)))
        case ((Result.STARTING | Result.LISTENING), on.PinEntryFailed()):
            return Step(work.at(TestingPinPad(Result.FAILED)))
        case _, on.Confirmed() if test.is_over:
            return begin(work, visit)
    return None
