# mypy: allow-subclassing-any, allow-untyped-calls
"""A small window beside the kiosk's with the hands: cards, backend, paper, and the last slip as a picture.

For whoever shows or tries the kiosk without its hardware. It moves emulators, and never the kiosk itself.
"""

import ctypes
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from drivers.emulators.personas import PERSONAS
from kiosk.demo.stage import Stage
from screens.window import ENVIRONMENT

DOCK_WIDTH = 460
MARGIN = 64  # for the bars of a desktop
_WATCH_S = 0.5


def display_size() -> tuple[int, int]:
    """Return the X display's width and height in pixels. Raises OSError when there is none to talk to."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        raise OSError(f"no display at {os.environ.get('DISPLAY')!r}")
    handle = ctypes.c_void_p(display)
    size = x11.XDisplayWidth(handle, 0), x11.XDisplayHeight(handle, 0)
    x11.XCloseDisplay(handle)
    return size


def kiosk_size() -> tuple[int, int]:
    """Return the largest portrait window that stands beside the dock: what it shows keeps its proportions."""
    width, height = display_size()
    high = min(height - MARGIN, (width - DOCK_WIDTH - MARGIN) * 16 // 9, 1920)
    return high * 9 // 16, high


def open_dock(stage: Stage, fonts_dir: Path) -> int:
    """Start the kiosk, show the dock beside it, and return when either of them is closed."""
    os.environ.update(ENVIRONMENT)
    height = display_size()[1] - MARGIN
    from kivy.config import Config  # noqa: PLC0415  Kivy reads its settings when it's imported

    placed = {"position": "custom", "left": 0, "top": 0, "width": DOCK_WIDTH, "height": height}
    for key, value in {**placed, "multisamples": 0, "maxfps": 30}.items():
        Config.set("graphics", key, value)
    Config.set("kivy", "log_level", "critical")
    Config.set("input", "mouse", "mouse,disable_multitouch")
    Config.remove_option("input", "%(name)s")

    from kivy.base import runTouchApp, stopTouchApp  # noqa: PLC0415
    from kivy.clock import Clock  # noqa: PLC0415
    from kivy.core.window import Window  # noqa: PLC0415

    from screens.typesetting import register_fonts  # noqa: PLC0415

    register_fonts(fonts_dir)
    Window.set_title("终端的手：卡、证、网络、纸")
    stage.start_kiosk()
    dock = Dock(stage)

    def watch(_elapsed: float) -> None:
        if not stage.is_running:
            stopTouchApp()
        dock.refresh()

    Clock.schedule_interval(watch, _WATCH_S)
    runTouchApp(dock.widget)
    return 0


class Dock:
    """The buttons and the slip."""

    def __init__(self, stage: Stage) -> None:
        from kivy.uix.boxlayout import BoxLayout  # noqa: PLC0415  after the settings above
        from kivy.uix.button import Button  # noqa: PLC0415
        from kivy.uix.gridlayout import GridLayout  # noqa: PLC0415
        from kivy.uix.image import Image  # noqa: PLC0415
        from kivy.uix.label import Label  # noqa: PLC0415

        self._stage = stage
        self._person = 0
        self._slips = 0
        self.widget = BoxLayout(orientation="vertical", padding=12, spacing=8)
        self._who = Button(size_hint_y=None, height=76, halign="center")
        self._who.bind(on_release=lambda _button: self._next_person())
        self._said = Label(size_hint_y=None, height=28, font_size=14)
        self._slip = Image(fit_mode="contain", opacity=0)
        hands = GridLayout(cols=2, spacing=8, size_hint_y=None, height=4 * 60)
        for words, hand in self._hands():
            hands.add_widget(self._button(words, hand))
        for part in (self._who, hands, self._said, self._slip):
            self.widget.add_widget(part)
        self._introduce()

    @property
    def who(self) -> str:
        """Who is to do the next thing, and their password."""
        return str(self._who.text)

    @property
    def said(self) -> str:
        """What was done last, or why it could not be."""
        return str(self._said.text)

    @property
    def shows_a_slip(self) -> bool:
        """Whether the picture of a slip is shown."""
        return self._slip.texture is not None

    def refresh(self) -> None:
        """Show a slip that has come out since."""
        printer = self._stage.printer
        if printer.slips_made == self._slips:
            return
        from kivy.core.image import Image as CoreImage  # noqa: PLC0415

        self._slips = printer.slips_made
        self._slip.opacity = 1
        self._slip.texture = CoreImage(BytesIO(printer.last_slip.png()), ext="png").texture

    def _hands(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        stage = self._stage
        return (
            ("插入社保卡", lambda: stage.insert_card(PERSONAS[self._person].key)),
            ("拔出社保卡", stage.pull_card),
            ("放上身份证", lambda: stage.place_id_card(PERSONAS[self._person])),
            ("拿走身份证", stage.lift_id_card),
            ("断网", stage.backend.go_offline),
            ("联网", stage.backend.go_online),
            ("没纸了", stage.printer.run_out_of_paper),
            ("装纸", stage.printer.refill),
        )

    def _button(self, words: str, hand: Callable[[], None]) -> object:
        from kivy.uix.button import Button  # noqa: PLC0415

        def press(_button: object) -> None:
            try:
                hand()
                self._said.text = words
            except ValueError as error:  # a card that's already in, for one
                self._said.text = str(error)

        button = Button(text=words)
        button.bind(on_release=press)
        return button

    def _next_person(self) -> None:
        self._person = (self._person + 1) % len(PERSONAS)
        self._introduce()

    def _introduce(self) -> None:
        person = PERSONAS[self._person]
        self._who.text = f"{person.name}（按此换人）\n密码 {person.password}"
