"""The devices: how each is, what has changed of late, and the way to its test."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kiosk.flows import events as on
from kiosk.flows.maintenance import card_tests, display_tests, looking, pad_test, printer_test, sound_test
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Device, Run
from kiosk.flows.maintenance.looking import CHANGES, Look
from kiosk.flows.maintenance.work import Begin, State, Step, Work
from kiosk.flows.visit import Visit


@dataclass(frozen=True, slots=True)
class Devices:
    """All devices in a list."""

    look: Look
    page: int = 1  # in the largest letters it takes more than one


STATES: tuple[type[State], ...] = (Devices,)

_TESTS: Mapping[Device, Begin] = {
    Device.CARD_READER: card_tests.begin_card,
    Device.ID_READER: card_tests.begin_id_card,
    Device.PRINTER: printer_test.begin,
    Device.PIN_PAD: pad_test.begin,
    Device.TOUCH: display_tests.begin_touch,
    Device.DISPLAY: display_tests.begin_display,
    Device.SOUND: sound_test.begin,
}


def begin(work: Work, visit: Visit) -> Step:
    """Open the list and look."""
    work, ticket = work.ordering(visit)
    look, effects = looking.begin(Run.OVERVIEW, ticket, work.seen)
    return Step(work.at(Devices(look)), effects)


def step(work: Work, visit: Visit, event: on.Event) -> Step | None:
    """Choose a device to test, or look at the changes."""
    match work.state, event:
        case Devices(), tech.DeviceChosen(device):
            return _TESTS[device](work, visit)
        case Devices() as listed, on.PageTurned(page):
            return Step(work.at(replace(listed, page=page)))
        case Devices(look) as listed, _:
            heard = looking.changed(look) if isinstance(event, CHANGES) else look.heard(event)
            if heard is not None:
                return Step(
                    replace(work, state=replace(listed, look=heard[0]), seen=heard[0].findings), heard[1]
                )
    return None


def judged(work: Work, visit: Visit, verdict: tech.Judged) -> Step:
    """Keep what the technician says of a test, and go back to the list."""
    others = tuple(each for each in work.verdicts if each.device is not verdict.device)
    return begin(replace(work, verdicts=(*others, verdict)), visit)
