"""The loop: an event in, a step, effects out, and the view that follows.

    touch, devices, answers -> post() -> [inbox] -> turn(): step -> effects -> perform
                                                           \\-> present -> show

One thread turns it, the window's. `post` may be called from any thread. There are no timers: when the
inbox is empty the loop looks at the clock, and a state whose time has passed gets `TimedOut`, a mode that has
lasted too long `LimitReached`. So a late touch is always heard before the time is up, and a test that holds
the clock holds everything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import TypeAlias, get_args

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.mode import Kiosk, Step
from kiosk.views.frame import Moment
from kiosk.views.models import View

_TOUCHES = get_args(on.Touch)
_EVENTS = get_args(on.Event)


@dataclass(frozen=True, slots=True)
class Clock:
    """Wall time for people, and steady seconds for waiting."""

    wall: Callable[[], datetime]
    steady: Callable[[], float]


Observe: TypeAlias = Callable[[on.Event, Kiosk, Kiosk], None]
"""Hears of each step: the event, and the kiosk before and after it."""


class Runtime:
    """Turns events into effects and views. Belongs to one thread, but for `post`."""

    def __init__(
        self,
        kiosk: Kiosk,
        step: Callable[[Kiosk, on.Event], Step],
        *,
        perform: Callable[[do.Effect], None],
        present: Callable[[Kiosk, Moment], View],
        show: Callable[[View], None],
        observe: Observe,
        clock: Clock,
    ) -> None:
        self.kiosk = kiosk
        self._step = step
        self._perform = perform
        self._present = present
        self._show = show
        self._observe = observe
        self._clock = clock
        self._inbox: SimpleQueue[on.Event] = SimpleQueue()
        self._since = self._limited_since = clock.steady()
        self._shown: View | None = None
        self._presented: Kiosk | None = None
        self._presented_at: tuple[datetime, int | None] | None = None

    def post(self, event: on.Event) -> None:
        """Hand in an event, from any thread."""
        self._inbox.put(event)

    def touch(self, event: object) -> None:
        """Hand in the event of a touched choice: screens know it only as something to give back."""
        if not isinstance(event, _EVENTS):
            raise TypeError(f"{type(event).__name__} is no event")
        self._inbox.put(event)

    def has_news(self) -> bool:
        """Whether an event waits for the next turn."""
        return not self._inbox.empty()

    def turn(self) -> None:
        """Take every event that has come, then look at the clock, then show what follows."""
        self._drain()
        now = self._clock.steady()
        if self.kiosk.limit is not None and now - self._limited_since >= self.kiosk.limit:
            self._take(on.LimitReached())
            self._drain()
        elif self.kiosk.timeout is not None and now - self._since >= self.kiosk.timeout:
            self._take(on.TimedOut())
            self._drain()
        self._refresh()

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the present state times out, or None."""
        limit = self.kiosk.timeout
        return None if limit is None else limit - (self._clock.steady() - self._since)

    @property
    def view(self) -> View | None:
        """The view last shown."""
        return self._shown

    def _drain(self) -> None:
        while True:
            try:
                event = self._inbox.get_nowait()
            except Empty:
                return
            self._take(event)

    def _take(self, event: on.Event) -> None:
        before = self.kiosk
        stepped = self._step(before, event)
        self.kiosk = stepped.kiosk
        if before.timed is not stepped.kiosk.timed or isinstance(event, _TOUCHES):
            self._since = self._clock.steady()
        if before.limited is not stepped.kiosk.limited:
            self._limited_since = self._clock.steady()
        self._observe(event, before, stepped.kiosk)
        for effect in stepped.effects:
            self._perform(effect)

    def _refresh(self) -> None:
        """Present what is new. Screens tell the time in minutes, and what is left of it in seconds."""
        wall, left = self._clock.wall(), self.seconds_left
        told = wall.replace(second=0, microsecond=0), None if left is None else round(left)
        if self.kiosk is self._presented and told == self._presented_at:
            return
        self._presented, self._presented_at = self.kiosk, told
        view = self._present(self.kiosk, Moment(wall, left))
        if view != self._shown:
            self._shown = view
            self._show(view)
