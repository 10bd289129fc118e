"""In and out of service by hand, a restart of the application, and switching the machine off.

Out of service is for when maintenance ends: it stands in a file, so a power cut does not open a kiosk that
somebody had a reason to close. A restart and a shutdown are asked once more, and lose nothing.
"""

from dataclasses import dataclass
from typing import ClassVar

from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Power
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit

SWITCHING_TIME_S = 60.0  # for the system to end us; it has done nothing when we are still here


@dataclass(frozen=True, slots=True)
class ServiceState:
    """Whether citizens will be served, why not, and what can be done.

    `ticket` is that of the last order given here, and `trouble` why it came to nothing; `power` when it was
    about that.
    """

    ticket: tech.Ticket | None = None
    trouble: tech.Trouble | None = None
    power: Power | None = None


@dataclass(frozen=True, slots=True)
class ConfirmingPower:
    """Asked once more."""

    power: Power


@dataclass(frozen=True, slots=True)
class SwitchingPower:
    """It is being done; nothing is left to touch, and no page is shown as if nothing were happening."""

    timeout: ClassVar[float] = SWITCHING_TIME_S
    power: Power
    ticket: tech.Ticket


STATES: tuple[type[State], ...] = (ServiceState, ConfirmingPower, SwitchingPower)


def begin(work: Work, visit: Visit) -> Step:
    """Open the page."""
    return Step(work.at(ServiceState()))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Close or open the kiosk, or see to its power."""
    match work.state, event:
        case ServiceState(), tech.WithdrawalChosen(reason):
            work, ticket = work.ordering(visit)
            return Step(work.at(ServiceState(ticket)), (order.Withdraw(ticket, reason),))
        case ServiceState(), tech.PowerChosen(power):
            return Step(work.at(ConfirmingPower(power)))
        case ConfirmingPower(power), on.Confirmed():
            work, ticket = work.ordering(visit)
            return Step(work.at(SwitchingPower(power, ticket)), (order.SwitchPower(ticket, power),))
        case ConfirmingPower(), on.WentBack():
            return begin(work, visit)
        case ServiceState(given), tech.OrderFailed(trouble, ticket=its) if its == given:
            return Step(work.at(ServiceState(trouble=trouble)))
        case SwitchingPower(power, given), tech.OrderFailed(trouble, ticket=its) if its == given:
            return Step(work.at(ServiceState(trouble=trouble, power=power)))
        case SwitchingPower(power), on.TimedOut():
            return Step(work.at(ServiceState(trouble=tech.Trouble.NOT_DONE, power=power)))
    return None
