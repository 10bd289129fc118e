"""The seam under the card: whatever carries an APDU to a chip and brings the answer back.

Two exist: `drivers.social_security_card.pcsc` for the real pcscd, and the in-process slot of the emulator.
"""

from typing import Protocol


class CardConnection(Protocol):
    """An open connection to one card, for as long as that very card stays in the reader.

    Owned by one thread. A connection that has failed never works again; the owner closes it and asks the
    reader for a new one.
    """

    @property
    def atr(self) -> bytes:
        """What the card said when it was powered: its answer to reset."""

    def transmit(self, command: bytes) -> bytes:
        """Send a command APDU and return the answer, two bytes of status word at its end.

        Raises a `DeviceError`: `CardAbsent`, `CardWasReset`, `MuteCard` or `CardUnreadable` for the card,
        `DeviceSilent` or `DeviceDisconnected` for the reader. Whether the card has done what it was told is
        then unknown.
        """

    def close(self) -> None:
        """Let the card go; its security state (a verified password) is gone with it.

        Never raises, and may be called again.
        """
