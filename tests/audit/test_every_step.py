"""What the log is told of every step anybody can take: it always fits, and nobody is in it."""

from collections.abc import Iterator

from kiosk.audit.events import AuditEvent
from kiosk.audit.observer import told_of
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.maintenance_key import MaintenanceKey
from tests.flows import maintenance_walk
from tests.flows.hall import CARDS, CHIP, NAME, NUMBER
from tests.flows.walk import places

KEY = MaintenanceKey(bytes(32))


def told() -> Iterator[AuditEvent]:
    """Walk everywhere, and return what the log is told on the way. What does not fit raises."""
    for place in places():
        if place.before is not None and place.by is not None:
            yield from of_step(place.before.kiosk, place.by)
    for kiosk in maintenance_walk.kiosks():
        for event in maintenance_walk.events_in(kiosk):
            yield from of_step(kiosk, event)


def of_step(kiosk: mode.Kiosk, event: on.Event) -> Iterator[AuditEvent]:
    return told_of(event, kiosk, mode.step(kiosk, event).kiosk, KEY.mark)


def test_every_step_fits_into_the_log_and_tells_of_nobody() -> None:
    met, seen = set(), set()
    private = {NAME, NUMBER, CHIP.card_id, "token", *(card.card_number for card in CARDS)}
    for event in told():
        met.add(type(event).__name__)
        seen.add(event.model_dump_json())
    assert {"VisitBegan", "VisitEnded", "TransactionRecorded", "SlipEnded", "PasswordTried"} <= met
    assert {"TechnicianEntered", "TechnicianActed", "TechnicianRefused", "TechnicianLeft"} <= met
    for content in seen:
        for one in private:
            assert one not in content, content
