"""Hands and clock for the real window in tests: time stands still until a frame is pumped.

All private names of Kivy 2.3.1 that tests need are in this file.
"""

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.input.motionevent import MotionEvent

from screens.kiosk_window import KioskWindow
from screens.targets import Target

FRAME_S = 1 / 60
HOLD_S = 0.1


class Pump:
    """Draws frames of a window, and touches what is on it by its words."""

    def __init__(self, window: KioskWindow) -> None:
        self.window = window
        self.now = Clock.time() + 10  # whoever touched this window before has long gone
        Clock.time = lambda: self.now
        Clock._max_fps = 0  # do not sleep between frames
        Clock._last_tick = self.now
        self.chosen: list[object] = []
        window.on_choice = self.chosen.append

    def frame(self, elapsed_s: float = FRAME_S) -> None:
        """Let time pass and draw what has changed."""
        self.now += elapsed_s
        EventLoop.idle()

    def target(self, words: str) -> Target:
        """Return the target with these words. Raises LookupError, naming those there are."""
        targets = list(self.window.screen.targets())
        for target in targets:
            if target.choice.text == words:
                return target
        raise LookupError(f"no {words!r}, but {[target.choice.text for target in targets]}")

    def tap(self, words: str, then_wait_s: float = 1.0) -> None:
        """Touch and leave the middle of a target."""
        finger = Finger()
        target = self.target(words)
        finger.down(target.center_x, target.center_y)
        self.frame(HOLD_S)
        finger.up()
        self.frame(then_wait_s)

    def touch_nothing(self) -> None:
        """Touch the glass where nothing is."""
        finger = Finger()
        finger.down(1, 1)
        finger.up()


class Finger:
    """One touch of the window, or the given button of a mouse. Draws nothing by itself."""

    def __init__(self, button: str = "") -> None:
        self._touch = _Touch("test", id(self), {"x": 0.0, "y": 0.0}, is_touch=True, type_id="touch")
        self._touch.profile = ["pos", "button"] if button else ["pos"]
        if button:
            self._touch.button = button

    def down(self, x: float, y: float) -> None:
        self._at("begin", x, y)

    def slide(self, x: float, y: float) -> None:
        self._at("update", x, y)

    def up(self) -> None:
        EventLoop.post_dispatch_input("end", self._touch)

    def _at(self, phase: str, x: float, y: float) -> None:
        width, height = EventLoop.window.size
        self._touch.move({"x": x / (width - 1), "y": y / (height - 1)})
        EventLoop.post_dispatch_input(phase, self._touch)


class _Touch(MotionEvent):
    def depack(self, args: dict[str, float]) -> None:
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)
