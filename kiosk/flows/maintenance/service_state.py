"""In and out of service by hand, a restart of the application, and switching the machine off.

Out of service is for when maintenance ends: it stands in a file, so a power cut does not open a kiosk that
somebody had a reason to close. A restart and a shutdown are asked once more, and lose nothing.
"""

from dataclasses import dataclass

from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Power
from kiosk.flows.maintenance.work import State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class ServiceState:
    """Whether citizens will be served, why not, and what can be done. `trouble`: the last order failed."""

    trouble: tech.Trouble | None = None


@dataclass(frozen=True, slots=True)
class ConfirmingPower:
    """Asked once more."""

    power: Power


@dataclass(frozen=True, slots=True)
class SwitchingPower:
    """It is being done; nothing is left to touch."""

    power: Power


STATES: tuple[type[State], ...] = (ServiceState, ConfirmingPower, SwitchingPower)


def begin(work: Work, visit: Visit) -> Step:
    """Open the page."""
    return Step(work.at(ServiceState()))


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Close or open the kiosk, or see to its power."""
    match work.state, event:
        case ServiceState(), tech.WithdrawalChosen(reason):
            return Step(work.at(ServiceState()), (order.Withdraw(reason),))
        case ServiceState(), tech.PowerChosen(power):
            return Step(work.at(ConfirmingPower(power)))
        case ConfirmingPower(power), on.Confirmed():
            return Step(work.at(SwitchingPower(power)), (order.SwitchPower(power),))
        case ConfirmingPower(), on.WentBack():
            return begin(work, visit)
        case ((ServiceState() | SwitchingPower()), tech.OrderFailed(trouble)):
            return Step(work.at(ServiceState(trouble)))
    return None
