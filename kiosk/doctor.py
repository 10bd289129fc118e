"""What a technician asks first: is it well, and what is to be done? From a running kiosk and without one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from drivers.control_socket import ask
from kiosk import app
from kiosk.config import Config, ReceiptsSection
from kiosk.control import control_path
from kiosk.domain.findings import Finding
from kiosk.health.asking import OpenedForThis
from kiosk.health.inspections import GROUPS, Kiosk, examined, inspections

_WITHIN_S = 60.0  # the way to the backend alone may take four deadlines


def findings(config: Config, config_file: Path) -> Iterator[Finding]:
    """Ask the running kiosk, or open everything when none is running; yield each finding as it comes."""
    path = control_path(config)
    try:
        yield from _told(ask(path, "doctor", _WITHIN_S, check=GROUPS[0][0]))
    except OSError:
        yield from _opened(config, config_file)
        return
    for group in GROUPS[1:]:
        yield from _told(ask(path, "doctor", _WITHIN_S, check=group[0]))


def _opened(config: Config, config_file: Path) -> Iterator[Finding]:
    # A receipt key that can't be used is a finding here, and no service needs it to be asked.
    unsigned = config.model_copy(update={"receipts": ReceiptsSection()})
    doors = replace(app.real_doors(config), couriers=0)
    makes = app.services_of(unsigned, doors, app.library_of(config))
    kiosk = subject(config, config_file, doors.clock.wall)
    yield from examined(inspections(kiosk, OpenedForThis(config, makes)))


def subject(config: Config, config_file: Path | None, now: Callable[[], datetime]) -> Kiosk:
    """Return the kiosk as its checks look at it."""
    return Kiosk(config, config_file, app.fonts_dir(config), now)


def _told(answer: dict[str, object]) -> Iterator[Finding]:
    found = answer["findings"]
    assert isinstance(found, list)
    return (Finding.from_json(each) for each in found)
