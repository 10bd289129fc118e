"""An accessible keypad beside the screen: a whole visit by arrows, enter and digits, without a touch.

    arrows   the ring goes to the next or the previous choice, in reading order
    enter    makes the choice that has the ring
    digits   strike that key of the screen's keypad at once; no ring, from which bystanders read passwords.
             On the nine-key keyboard they strike the letters of that digit, as on a telephone
    erase    strikes the screen's key for it

The ring appears with the first arrow or enter, and goes with the first touch. On a new screen it starts on
the way on, else on the first choice. Enter rests for half a second after the one before, so that a second
press confirms nothing unread.
"""

from collections.abc import Callable, Sequence

from kiosk.views.models import AnyChoice, Icon, Role
from screens.targets import Target
from screens.touch import REST_S

# SDL's key codes as Kivy passes them on; the second of each pair is the number pad's.
NEXT = {274, 275}  # down, right
PREVIOUS = {273, 276}  # up, left
ENTER = {13, 271}
ERASE = {8, 127}
DIGITS = {48 + digit: str(digit) for digit in range(10)} | {256 + digit: str(digit) for digit in range(10)}


class KeypadFocus:
    """Where the ring is, and what the keys do."""

    def __init__(
        self,
        targets: Callable[[], Sequence[Target]],
        choose: Callable[[AnyChoice], None],
        now: Callable[[], float],
        moved: Callable[[Target], None],
    ) -> None:
        self._targets = targets
        self._choose = choose
        self._now = now
        self._moved = moved
        self._shown = False
        self._at: Target | None = None
        self._last_enter = -REST_S

    def strike(self, key: int) -> None:
        """A key was struck (screens/strokes.py). Keys that mean nothing here do nothing."""
        if key in NEXT | PREVIOUS and self._shown:
            self._move(1 if key in NEXT else -1)
        elif key in NEXT | PREVIOUS or (key in ENTER and not self._shown):
            self._shown = True
            self.redraw()
        elif key in ENTER and self._at is not None and self._now() - self._last_enter >= REST_S:
            self._last_enter = self._now()
            self._choose(self._at.choice)
        elif key in DIGITS:
            digit = DIGITS[key]
            self._make_first(
                lambda target: target.key and digit in {target.choice.text, target.choice.detail}
            )
        elif key in ERASE:
            self._make_first(lambda target: target.key and target.choice.icon is Icon.ERASE)

    def redraw(self) -> None:
        """The screen is a new one: the ring stays on the same choice, or starts anew."""
        if not self._shown:
            return
        ring = self._ringable()
        held = self._at.choice if self._at is not None else None
        same = [target for target in ring if target.choice == held]
        onward = [target for target in ring if target.choice.role is Role.PRIMARY]
        self._show(next(iter(same + onward + ring), None))

    def hide(self) -> None:
        """Someone touches the glass: no ring is needed."""
        self._shown = False
        self._show(None)

    def _move(self, step: int) -> None:
        ring = self._ringable()
        if ring:
            at = ring.index(self._at) if self._at in ring else -step
            self._show(ring[(at + step) % len(ring)])
            self._moved(ring[(at + step) % len(ring)])

    def _ringable(self) -> list[Target]:
        targets = [target for target in self._targets() if not target.discreet]
        return sorted(targets, key=lambda target: (-round(target.center_y), target.x))

    def _make_first(self, fits: Callable[[Target], bool]) -> None:
        target = next(filter(fits, self._targets()), None)
        if target is not None:
            self._choose(target.choice)

    def _show(self, target: Target | None) -> None:
        if self._at is not None:
            self._at.ringed = False
        self._at = target
        if target is not None:
            target.ringed = True
