"""A ZT598 PIN pad on the workbench: speaks its frames, and has hands to press keys and to break it."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import reduce
from operator import xor
from pathlib import Path
from threading import RLock

from drivers.control_socket import ControlSocket, Hands
from drivers.emulators.pty_host import PtyHost
from drivers.pin_pad.pad import Key
from drivers.pin_pad.protocol import (
    BEEP_ON,
    ETX,
    INFORMATION,
    KEYS,
    KEYS_OFF,
    KEYS_ON,
    MASKED_DIGIT,
    STX,
    TIMED_OUT_BY_PAD,
    ReturnCode,
    encode_answer,
)

FACTORY_BAUD = 9600
"""The ZT588 driver begins with it; that the ZT598 leaves the factory so is unverified."""

_OK = 0x60
_KEY_BYTES = {key: byte for byte, key in KEYS.items()}
_INFORMATION = b"workbench".ljust(118) + b"00000000" + b"ZT598 " + b"001" + b"001" + b"00000000"


class PinPadEmulator:
    """The pad as its cable sees it. Faults last until unset, except where the name says `next`."""

    def __init__(self) -> None:
        self.on_outgoing: Callable[[], None] = lambda: None
        self.silent = False
        """Power is on, but it answers nothing and no key does anything."""
        self.trouble: ReturnCode | None = None
        """What it answers to every command instead of doing it: TAMPERED, BATTERY_LOW, ..."""
        self.masks_digits = False
        """It stands in encrypted mode: each digit comes as an asterisk."""
        self.keys_on = False
        self.asked: Counter[bytes] = Counter()
        """How often each command came."""
        self._lock = RLock()
        self._heard = bytearray()
        self._outgoing = bytearray()
        self._spoils_next_check = False

    # --- hands

    def press(self, digits: str) -> None:
        """Press digit keys one after the other. Raises `KeyError` for anything that is no digit."""
        for digit in digits:
            self.press_key(Key(digit))

    def press_key(self, key: Key) -> None:
        """Press one key. A pad whose keys are off sends nothing."""
        masked = self.masks_digits and key.value.isdigit()
        self._send_by_itself(bytes([MASKED_DIGIT if masked else _KEY_BYTES[key]]))

    def give_up_waiting(self) -> None:
        """Let the pad's own time for keys run out."""
        self._send_by_itself(bytes([TIMED_OUT_BY_PAD]))

    def send_noise(self, noise: bytes) -> None:
        """Send `noise`, keys on or off."""
        with self._lock:
            self._outgoing += noise
        self.on_outgoing()

    def spoil_next_check(self) -> None:
        """Send a wrong check with the next answer."""
        self._spoils_next_check = True

    # --- the cable

    def receive(self, data: bytes) -> None:  # noqa: D102 - ByteEmulator says it
        with self._lock:
            self._heard += data
            while command := self._next_command():
                self.asked[command] += 1
                answer = self._answer(command)
                if self._spoils_next_check:
                    self._spoils_next_check = False
                    answer = answer[:-2] + (b"00" if answer[-2:] != b"00" else b"01")
                if not self.silent:
                    self._outgoing += answer

    def take_outgoing(self) -> bytes:  # noqa: D102
        with self._lock:
            said = bytes(self._outgoing)
            self._outgoing.clear()
            return said

    def _send_by_itself(self, sent: bytes) -> None:
        with self._lock:
            if not self.keys_on or self.silent:
                return
            self._outgoing += sent
        self.on_outgoing()

    def _next_command(self) -> bytes | None:
        """Cut the next good request out of what was heard; bytes that begin none are skipped."""
        heard = self._heard
        while (start := heard.find(STX)) >= 0:
            del heard[:start]
            head = bytes(heard[1:4])
            if len(head) == 3 and not head.isdigit():
                del heard[0]
                continue
            end = 4 + int(head) + 3 if len(head) == 3 else None
            if end is None or len(heard) < end:
                return None
            checked = bytes(heard[1 : end - 2])
            if checked[-1] == ETX and heard[end - 2 : end] == b"%02X" % reduce(xor, checked):
                del heard[:end]
                return checked[3:-1]
            del heard[0]
        heard.clear()
        return None

    def _answer(self, command: bytes) -> bytes:
        if self.trouble:
            return encode_answer(self.trouble)
        match command:
            case _ if command == KEYS_ON:
                self.keys_on = True
            case _ if command == KEYS_OFF:
                self.keys_on = False
            case _ if command == INFORMATION:
                return encode_answer(_OK, _INFORMATION)
            case _ if command != BEEP_ON:
                return encode_answer(ReturnCode.PARAMETER_TYPE)
        return encode_answer(_OK)


@contextmanager
def serve(
    link: Path, control: Path, *, baud: int = FACTORY_BAUD, paced: bool = False
) -> Iterator[PinPadEmulator]:
    """Serve a pad on a pty behind `link`, and its hands on the Unix socket `control`, until left."""
    emulator = PinPadEmulator()
    with (
        PtyHost(emulator, link, baud=baud, paced=paced) as host,
        ControlSocket(control, hands(emulator, host)),
    ):
        yield emulator


def hands(emulator: PinPadEmulator, host: PtyHost) -> Hands:
    """Return what can be done to the pad by somebody at its control socket."""

    def press_key(key: str) -> None:
        emulator.press_key(Key(key))

    def silence(on: bool) -> None:
        emulator.silent = on

    def mask_digits(on: bool) -> None:
        emulator.masks_digits = on

    def trouble(code: str | None) -> None:
        emulator.trouble = ReturnCode[code] if code else None

    return {
        "press": emulator.press,
        "press_key": press_key,
        "give_up_waiting": emulator.give_up_waiting,
        "silence": silence,
        "mask_digits": mask_digits,
        "trouble": trouble,
        "spoil_next_check": emulator.spoil_next_check,
        "unplug": host.unplug,
        "plug_in": host.plug_in,
    }
