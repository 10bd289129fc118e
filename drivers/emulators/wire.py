"""The wire between a driver and an emulator in the same process, and what can go wrong on it.

No threads and no time: what the driver writes reaches the emulator before `write` returns, and what the
emulator answered lies ready for the next `read`. A read that finds nothing returns `b""` at once, as if
its time had passed. So a test with a fault in it is as deterministic as one without.
"""

from collections.abc import Callable
from typing import Protocol

from drivers.errors import DeviceDisconnected, NoDevice


class ByteEmulator(Protocol):
    """A device as seen from its cable: bytes in, bytes out.

    Its hands (`place`, `press`, ...) may be used from another thread than the wire's, so an emulator
    guards its own state. Bytes it sends by itself, not in answer to `receive`, are announced by calling
    `on_outgoing`; whoever serves the emulator puts itself there.
    """

    on_outgoing: Callable[[], None]

    def receive(self, data: bytes) -> None:
        """Take bytes from the driver, in pieces of any size."""

    def take_outgoing(self) -> bytes:
        """Hand over what the device has said since the last call."""


class InProcessWire:
    """Joins a driver and an emulator, and is the driver's `Transport`.

    Give the driver `wire.open`. The faults are set by hand and last until unset, except `inject_noise`
    and `cut_next_answer`, which happen once.
    """

    def __init__(self, emulator: ByteEmulator) -> None:
        self.emulator = emulator
        self.silent = False
        """Nothing the emulator says arrives."""
        self.one_byte_at_a_time = False
        """Each read brings a single byte, as a slow line does."""
        self.held = False
        """Answers wait on the line until `held` is unset: they come when nobody expects them any more."""
        self.bytes_written = 0
        self._plugged_in = True
        self._is_open = False
        self._noise = b""
        self._cut: int | None = None
        self._on_the_line = bytearray()
        self._late = bytearray()

    # --- hands

    def unplug(self) -> None:
        """Pull the cable. An open transport is dead from here on, also after `plug_in`."""
        self._plugged_in = False
        self._is_open = False
        self._on_the_line.clear()
        self._late.clear()

    def plug_in(self) -> None:
        """Put the cable back: the next `open` succeeds."""
        self._plugged_in = True

    def inject_noise(self, noise: bytes) -> None:
        """Put `noise` on the line before the next bytes of the emulator."""
        self._noise += noise

    def cut_next_answer(self, after: int) -> None:
        """Lose everything but the first `after` bytes of what the emulator says next."""
        self._cut = after

    # --- the driver's side

    def open(self) -> "InProcessWire":
        """Open the line as a serial port is opened: what came before is gone. Raises `NoDevice`."""
        if not self._plugged_in:
            raise NoDevice("the wire is unplugged")
        self._is_open = True
        self.discard_input()
        return self

    def write(self, data: bytes) -> None:  # noqa: D102 - Transport says it
        self._require_open()
        self.bytes_written += len(data)
        self.emulator.receive(data)
        self._collect()

    def read(self, timeout_s: float) -> bytes:  # noqa: D102 - no time passes on this wire
        self._require_open()
        self._collect()
        size = 1 if self.one_byte_at_a_time else len(self._on_the_line)
        arrived = bytes(self._on_the_line[:size])
        del self._on_the_line[:size]
        return arrived

    def discard_input(self) -> None:  # noqa: D102
        self._collect()
        self._on_the_line.clear()

    def close(self) -> None:  # noqa: D102
        self._is_open = False

    def _require_open(self) -> None:
        if not self._is_open:
            raise DeviceDisconnected("the wire is unplugged or closed")

    def _collect(self) -> None:
        said = self.emulator.take_outgoing()
        if self._cut is not None and said:
            said, self._cut = said[: self._cut], None
        if self.silent:
            said = b""
        self._late += said
        if not self.held:
            self._on_the_line += self._noise + self._late
            self._noise = b""
            self._late.clear()
