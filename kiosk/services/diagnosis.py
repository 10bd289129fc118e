"""What a service says of itself, as a finding with the codes of the catalogue of faults."""

import time
from collections.abc import Callable

from drivers.errors import DeviceStatus
from kiosk.domain.faults import Part, fault_of, worst_first
from kiosk.domain.findings import Finding
from kiosk.services.service import Check


def finding_of(name: str, part: Part, check: Callable[[], Check]) -> Finding:
    """Have a part checked, and return what came of it. Raises what `check` raises."""
    began = time.monotonic()
    found = check()
    took_ms = round((time.monotonic() - began) * 1000)
    causes = found.causes or (("",) if found.remedy else ())
    faults = worst_first(fault_of(part, cause) for cause in causes)
    not_configured = found.status is DeviceStatus.NO_DEVICE and found.remedy is None
    return Finding(name, faults, found.measured, took_ms, skipped=not_configured)
