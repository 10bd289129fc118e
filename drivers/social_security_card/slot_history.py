"""From what a slot looks like now to what has happened there. Does no I/O.

PC/SC tells states, not events: one may be seen twice, or skipped when two cards are swapped quickly. What
makes events of them is the counter that pcscd moves with every card put in or taken out.
"""

from dataclasses import dataclass

from drivers.errors import DeviceError
from drivers.social_security_card.reader import (
    CardInserted,
    CardRemoved,
    MuteCardInserted,
    ReaderConnected,
    ReaderEvent,
    ReaderLost,
)


@dataclass(frozen=True, slots=True)
class Unusable:
    """There is no reader, or none that works."""

    fault: DeviceError


@dataclass(frozen=True, slots=True)
class Empty:
    """The reader works and holds no card."""

    reader: str
    counter: int


@dataclass(frozen=True, slots=True)
class Occupied:
    """The reader works and holds a card; without an ATR it is mute."""

    reader: str
    counter: int
    atr: bytes


Sight = Unusable | Empty | Occupied


class SlotHistory:
    """Remembers what has been told about a slot, and says what is new."""

    def __init__(self) -> None:
        self._last: Sight | None = None
        self._session = 0

    @property
    def fault(self) -> DeviceError | None:
        """Why the reader cannot be used now."""
        return self._last.fault if isinstance(self._last, Unusable) else None

    def card_of(self, session: int) -> Occupied | None:
        """Return the card of this session while it lies in the slot."""
        return self._last if isinstance(self._last, Occupied) and session == self._session else None

    def see(self, sight: Sight) -> tuple[ReaderEvent, ...]:
        """Take in what the slot looks like and return what that means has happened, in order."""
        if _is_half_written(self._last, sight) or _looks_the_same(self._last, sight):
            return ()
        before, self._last = self._last, sight
        events: list[ReaderEvent] = []
        if isinstance(before, Occupied):
            events.append(CardRemoved(self._session))
        if isinstance(sight, Unusable):
            return (*events, ReaderLost(sight.fault))
        if before is None or isinstance(before, Unusable) or before.reader != sight.reader:
            events.append(ReaderConnected(sight.reader))
        if isinstance(sight, Occupied):
            self._session += 1
            atr = sight.atr
            events.append(CardInserted(self._session, atr) if atr else MuteCardInserted(self._session))
        return tuple(events)


def _looks_the_same(before: Sight | None, now: Sight) -> bool:
    if isinstance(before, Unusable) and isinstance(now, Unusable):
        return type(before.fault) is type(now.fault)
    return before == now


def _is_half_written(before: Sight | None, now: Sight) -> bool:
    # pcscd writes state and counter one after the other, and may be asked in between. A card that came or
    # went without moving the counter is such a sight; a moment later it is whole.
    match before, now:
        case (Empty(reader, counter), Occupied(same_reader, same_counter, _)) | (
            Occupied(reader, counter, _),
            Empty(same_reader, same_counter),
        ):
            return (reader, counter) == (same_reader, same_counter)
    return False
