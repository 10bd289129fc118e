"""The security module (PSAM) in the second slot of the reader: whether one is there.

Cards of the third generation may open the holder's file only after a module has vouched for the reader
(`NeedsPsam`). What is said between card, module and issuer differs from region to region and rests on keys
the issuer keeps, so it is left to the region; here a technician learns whether the module is in place.
"""

from contextlib import closing
from typing import Final

from drivers.errors import DeviceError, DeviceStatus
from drivers.social_security_card import apdu
from drivers.social_security_card.connection import CardConnection
from drivers.social_security_card.reader import (
    CardInserted,
    CardReader,
    CardRemoved,
    MuteCardInserted,
    ReaderConnected,
    ReaderEvent,
    ReaderLost,
)

DIRECTORY: Final = 0xDF01
FIRST_REPORT_WITHIN_S: Final = 1.0


class PsamMissing(DeviceError):
    """The slot for the security module is empty, or what lies in it is none."""

    status = DeviceStatus.NO_DEVICE


class PsamSlot:
    """The slot the security module stays in. Owned by one thread."""

    def __init__(self, reader: CardReader) -> None:
        self._reader = reader
        self._heard = False
        self._fault: DeviceError | None = None
        self.atr = b""
        """The module's answer to reset, as long as one is in place: what tells it from others."""

    def fault(self) -> DeviceError | None:
        """Return why there is no module to use; None when one is in place. Never raises."""
        patience_s = 0.0 if self._heard else FIRST_REPORT_WITHIN_S
        while (event := self._reader.wait_for_change(patience_s)) is not None:
            self._heard = True
            self._fault = self._shown_by(event)
            patience_s = 0.0
        return self._fault if self._heard else PsamMissing("the reader for the module has not reported")

    def close(self) -> None:
        """Stop watching the slot."""
        self._reader.stop()

    def _shown_by(self, event: ReaderEvent) -> DeviceError | None:
        self.atr = b""
        match event:
            case ReaderLost(fault):
                return fault
            case ReaderConnected() | CardRemoved():
                return PsamMissing("no module in its slot")
            case MuteCardInserted():
                return PsamMissing("the module does not answer to reset")
            case CardInserted():
                return self._judge(event)

    def _judge(self, inserted: CardInserted) -> DeviceError | None:
        try:
            with closing(self._reader.connect(inserted)) as connection:
                if not is_psam(connection):
                    return PsamMissing("another card than a module in its slot")
                self.atr = inserted.atr
                return None
        except DeviceError as error:
            return error.again()


def is_psam(connection: CardConnection) -> bool:
    """Whether the chip has the directory of a PSAM: SELECT 00 A4 02 00 02 DF 01 (two sources).

    Raises what `CardConnection.transmit` raises.
    """
    response = apdu.send(connection, apdu.select_file(DIRECTORY))
    return response.is_ok or response.has_more
