"""The plain functions of PC/SC, with its errors as ours: the one place that imports pyscard.

Only functions of `smartcard.scard` are used. pyscard's own monitors stop for ever when pcscd restarts, and
its connections never heal. Any of these calls may wait as long as pcscd does not answer.
"""

from dataclasses import dataclass
from typing import Final

from smartcard import scard

from drivers.errors import DeviceDisconnected, DeviceError, DeviceFailed, NoDevice, PortInUse
from drivers.social_security_card.errors import CardAbsent, CardUnreadable, CardWasReset, MuteCard
from drivers.social_security_card.slot_history import Empty, Occupied, Sight

UNAWARE: Final[int] = scard.SCARD_STATE_UNAWARE
"""The state of a slot one knows nothing about: looking returns at once."""


@dataclass(frozen=True, slots=True)
class Look:
    """A slot as SCardGetStatusChange shows it: flags, and pcscd's counter above them."""

    state: int
    atr: bytes

    @property
    def counter(self) -> int:
        """How many cards pcscd has seen come and go here, modulo 65,536."""
        return self.state >> 16

    def sight(self, reader: str) -> Sight:
        """Return what that means. Raises `DeviceDisconnected` when the reader is not there any more."""
        if self.state & scard.SCARD_STATE_EMPTY:
            return Empty(reader, self.counter)
        if self.state & scard.SCARD_STATE_MUTE:
            return Occupied(reader, self.counter, b"")
        if self.state & scard.SCARD_STATE_PRESENT:
            return Occupied(reader, self.counter, self.atr)
        raise DeviceDisconnected("the reader was unplugged")


class Context:
    """A line to pcscd, used by one thread. It does not outlive the pcscd it was made with."""

    def __init__(self) -> None:
        result, self._handle = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        _require_success(result)

    def readers(self) -> list[str]:
        """Return the names of the readers. Raises `NoDevice` when there is none."""
        result, names = scard.SCardListReaders(self._handle, [])
        _require_success(result)
        return list(names)

    def look(self, reader: str, known: int, timeout_s: float) -> Look | None:
        """Return the state of a slot as soon as it is not `known`; None when it stays, or on `cancel`."""
        result, states = scard.SCardGetStatusChange(self._handle, int(timeout_s * 1000), [(reader, known)])
        if result in (scard.SCARD_E_TIMEOUT, scard.SCARD_E_CANCELLED):
            return None
        _require_success(result)
        (_, state, atr), *_ = states
        return Look(state & ~scard.SCARD_STATE_CHANGED, bytes(atr))

    def cancel(self) -> None:
        """Make `look` return, from another thread. Lost when it comes just before the look."""
        scard.SCardCancel(self._handle)

    def connect(self, reader: str) -> "CardHandle":
        """Power the card in a reader and take it for us alone."""
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        result, handle, protocol = scard.SCardConnect(
            self._handle, reader, scard.SCARD_SHARE_EXCLUSIVE, protocols
        )
        _require_success(result)
        return CardHandle(handle, protocol)

    def release(self) -> None:
        """Let the line go. Never raises."""
        scard.SCardReleaseContext(self._handle)


class CardHandle:
    """A powered card, for us alone."""

    def __init__(self, handle: int, protocol: int) -> None:
        self._handle = handle
        headers = {
            scard.SCARD_PROTOCOL_T0: scard.SCARD_PCI_T0,
            scard.SCARD_PROTOCOL_T1: scard.SCARD_PCI_T1,
        }
        self._protocol_header = headers[protocol]

    def transmit(self, command: bytes) -> bytes:
        """Return the answer; nothing when the exchange broke off."""
        result, answer = scard.SCardTransmit(self._handle, self._protocol_header, list(command))
        if result == scard.SCARD_E_NOT_TRANSACTED:
            return b""
        _require_success(result)
        return bytes(answer)

    def power_off(self) -> None:
        """Let the card go; without power it forgets the password that was verified. Never raises."""
        scard.SCardDisconnect(self._handle, scard.SCARD_UNPOWER_CARD)


def _require_success(result: int) -> None:
    if result != scard.SCARD_S_SUCCESS:
        raise _fault(result)


def _fault(result: int) -> DeviceError:
    return _FAULTS.get(result, DeviceFailed)(f"{scard.SCardGetErrorMessage(result)} ({result:#x})")


_FAULTS: Final[dict[int, type[DeviceError]]] = {
    scard.SCARD_W_REMOVED_CARD: CardAbsent,
    scard.SCARD_E_NO_SMARTCARD: CardAbsent,
    scard.SCARD_W_RESET_CARD: CardWasReset,
    scard.SCARD_W_UNRESPONSIVE_CARD: MuteCard,
    scard.SCARD_W_UNPOWERED_CARD: MuteCard,
    scard.SCARD_W_UNSUPPORTED_CARD: MuteCard,
    scard.SCARD_E_PROTO_MISMATCH: CardUnreadable,
    scard.SCARD_E_NOT_TRANSACTED: CardUnreadable,
    scard.SCARD_E_SHARING_VIOLATION: PortInUse,
    scard.SCARD_E_UNKNOWN_READER: DeviceDisconnected,
    scard.SCARD_E_READER_UNAVAILABLE: DeviceDisconnected,
    scard.SCARD_E_NO_READERS_AVAILABLE: NoDevice,
    # pcscd is not there, or not the one we knew.
    scard.SCARD_W_SECURITY_VIOLATION: DeviceDisconnected,  # it hung up: ended, or polkit forbids us
    scard.SCARD_E_NO_SERVICE: DeviceDisconnected,
    scard.SCARD_E_SERVICE_STOPPED: DeviceDisconnected,
    scard.SCARD_E_INVALID_HANDLE: DeviceDisconnected,
    scard.SCARD_F_COMM_ERROR: DeviceDisconnected,
}
