"""Puts a chip into a slot of vpcd, the virtual reader under the real pcscd: its protocol, and the hands.

    frame     length (u16, big-endian) | bytes, both ways (vsmartcard, vpcd.c)
    1 byte    00 power off, 01 power on, 02 reset: no answer;  04: the ATR
    more      a command APDU; the answer is the response APDU

Connecting inserts a card, closing takes it out. pcscd looks every 400 ms, so either takes that long to show.
"""

import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Final

from drivers.emulators.card_slot import NextApdu
from drivers.emulators.chip import Chip

OpenSlot = Callable[[int], socket.socket]
"""Connects to a slot of vpcd: `VirtualPcscd.open_slot`."""

REMOVAL_SHOWS_AFTER_S: Final = 0.45
"""A card that comes sooner after the one before is taken for it: no hand is that fast, so ours waits."""

_POWER_ON = (1, 2)
_GET_ATR = 4
_NO_ATR = bytes(34)
"""What a mute card says: too long for an ATR, so vpcd knows that a card is there and has no ATR for it."""


class VirtualSlot:
    """One slot of the virtual reader, and the `CardHands` at it, which may come from any thread."""

    def __init__(self, open_slot: OpenSlot, slot: int = 0) -> None:
        self._open_slot = open_slot
        self._slot = slot
        self._seat: _Seat | None = None
        self._pulled_at = 0.0
        self._using = Lock()

    @property
    def chip(self) -> Chip | None:  # noqa: D102 - CardHands says it
        seat = self._seat
        return seat.chip if seat is not None and seat.is_taken else None

    def insert(self, chip: Chip) -> None:  # noqa: D102
        with self._using:
            if self._seat is not None and self._seat.is_taken:
                raise ValueError("there is a card in the slot")
            time.sleep(max(0.0, self._pulled_at + REMOVAL_SHOWS_AFTER_S - time.monotonic()))
            self._seat = _Seat(self._open_slot(self._slot), chip)

    def pull(self) -> None:  # noqa: D102
        with self._using:
            if self._seat is not None:
                self._seat.leave()
                self._seat = None
                self._pulled_at = time.monotonic()

    def pull_during_next_apdu(self) -> None:  # noqa: D102
        self._occupied().next_apdu = NextApdu.PULLED

    def hang_on_next_apdu(self) -> None:  # noqa: D102
        self._occupied().next_apdu = NextApdu.HUNG

    def answer_late(self) -> None:  # noqa: D102
        self._occupied().go_on.set()

    def garble_next_apdu(self) -> None:  # noqa: D102
        self._occupied().next_apdu = NextApdu.GARBLED

    def _occupied(self) -> "_Seat":
        if self._seat is None or not self._seat.is_taken:
            raise ValueError("there is no card in the slot")
        return self._seat


class _Seat:
    """A card in the slot: a connection to vpcd, and the thread that answers on it until it ends."""

    def __init__(self, connection: socket.socket, chip: Chip) -> None:
        self.chip = chip
        self.next_apdu = NextApdu.ANSWERED
        self.go_on = Event()
        self.is_taken = True
        self._connection = connection
        # Powered at once: vpcd asks for the ATR before it powers the card, to see whether there is one.
        self._atr = chip.power_on()
        self._thread = Thread(target=self._serve, name="virtual card", daemon=True)
        self._thread.start()

    def leave(self) -> None:
        with suppress(OSError):  # pcscd may have closed it already
            self._connection.shutdown(socket.SHUT_RDWR)
        self.go_on.set()
        self._thread.join()

    def _serve(self) -> None:
        with self._connection, suppress(OSError):  # pcscd is gone: the card lies in a dead reader
            while (frame := self._receive()) is not None:
                answer = self._answer(frame)
                if answer is None:
                    break
                if len(frame) > 1 or frame[0] == _GET_ATR:
                    self._connection.sendall(struct.pack(">H", len(answer)) + answer)
        self.is_taken = False

    def _answer(self, frame: bytes) -> bytes | None:
        """Return what the card says, None when it is pulled out instead."""
        if len(frame) == 1:
            if frame[0] == _GET_ATR:
                return self._atr or _NO_ATR
            if frame[0] in _POWER_ON:
                self._atr = self.chip.power_on()
            return b""
        what, self.next_apdu = self.next_apdu, NextApdu.ANSWERED
        answer = self.chip.transmit(frame)
        match what:
            case NextApdu.PULLED:
                return None
            case NextApdu.HUNG:
                self.go_on.wait()
            case NextApdu.GARBLED:
                return answer[:1]
        return answer

    def _receive(self) -> bytes | None:
        head = self._receive_exactly(2)
        return None if head is None else self._receive_exactly(int.from_bytes(head, "big"))

    def _receive_exactly(self, size: int) -> bytes | None:
        received = b""
        while len(received) < size:
            # vpcd writes length and bytes one by one, and waits for the acknowledgement in between: without
            # this, which the kernel forgets after each use, an APDU takes 40 ms instead of 0.2.
            self._connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            piece = self._connection.recv(size - len(received))
            if not piece:
                return None
            received += piece
        return received
