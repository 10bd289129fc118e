"""Which strokes of a keypad's keys count: one for each time a key is pressed, however long it is held.

    down --> counts --> down, down (repeats): nothing --> up --> down within BOUNCE_S: nothing
                                                           '--> down later: counts

Kept true:
  - a held key is one stroke, on the screens that follow too (EN 301 549, 5.7: no repeat);
  - each key is by itself, so whoever presses the next before leaving the last loses neither;
  - a key whose release never came, as from a keypad pulled out, is heard again after a silence longer than
    that between repeats;
  - whoever is `unhurried` has half a second between two strokes of a key (5.8).
"""

from collections.abc import Callable

from screens.touch import BOUNCE_S, REST_S

SILENT_S = 2.0  # X repeats after 0.66 s, then 25 times a second, if nobody set it slower; 5.7 allows 2 s


class Strokes:
    """Follows the keys. `now` tells steady seconds."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self.unhurried = False  # in the elder mode
        self._told_down: dict[int, float] = {}  # the keys that are held
        self._counted: dict[int, float] = {}  # when a stroke of each counted last
        self._lifted: dict[int, float] = {}

    def down(self, key: int) -> bool:
        """A key went down, or is told again to be down: return whether that is a stroke."""
        now = self._now()
        held = now - self._told_down.get(key, -SILENT_S) < SILENT_S
        bounced = now - self._lifted.get(key, -BOUNCE_S) < BOUNCE_S
        self._told_down[key] = now
        soon = self.unhurried and now - self._counted.get(key, -REST_S) < REST_S
        if held or bounced or soon:
            return False
        self._counted[key] = now
        return True

    def up(self, key: int) -> None:
        """A key came up."""
        self._told_down.pop(key, None)
        self._lifted[key] = self._now()
