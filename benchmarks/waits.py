"""What a citizen waits for: from the lift of a finger to the finished frame, through the kiosk's own loop.

    finger in SDL's queue -> window.run hears it -> runtime.touch -> step -> present -> show -> frame

Every screen a citizen can reach (tests/screens/gallery/exhibits.py) is shown, normal and elder, and a choice
and a key on it touched at moments the loop knows nothing of, so the wait for its next turn counts. Letters go
to the pinyin engine on its own thread, and the frame that counts is the one with its answer.
"""

import gc
import random
import time
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Thread

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.mode import Kiosk, Maintenance
from kiosk.flows.settings import Settings, TextSize
from kiosk.input.divisions import read_divisions
from kiosk.input.rime import PinyinEngine
from kiosk.running import TURNS_PER_SECOND
from kiosk.runtime import Clock, Runtime
from kiosk.services.input_method import InputMethod
from kiosk.services.routes import INPUT, ROUTES
from kiosk.threads import Worker
from kiosk.views.models import View
from kiosk.views.present import Library, present
from screens.kiosk_window import CALM_AFTER_S, KioskWindow
from tests.flows.hall import LIBRARY
from tests.screens.gallery.exhibits import exhibits
from tests.screens.sdl_finger import SdlFinger

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HELD_S = 0.08  # a finger is on the glass
REST_S = 0.2  # for what the last touch left to do
NOTHING_AFTER_S = 1.0
CALM_TOUCHES = 4


@dataclass(frozen=True)
class Wait:
    """Milliseconds of one touch: `kind` is "press", "key" or "screen"."""

    kind: str
    screen: str
    ms: float


def waits(window: KioskWindow, every: int = 1) -> list[Wait]:
    """Touch every, or every so-manieth, screen there is for citizens, and return what each touch took.

    The last few touches come after the window has grown calm. The window is closed then.
    """
    shown = [each for each in exhibits() if not isinstance(each.kiosk.mode, Maintenance)][::every]
    posed = [
        (f"{size.value}/{each.name}", in_look(each.kiosk, Settings(text_size=size)))
        for size in (TextSize.NORMAL, TextSize.ELDER)
        for each in shown
    ]
    gc.collect()
    gc.freeze()  # the walk that found the screens is no part of a kiosk
    glass = _Glass(window, posed[0][1])
    hand = _Hand(glass, posed)
    hand.start()
    glass.serve()
    if hand.fault is not None:
        raise hand.fault
    return hand.waits


def in_look(kiosk: Kiosk, settings: Settings) -> Kiosk:
    """Return the kiosk before a visitor with these settings."""
    session = replace(kiosk.visit.session, settings=settings)
    return replace(kiosk, visit=replace(kiosk.visit, session=session))


class _Glass:
    """A kiosk's loop and its window, on the main thread."""

    def __init__(self, window: KioskWindow, kiosk: Kiosk) -> None:
        from kivy.core.window import Window  # noqa: PLC0415 - Kivy reads its settings on import

        self.window = window
        self.height = Window.height
        self.shows = 0
        self.frame = (0, 0.0)  # the last: how many shows it has drawn, and when it was finished
        self._poses: deque[Kiosk] = deque()
        library = Library(LIBRARY.words, read_divisions)
        self._loop = Runtime(
            kiosk,
            mode.step,
            perform=self._perform,
            present=lambda kiosk, moment: present(kiosk, library, moment),
            show=self._show,
            observe=lambda _event, _before, _after: None,
            clock=Clock(lambda: NOON, lambda: 0.0),  # no screen leaves by itself
        )
        self._input = Worker(
            INPUT, lambda: InputMethod(PinyinEngine(), lambda _char: True), self._loop.post, _failed
        )
        window.moves = True  # as in the hall
        window.on_choice = self._loop.touch
        window.on_touched = lambda: self._loop.post(on.ScreenTouched())
        Window.bind(on_flip=self._flipped)

    def pose(self, kiosk: Kiosk) -> None:
        """Have the loop stand there at its next turn. From any thread."""
        self._poses.append(kiosk)

    def serve(self) -> None:
        """Run the window until it is told to stop."""
        self.window.run(self._turn, TURNS_PER_SECOND, self._loop.has_news)
        self._input.stop()
        self._input.join()

    def _turn(self) -> None:
        while self._poses:
            self._loop.kiosk = self._poses.popleft()
        self._loop.turn()

    def _perform(self, effect: do.Effect) -> None:
        if INPUT in ROUTES[type(effect)]:
            self._input.ask(effect)

    def _show(self, view: View) -> None:
        self.window.show(view)
        self.shows += 1

    def _flipped(self, *_: object) -> None:
        from kivy.graphics.opengl import glFinish  # noqa: PLC0415

        glFinish()  # the frame is finished when its pixels are
        self.frame = (self.shows, time.perf_counter())


class _Hand(Thread):
    """Shows screens and touches them, on a thread of its own; stops the window when all are touched."""

    def __init__(self, glass: _Glass, posed: list[tuple[str, Kiosk]]) -> None:
        super().__init__(daemon=True)
        self.waits: list[Wait] = []
        self.fault: Exception | None = None
        self._glass = glass
        self._posed = posed
        self._finger = SdlFinger(glass.height)
        self._dice = random.Random(4107)
        self._last = (-1.0, -1.0)

    def run(self) -> None:
        try:
            for name, kiosk in self._posed:
                for key in (False, True):
                    self._pose(kiosk)
                    self._touch(name, key, after_s=REST_S)
            for name, kiosk in self._posed[:CALM_TOUCHES]:
                self._pose(kiosk)
                self._touch(f"calm/{name}", key=False, after_s=CALM_AFTER_S + 1)
        except Exception as fault:  # noqa: BLE001 - the main thread raises it
            self.fault = fault
        self._glass.window.stop()

    def _pose(self, kiosk: Kiosk) -> None:
        before = self._glass.shows
        self._glass.pose(kiosk)
        self._drawn(before)

    def _touch(self, name: str, key: bool, after_s: float) -> None:
        """Touch a choice or a key, if there is one, but where the last touch was: it rests for a moment."""
        targets = [
            each
            for each in self._glass.window.screen.targets()
            if each.key is key and not each.collide_point(*self._last)
        ]
        if not targets:
            return
        time.sleep(after_s)
        target = self._dice.choice(targets)
        self._last = point = (target.center_x, target.center_y)
        time.sleep(self._dice.random() / TURNS_PER_SECOND)
        began = time.perf_counter()
        self._finger.down(*point)
        time.sleep(HELD_S + self._dice.random() / TURNS_PER_SECOND)
        if not target.discreet:
            self._tell("press", name, began, self._glass.frame[1])
        before, began = self._glass.shows, time.perf_counter()
        self._finger.up(*point)
        self._tell("key" if target.key else "screen", name, began, self._drawn(before))

    def _drawn(self, shows: int) -> float:
        """Return when the first frame after so many shows was finished, or 0 if nothing changed."""
        until = time.perf_counter() + NOTHING_AFTER_S
        while (frame := self._glass.frame)[0] <= shows:
            if time.perf_counter() > until:
                return 0.0
            time.sleep(0.002)
        return frame[1]

    def _tell(self, kind: str, name: str, began: float, ended: float) -> None:
        if ended > began:
            self.waits.append(Wait(kind, name, (ended - began) * 1000))


def _failed(name: str, fault: BaseException) -> None:
    raise RuntimeError(name) from fault
