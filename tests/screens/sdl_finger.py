"""A finger at the window's very door: presses and lifts in SDL's queue, where those of the X server arrive.

May be used from any thread, at any moment of the loop: so what a touch waits for before it is heard counts.
"""

import ctypes
from collections.abc import Iterator
from pathlib import Path

BUTTON_DOWN, BUTTON_UP, LEFT = 0x401, 0x402, 1  # SDL_events.h, SDL_mouse.h


class _ButtonEvent(ctypes.Structure):
    """SDL_MouseButtonEvent, in the room of an SDL_Event."""

    _fields_ = (
        ("type", ctypes.c_uint32),
        ("timestamp", ctypes.c_uint32),
        ("window", ctypes.c_uint32),
        ("which", ctypes.c_uint32),
        ("button", ctypes.c_uint8),
        ("state", ctypes.c_uint8),
        ("clicks", ctypes.c_uint8),
        ("padding", ctypes.c_uint8),
        ("x", ctypes.c_int32),
        ("y", ctypes.c_int32),
        ("rest", ctypes.c_uint8 * 28),
    )


class SdlFinger:
    """For the SDL that Kivy has loaded. `height` is that of the window: SDL counts from the top."""

    def __init__(self, height: int) -> None:
        self._sdl = ctypes.CDLL(next(_loaded("libSDL2-2")))
        self._height = height

    def down(self, x: float, y: float) -> None:
        """Press at a point, in the pixels of screens: y counts from the bottom."""
        self._push(BUTTON_DOWN, x, y)

    def up(self, x: float, y: float) -> None:
        """Lift there."""
        self._push(BUTTON_UP, x, y)

    def _push(self, kind: int, x: float, y: float) -> None:
        pressed = kind == BUTTON_DOWN
        event = _ButtonEvent(
            type=kind, button=LEFT, state=pressed, clicks=1, x=round(x), y=round(self._height - 1 - y)
        )
        if self._sdl.SDL_PushEvent(ctypes.byref(event)) != 1:
            raise RuntimeError("SDL took no event")


def _loaded(name: str) -> Iterator[str]:
    """Yield the paths of the libraries of that name this process has loaded."""
    for line in Path("/proc/self/maps").read_text().splitlines():
        path = line.split(maxsplit=5)[-1]
        if name in path:
            yield path
