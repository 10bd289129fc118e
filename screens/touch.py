"""One finger: decides what was touched. Pure but for the clock and the targets it is given.

    press --> held on a target --> release inside it --> the choice is made
                    |                    '-- outside ---> nothing
                    '-- slides off: no longer shown as pressed; slides back: shown again

Kept true:
  - a choice is made on release, inside the target that was pressed, so a stray hand can slide away;
  - the screen may be drawn anew under the finger (a countdown): the press counts if the same choice is there;
  - a second finger and other buttons of a mouse are nothing;
  - after a choice the same spot rests for half a second, on the next screen too, so that a trembling or
    double touch confirms nothing unread. A key rests only for as long as a touch panel may lose a trembling
    finger and find it again: 888888 may be typed as fast as one can, and one 8 stays one. Whoever is
    `unhurried` has half a second between two strikes of a key as well: a second one before is not meant.
"""

from collections.abc import Callable
from typing import Protocol

from kiosk.views.models import AnyChoice

REST_S = 0.5  # EN 301 549, 5.8: double-strike key acceptance
# To most people the same key rests less, or nobody could type a telephone number: the clause wants a rest
# that can be adjusted, up to half a second. The fastest finger strikes seven times a second and is off the
# glass for half of each; a panel reports a hundred times.
BOUNCE_S = 0.06
HELD_AT_MOST_S = 10.0  # a touch device unplugged under a finger never reports the release


class Touched(Protocol):
    """What a finger needs to know of a target."""

    choice: AnyChoice
    key: bool
    pressed: bool

    def collide_point(self, x: float, y: float) -> bool:
        """Whether the point is inside."""


class Finger:
    """Follows the one finger that counts.

    `target_at` finds the enabled target at a point of the screen as it is now. `now` gives seconds.
    """

    def __init__(
        self,
        target_at: Callable[[float, float], Touched | None],
        choose: Callable[[AnyChoice], None],
        now: Callable[[], float],
    ) -> None:
        self._target_at = target_at
        self._choose = choose
        self._now = now
        self.unhurried = False  # in the elder mode
        self._finger: object = None
        self._held: AnyChoice | None = None
        self._shown: Touched | None = None
        self._since = 0.0
        self._at = (0.0, 0.0)
        self._last_choice: tuple[float, float, float] | None = None  # when, x, y
        self._last_lift: tuple[float, float, float] | None = None  # a key that bounces on rests on

    @property
    def at(self) -> tuple[float, float]:
        """Return where the finger was last, in pixels."""
        return self._at

    def press(self, finger: object, x: float, y: float) -> None:
        """A finger came down."""
        if self._finger is not None and self._now() - self._since < HELD_AT_MOST_S:
            return
        self._finger, self._held, self._since, self._at = finger, None, self._now(), (x, y)
        target = self._target_at(x, y)
        if target is not None and not self._rests(target):
            self._held = target.choice
            self._show(target)

    def move(self, finger: object, x: float, y: float) -> None:
        """A finger slides."""
        if finger == self._finger:
            self._at = (x, y)
            self._show(self._held_target(x, y))

    def release(self, finger: object, x: float, y: float) -> None:
        """A finger was lifted."""
        if finger != self._finger:
            return
        target = self._held_target(x, y)
        self._at = (x, y)
        self._show(None)
        self._finger = self._held = None
        self._last_lift = (self._now(), x, y)
        if target is not None and not (self.unhurried and target.key and self._was_chosen(target)):
            self._last_choice = self._last_lift
            self._choose(target.choice)

    def redraw(self) -> None:
        """The screen under the finger is a new one: show the press on it."""
        self._show(self._held_target(*self._at))

    def _held_target(self, x: float, y: float) -> Touched | None:
        if self._held is None:
            return None
        target = self._target_at(x, y)
        return target if target is not None and target.choice == self._held else None

    def _rests(self, target: Touched) -> bool:
        return self._within(BOUNCE_S, self._last_lift, target) if target.key else self._was_chosen(target)

    def _was_chosen(self, target: Touched) -> bool:
        """Whether a choice was just made where it is."""
        return self._within(REST_S, self._last_choice, target)

    def _within(self, seconds: float, last: tuple[float, float, float] | None, target: Touched) -> bool:
        if last is None:
            return False
        when, x, y = last
        return self._now() - when < seconds and target.collide_point(x, y)

    def _show(self, target: Touched | None) -> None:
        if self._shown is not None:
            self._shown.pressed = False
        self._shown = target
        if target is not None:
            target.pressed = True
