"""The door to maintenance: a name, a PIN, a one-time code.

    ChoosingTechnician -> EnteringPin -> EnteringCode -> CheckingTechnician -> (inside)
             ^                ^                                  |
             |                +--- wrong, and no wait -----------+
             +-- KeptOut: the wait is shown, then the kiosk serves citizens again

Who has to wait is told so as soon as the name is known, not after the PIN and the code.
Whoever stands here has shown nothing yet, so the door closes by itself within a minute, and the kiosk is
back in service. What was wrong with a try is never said more precisely. A page that nobody touched is
locked: its technician is asked for PIN and code again.
"""

from dataclasses import dataclass
from typing import ClassVar

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.secret import Secret
from kiosk.flows.visit import WORKING_TIME_S, Visit

DOOR_TIME_S = 60.0  # for somebody to go on, before citizens are served again
KEPT_OUT_TIME_S = 12.0  # to read how long the wait is
PIN_DIGITS = range(8, 17)  # the fewest and one more than the most (kiosk/technicians/pins.py)
CODE_DIGITS = 6


@dataclass(frozen=True, slots=True)
class ChoosingTechnician:
    """Who are you? `names` is None until they have been read."""

    timeout: ClassVar[float] = DOOR_TIME_S
    names: tuple[str, ...] | None = None
    page: int = 1


@dataclass(frozen=True, slots=True)
class EnteringPin:
    """`refused`: the try before this one was not let in. `locked`: nobody had touched the page for long."""

    timeout: ClassVar[float] = DOOR_TIME_S
    name: str
    digits: Secret = Secret()
    refused: bool = False
    locked: bool = False


@dataclass(frozen=True, slots=True)
class EnteringCode:
    """The six digits an authenticator shows now."""

    timeout: ClassVar[float] = DOOR_TIME_S
    name: str
    pin: Secret
    digits: Secret = Secret()


@dataclass(frozen=True, slots=True)
class CheckingTechnician:
    """A moment: the PIN's hash is meant to take time. The answer to an earlier try lets nobody in."""

    timeout: ClassVar[float] = WORKING_TIME_S
    name: str
    ticket: tech.Ticket


@dataclass(frozen=True, slots=True)
class KeptOut:
    """Too many wrong tries: `wait_s` seconds before the next is looked at."""

    timeout: ClassVar[float] = KEPT_OUT_TIME_S
    name: str
    wait_s: float


STATES: tuple[type[State], ...] = (
    ChoosingTechnician, EnteringPin, EnteringCode, CheckingTechnician, KeptOut,
)  # fmt: skip


def begin(name: str | None) -> Step:
    """Stand at the door: by a knock, or with the technician's own card, which says the name."""
    if name is not None:
        return Step(Work(EnteringPin(name)), (do.TellWait(name),))
    return Step(Work(ChoosingTechnician()), (do.ListTechnicians(),))


def locked(work: Work, name: str) -> Step:
    """Lock the page that nobody has touched: its technician must show again who they are."""
    return Step(
        Work(EnteringPin(name, locked=True), orders=work.orders, slips=work.slips), (do.TellWait(name),)
    )


def step(work: Work, visit: Visit, event: on.Event) -> Step:
    """Go one step at the door. Who is let in is for room.py to take further."""
    match work.state, event:
        case _, on.TimedOut() | on.WentHome():
            return Step(None)

        case ChoosingTechnician(), on.TechniciansListed(names):
            return Step(work.at(ChoosingTechnician(names)))
        case ChoosingTechnician(names), on.PageTurned(page):
            return Step(work.at(ChoosingTechnician(names, page)))
        case ChoosingTechnician(), tech.NameChosen(name) | on.TechnicianCardShown(name):
            return Step(work.at(EnteringPin(name)), (do.TellWait(name),))
        case ChoosingTechnician(), on.WentBack():
            return Step(None)

        case EnteringPin(name, digits), on.KeyPressed(key) if key.isdigit() and len(digits) < PIN_DIGITS[-1]:
            return Step(work.at(EnteringPin(name, digits.with_digit(key))))
        case EnteringPin(name, digits), on.Erased():
            return Step(work.at(EnteringPin(name, digits.shortened())))
        case EnteringPin(name, digits), on.Confirmed() if len(digits) in PIN_DIGITS:
            return Step(work.at(EnteringCode(name, digits)))

        case EnteringCode(name, pin, digits), on.KeyPressed(key) if (
            key.isdigit() and len(digits) < CODE_DIGITS
        ):
            return Step(work.at(EnteringCode(name, pin, digits.with_digit(key))))
        case EnteringCode(name, pin, digits), on.Erased():
            return Step(work.at(EnteringCode(name, pin, digits.shortened())))
        case EnteringCode(name, pin, digits), on.Confirmed() if len(digits) == CODE_DIGITS:
            work, ticket = work.ordering(visit)
            admitting = do.AdmitTechnician(name, pin, digits, ticket)
            return Step(work.at(CheckingTechnician(name, ticket)), (admitting,))

        case ((EnteringPin(name) | EnteringCode(name)), on.TechnicianKeptOut(who, wait_s)) if who == name:
            return Step(work.at(KeptOut(name, wait_s)))
        case ((EnteringPin() | EnteringCode()), on.WentBack()):
            return Step(work.at(ChoosingTechnician()), (do.ListTechnicians(),))

        case CheckingTechnician(name, ticket), on.TechnicianRefused(_, wait_s, its) if its == ticket:
            return Step(work.at(KeptOut(name, wait_s) if wait_s else EnteringPin(name, refused=True)))
        case KeptOut(), on.Confirmed():
            return Step(None)

    return Step(work)
