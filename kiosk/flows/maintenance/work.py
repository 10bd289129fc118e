"""A technician at the kiosk: who it is, and which page is open. The data; the rules are in room.py.

A page is a frozen dataclass with `timeout`, the seconds without a touch until `TimedOut`. What a page shows
is asked for when it is opened, and forgotten when it is left.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from kiosk.domain.findings import Finding
from kiosk.domain.technician import Role
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance.events import Judged, PastFault, Ticket
from kiosk.flows.visit import Visit


class State(Protocol):
    """Where the technician is."""


@dataclass(frozen=True, slots=True)
class Technician:
    """Who was let in, and how far they may go."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Work:
    """The whole state of maintenance. `technician` is None at the door, where nothing can be done yet.

    `verdicts`: what the technician has said of the tests made since they came in. `seen`: what the overview
    found last, and `past` the last faults it was told, so that a page that is opened again does not grow
    under the finger. `orders`: how many were given under a ticket. `slips`: how many are still to come out.
    """

    state: State
    technician: Technician | None = None
    verdicts: tuple[Judged, ...] = ()
    seen: tuple[Finding, ...] = ()
    past: tuple[PastFault, ...] | None = None
    orders: int = 0
    slips: int = 0

    @property
    def may_export(self) -> bool:
        """Whether a supervisor is at work."""
        return self.technician is not None and self.technician.role.may_export

    def at(self, state: State) -> "Work":
        """Return the work on another page, or with what a page shows changed."""
        return replace(self, state=state)

    def ordering(self, visit: Visit) -> "tuple[Work, Ticket]":
        """Return the work with one order more, and the ticket of that order."""
        number = self.orders + 1
        return replace(self, orders=number), Ticket(visit.session.number, number)


@dataclass(frozen=True, slots=True)
class Step:
    """What a step comes to: the work as it now is (None: maintenance is over), and what is to be done."""

    work: Work | None
    effects: tuple[do.Effect, ...] = ()


PageStep: TypeAlias = Callable[[Work, Visit, on.Event], Step | None]
"""The step of a page; None leaves the event to the rules of the house."""

Begin: TypeAlias = Callable[[Work, Visit], Step]
"""Opens a page."""


def timed_of(work: Work) -> object:
    """Return what the time is counted for: a page, or how far something has come that must not be broken off.

    A page keeps its count while a device comes and goes, so that none keeps it unlocked.
    """
    return work.state if getattr(work.state, "is_busy", False) else type(work.state)


def timeout_of(work: Work, visit: Visit) -> float:
    """Return the seconds without a touch until `TimedOut`: a page locks, the door closes, a switch failed."""
    its_own: float | None = getattr(work.state, "timeout", None)
    return its_own if its_own is not None else visit.policy.maintenance.idle_lock_s
