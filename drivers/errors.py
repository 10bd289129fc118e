"""What goes wrong with a device, in the words of XFS4IoT (CEN CWA 16926): its status, and the remedy.

    DeviceError
      NoDevice             there is none where one should be
      DeviceDisconnected   it was there and is gone
      PortInUse            another program holds it, or we may not open it
      DeviceSilent         no answer in time
      WriteTimedOut        it stopped taking bytes
      ProtocolViolation    it answered, and the answer makes no sense
      DeviceFailed         it says itself that it is broken

A device with errors of its own (a card pulled too early, a slip not printed) derives them from `DeviceError`
in its own folder. The message of an error is plain English for a technician and never holds personal data:
no name, number, password, nor the bytes they travelled in.
"""

import re
from enum import Enum
from typing import ClassVar, Self


class DeviceStatus(Enum):
    """The state of a device as a whole."""

    ONLINE = "online"
    OFFLINE = "offline"  # present, but does not take part
    NO_DEVICE = "no_device"
    HARDWARE_ERROR = "hardware_error"
    USER_ERROR = "user_error"  # works again once a person takes the card out, closes the cover, ...
    BUSY = "busy"


class Remedy(Enum):
    """What brings a device back to `DeviceStatus.ONLINE`."""

    RESET = "reset"  # a program can: open it again, switch it off and on
    CLEAR = "clear"  # a person at the kiosk can: take the card out, add paper, clear the jam
    MAINTENANCE = "maintenance"  # a technician must: mend, replace, plug in, configure


class DeviceError(Exception):
    """A device did not do what it was asked to. Subclasses say why."""

    status: ClassVar[DeviceStatus] = DeviceStatus.HARDWARE_ERROR
    remedy: ClassVar[Remedy] = Remedy.MAINTENANCE

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def word(self) -> str:
        """Its kind as a stable word, for catalogues of faults: `device_silent`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()

    def again(self) -> Self:
        """Return an equal error without a past, to raise or to keep.

        One raised twice drags its first traceback along, and what the frames in there hold: a password.
        """
        return type(self)(self.reason)


class NoDevice(DeviceError):
    """There is no device where the configuration says one is."""

    status = DeviceStatus.NO_DEVICE


class DeviceDisconnected(DeviceError):
    """The device was there and is gone: unplugged, or its power failed. Opening it anew may bring it back."""

    status = DeviceStatus.NO_DEVICE


class PortInUse(DeviceError):
    """Another program holds the device, or the kiosk has no permission to open it."""

    status = DeviceStatus.BUSY


class DeviceSilent(DeviceError):
    """The device did not answer in time. What it was told, it may have done."""

    status = DeviceStatus.OFFLINE
    remedy = Remedy.RESET


class WriteTimedOut(DeviceError):
    """The device stopped taking bytes in the middle of a message. Nobody knows how many it has."""

    status = DeviceStatus.OFFLINE
    remedy = Remedy.RESET


class ProtocolViolation(DeviceError):
    """The device answered what its protocol does not allow there."""

    remedy = Remedy.RESET


class DeviceFailed(DeviceError):
    """The device reports a fault of its own that no program can clear."""
