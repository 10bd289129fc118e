# mypy: allow-subclassing-any
"""The window: shows one view, gives back the events of what was touched, and lets the kiosk take its turns.

There is no `kivy.app.App`: it brings a settings panel on F1 and a configuration file, and no screen needs it.
Every key of a keyboard is swallowed, but for those of an accessible keypad where there is one; a request
to close is refused; only `stop` ends the loop.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glFinish, glReadPixels
from kivy.uix.widget import Widget
from kivy.utils import get_color_from_hex
from PIL import Image

from kiosk.views.models import Aimed, AnyChoice, Size, View
from screens.glyphs import Glyphs
from screens.keypad_focus import KeypadFocus
from screens.motion import FAR_MM, Arrival
from screens.screen import Screen, compose
from screens.strokes import Strokes
from screens.targets import Target
from screens.textures import Textures
from screens.theme import MM_PER_INCH, Theme
from screens.touch import Finger, Touched
from screens.typesetting import Typesetter

CALM_AFTER_S = 10.0
CALM_S = 0.02  # longer between turns where nobody is: 20 a second
LISTEN_S = 0.008  # the longest that a finger goes unheard, or an answer to it unshown
CALM_LISTEN_S = 0.027  # where nobody is: twice a turn. At 8 ms listening alone took 1.5 % of a core


def _never() -> bool:
    return False


class KioskWindow:
    """The one window of a process. All methods but `stop` belong to the thread that opened it."""

    def __init__(
        self, width: int, height: int, ppi: float, glyphs: Glyphs, *, offscreen: bool, keypad: bool = False
    ) -> None:
        self.moves = not offscreen  # nobody sees it there, and pictures are to be the same each time
        self.on_choice: Callable[[object], None] = _nobody_listens
        self.on_touched: Callable[[], None] = _nobody_is_told
        self.on_ringed: Callable[[AnyChoice, bool], None] = _nobody_follows
        self._size = (width, height)
        self._ppi = ppi
        self._typesetter = Typesetter(glyphs)
        self._textures = Textures()
        self._screen: Screen | None = None
        self._finger = Finger(self._target_at, self._touched, _now)
        self._arrival = Arrival(_now)
        self._stirred = _now()
        self._strokes = Strokes(_now)
        self._heard = False
        self._focus = KeypadFocus(self._targets, self._chosen, _now, self._tell_ringed)
        self._glass = _Glass(self._finger, self._focus, self._tell_touched)
        Window.bind(on_request_close=_refuse)
        if offscreen:
            # An offscreen surface is never swapped, so the driver would queue every frame it ever drew.
            Window.bind(on_flip=_finish_frame)
        # Bound before the start, so asked after Kivy's own: what it has just queued is handed over at once.
        Window.bind(on_mouse_down=_hand_over, on_mouse_move=_hand_over, on_mouse_up=_hand_over)
        runTouchApp(self._glass, embedded=True)
        for module in EventLoop.postproc_modules[:]:  # double taps and the like: nobody needs them here
            EventLoop.remove_postproc_module(module)
        # Last bound is first asked: after the start, so that no key reaches Kivy's own bindings.
        down, up = (self._key_down, self._key_up) if keypad else (_refuse, _refuse)
        Window.bind(on_keyboard=_refuse, on_key_down=down, on_key_up=up)

    @property
    def screen(self) -> Screen | None:
        """Return the screen as drawn, for those who inspect it."""
        return self._screen

    def show(self, view: View) -> None:
        """Replace what is shown. An equal view changes nothing."""
        if self._screen is not None and self._screen.view == view:
            return
        width, height = self._size
        theme = Theme(self._typesetter, self._textures, width, height, self._ppi, view.look)
        screen = compose(view, theme)
        self._arrival.finish()
        Window.clearcolor = get_color_from_hex(theme.colours.ground)
        left = self._screen
        if left is not None:
            self._glass.canvas.remove(left.canvas)
        self._glass.canvas.add(screen.canvas)
        if self._is_another(view):
            self._stirred = _now()
        if self._moves_to(view):
            self._arrival.begin(screen.shift, theme.mm(FAR_MM))
        self._screen = screen
        self._finger.unhurried = self._strokes.unhurried = theme.elder
        self._finger.redraw()
        self._focus.redraw()
        if left is not None:
            left.wipe()

    @property
    def at_rest(self) -> bool:
        """Whether nothing on the screen moves."""
        return not self._arrival.under_way

    def run(
        self, turn: Callable[[], None], turns_per_second: float, has_news: Callable[[], bool] = _never
    ) -> None:
        """Draw and listen until `stop`, calling `turn` so often, and at once after a touch or at news.

        Kivy's own loop would sleep between hearing a finger and the turn that follows, a whole frame. An
        exception in `turn` ends the loop and is raised.
        """
        try:
            while EventLoop.status == "started":
                began = _now()
                self._heard = False
                turn()
                EventLoop.idle()
                calm = began - self._stirred > CALM_AFTER_S
                until = began + 1 / turns_per_second + (CALM_S if calm else 0.0)
                self._listen(until, CALM_LISTEN_S if calm else LISTEN_S, has_news)
        finally:
            stopTouchApp()

    def stop(self) -> None:
        """End the loop after the present frame. May be called from any thread or signal handler."""
        Clock.schedule_once(lambda _elapsed: stopTouchApp())

    def photograph(self, path: Path) -> None:
        """Draw the present view and write it as a PNG."""
        self.picture().save(path, compress_level=1)

    def picture(self) -> Image.Image:
        """Draw the present view, at rest, and return its pixels, upright as the visitor sees it."""
        self._arrival.finish()
        Window.dispatch("on_draw")
        width, height = Window.system_size  # as the display lies, before the rotation
        pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
        lying = Image.frombytes("RGB", (width, height), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        return lying.rotate(-Window.rotation, expand=True)

    def _listen(self, until: float, every_s: float, has_news: Callable[[], bool]) -> None:
        """Hear fingers and keys until then, or until there is something to take a turn for."""
        while EventLoop.status == "started":
            Window.mainloop()  # hands over what has come, and returns
            left = until - _now()
            if self._heard or left <= 0 or has_news():
                return
            time.sleep(min(left, every_s))

    def _moves_to(self, view: View) -> bool:
        """Whether another screen comes, not the same with another digit, to one who did not ask for calm."""
        return self.moves and self._is_another(view) and view.look.size is not Size.ELDER

    def _is_another(self, view: View) -> bool:
        return self._screen is not None and self._screen.view.name != view.name

    def _target_at(self, x: float, y: float) -> Touched | None:
        return self._screen.target_at(x, y) if self._screen is not None else None

    def _targets(self) -> list[Target]:
        return list(self._screen.targets()) if self._screen is not None else []

    def _key_down(self, _window: object, key: int, *_: object) -> bool:
        if self._strokes.down(key):  # nor does a key that is stuck hold somebody's visit open
            self._tell_touched()
            self._focus.strike(key)
        return True

    def _key_up(self, _window: object, key: int, *_: object) -> bool:
        self._strokes.up(key)
        return True

    def _tell_touched(self) -> None:
        self._stirred = _now()
        self._heard = True
        self.on_touched()  # looked up at each touch: whoever listens comes later

    def _tell_ringed(self, target: Target) -> None:
        self.on_ringed(target.choice, target.key)

    def _chosen(self, choice: AnyChoice) -> None:
        self.on_choice(choice.event)

    def _touched(self, choice: AnyChoice) -> None:
        """Make a choice with a finger, and tell an event that wants to know how well it was aimed."""
        self._heard = True
        x, y = self._finger.at
        target = self._target_at(x, y)
        if isinstance(choice.event, Aimed) and isinstance(target, Target):
            mm = MM_PER_INCH / self._ppi
            self.on_choice(choice.event.aimed_at((x - target.center_x) * mm, (y - target.center_y) * mm))
        else:
            self._chosen(choice)


class _Glass(Widget):
    """The one widget: what screens are drawn on, and what fingers meet."""

    def __init__(self, finger: Finger, focus: KeypadFocus, touched: Callable[[], None]) -> None:
        super().__init__()
        self._touched = touched
        self._finger = finger
        self._focus = focus

    def on_touch_down(self, touch: Any) -> bool:
        """A finger, or the left button of a mouse, came down."""
        if "button" not in touch.profile or touch.button == "left":
            self._touched()
            self._focus.hide()
            self._finger.press(touch.uid, *touch.pos)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """It slides."""
        self._finger.move(touch.uid, *touch.pos)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """It was lifted."""
        self._finger.release(touch.uid, *touch.pos)
        return True


def _now() -> float:
    return float(Clock.time())  # looked up at each call: tests hold the clock


def _hand_over(*_: object) -> None:
    """Have each motion heard where it happened.

    Kivy keeps those of a frame in one object, so a press, a slide and a lift within one frame would all be
    heard where the finger left: a stalled screen would take it for a touch there.
    """
    EventLoop.dispatch_input()


def _refuse(*_: object, **__: object) -> bool:
    return True


def _finish_frame(*_: object) -> None:
    glFinish()


def _nobody_listens(event: object) -> None:
    del event


def _nobody_follows(choice: AnyChoice, key: bool) -> None:
    del choice, key


def _nobody_is_told() -> None:
    return None
