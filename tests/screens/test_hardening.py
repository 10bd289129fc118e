"""No way out for a citizen: each key, button and message is sent to a real X display, and changes nothing."""

import ctypes
import json
import os
import shutil
import subprocess
import sys

import pytest

from tests.screens.gallery_samples import FONTS

pytestmark = [
    pytest.mark.window,
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
    ),
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


class Display:
    """An X server without a window manager, as on the kiosk, and the window on it."""

    def __init__(self) -> None:
        read, write = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-nolisten", "tcp"]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.name = f":{told.readline().strip()}"
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("SDL", "KIVY"))
        }
        self.environment["DISPLAY"] = self.name
        command = [sys.executable, "-m", "tests.screens.hardened_window", str(WIDTH), str(HEIGHT), str(FONTS)]
        self.window = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.environment, text=True
        )
        self.middles = self.heard()["middles"]

    def heard(self):
        return json.loads(self.window.stdout.readline())

    def state(self) -> tuple[str, int]:
        """The digest of the screen and the number of keys that came, once all that was sent is taken in."""
        self.window.stdin.write("?\n")
        self.window.stdin.flush()
        told = self.heard()
        return told["picture"], told["keys"]

    def picture(self) -> str:
        return self.state()[0]

    def send(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self.environment, check=True, timeout=10)

    def close(self) -> int:
        """End the window as the kiosk does, and return its status."""
        self.window.stdin.close()
        status = self.window.wait(timeout=20)
        self._server.terminate()
        self._server.wait(timeout=20)
        return status


@pytest.fixture(scope="module")
def display():
    display = Display()
    yield display
    assert display.close() == 0


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
    command = ["xdotool", "search", "--onlyvisible", "--pid", str(display.window.pid)]
    found = subprocess.run(command, env=display.environment, capture_output=True, text=True, check=True)
    window = int(found.stdout.split()[0])
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
    x11.XCloseDisplay.argtypes = [ctypes.c_void_p]
    connection = x11.XOpenDisplay(display.name.encode())
    protocols = x11.XInternAtom(connection, b"WM_PROTOCOLS", 0)
    delete = x11.XInternAtom(connection, b"WM_DELETE_WINDOW", 0)
    message = ClientMessage(type=33, window=window, message_type=protocols, format=32)
    message.words[0] = delete
    assert x11.XSendEvent(connection, window, 0, 0, ctypes.byref(message))
    x11.XCloseDisplay(connection)
