"""The slot a citizen puts a card into: what happens there, and how to get at the card in it.

    ReaderConnected ──> CardInserted | MuteCardInserted ──> CardRemoved ──> ...
    ReaderLost          whenever the reader cannot be used; a card in it counts as removed first

The first event tells whether there is a reader at all. A card that lay in it before is inserted after that.
"""

from dataclasses import dataclass
from typing import Protocol

from drivers.errors import DeviceError
from drivers.social_security_card.connection import CardConnection


@dataclass(frozen=True, slots=True)
class ReaderConnected:
    """The reader is there and works."""

    name: str


@dataclass(frozen=True, slots=True)
class ReaderLost:
    """The reader is not there, or does not work; `fault` says why and what to do."""

    fault: DeviceError


@dataclass(frozen=True, slots=True)
class CardInserted:
    """A card lies in the reader. `session` is its number: it grows by one with every card put in.

    The number and not the ATR tells two cards apart: every card of a batch has the same ATR.
    """

    session: int
    atr: bytes


@dataclass(frozen=True, slots=True)
class MuteCardInserted:
    """Something lies in the reader and does not answer."""

    session: int


@dataclass(frozen=True, slots=True)
class CardRemoved:
    """The card of that session is gone."""

    session: int


ReaderEvent = ReaderConnected | ReaderLost | CardInserted | MuteCardInserted | CardRemoved


class CardReader(Protocol):
    """A card reader with one slot. All but `wake` and `stop` are called by one thread."""

    def wait_for_change(self, timeout_s: float) -> ReaderEvent | None:
        """Return the next event, waiting up to `timeout_s`; None when none came, or `wake` was called."""

    def wake(self) -> None:
        """Make `wait_for_change` return now, in whichever thread it waits."""

    def connect(self, card: CardInserted) -> CardConnection:
        """Open a connection to that very card, for us alone.

        Raises `CardAbsent` when it is not that card any more, `MuteCard`, `PortInUse` when another program
        holds it, `DeviceSilent` and `DeviceDisconnected` for the reader.
        """

    def stop(self) -> None:
        """Stop watching. An open connection stays its owner's to close."""
