"""Time as a kiosk can honestly tell it.

A kiosk's wall clock may jump by hours when the network comes back, so every moment is told three ways:
the wall time, the time since the machine booted, and which boot that was. Waiting is measured in time
since boot; wall time is for people; neither decides the order of entries.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

BOOT_ID_FILE = Path("/proc/sys/kernel/random/boot_id")


class Moment(NamedTuple):
    """A point in time.

    `wall` is aware and in UTC; `boottime_s` counts seconds since boot, suspension included
    (CLOCK_BOOTTIME), and compares only with moments of the same `boot_id`.
    """

    wall: datetime
    boottime_s: float
    boot_id: str

    def seconds_since(self, earlier: "Moment") -> float:
        """How long ago `earlier` was; by the wall clock only if the machine rebooted in between."""
        if self.boot_id == earlier.boot_id:
            return self.boottime_s - earlier.boottime_s
        return (self.wall - earlier.wall).total_seconds()


Clock = Callable[[], Moment]


class SystemClock:
    """The clocks of this machine."""

    def __init__(self) -> None:
        self._boot_id = BOOT_ID_FILE.read_text("ascii").strip()

    def __call__(self) -> Moment:
        """Now."""
        return Moment(datetime.now(UTC), time.clock_gettime(time.CLOCK_BOOTTIME), self._boot_id)
