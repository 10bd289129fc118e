"""One visit after the other through the kiosk's own flows, words and screens, for the bench of the window.

What devices and backend would say comes as events; everything from the flows to the frame is the kiosk's.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from kiosk.domain.policy import Policy
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.events import ServiceName, Topic
from kiosk.views.models import View
from tests.flows.hall import CARDS, CHIP, NAME, NUMBER, RECORDS, opened, view_of


def events_of(visit: int) -> Iterator[on.Event]:
    """Yield what happens in the visit with this number: records looked at, printed, and the card taken."""
    yield on.ServiceChosen(ServiceName.RECORDS)
    yield from (on.CardInserted(), on.CardRead(CHIP))
    yield from (on.KeyPressed(digit) for digit in "246810")
    yield from (on.Confirmed(), on.PasswordAccepted(visit))
    yield on.VisitOpened(visit, "token", NAME, NUMBER, CARDS, (), 6)
    yield on.RecordsReceived(visit, RECORDS)
    yield from (on.TopicChosen(Topic.PENSION), on.PrintChosen(), on.SlipPrinted(visit))
    yield from (on.WentBack(), on.WentHome())
    yield from (on.CardRemoved(), on.TimedOut(), on.TimedOut())


def visits(count: int, show: Callable[[View], None]) -> Iterator[int]:
    """Show every screen of so many visits; yield the number of each as it ends."""
    kiosk = opened(Policy("hall", "0001"))
    for number in range(count):
        seen = set()
        for event in events_of(kiosk.visit.session.number):
            kiosk = mode.step(kiosk, event).kiosk
            view = view_of(kiosk)
            seen.add(view.name)
            show(replace(view, clock=f"{number // 60 % 24:02}:{number % 60:02}"))
        if not {"password", "choosing_topic", "topic_pension", "home"} <= seen:
            raise AssertionError(f"the visit went another way: {sorted(seen)}")
        yield number
