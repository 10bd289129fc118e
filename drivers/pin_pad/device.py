"""The ZT598 PIN pad in clear-text mode, behind the `PinPad` interface.

Why clear text: the password goes to the social security card as plain digits (VERIFY), so a pad that
encrypts could not hand it over. Keys are switched on for the time of one entry only, and the pad counts
nothing: minimum, maximum and time-out are kept here.

A key has no check on the wire, and every wrong password brings the account nearer to its lock. So whatever
comes that is neither a key nor an expected answer voids the entry with an error, and nothing of it is kept.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress

from drivers.errors import DeviceError, DeviceFailed, DeviceSilent, DeviceStatus, ProtocolViolation
from drivers.pin_pad.pad import Entry, EntryCancelled, EntryFinished, EntryTimedOut, PadEvent
from drivers.pin_pad.protocol import (
    BEEP_ON,
    INFORMATION,
    KEYS,
    KEYS_OFF,
    KEYS_ON,
    MASKED_DIGIT,
    TIMED_OUT_BY_PAD,
    Answer,
    Garbage,
    KeyByte,
    PadReader,
    Received,
    ReturnCode,
    encode_request,
)
from drivers.transport import OpenTransport, Transport

_ANSWER_TIMEOUT_S = 1.0  # one public driver waits as long; unverified
_BROKEN = {ReturnCode.TAMPERED, ReturnCode.REMOVED, ReturnCode.HARDWARE, ReturnCode.BATTERY_LOW}


class Zt598:
    """A ZT598 (or ZT588) pad; a `PinPad`. Owned by one thread.

    Opens its line when first needed, and anew after any trouble. Any `DeviceError` voids the entry:
    `NoDevice`, `PortInUse`, `DeviceDisconnected`, `WriteTimedOut`, `DeviceSilent`, `ProtocolViolation`, and
    `DeviceFailed` when the pad is broken, was taken out of its panel, or encrypts.
    """

    def __init__(self, open_transport: OpenTransport, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._open_transport = open_transport
        self._clock = clock
        self._transport: Transport | None = None
        self._status = DeviceStatus.OFFLINE
        self._reader = PadReader()
        self._unhandled: deque[Received] = deque()
        self._entry: Entry | None = None
        self._timeout_s = 0.0
        self._last_key_at = 0.0

    @property
    def status(self) -> DeviceStatus:
        """What the last use showed; offline before the first."""
        return self._status

    def check(self) -> None:  # noqa: D102 - PinPad says it
        self._command(INFORMATION)

    def start_entry(self, min_digits: int, max_digits: int, timeout_s: float) -> None:  # noqa: D102
        self._entry = None
        entry = Entry(min_digits, max_digits)
        self._command(KEYS_ON)
        self._entry, self._timeout_s, self._last_key_at = entry, timeout_s, self._clock()

    def poll(self, timeout_s: float = 0.0) -> tuple[PadEvent, ...]:  # noqa: D102
        if self._entry is None or self._transport is None:
            return ()
        try:
            self._receive(self._transport, min(timeout_s, self._left_s()))
            events = tuple(self._events(self._entry))
        except DeviceError as error:
            self._give_up(error)
            raise
        if events and isinstance(events[-1], EntryFinished | EntryCancelled | EntryTimedOut):
            self.cancel()
        return events

    def cancel(self) -> None:  # noqa: D102
        if self._entry is None:
            return
        self._entry = None
        # When the keys cannot be switched off they send into the void: nobody listens without an entry,
        # and the next line begins by switching them off. What was entered until now is good.
        with suppress(DeviceError):
            self._command(KEYS_OFF)

    def close(self) -> None:  # noqa: D102
        self.cancel()
        if self._transport is not None:
            self._transport.close()
            self._transport = None
        self._status = DeviceStatus.OFFLINE

    # --- the entry

    def _events(self, entry: Entry) -> Iterator[PadEvent]:
        """Turn what arrived into events, up to the one that ends the entry."""
        while self._unhandled:
            match self._unhandled.popleft():
                case KeyByte(byte) if byte == TIMED_OUT_BY_PAD:
                    yield EntryTimedOut()
                    return
                case KeyByte(byte) if byte == MASKED_DIGIT:
                    raise DeviceFailed("PIN pad: it masks digits; it must be in clear-text mode")
                case KeyByte(byte):
                    self._last_key_at = self._clock()
                    event = entry.press(KEYS[byte]) if byte in KEYS else None
                case unexpected:
                    raise ProtocolViolation(f"PIN pad: {type(unexpected).__name__} among the keys")
            if event is not None:
                yield event
            if isinstance(event, EntryFinished | EntryCancelled):
                return
        # The pad sends no frame by itself, and one that only began would swallow the keys after it.
        if self._reader.is_inside_frame:
            raise ProtocolViolation("PIN pad: the beginning of a frame among the keys")
        if self._left_s() <= 0:
            yield EntryTimedOut()

    def _left_s(self) -> float:
        return max(0.0, self._last_key_at + self._timeout_s - self._clock())

    # --- the line

    def _command(self, command: bytes) -> Answer:
        """Give a command and return its good answer. All we give may be repeated, and once is."""
        try:
            if self._transport is None:
                self._transport = self._open_transport()
                for first in (INFORMATION, KEYS_OFF, BEEP_ON):
                    self._exchange(self._transport, first)
            answer = self._exchange(self._transport, command)
        except DeviceError as error:
            self._give_up(error)
            raise
        self._status = DeviceStatus.ONLINE
        return answer

    def _exchange(self, transport: Transport, command: bytes) -> Answer:
        for _ in range(2):
            self._reader = PadReader()
            self._unhandled.clear()
            transport.discard_input()
            transport.write(encode_request(command))
            heard_garbage = False
            deadline = self._clock() + _ANSWER_TIMEOUT_S
            while (left_s := deadline - self._clock()) > 0:
                if not self._receive(transport, left_s):
                    break
                # What comes before the answer is older than the command: keys nobody asked for.
                while self._unhandled:
                    received = self._unhandled.popleft()
                    if isinstance(received, Answer):
                        return _good(command, received)
                    heard_garbage |= isinstance(received, Garbage)
            if not (heard_garbage or self._reader.is_inside_frame):
                raise DeviceSilent(f"PIN pad: no answer to {command.decode()}")
        raise ProtocolViolation("PIN pad: garbled on the line; cable or baud rate")

    def _receive(self, transport: Transport, timeout_s: float) -> bool:
        arrived = transport.read(timeout_s)
        self._unhandled.extend(self._reader.feed(arrived))
        return bool(arrived)

    def _give_up(self, error: DeviceError) -> None:
        self._entry = None
        self._unhandled.clear()
        if self._transport is not None:
            self._transport.close()
            self._transport = None
        self._status = error.status


def _good(command: bytes, answer: Answer) -> Answer:
    if answer.is_ok:
        return answer
    said = f"PIN pad: {answer.code_name} to {command.decode()}"
    raise DeviceFailed(said) if answer.return_code in _BROKEN else ProtocolViolation(said)
