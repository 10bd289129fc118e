"""Which faults came and went since the kiosk was started, for a technician who asks what happened of late."""

from collections import deque
from collections.abc import Callable
from datetime import datetime
from threading import Lock

from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.mode import Kiosk

KEPT = 200


class FaultChanges:
    """Watches the steps of the loop; asked from another thread."""

    def __init__(self, wall: Callable[[], datetime]) -> None:
        self._wall = wall
        self._changes: deque[tech.Change] = deque(maxlen=KEPT)
        self._lock = Lock()

    def __call__(self, event: on.Event, before: Kiosk, after: Kiosk) -> None:
        """Note what a step has changed."""
        stood, stand = before.visit.conditions.faults, after.visit.conditions.faults
        if stood is stand:
            return
        now = self._wall()
        with self._lock:
            self._changes.extend(
                tech.Change(now, each.code, came=False) for each in stood if each not in stand
            )
            self._changes.extend(
                tech.Change(now, each.code, came=True) for each in stand if each not in stood
            )

    def newest_first(self) -> tuple[tech.Change, ...]:
        """Return the changes, the last one first."""
        with self._lock:
            return tuple(reversed(self._changes))
