"""A security module (PSAM) in the second slot: it is there and has its directory, and keeps no keys.

Its keys are the issuer's secret and differ from region to region, so there is nothing to emulate behind the
directory: it is for finding out that a module is there.
"""

from typing import Final

_ATR: Final = bytes.fromhex("3B680000") + b"PSAM0001"  # invented, as the card's
_SELECT_DIRECTORY: Final = bytes.fromhex("00A4020002DF01")


class PsamEmulator:
    """A module that answers to its directory and to nothing else."""

    def power_on(self) -> bytes:  # noqa: D102 - Chip says it
        return _ATR

    def transmit(self, command: bytes) -> bytes:  # noqa: D102
        return b"\x90\x00" if command == _SELECT_DIRECTORY else b"\x6a\x82"
