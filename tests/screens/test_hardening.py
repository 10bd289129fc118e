"""No way out for a citizen: each key, button and message is sent to a real X display, and changes nothing."""

import ctypes
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.screens.gallery.displays import FONTS
from tests.screens.gallery_samples import samples
from tests.screens.x_display import XDisplay, needs_x

pytestmark = [
    pytest.mark.window,
    pytest.mark.slow,
    needs_x,
]

WIDTH, HEIGHT = 540, 960

KEYS = (
    "Escape",  # Kivy's own: ends the application
    "F1",  # Kivy's own: settings
    "F11",
    "F12",
    "Print",
    "Menu",
    "super",
    "Tab",
    "Return",
    "ctrl+e",  # Kivy's inspector
    "ctrl+c",
    "ctrl+q",
    "ctrl+w",
    "alt+F4",
    "alt+Tab",
    "ctrl+alt+Delete",
    "ctrl+alt+BackSpace",
)


HOSTILE_CONFIG = """\
[kivy]
exit_on_escape = 1
keyboard_mode = systemanddock
[graphics]
show_cursor = 1
[input]
mouse = mouse
second_mouse = mouse
[modules]
inspector =
console =
monitor =
touchring =
"""
HOSTILE_ENVIRONMENT = {
    "KCFG_KIVY_EXIT_ON_ESCAPE": "1",
    "KCFG_GRAPHICS_SHOW_CURSOR": "1",
    "KCFG_MODULES_INSPECTOR": "",
    "KIVY_NO_CONFIG": "",
    "KIVY_NO_ARGS": "0",
}
HOSTILE_ARGUMENTS = ("-m", "inspector", "-m", "monitor", "-c", "graphics:show_cursor:1")


class Display(XDisplay):
    """A display and the window on it, started by somebody who wants Kivy to open up.

    Its configuration file, environment and command line all ask for what the kiosk must not have.
    """

    def __init__(self, home: Path, *wanted: str) -> None:
        super().__init__(WIDTH, HEIGHT)
        (home / ".kivy").mkdir()
        (home / ".kivy" / "config.ini").write_text(HOSTILE_CONFIG)
        command = [sys.executable, "-m", "tests.screens.hardened_window", str(WIDTH), str(HEIGHT), str(FONTS)]
        self.window = subprocess.Popen(
            [*command, *HOSTILE_ARGUMENTS, *wanted],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**self.environment, **HOSTILE_ENVIRONMENT, "HOME": str(home)},
            text=True,
        )
        self.chosen = 0
        told = self.heard()
        self.middles, self.keyboard = told["middles"], told["keyboard"]

    def heard(self):
        return json.loads(self.window.stdout.readline())

    def state(self) -> tuple[str, int]:
        """The digest of the screen and the number of keys that came, once all that was sent is taken in."""
        self.window.stdin.write("?\n")
        self.window.stdin.flush()
        told = self.heard()
        while "chosen" in told:
            self.chosen += 1
            told = self.heard()
        return told["picture"], told["keys"]

    def picture(self) -> str:
        return self.state()[0]

    def end(self) -> int:
        """End the window as the kiosk does, and return its status."""
        self.window.stdin.close()
        status = self.window.wait(timeout=20)
        self.close()
        return status


@pytest.fixture(scope="module")
def display(tmp_path_factory):
    display = Display(tmp_path_factory.mktemp("home"))
    yield display
    assert display.end() == 0


def test_nobody_who_asks_for_a_keyboard_gets_one_on_the_screen(display):
    assert display.keyboard == {"keyboard_mode": "", "widgets": ["_Glass"]}


@pytest.mark.parametrize("key", KEYS)
def test_a_key_changes_nothing(display, key):
    before, keys_before = display.state()
    display.send("key", key)
    after, keys_after = display.state()
    assert keys_after > keys_before, "the key did not reach the window"
    assert after == before
    assert display.window.poll() is None


def test_typing_and_key_repeat_change_nothing(display):
    before = display.picture()
    display.send("type", "exit quit 12333")
    display.send("keydown", "Escape", "keyup", "Escape")
    assert display.picture() == before


def test_a_key_of_the_keypad_that_is_held_strikes_once(tmp_path):
    """Held for two seconds, in which the X server repeats it some thirty times."""
    display = Display(tmp_path, "keypad")
    display.send("keydown", "5", "sleep", "2", "keyup", "5")
    _, told = display.state()
    assert told > 10, "the X server repeated nothing"
    assert display.chosen == 1
    display.send("key", "5")
    display.state()
    assert display.chosen == 2
    display.send("key", "Down", "keydown", "Return", "sleep", "2", "keyup", "Return")
    display.state()
    assert display.chosen == 3
    assert display.end() == 0


