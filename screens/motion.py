"""How a new screen arrives: its body slides the last few millimetres to its place, so that the eye sees that
it is another one.

Kept true: nothing waits for it, what can be touched stands in its place from the first frame; it is over in
`ARRIVAL_S`, and then nothing is drawn or counted any more. Whoever needs calm has the elder mode.
"""

from collections.abc import Callable

from kivy.clock import Clock
from kivy.graphics import Translate

ARRIVAL_S = 0.12
FAR_MM = 8.0


class Arrival:
    """The one motion of the window. `now` tells steady seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._shift: Translate | None = None
        self._far_px = self._began = 0.0
        self._frames = Clock.create_trigger(self._advance, 0, interval=True)

    @property
    def under_way(self) -> bool:
        """Whether something moves."""
        return self._shift is not None

    def begin(self, shift: Translate, far_px: float) -> None:
        """Let what `shift` moves come from the right; whatever still moved is in its place at once."""
        self.finish()
        self._shift, self._far_px, self._began = shift, far_px, self._now()
        shift.x = far_px
        self._frames()

    def finish(self) -> None:
        """Put everything in its place at once."""
        if self._shift is not None:
            self._shift.x = 0
        self._shift = None
        self._frames.cancel()

    def _advance(self, _elapsed: float) -> None:
        left = 1 - (self._now() - self._began) / ARRIVAL_S
        if self._shift is None or left <= 0:
            self.finish()
        else:
            self._shift.x = self._far_px * left**2  # fast at first, then gently
