"""What a technician asks of the kiosk as a whole: checks of all parts, and what has changed of late.

Works on a thread of its own, since a check may take as long as a device is silent.
"""

from collections.abc import Callable, Iterable

from drivers.errors import DeviceStatus
from kiosk.domain.findings import Finding
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Run
from kiosk.services.service import Check, Watched

_REST_S = 5.0


class Upkeep:
    """Checks and orders that concern more than one part. `examine` makes the checks of a run, one by one."""

    def __init__(
        self, examine: Callable[[Run], Iterable[Finding]], changes: Callable[[], tuple[tech.Change, ...]]
    ) -> None:
        self._examine = examine
        self._changes = changes

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Do what is ordered, and tell each result as it comes."""
        match effect:
            case order.Examine(run):
                for finding in self._examine(run):
                    yield tech.Found(run, finding)
                yield tech.RunEnded(run)
            case order.TellHistory():
                yield tech.HistoryTold(self._changes())

    def watch(self) -> Watched:
        """There is nothing to look after."""
        return Watched(rest_s=_REST_S)

    def check(self) -> Check:
        """It is well as long as it answers."""
        return Check(DeviceStatus.ONLINE)

    def close(self) -> None:
        """Nothing is held open."""
