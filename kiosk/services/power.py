"""Restart, shutdown, and out of service by hand, on a thread of its own.

None of them waits behind an export that takes long, and all are left when the upkeep has ended.
"""

from collections.abc import Iterable

from drivers.errors import DeviceStatus
from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.services.service import Check, Watched
from kiosk.services.upkeep import Hands, carried_out

_REST_S = 5.0


class Power:
    """Performs orders by their hands. `withdrawn`: how the kiosk was left when it was last switched off."""

    def __init__(self, hands: Hands, withdrawn: Withdrawal | None) -> None:
        self._hands = hands
        self._first: tuple[on.Event, ...] = (on.ServiceWithdrawn(withdrawn),) if withdrawn else ()

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Do what is ordered, and tell what came of it."""
        return carried_out(self._hands, effect)

    def watch(self) -> Watched:
        """Say once how the kiosk was left."""
        told, self._first = self._first, ()
        return Watched(told, _REST_S)

    def check(self) -> Check:
        """It is well as long as it answers."""
        return Check(DeviceStatus.ONLINE)

    def close(self) -> None:
        """Nothing is held open."""
