"""A chip as its contacts see it: power, and APDUs one after the other."""

from typing import Protocol


class Chip(Protocol):
    """What lies in a slot. A card reader's emulators serve any of these."""

    def power_on(self) -> bytes:
        """Power the chip or reset it; it forgets everything volatile. Returns the ATR, nothing when mute."""

    def transmit(self, command: bytes) -> bytes:
        """Answer one command APDU. Never raises: a chip answers everything."""
