"""A serial port as a `Transport`: the one place that imports pyserial.

What pyserial 3.5 raises depends on the moment: `SerialException`, bare `OSError` (EIO from ioctl after an
unplug), `termios.error` (which is neither), `TypeError` (a port closed under a call). All of it becomes
one of our errors here, and nothing else leaves this file.

After an unplug the port says it is open but never works again. The owner closes it and opens a new one
under the same path, which therefore must be a stable one (`/dev/serial/by-id/...`).
"""

import errno
import os
import termios
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import serial

from drivers.errors import DeviceDisconnected, NoDevice, PortInUse, WriteTimedOut

_LOST = (serial.SerialException, OSError, termios.error, TypeError)


class SerialPort:
    """An open serial port, 8N1, no flow control, locked against other programs that lock.

    `write_timeout_s` bounds a whole `write`. Raises on opening: `NoDevice` when there is nothing at
    `path`, `PortInUse` when another program holds it or we may not open it.
    """

    def __init__(self, path: str | Path, baud: int, write_timeout_s: float = 2.0) -> None:
        self.path = str(path)
        try:
            self._port = serial.Serial(
                self.path, baud, timeout=0, write_timeout=write_timeout_s, exclusive=True
            )
        except _LOST as error:
            raise _why_not_opened(self.path, error) from error

    def write(self, data: bytes) -> None:  # noqa: D102 - Transport says it
        with self._losses_named():
            try:
                self._port.write(data)
            except serial.SerialTimeoutException as error:
                # pyserial does not say how many bytes went out, and can time out after the last of them.
                raise WriteTimedOut(f"{self.path}: the device stopped taking bytes") from error

    def read(self, timeout_s: float) -> bytes:  # noqa: D102
        with self._losses_named():
            self._port.timeout = timeout_s
            first: bytes = self._port.read(1)
            if not first:
                return b""
            # read(n) waits for n bytes: ask only for what is there.
            return first + self._port.read(self._port.in_waiting)

    def discard_input(self) -> None:  # noqa: D102
        with self._losses_named():
            self._port.reset_input_buffer()

    def close(self) -> None:  # noqa: D102
        with suppress(*_LOST):  # after an unplug there may be nothing left to close
            self._port.close()

    @contextmanager
    def _losses_named(self) -> Iterator[None]:
        try:
            yield
        except _LOST as error:
            raise DeviceDisconnected(f"{self.path}: {error}") from error


def _why_not_opened(path: str, error: Exception) -> NoDevice | PortInUse:
    # pyserial keeps the number of the system's error, but not its class.
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.EACCES, errno.EPERM):
        return PortInUse(f"{path}: no permission to open it")
    if code in (errno.EBUSY, errno.EAGAIN):
        return PortInUse(f"{path}: another program has it open")
    return NoDevice(f"{path}: {os.strerror(code) if code else error}")
