"""A loudspeaker one can look at: keeps what was heard, as samples and as a WAV file.

It takes in a second of sound and plays it as time passes, so what is dropped was never heard. It can be
unplugged and plugged in again.
"""

import wave
from collections.abc import Callable
from pathlib import Path

from drivers.errors import DeviceDisconnected, NoDevice
from drivers.loudspeaker.loudspeaker import RATE_HZ, SAMPLE_BYTES


class LoudspeakerEmulator:
    """Stands where the real one does. `now` gives seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._since = now()
        self._waiting = bytearray()
        self._heard = bytearray()
        self._plugged_in = True

    # --- what the kiosk sees

    def open(self) -> "LoudspeakerEmulator":
        """Open it, as the kiosk does. Raises NoDevice when it is unplugged."""
        if not self._plugged_in:
            raise NoDevice("unplugged")
        return self

    def room(self) -> int:
        """Return how many samples would be taken now."""
        self._play_on()
        return RATE_HZ - len(self._waiting) // SAMPLE_BYTES

    def play(self, samples: bytes) -> None:
        """Take samples."""
        self._play_on()
        if len(samples) // SAMPLE_BYTES > self.room():
            raise ValueError("more samples than there was room for")
        self._waiting += samples

    def silence(self) -> None:
        """Drop what is not yet heard."""
        self._play_on()
        self._waiting.clear()

    def close(self) -> None:
        """Nothing is held."""

    # --- hands and ears

    def unplug(self) -> None:
        """Pull its plug."""
        self._plugged_in = False

    def plug_in(self) -> None:
        """Put the plug back."""
        self._plugged_in = True

    @property
    def heard(self) -> bytes:
        """Every sample that was heard until now."""
        if self._plugged_in:
            self._play_on()
        return bytes(self._heard)

    def forget(self) -> None:
        """Begin to listen anew."""
        self._play_on()
        self._heard.clear()

    def write_wav(self, path: Path) -> None:
        """Write what was heard for people to listen to."""
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(SAMPLE_BYTES)
            file.setframerate(RATE_HZ)
            file.writeframes(self.heard)

    def _play_on(self) -> None:
        if not self._plugged_in:
            raise DeviceDisconnected("unplugged")
        now = self._now()
        count = min(len(self._waiting), int((now - self._since) * RATE_HZ) * SAMPLE_BYTES)
        self._since = now
        self._heard += self._waiting[:count]
        del self._waiting[:count]
