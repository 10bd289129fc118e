"""The audit log as a service: what the loop told is chained and written, off the window's thread.

A line is in the file within a moment, on the disk within a second, signed within ten minutes. While the disk
takes nothing, events wait in memory in their order, and the log goes on with them once it can.
"""

from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

from drivers.errors import DeviceStatus, Remedy
from kiosk.audit.events import AuditEvent, DeviceChanged, EventsLost, KioskStarted, KioskStopped
from kiosk.audit.head import Head
from kiosk.audit.log import AuditLog
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.services.service import Check, Watched

SYNC_S, SIGN_S, SIGN_LINES = 1.0, 600.0, 200
PRUNE_S, TRY_AGAIN_S = 3600.0, 5.0
MOST_WAITING = 10_000
LISTENING = 5  # times as long as a device is watched: events come at once, and nobody else is kept waiting

Told = tuple[datetime, AuditEvent]


class Audit:
    """Writes what comes through `inbox`. `keep`: how long lines stay. `patience_s`: see `kiosk.app.Doors`."""

    def __init__(
        self,
        open_log: Callable[[], AuditLog],
        inbox: SimpleQueue[Told],
        *,
        wall: Callable[[], datetime],
        steady: Callable[[], float],
        keep: timedelta,
        patience_s: float,
    ) -> None:
        self._open_log = open_log
        self._inbox = inbox
        self._wall = wall
        self._steady = steady
        self._keep = keep
        self._patience_s = patience_s
        self._log: AuditLog | None = None
        self._failure = ""
        self._waiting: deque[Told] = deque()
        self._lost = 0
        self._started = False
        self._clock_is_right = False
        self._next_try = self._next_sync = 0.0
        self._next_sign = self._next_prune = steady() + SIGN_S

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Nothing is asked of the log: it hears everything."""
        return ()

    def watch(self) -> Watched:
        """Write what has come, and have it on the disk and signed when it is time."""
        self._take(LISTENING * self._patience_s)
        if self._steady() >= self._next_try:
            try:
                self._settle(self._write())
                self._failure = ""
            except OSError as error:
                self._failure = error.strerror or str(error)
                self._next_try = self._steady() + TRY_AGAIN_S
        return Watched(rest_s=0.0 if self._patience_s else 1.0)

    def check(self) -> Check:
        """Say whether events reach the disk."""
        if self._failure:
            detail = f"{len(self._waiting)} events wait: {self._failure}"
            return Check(DeviceStatus.HARDWARE_ERROR, Remedy.MAINTENANCE, detail)
        return Check(DeviceStatus.ONLINE, detail=f"{self._log.head.last_line if self._log else 0} lines")

    def tell(self, event: AuditEvent) -> None:
        """Write an event now, signed and on the disk. Raises OSError."""
        self._inbox.put((self._wall(), event))
        self._take(0)
        self._write().sign(self._wall())
        self.head()

    def head(self) -> Head:
        """Return where the log begins and ends, everything told so far being on the disk. Raises OSError."""
        self._take(0)
        log = self._write()
        log.sync()
        return log.head

    def close(self) -> None:
        """Write what is left, sign, and close in good order. What can't be written is given up."""
        self._take(0)
        if self._started:
            self._accept((self._wall(), KioskStopped()))
            self._started = False
        with suppress(OSError):
            if self._waiting:
                self._write()
            if self._log is not None:
                self._log.close(self._wall())
        self._log = None

    def _take(self, patience_s: float) -> None:
        try:
            told = self._inbox.get(timeout=patience_s) if patience_s else self._inbox.get_nowait()
            while True:
                self._accept(told)
                told = self._inbox.get_nowait()
        except Empty:
            return

    def _accept(self, told: Told) -> None:
        match told[1]:
            case KioskStarted():
                self._started = True
            case DeviceChanged(device="clock", state=state):
                self._clock_is_right = state == "synchronised"
        if len(self._waiting) < MOST_WAITING:
            self._waiting.append(told)
        else:
            self._lost += 1

    def _write(self) -> AuditLog:
        log = self._log = self._log or self._open_log()
        while self._waiting:
            log.append(*self._waiting[0])
            self._waiting.popleft()
        if self._lost:
            log.append(self._wall(), EventsLost(count=self._lost))
            self._lost = 0
        return log

    def _settle(self, log: AuditLog) -> None:
        now = self._steady()
        if log.unsigned and (now >= self._next_sign or log.unsigned >= SIGN_LINES):
            log.sign(self._wall())
            self._next_sign = now + SIGN_S
        if now >= self._next_sync:
            log.sync()
            self._next_sync = now + SYNC_S
        if now >= self._next_prune and self._clock_is_right:
            # By a clock that nobody has checked, everything might be too old.
            log.prune(self._wall() - self._keep)
            self._next_prune = now + PRUNE_S
