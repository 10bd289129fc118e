"""The PIN pad: a password entered on keys of its own, away from other people's eyes.

    StartPinEntry -> PinEntryStarted -> PinKeyPressed* -> PinEntered | PinEntryCancelled | PinEntryTimedOut
                 \\-> PinEntryFailed <- (any trouble: the entry is void)

How long an entry may last is the visit's to say, by the one clock it has; the pad's own time-out is longer
than any screen waits. Digits are handed on once, in a `Secret`, and nothing here keeps them. A kiosk without
a pad has this service too: it says that there is none.

A pad that garbles or masks its keys says that all is well when it's asked. What an entry has shown of it
stands for the technician until an entry succeeds.
"""

from collections.abc import Iterable, Iterator

from drivers.errors import DeviceError, DeviceFailed, DeviceStatus, ProtocolViolation
from drivers.pin_pad.pad import (
    EntryCancelled,
    EntryChanged,
    EntryFinished,
    EntryTimedOut,
    EntryTooShort,
    PadEvent,
    PinPad,
)
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import PinPad as Condition
from kiosk.flows.secret import Secret
from kiosk.services.service import Check, Watched

LOOK_INTERVAL_S = 5.0
"""Between two questions whether the pad is still there, while nobody uses it."""

ENTRY_TIME_S = 600.0
"""Without a key; every visit has long been asked and ended by then."""


class PasswordPad:
    """The PIN pad as a service. `patience_s`: how long watching its keys may keep an effect waiting."""

    def __init__(self, pad: PinPad | None, patience_s: float) -> None:
        self._pad = pad
        self._patience_s = patience_s
        self._visit: int | None = None
        self._reported: on.PinPadChanged | None = None
        self._shown_by_entry: DeviceError | None = None

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Begin an entry, or end one."""
        match effect:
            case do.StartPinEntry(visit, digits):
                yield from self._start(visit, digits)
            case do.CancelPinEntry() | do.CloseVisit():
                self._visit = None
                if self._pad is not None:
                    self._pad.cancel()

    def watch(self) -> Watched:
        """Listen to the keys of an entry; without one, look whether the pad is there."""
        if self._pad is None:
            return Watched(self._changed(Condition.NONE), LOOK_INTERVAL_S)
        try:
            if self._visit is None:
                self._pad.check()
                return Watched(self._changed(Condition.READY, self._shown_by_entry), LOOK_INTERVAL_S)
            events = self._pad.poll(self._patience_s)
            return Watched(tuple(self._told(event, self._visit) for event in events))
        except DeviceError as error:
            if self._visit is not None and isinstance(error, ProtocolViolation | DeviceFailed):
                self._shown_by_entry = error.again()
            return Watched(tuple(self._failed(error)), LOOK_INTERVAL_S)

    def check(self) -> Check:
        """Ask the pad how it is; during an entry it is left alone, and has answered when that began."""
        if self._pad is None:
            return Check(DeviceStatus.NO_DEVICE, detail="not configured: passwords are entered on the screen")
        if self._visit is not None:
            return Check(self._pad.status, detail="a password is being entered")
        try:
            self._pad.check()
        except DeviceError as error:
            return Check.of(error)
        if self._shown_by_entry is not None:
            return Check.of(self._shown_by_entry)
        return Check(DeviceStatus.ONLINE, detail="keys off")

    def close(self) -> None:
        """Switch the keys off and let go of the line."""
        if self._pad is not None:
            self._pad.close()

    def _start(self, visit: int, digits: int) -> Iterator[on.Event]:
        if self._pad is None:
            yield on.PinEntryFailed(visit)
            return
        self._visit = visit
        try:
            self._pad.start_entry(digits, digits, ENTRY_TIME_S)
        except DeviceError as error:
            yield from self._failed(error)
            return
        yield from self._changed(Condition.READY, self._shown_by_entry)
        yield on.PinEntryStarted(visit)

    def _told(self, event: PadEvent, visit: int) -> on.Event:
        match event:
            case EntryChanged(digits):
                return on.PinKeyPressed(visit, digits)
            case EntryTooShort():
                return on.PinTooShort(visit)
        self._visit = None
        match event:
            case EntryFinished(digits=pressed):
                self._shown_by_entry = None
                return on.PinEntered(visit, Secret(pressed))
            case EntryCancelled():
                return on.PinEntryCancelled(visit)
            case EntryTimedOut():
                return on.PinEntryTimedOut(visit)

    def _failed(self, fault: DeviceError) -> Iterator[on.Event]:
        visit, self._visit = self._visit, None
        yield from self._changed(Condition.FAILED, fault)
        if visit is not None:
            yield on.PinEntryFailed(visit)

    def _changed(self, pad: Condition, fault: DeviceError | None = None) -> tuple[on.Event, ...]:
        now = on.PinPadChanged(pad, fault.word if fault is not None else "")
        if now == self._reported:
            return ()
        self._reported = now
        return (now,)
