"""A run of checks as a page shows it: finding by finding, and again when something has changed meanwhile."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kiosk.domain.findings import CHECKS, Finding
from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Run, Ticket

CHANGES = (
    on.CardReaderChanged, on.IdReaderChanged, on.PinPadChanged, on.PrinterChanged, on.LinkChanged,
    on.OutboxChanged, on.ClockChecked, on.InputMethodReady, on.ServiceFailed,
)  # fmt: skip
"""After these a finding may be another one."""


@dataclass(frozen=True, slots=True)
class Look:
    """What has been found so far. `under_way`: more is to come. `stale`: look again after that.

    `broken_off`: the run ended before its end, so nobody knows of what is missing.

    It looks again only when the run before is over, so one ticket is enough for all its runs.
    """

    run: Run
    ticket: Ticket
    findings: tuple[Finding, ...] = ()
    under_way: bool = True
    stale: bool = False
    broken_off: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether every check there is has been found."""
        return {finding.check for finding in self.findings} >= set(CHECKS)

    def heard(self, event: on.Event) -> "tuple[Look, tuple[order.Effect, ...]] | None":
        """Return the look after an event and what to do, or None when the event says nothing to it."""
        match event:
            case tech.Found(self.ticket, finding):
                return replace(self, findings=(*_others(self.findings, finding), finding)), ()
            case tech.RunEnded(self.ticket) if self.stale:
                return again(self)
            case tech.RunEnded(self.ticket):
                return replace(self, under_way=False), ()
            case tech.OrderFailed(ticket=self.ticket):
                return replace(self, under_way=False, broken_off=True), ()
            case tech.LookAgainChosen() if self.under_way:
                return self, ()
            case tech.LookAgainChosen():
                return again(self)
        return None


def begin(run: Run, ticket: Ticket, seen: tuple[Finding, ...] = ()) -> tuple[Look, tuple[order.Effect, ...]]:
    """Begin to look; what was seen before stands until it is found anew."""
    return Look(run, ticket, seen), (order.Examine(ticket, run),)


def again(look: Look) -> tuple[Look, tuple[order.Effect, ...]]:
    """Look again; what was found stays until it is found anew, but for steps that are to be seen taken."""
    kept = () if look.run is Run.NETWORK else look.findings
    return Look(look.run, look.ticket, kept), (order.Examine(look.ticket, look.run),)


def changed(look: Look) -> tuple[Look, tuple[order.Effect, ...]]:
    """Look again, or once more after the look that is under way."""
    return (replace(look, stale=True), ()) if look.under_way else again(look)


def _others(findings: Iterable[Finding], finding: Finding) -> tuple[Finding, ...]:
    return tuple(each for each in findings if each.check != finding.check)
