"""The screen under a technician's hand and eye: touch, colours, and the keys of the keypad."""

from dataclasses import dataclass
from math import hypot

from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit

TARGETS = 12
COLOURS = 5  # red, green, blue, white, black
KEYS = "1234567890"


@dataclass(frozen=True, slots=True)
class TestingTouch:
    """Targets all over the screen, to be hit one by one; `hits` are the distances from their middles, mm."""

    hits: tuple[float, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether every target was hit."""
        return len(self.hits) == TARGETS


@dataclass(frozen=True, slots=True)
class TestingDisplay:
    """The whole display in one colour after the other. `shown`: how many have been looked at."""

    shown: int = 0

    @property
    def is_over(self) -> bool:
        """Whether every colour was shown."""
        return self.shown > COLOURS


@dataclass(frozen=True, slots=True)
class TestingKeypad:
    """Every key of the keypad once. Nothing secret is entered here, so the keys are shown."""

    pressed: str = ""


STATES: tuple[type[State], ...] = (TestingTouch, TestingDisplay, TestingKeypad)


def begin_touch(work: Work, visit: Visit) -> Step:
    """Begin with no target hit."""
    return Step(work.at(TestingTouch()))


def begin_display(work: Work, visit: Visit) -> Step:
    """Say first what is to come, and how to go on."""
    return Step(work.at(TestingDisplay()))


def begin_keypad(work: Work, visit: Visit) -> Step:
    """Begin with no key pressed."""
    return Step(work.at(TestingKeypad()))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Count what was hit, shown, pressed."""
    match work.state, event:
        case TestingTouch(hits), tech.TargetTouched(place, right, up) if place == len(hits):
            return Step(work.at(TestingTouch((*hits, hypot(right, up)))))
        case TestingDisplay(shown) as test, on.Confirmed() if not test.is_over:
            return Step(work.at(TestingDisplay(shown + 1)))
        case TestingKeypad(pressed), on.KeyPressed(key) if key in KEYS and key not in pressed:
            return Step(work.at(TestingKeypad(pressed + key)))
        case TestingKeypad(pressed), on.Erased():
            return Step(work.at(TestingKeypad(pressed[:-1])))
    return None
