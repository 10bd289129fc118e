"""Workers on threads: nothing that is ordered waits without end, whatever has become of a worker."""

from collections.abc import Iterable, Iterator
from queue import SimpleQueue

import pytest

from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Power, Run, Ticket, Trouble
from kiosk.services import power, routes, upkeep
from kiosk.services.service import NotWorking
from kiosk.threads import ThreadedCrew

WITHIN_S = 10.0  # for a thread to do what takes it no time


class NoRound:
    def heard(self, finding: object) -> None: ...

    def findings(self) -> tuple[()]:
        return ()


class Crew:
    """Upkeep and power on threads, with hands of the test's own."""

    def __init__(self) -> None:
        self.told: SimpleQueue[on.Event] = SimpleQueue()
        self.switched: SimpleQueue[Power] = SimpleQueue()
        self.may_go_on: SimpleQueue[None] = SimpleQueue()
        self.crew = ThreadedCrew(lambda name, fault: None)
        uses = {order.Examine: self._break, order.ExportOutbox: self._export}
        powers = {order.Withdraw: self._withdraw, order.SwitchPower: self._switch}
        services = {
            routes.UPKEEP: lambda: upkeep.Upkeep(uses, NoRound()),
            routes.POWER: lambda: power.Power(powers, None),
        }
        self.crew.hire(services, self.told.put)

    def give(self, effect: do.Effect) -> None:
        self.crew.perform(effect)

    def hear(self, *kinds: type[on.Event]) -> on.Event:
        while not isinstance(event := self.told.get(timeout=WITHIN_S), kinds):
            continue
        return event

    def _break(self, ordered: order.Examine) -> Iterable[on.Event]:
        raise KeyError("what nobody expected")

    def _export(self, ordered: order.ExportOutbox) -> Iterator[on.Event]:
        yield tech.Carried(ordered.ticket, 1)
        self.may_go_on.get(timeout=WITHIN_S)
        yield tech.Carried(ordered.ticket, 100)

    def _withdraw(self, ordered: order.Withdraw) -> Iterator[on.Event]:
        yield on.ServiceWithdrawn(ordered.reason)

    def _switch(self, ordered: order.SwitchPower) -> Iterator[on.Event]:
        self.switched.put(ordered.power)
        yield from ()


@pytest.fixture
def crew() -> Iterator[Crew]:
    crew = Crew()
    yield crew
    crew.crew.dismiss()


def test_what_is_ordered_of_a_worker_that_has_ended_is_told_as_failed(crew: Crew) -> None:
    crew.give(order.Examine(Ticket(1, 1), Run.OVERVIEW))
    assert crew.hear(tech.OrderFailed) == tech.OrderFailed(Trouble.NOT_WORKING, "Examine", Ticket(1, 1))
    assert crew.hear(on.ServiceFailed) == on.ServiceFailed(routes.UPKEEP)
    crew.give(order.ExportOutbox(Ticket(1, 2)))
    assert crew.hear(tech.OrderFailed) == tech.OrderFailed(Trouble.NOT_WORKING, "ExportOutbox", Ticket(1, 2))
    with pytest.raises(NotWorking):
        crew.crew.call(routes.UPKEEP, lambda service: service.check())


def test_what_still_waited_when_a_worker_ended_is_told_as_failed_too(crew: Crew) -> None:
    crew.give(order.ExportOutbox(Ticket(1, 1)))
    crew.hear(tech.Carried)
    crew.give(order.Examine(Ticket(1, 2), Run.OVERVIEW))
    crew.give(order.ExportOutbox(Ticket(1, 3)))
    crew.may_go_on.put(None)
    failed = [crew.hear(tech.OrderFailed), crew.hear(tech.OrderFailed)]
    assert [each.ticket.number for each in failed] == [2, 3]


def test_a_restart_is_left_when_the_upkeep_has_ended(crew: Crew) -> None:
    crew.give(order.Examine(Ticket(1, 1), Run.OVERVIEW))
    crew.hear(on.ServiceFailed)
    crew.give(order.SwitchPower(Ticket(1, 2), Power.RESTART))
    assert crew.switched.get(timeout=WITHIN_S) is Power.RESTART


def test_a_withdrawal_and_a_restart_do_not_wait_behind_an_export(crew: Crew) -> None:
    crew.give(order.ExportOutbox(Ticket(1, 1)))
    crew.hear(tech.Carried)
    crew.give(order.Withdraw(Ticket(1, 2), Withdrawal.REPAIR))
    assert crew.hear(on.ServiceWithdrawn) == on.ServiceWithdrawn(Withdrawal.REPAIR)
    crew.give(order.SwitchPower(Ticket(1, 3), Power.RESTART))
    assert crew.switched.get(timeout=WITHIN_S) is Power.RESTART
    crew.may_go_on.put(None)
    assert crew.hear(tech.Carried) == tech.Carried(Ticket(1, 1), 100)
