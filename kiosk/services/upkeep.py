"""What a technician orders of the kiosk as a whole, on a thread of its own: some of it takes long.

Each order has its hand (kiosk/upkeep). What a hand can't do becomes one event with one plain reason.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from drivers.errors import DeviceStatus
from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Trouble
from kiosk.services.service import Check, NotWorking, Watched
from offline_queue.errors import OutboxError

_REST_S = 5.0

# A table from a type to a function of that type: the pairing can't be typed.
Hands: TypeAlias = Mapping[type, Callable[[Any], Iterable[on.Event]]]
"""What is done for each kind of order. A hand may raise Undone, NotWorking, OutboxError and OSError."""


class Undone(Exception):
    """An order came to nothing, and why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


class Upkeep:
    """Performs orders by their hands. `withdrawn`: how the kiosk was left when it was last switched off."""

    def __init__(self, hands: Hands, withdrawn: Withdrawal | None) -> None:
        self._hands = hands
        self._first: tuple[on.Event, ...] = (on.ServiceWithdrawn(withdrawn),) if withdrawn else ()

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Do what is ordered, and tell each result as it comes."""
        try:
            yield from self._hands[type(effect)](effect)
        except Undone as undone:
            yield tech.OrderFailed(undone.trouble)
        except NotWorking:
            yield tech.OrderFailed(Trouble.NOT_WORKING)
        except (OutboxError, OSError):
            yield tech.OrderFailed(Trouble.STORAGE)

    def watch(self) -> Watched:
        """Say once how the kiosk was left; there is nothing else to look after."""
        told, self._first = self._first, ()
        return Watched(told, _REST_S)

    def check(self) -> Check:
        """It is well as long as it answers."""
        return Check(DeviceStatus.ONLINE)

    def close(self) -> None:
        """Nothing is held open."""
