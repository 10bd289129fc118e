"""What a service is: it performs effects with a device, the backend or the outbox, and watches it meanwhile.

Expected outcomes are events. What a driver or client raises is caught once, in the service, and becomes
an event too. What nobody expected stops the worker, and the kiosk says so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from drivers.errors import DeviceError, DeviceStatus, Remedy
from kiosk.domain.findings import Measured
from kiosk.flows import effects as do
from kiosk.flows import events as on


class NotWorking(Exception):
    """The service that was asked has ended, or is held up by its device."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What a turn of watching has seen, and the seconds this service may rest before the next."""

    events: tuple[on.Event, ...] = ()
    rest_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Check:
    """How a device, the backend or the outbox is, for a technician.

    `status` and `remedy` are XFS4IoT's words (drivers/errors.py); `remedy` is None when all is well.
    `detail` is plain English without a word about any citizen. `causes` name the faults in the words of
    the catalogue (kiosk/domain/faults.py), `measured` is what was read off; a check that is well may have
    causes too, of what is to be done soon.
    """

    status: DeviceStatus
    remedy: Remedy | None = None
    detail: str = ""
    causes: tuple[str, ...] = ()
    measured: tuple[Measured, ...] = ()

    @classmethod
    def of(cls, error: DeviceError) -> "Check":
        """Return what a driver's error says of its device."""
        return cls(error.status, error.remedy, error.reason, (error.word,))


class Service(Protocol):
    """One device, the backend, or the outbox. Used by one thread only."""

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Do what is asked, and yield what came of it, in the order it happened.

        Effects of others (kiosk/services/routes.py) never come here, and come to nothing.
        """

    def watch(self) -> Watched:
        """Look after the device for a moment. May block for as long as a message may wait."""

    def check(self) -> Check:
        """Say how it is, asking the device where that tells more."""

    def close(self) -> None:
        """Let go of the device."""


Post: TypeAlias = Callable[[on.Event], None]
"""Hands an event to the loop, from any thread."""

Make: TypeAlias = Callable[[], Service]
"""Makes a service on the thread that will use it."""
