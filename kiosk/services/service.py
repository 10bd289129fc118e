"""What a service is: it performs effects with a device, the backend or the outbox, and watches it meanwhile.

Expected outcomes are events. What a driver or client raises is caught once, in the service, and becomes
an event too. What nobody expected stops the worker, and the kiosk says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from kiosk.flows import effects as do
from kiosk.flows import events as on


@dataclass(frozen=True, slots=True)
class Watched:
    """What a turn of watching has seen, and the seconds this service may rest before the next."""

    events: tuple[on.Event, ...] = ()
    rest_s: float = 0.0


class Service(Protocol):
    """One device, the backend, or the outbox. Used by one thread only."""

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Do what is asked, and yield what came of it, in the order it happened.

        Effects of others (kiosk/services/routes.py) never come here, and come to nothing.
        """

    def watch(self) -> Watched:
        """Look after the device for a moment. May block for as long as a message may wait."""

    def close(self) -> None:
        """Let go of the device."""


Post: TypeAlias = Callable[[on.Event], None]
"""Hands an event to the loop, from any thread."""

Make: TypeAlias = Callable[[], Service]
"""Makes a service on the thread that will use it."""
