"""What every byte driver talks through: a line that carries bytes both ways.

A driver gets a way to open one (`OpenTransport`), not the line itself: after an unplug the old line
is dead for good, and only opening a new one brings the device back. Two lines exist: a serial port
(`drivers.serial_port`), and a wire to an emulator in the same process (`drivers.emulators.wire`).
"""

from collections.abc import Callable
from typing import Protocol


class Transport(Protocol):
    """An open line. Owned by one thread; every failure it raises is a `drivers.errors.DeviceError`."""

    def write(self, data: bytes) -> None:
        """Hand all of `data` to the line.

        Raises `DeviceDisconnected` when the line is gone, `WriteTimedOut` when the device stopped taking
        bytes: then nobody knows how many of them it has.
        """

    def read(self, timeout_s: float) -> bytes:
        """Return the bytes that are there, waiting up to `timeout_s` for the first; `b""` when none came.

        Raises `DeviceDisconnected` when the line is gone.
        """

    def discard_input(self) -> None:
        """Forget bytes that came and were not read: the rest of an answer nobody waits for any more."""

    def close(self) -> None:
        """Let the line go. Never raises, and may be called again."""


OpenTransport = Callable[[], Transport]
