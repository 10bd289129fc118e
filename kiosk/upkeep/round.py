"""The round: what no event tells of is looked at by itself, soon after the start and every hour.

What could not be looked at, because the backend is out of reach, is looked at sooner.

A certificate that nears its end, a disk that fills: without the round nobody would learn of it before they
ask. It is cheap (a handshake, a few files), walks no chain, and looks again at whatever else a technician's
check has found out of order, so that nothing is said to stand that was mended long ago.
"""

from collections.abc import Callable, Iterable, Iterator

from kiosk.domain.findings import Finding
from kiosk.flows.noticing import ONLY_CHECKED
from kiosk.health.inspections import CERTIFICATES, Inspection, examined

EVERY_S = 3600.0
SOONER_S = 300.0  # when the backend could not be reached: its certificate was not seen

NOT_UNASKED = frozenset({"backend.latency", "kiosk.audit"})
"""Checks the round makes only again: a health question of its own, and the walk of a chain."""


class Round:
    """Makes its checks when it is time. `certificates` stand for the way to the backend, which is longer."""

    def __init__(
        self, every: Iterable[Inspection], certificates: Inspection, steady: Callable[[], float]
    ) -> None:
        inspections, unasked = tuple(every), ONLY_CHECKED.keys() - NOT_UNASKED
        self._regular = (certificates, *(each for each in inspections if {*each.checks} <= unasked))
        self._others = {check: each for each in inspections for check in each.checks if check in NOT_UNASKED}
        self._again: set[str] = set()
        self._steady = steady
        self._due_s = steady()

    def heard(self, finding: Finding) -> None:
        """Remember what somebody else's check has found out of order, or in order again."""
        if finding.check in self._others and not finding.skipped:
            (self._again.add if finding.faults else self._again.discard)(finding.check)

    def findings(self) -> Iterator[Finding]:
        """Yield what the round finds; nothing when it isn't time."""
        if self._steady() < self._due_s:
            return
        self._due_s = self._steady() + EVERY_S
        again = (self._others[check] for check in sorted(self._again))
        for finding in examined((*self._regular, *again)):
            self.heard(finding)
            if finding.skipped and finding.check in CERTIFICATES:
                self._due_s = self._steady() + SOONER_S
            yield finding
