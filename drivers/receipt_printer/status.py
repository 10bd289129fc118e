"""How the printer is, and why it does not print: its condition in the words of every device."""

from dataclasses import dataclass
from enum import Enum

from drivers.errors import DeviceStatus, Remedy
from drivers.receipt_printer.protocol import Condition, Paper


class Reason(Enum):
    """Why the printer does not print, with the state of the device and what brings it back."""

    PAPER_OUT = ("paper_out", DeviceStatus.USER_ERROR, Remedy.CLEAR)
    COVER_OPEN = ("cover_open", DeviceStatus.USER_ERROR, Remedy.CLEAR)
    CUTTER_ERROR = ("cutter_error", DeviceStatus.HARDWARE_ERROR, Remedy.CLEAR)
    HEAD_HOT = ("head_hot", DeviceStatus.BUSY, Remedy.RESET)
    BROKEN = ("broken", DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE)
    OFFLINE = ("offline", DeviceStatus.OFFLINE, Remedy.RESET)
    """It says that it is offline or in error, and not why: a key held down, for one."""
    STALLED = ("stalled", DeviceStatus.OFFLINE, Remedy.RESET)
    """It says that all is well and executes nothing, even after a flush."""
    SILENT = ("silent", DeviceStatus.OFFLINE, Remedy.RESET)
    """It does not answer: switched off, hung, another speed, or the cable is out at its end."""
    NO_DEVICE = ("no_device", DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE)
    PORT_IN_USE = ("port_in_use", DeviceStatus.OFFLINE, Remedy.MAINTENANCE)
    UNKNOWN_OUTCOME = ("unknown_outcome", DeviceStatus.ONLINE, Remedy.RESET)
    """It says that all is well, and never said that the slip is through."""

    def __init__(self, word: str, device: DeviceStatus, remedy: Remedy) -> None:
        self.word = word
        self.device = device
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The printer now. `reason` is why it could not print a slip; None when it could."""

    paper: Paper
    reason: Reason | None = None
    cover_open: bool = False

    @property
    def device(self) -> DeviceStatus:
        """The state of the device as a whole."""
        return self.reason.device if self.reason else DeviceStatus.ONLINE


def reason_of(condition: Condition) -> Reason | None:
    """Return why a printer in this condition does not print, the cause a person can remove first."""
    for holds, reason in (
        (condition.cover_open, Reason.COVER_OPEN),
        (condition.jammed, Reason.CUTTER_ERROR),
        (condition.paper_out, Reason.PAPER_OUT),
        (condition.broken, Reason.BROKEN),
        (condition.head_hot, Reason.HEAD_HOT),
        (condition.offline or condition.error, Reason.OFFLINE),
    ):
        if holds:
            return reason
    return None


def status_of(condition: Condition) -> PrinterStatus:
    """Return how a printer in this condition is."""
    return PrinterStatus(condition.paper, reason_of(condition), condition.cover_open)
