"""What the log is told of every step anybody can take: it always fits, and nobody is in it."""

from collections.abc import Iterator

from kiosk.audit.events import AuditEvent, EventLeftOut
from kiosk.audit.observer import told_of
from kiosk.domain.policy import Policy
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.maintenance_key import MaintenanceKey
from tests.flows import maintenance_walk
from tests.flows.hall import CARDS, CHIP, NAME, NUMBER, opened
from tests.flows.walk import places

KEY = MaintenanceKey(bytes(32))


def told() -> Iterator[AuditEvent]:
    """Walk everywhere, and return what the log is told on the way."""
    for place in places():
        if place.before is not None and place.by is not None:
            yield from of_step(place.before.kiosk, place.by)
    for kiosk, touches in maintenance_walk.places().values():
        for event in maintenance_walk.events_in(kiosk, touches):
            yield from of_step(kiosk, event)


def of_step(kiosk: mode.Kiosk, event: on.Event) -> Iterator[AuditEvent]:
    return told_of(event, kiosk, mode.step(kiosk, event).kiosk, KEY.mark)


def test_every_step_fits_into_the_log_and_tells_of_nobody() -> None:
    met, seen = set[str](), set[str]()
    private = {NAME, NUMBER, CHIP.card_id, "token", *(card.card_number for card in CARDS)}
    for event in told():
        met.add(type(event).__name__)
        seen.add(event.model_dump_json())
    assert {"VisitBegan", "VisitEnded", "TransactionRecorded", "SlipEnded", "PasswordTried"} <= met
    assert {"TechnicianEntered", "TechnicianActed", "TechnicianRefused", "TechnicianLeft"} <= met
    assert "EventLeftOut" not in met
    for content in seen:
        for one in private:
            assert one not in content, content


def test_a_value_that_is_no_plain_word_is_left_out_and_that_is_told_and_the_loop_goes_on() -> None:
    kiosk = opened(Policy("hall", "0001"))
    told = list(of_step(kiosk, on.ServiceFailed("张三 410702194803120029")))
    left_out = [each.what for each in told if isinstance(each, EventLeftOut)]
    assert left_out == ["service_failed"]
    assert "ModeChanged" in {type(each).__name__ for each in told}, "the rest of the step is told"
    assert not any("410702" in each.model_dump_json() for each in told)
