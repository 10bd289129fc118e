"""What systemd is told of the window's loop: it stands, it still turns, it was told to end (sd_notify(3)).

    first turn -> READY=1      every turn, at most three times in a watchdog's period -> WATCHDOG=1
    asked to end -> STOPPING=1

Only a turn of the loop pings, so a window that hangs for any reason falls silent and is restarted. The
protocol is one datagram for a message; the libraries for it are unmaintained or need systemd's headers.
"""

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress

_PINGS_IN_A_PERIOD = 3


class Supervisor:
    """The way to whoever supervises the kiosk; without one, nothing is told. For the thread of the loop."""

    def __init__(self, address: str, period_s: float | None, steady: Callable[[], float]) -> None:
        self._address = "\0" + address[1:] if address.startswith("@") else address
        self._every_s = period_s / _PINGS_IN_A_PERIOD if period_s else None
        self._steady = steady
        self._is_ready = False
        self._pinged_at_s = 0.0
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC)

    @classmethod
    def of_environment(cls, environment: Mapping[str, str], steady: Callable[[], float]) -> "Supervisor":
        """Return the supervisor systemd names in the environment.

        WATCHDOG_PID is passed over: it names xinit, whose child the kiosk is, and the unit lets all its
        processes speak (NotifyAccess=all).
        """
        period_us = environment.get("WATCHDOG_USEC", "")
        return cls(
            environment.get("NOTIFY_SOCKET", ""),
            int(period_us) / 1e6 if period_us.isdigit() and int(period_us) else None,
            steady,
        )

    def turned(self) -> None:
        """Tell that the loop has turned. Takes microseconds, and never waits."""
        if not self._is_ready:
            self._is_ready = True
            self._tell("READY=1")
        now_s = self._steady()
        if self._every_s is not None and now_s - self._pinged_at_s >= self._every_s:
            self._pinged_at_s = now_s
            self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """Tell that the kiosk was asked to end."""
        self._tell("STOPPING=1")

    def close(self) -> None:
        """Let go of the socket."""
        self._socket.close()

    def _tell(self, message: str) -> None:
        if self._address:
            with suppress(OSError):  # a full queue or a supervisor that is gone must not stop the window
                self._socket.sendto(message.encode(), socket.MSG_DONTWAIT, self._address)


def environment_supervisor(steady: Callable[[], float]) -> Supervisor:
    """Return the supervisor of this process."""
    return Supervisor.of_environment(os.environ, steady)