@pytest.mark.parametrize("button", ["2", "3", "4", "5"])
def test_other_buttons_leave_no_mark_and_choose_nothing(display, button):
    before = display.picture()
    x, y = display.middles["社保卡挂失"]
    display.send("mousemove", str(x), str(y), "click", button)
    assert display.picture() == before


def test_a_button_with_control_held_makes_no_second_touch(display):
    before = display.picture()
    display.send("mousemove", "5", str(HEIGHT // 2), "keydown", "ctrl", "click", "1", "keyup", "ctrl")
    assert display.picture() == before


def test_a_request_to_close_the_window_is_refused(display):
    before = display.picture()
    ask_to_close(display)
    assert display.picture() == before
    assert display.window.poll() is None


def test_the_pointer_is_not_seen(display):
    display.send("mousemove", str(WIDTH // 2), str(HEIGHT // 2))
    display.state()
    assert pointer_pixels(display) == 0


def test_something_dropped_on_the_window_is_not_taken(display):
    """A file manager's drag: enter, position, drop; as XDND says it."""
    before = display.picture()
    for message in (b"XdndEnter", b"XdndPosition", b"XdndDrop", b"XdndLeave"):
        send_message(display, message, 0, 5 << 24)
    assert display.picture() == before
    assert display.window.poll() is None


@pytest.mark.parametrize("event", ["on_drop_begin", "on_drop_end"])
def test_a_drop_that_reaches_the_toolkit_changes_nothing(pump, event):
    from kivy.core.window import Window  # noqa: PLC0415 - Kivy reads its settings on import

    pump.window.show(replace(next(samples(zh=True)), clock="12:00"))
    before = pump.window.picture()
    Window.dispatch(event, 100, 100)
    Window.dispatch("on_drop_file", b"/etc/passwd", 100, 100)
    Window.dispatch("on_drop_text", b"12333", 100, 100)
    pump.frame()
    assert pump.window.picture() == before
    assert not pump.chosen


def test_a_drag_across_the_screen_chooses_nothing(display):
    before = display.picture()
    start, end = ([str(place) for place in display.middles[words]] for words in ("社保卡挂失", "办事指南"))
    display.send("mousemove", *start, "mousedown", "1", "mousemove", *end, "mouseup", "1")
    assert display.picture() == before


def test_after_all_that_a_touch_is_still_heard(display):
    for words in ("社保卡挂失", "办事指南"):
        x, y = display.middles[words]
        display.send("mousemove", str(x), str(y), "click", "1")
        assert display.heard() == {"chosen": ["touched", words]}


class ClientMessage(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("words", ctypes.c_long * 5),
        ("padding", ctypes.c_long * 24),
    )


def ask_to_close(display: Display) -> None:
    """Send WM_DELETE_WINDOW, as a window manager does for Alt+F4 and for its close button."""
    send_message(display, b"WM_PROTOCOLS", b"WM_DELETE_WINDOW")


def send_message(display: Display, kind: bytes, *words: bytes | int) -> None:
    """Send the window a client message of a kind; words that are names are sent as their atoms."""
    window = int(display.send("search", "--onlyvisible", "--pid", str(display.window.pid)).split()[0])
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    connection = x11.XOpenDisplay(display.name.encode())
    atom = x11.XInternAtom(connection, kind, 0)
    message = ClientMessage(type=33, window=window, message_type=atom, format=32)
    for place, word in enumerate(words):
        message.words[place] = x11.XInternAtom(connection, word, 0) if isinstance(word, bytes) else word
    assert x11.XSendEvent(connection, window, 0, 0, ctypes.byref(message))
    x11.XCloseDisplay(connection)


class CursorImage(ctypes.Structure):
    _fields_ = (
        ("x", ctypes.c_short),
        ("y", ctypes.c_short),
        ("width", ctypes.c_ushort),
        ("height", ctypes.c_ushort),
        ("xhot", ctypes.c_ushort),
        ("yhot", ctypes.c_ushort),
        ("serial", ctypes.c_ulong),
        ("pixels", ctypes.POINTER(ctypes.c_ulong)),
    )


def pointer_pixels(display: Display) -> int:
    """Return how many pixels of the pointer are not transparent, as the X server draws it."""
    x11, fixes = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXfixes.so.3")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    fixes.XFixesGetCursorImage.restype = ctypes.POINTER(CursorImage)
    fixes.XFixesGetCursorImage.argtypes = [ctypes.c_void_p]
    connection = x11.XOpenDisplay(display.name.encode())
    image = fixes.XFixesGetCursorImage(connection).contents
    count = sum(bool(image.pixels[at] >> 24) for at in range(image.width * image.height))
    x11.XCloseDisplay(connection)
    return count
