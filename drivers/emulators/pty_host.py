"""Serves a byte emulator on a pseudo-terminal, so that the real pyserial talks to it.

The driver opens a symlink that stays while the terminal behind it changes, as a real port keeps its name
under /dev/serial/by-id when it is pulled and put back. A pty has no modem lines and no parity: those
cannot be tried here.

Kept true: while plugged in, the host holds the slave side open too, so a driver that closes its port does
not hang up the line, as on a real cable.
"""

import fcntl
import os
import select
import struct
import termios
import threading
import time
import tty
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from drivers.emulators.wire import ByteEmulator

_BITS_PER_BYTE = 10  # start, 8 data, stop
_PACE_S = 0.001  # a long run of bytes is carried in pieces this long: finer costs processor time


class PtyHost:
    """A pty behind the symlink `link`, served by one thread.

    `baud`: what the device is set to; a driver that opens the port at another speed sends and gets garbage.
    None accepts any. `paced`: bytes take the time they would take on a real wire, in each direction
    (needs `baud`).
    """

    def __init__(
        self, emulator: ByteEmulator, link: Path, *, baud: int | None = None, paced: bool = False
    ) -> None:
        if paced and baud is None:
            raise ValueError("pacing needs a baud rate")
        self.emulator = emulator
        self.link = link
        self.baud = baud
        bytes_per_s = baud / _BITS_PER_BYTE if paced and baud else None
        self._to_emulator = _Lane(bytes_per_s)
        self._to_driver = _Lane(bytes_per_s)
        self._said = bytearray()
        self._wake = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        # epoll, because select keeps a closed pty alive for as long as it waits for it.
        self._watched = select.epoll()
        self._watched.register(self._wake, select.EPOLLIN)
        self._line = threading.RLock()
        self._master: int | None = None
        self._slave: int | None = None
        self._closing = False
        emulator.on_outgoing = self._nudge
        self._thread = threading.Thread(target=self._serve, name=f"pty {link.name}", daemon=True)
        self.plug_in()
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- hands

    @property
    def plugged_in(self) -> bool:
        """Whether there is a line behind the symlink."""
        return self._master is not None

    def plug_in(self) -> None:
        """Make a new pty and point the symlink at it."""
        with self._line:
            if self._master is not None:
                return
            master, slave = os.openpty()
            tty.setraw(slave)
            os.set_blocking(master, False)
            self._master, self._slave = master, slave
            self._watched.register(master, select.EPOLLIN)
            fresh = self.link.with_name(f"{self.link.name}.{os.getpid()}")
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(os.ttyname(slave))
            fresh.replace(self.link)
        self._nudge()

    def unplug(self) -> None:
        """Pull the cable: the driver's next call fails, and the symlink is gone.

        An emulator may do this while it receives, as a power cut does.
        """
        with self._line:
            master, slave = self._master, self._slave
            if master is None or slave is None:
                return
            self.link.unlink(missing_ok=True)
            self._master = self._slave = None  # first: whoever sees the line hang up finds it unplugged
            self._said.clear()
            os.close(slave)
            os.close(master)
        self._nudge()

    def close(self) -> None:
        """Unplug and end the thread. May be called again."""
        if self._closing:
            return
        self._closing = True
        self._nudge()
        self._thread.join()
        self.unplug()
        self.emulator.on_outgoing = _nobody_listens
        self._watched.close()
        os.close(self._wake)

    # --- the thread

    def _nudge(self) -> None:
        os.eventfd_write(self._wake, 1)

    def _serve(self) -> None:
        nap_s: float | None = None
        while not self._closing:
            if nap_s is None:
                self._watched.poll()
            else:
                # While bytes are under way there is nothing to wait for but their time.
                select.select([self._wake], [], [], nap_s)
            with suppress(BlockingIOError):
                os.eventfd_read(self._wake)
            with self._line:
                nap_s = None if self._master is None else self._turn(self._master)

    def _turn(self, master: int) -> float | None:
        """Carry what is due in both directions; return when to look again, None when the line is quiet."""
        waiting = _bytes_waiting(master)
        if count := self._to_emulator.due(waiting):
            heard = os.read(master, count)
            self.emulator.receive(heard if self._baud_matches(master) else _garbled(heard))
            if self._master is None:
                return None  # the emulator pulled its own cable

        self._said += self.emulator.take_outgoing()
        if due := self._to_driver.due(len(self._said)):
            piece = bytes(self._said[:due])
            del self._said[:due]
            # When nobody reads, a UART without flow control loses what does not fit.
            with suppress(BlockingIOError):
                os.write(master, piece if self._baud_matches(master) else _garbled(piece))

        naps = [lane.nap_s for lane in (self._to_emulator, self._to_driver) if lane.nap_s is not None]
        return min(naps, default=None)

    def _baud_matches(self, master: int) -> bool:
        if self.baud is None:
            return True
        _, _, _, _, in_speed, out_speed, _ = termios.tcgetattr(master)
        expected = getattr(termios, f"B{self.baud}")
        return bool(in_speed == expected and out_speed == expected)


class _Lane:
    """One direction of the line: how many of the bytes waiting to cross it have had their time on it."""

    def __init__(self, bytes_per_s: float | None) -> None:
        self.nap_s: float | None = None
        """How long until more is due; None when nothing is under way."""
        self._bytes_per_s = bytes_per_s
        self._since: float | None = None  # when the first of the waiting bytes began to cross

    def due(self, waiting: int) -> int:
        """Return how many of `waiting` bytes have arrived by now. The caller carries that many on."""
        if self._bytes_per_s is None:
            return waiting
        if waiting == 0:
            self._since = self.nap_s = None
            return 0
        now = time.monotonic()
        if self._since is None:
            self._since = now
        piece = min(waiting, max(1, int(_PACE_S * self._bytes_per_s)))
        arrived = min(waiting, int((now - self._since) * self._bytes_per_s))
        if arrived < piece:
            arrived = 0
        if arrived == waiting:
            self._since = self.nap_s = None
        else:
            self._since += arrived / self._bytes_per_s
            self.nap_s = max(0.0, self._since + piece / self._bytes_per_s - now)
        return arrived


def _bytes_waiting(descriptor: int) -> int:
    (count,) = struct.unpack("I", fcntl.ioctl(descriptor, termios.FIONREAD, b"\0\0\0\0"))
    return int(count)


def _garbled(sent: bytes) -> bytes:
    """Return what a receiver at another speed makes of `sent`: framing is lost, bits run together."""
    return bytes((byte << 1 ^ byte >> 2 ^ 0xA5) & 0xFF for byte in sent[::2])


def _nobody_listens() -> None:
    pass
