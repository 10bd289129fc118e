"""What a technician asks first: is it well, and what is to be done?

The same from a running kiosk and without one.

A check asks the device itself and reads nobody's data; no card needs to be in, and nothing is printed.
"""

import time
from collections.abc import Mapping

from drivers.errors import DeviceStatus, Remedy
from kiosk import app
from kiosk.config import Config
from kiosk.services import routes
from kiosk.services.service import Check, Make
from offline_queue.errors import OutboxError

CHECKED = (routes.CARDS, routes.ID_CARDS, routes.PRINTER, routes.BACKEND, routes.LEDGER, routes.INPUT)
_SETTLE_S = 1.0  # for the card reader to report itself

Told = Mapping[str, str]


def told(check: Check) -> Told:
    """Return a check as text: status, remedy ("" when none is needed), detail."""
    remedy = check.remedy.value if check.remedy else ""
    return {"status": check.status.value, "remedy": remedy, "detail": check.detail}


def examine(config: Config) -> Mapping[str, Told]:
    """Open every device of a kiosk that isn't running, ask how it is, and let it go again."""
    makes = app.services_of(config, app.real_doors(config), app.library_of(config))
    return {name: told(_examined(makes[name])) for name in CHECKED}


def is_well(checks: Mapping[str, Told]) -> bool:
    """Whether nothing is to be done."""
    return all(not check["remedy"] for check in checks.values())


def _examined(make: Make) -> Check:
    try:
        service = make()
    except OutboxError as error:
        return Check(DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, str(error))
    try:
        until = time.monotonic() + _SETTLE_S
        while time.monotonic() < until and not service.watch().events:
            continue
        return service.check()
    finally:
        service.close()
