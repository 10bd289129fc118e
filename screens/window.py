"""Opens the kiosk's one window. Import nothing else of `screens` before: Kivy reads its settings on import.

What is set here closes the ways out: no user configuration, no command line, no environment overrides, no
exit on Escape, no second touch by right click, no on-screen keyboard, no pointer.
"""

import gc
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.kiosk_window import KioskWindow

ENVIRONMENT = {
    "KIVY_NO_CONFIG": "1",  # ~/.kivy/config.ini would override everything below
    "KIVY_NO_ARGS": "1",  # -m inspector
    "KIVY_NO_ENV_CONFIG": "1",  # KCFG_MODULES_INSPECTOR
    "KIVY_NO_FILELOG": "1",
    "KIVY_LOG_MODE": "PYTHON",  # its lines go to the `kivy` logger; stderr and the root logger stay ours
    "KIVY_WINDOW": "sdl2",  # fail rather than fall back
    "SDL_NO_SIGNAL_HANDLERS": "1",  # else SIGTERM arrives as a request to close, which is refused
}


def open_window(
    width: int,
    height: int,
    ppi: float,
    fonts_dir: Path,
    *,
    fullscreen: bool = False,
    offscreen: bool = False,
    rotation: int = 0,
    keypad: bool = False,
) -> "KioskWindow":
    """Open the window, once per process.

    `width` and `height` are pixels as seen by the visitor, after `rotation` (0, 90, 180, 270 degrees).
    `offscreen` draws real pixels on no display. With a `keypad`, arrows, enter, erase and digits are heard
    (screens/keypad_focus.py); without one, no key is. Raises `FileNotFoundError` without the fonts, and
    `RuntimeError` when Kivy has been imported before, because it would not read its settings again.
    """
    if "kivy" in sys.modules:
        raise RuntimeError("Kivy has read its settings already: one window per process")
    os.environ.update(ENVIRONMENT)
    if offscreen:
        os.environ["SDL_VIDEODRIVER"] = "offscreen"
    else:
        # Without a display SDL would otherwise choose the invisible surface, and nobody would notice.
        os.environ.setdefault("SDL_VIDEODRIVER", "x11")
    logging.getLogger("kivy").addFilter(_is_news)
    turned = rotation in {90, 270}
    _configure(height if turned else width, width if turned else height, fullscreen, rotation)

    from screens.glyphs import Glyphs  # noqa: PLC0415 - with the rest
    from screens.kiosk_window import KioskWindow  # noqa: PLC0415 - imports the window provider, which reads the above
    from screens.typesetting import register_fonts  # noqa: PLC0415

    register_fonts(fonts_dir)
    window = KioskWindow(width, height, ppi, Glyphs(fonts_dir), offscreen=offscreen, keypad=keypad)
    # Screens leave cycles for the collector. Without all that lives for ever it looks through a tenth of the
    # objects: 3 ms instead of 75 under a finger.
    gc.collect()
    gc.freeze()
    return window


def _is_news(record: logging.LogRecord) -> bool:
    """Drop what Kivy says at every start: touch providers a kiosk does not use are missing."""
    return "MTDev is not supported" not in record.getMessage()


def _configure(width: int, height: int, fullscreen: bool, rotation: int) -> None:
    from kivy.config import Config  # noqa: PLC0415 - after the environment is set

    settings: dict[str, dict[str, object]] = {
        "kivy": {"exit_on_escape": 0, "keyboard_mode": "", "log_level": "warning"},
        "graphics": {
            "multisamples": 0,  # three to four times faster on software rendering
            "maxfps": 0,  # Kivy's clock doesn't sleep: KioskWindow.run does, and hears a finger meanwhile
            "fullscreen": 0,  # `auto` needs a window manager; borderless at the exact size does not
            "borderless": int(fullscreen),
            "resizable": 0,
            "width": width,
            "height": height,
            "rotation": rotation,
            "show_cursor": int(not fullscreen),
            "allow_screensaver": 0,
        },
        "input": {"mouse": "mouse,disable_multitouch"},
    }
    if fullscreen:
        settings["graphics"] |= {"position": "custom", "left": 0, "top": 0}
    for section, values in settings.items():
        for key, value in values.items():
            Config.set(section, key, value)
    Config.remove_option("input", "%(name)s")  # probes touch devices itself: every touch would come twice
