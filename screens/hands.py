"""A finger for scripts: touches a choice by its words, at its middle, through the window's own mouse.

Nothing is bypassed: the press goes the way a mouse's or touch screen's goes, and lands on what is drawn
there. Only the demonstration and tests use it.
"""

from collections.abc import Callable

from kivy.clock import Clock
from kivy.core.window import Window

from screens.kiosk_window import KioskWindow
from screens.targets import Target
from screens.touch import BOUNCE_S, REST_S

HOLD_S = 0.06
# A hurried second touch on the same spot counts for nothing (screens/touch.py). Clocks round: exactly as long
# is sometimes too short.
KEY_RESTS_S, RESTS_S = 2 * BOUNCE_S, REST_S + BOUNCE_S


class NothingToTouch(Exception):
    """No such choice is on the screen, or it can't be touched now. The message names those that can."""


def touch(window: KioskWindow, words: str, done: Callable[[], None]) -> None:
    """Press and release the choice with these words; `done` is called once the finger has left.

    Raises NothingToTouch.
    """
    target = _target(window, words)
    hurried = target.key and window.screen is not None and not window.screen.theme.elder
    x, y = float(target.center_x), float(target.center_y)
    Clock.schedule_once(lambda _elapsed: _press(x, y, done), KEY_RESTS_S if hurried else RESTS_S)


def middle(window: KioskWindow, words: str) -> tuple[int, int]:
    """Return where the choice with these words is, in pixels from the top left. Raises NothingToTouch."""
    target = _target(window, words)
    return round(target.center_x), round(Window.height - target.center_y)


def _target(window: KioskWindow, words: str) -> Target:
    screen = window.screen
    targets = list(screen.targets()) if screen is not None else []
    target = next((target for target in targets if target.choice.text == words), None)
    if target is None:
        raise NothingToTouch(f"no {words!r}, but: {' | '.join(other.choice.text for other in targets)}")
    return target


def knock(window: KioskWindow, times: int, done: Callable[[], None]) -> None:
    """Touch the brand so often, one time soon after the other. Raises NothingToTouch where it is nothing."""
    target = window.screen.knock if window.screen is not None else None
    if target is None:
        raise NothingToTouch("the brand is nothing to touch here")
    more = done if times == 1 else (lambda: knock(window, times - 1, done))
    x, y = float(target.center_x), float(target.center_y)
    Clock.schedule_once(lambda _elapsed: _press(x, y, more), KEY_RESTS_S)


def _press(x: float, y: float, done: Callable[[], None]) -> None:
    top_down = Window.height - y

    def release(_elapsed: float) -> None:
        Window.dispatch("on_mouse_up", x, top_down, "left", [])
        done()

    Window.dispatch("on_mouse_down", x, top_down, "left", [])
    Clock.schedule_once(release, HOLD_S)
