"""What a technician orders of the kiosk as a whole, on a thread of its own: some of it takes long.

Each order has its hand (kiosk/upkeep). What a hand can't do becomes one event with one plain reason. While
nothing is ordered it makes the round (kiosk/upkeep/round.py).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from drivers.errors import DeviceStatus
from kiosk.domain.findings import Finding
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Ticket, Trouble
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


def carried_out(hands: Hands, effect: do.Effect) -> Iterator[on.Event]:
    """Have an order carried out by its hand, and tell each result as it comes; why not, when it can't be."""
    ticket: Ticket | None = getattr(effect, "ticket", None)
    name = type(effect).__name__
    try:
        yield from hands[type(effect)](effect)
    except Undone as undone:
        yield tech.OrderFailed(undone.trouble, name, ticket)
    except NotWorking:
        yield tech.OrderFailed(Trouble.NOT_WORKING, name, ticket)
    except (OutboxError, OSError):
        yield tech.OrderFailed(Trouble.STORAGE, name, ticket)


class Rounds(Protocol):
    """Whoever looks by itself at what no event tells of."""

    def heard(self, finding: Finding) -> None:
        """Hear what an ordered check has found."""

    def findings(self) -> Iterable[Finding]:
        """Look, when it is time."""


class Upkeep:
    """Performs orders by their hands, and makes the round."""

    def __init__(self, hands: Hands, rounds: Rounds) -> None:
        self._hands = hands
        self._rounds = rounds
        self._has_watched = False
        self._heard: tuple[Finding, ...] = ()

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Do what is ordered, and tell each result as it comes."""
        for told in carried_out(self._hands, effect):
            if isinstance(told, tech.Found):
                self._rounds.heard(told.finding)
            yield told

    def hear(self, findings: Iterable[Finding]) -> None:
        """Hear what somebody else's checks have found, from a shell; it is told with the next look."""
        heard = tuple(findings)
        for finding in heard:
            self._rounds.heard(finding)
        self._heard += heard

    def watch(self) -> Watched:
        """From the second turn on make the round when it is time.

        Not at the first: the kiosk starts when every service has looked once, and a round asks some of them.
        """
        heard, self._heard = self._heard, ()
        found = tuple(self._rounds.findings()) if self._has_watched else ()
        self._has_watched = True
        return Watched(tuple(map(tech.Noticed, (*heard, *found))), _REST_S)

    def check(self) -> Check:
        """It is well as long as it answers."""
        return Check(DeviceStatus.ONLINE)

    def close(self) -> None:
        """Nothing is held open."""
