"""The seam of everything that makes sound: samples in, and how many more would go in now.

One format everywhere, so that nothing is converted on the way: 16-bit signed little-endian samples, one
channel, 22,050 of them a second, which is what the embedded voice speaks.
"""

from typing import Protocol

RATE_HZ = 22_050
SAMPLE_BYTES = 2


class Loudspeaker(Protocol):
    """Where samples are heard. Nothing here waits for the sound to end."""

    def room(self) -> int:
        """Return how many samples would be taken now. Raises DeviceError when it is gone."""

    def play(self, samples: bytes) -> None:
        """Give samples, no more than there is room for. Raises DeviceError when it is gone."""

    def silence(self) -> None:
        """Be silent now: what was given and not yet heard is dropped. Raises DeviceError."""

    def close(self) -> None:
        """Let go of it."""
