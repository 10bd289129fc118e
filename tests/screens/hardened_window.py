"""A window on a display, for the hardening tests: tells what it was given, line by line.

Answers each line on its input with the digest of the picture and the number of keys that arrived.
Ends at the end of its input. Asked for "keypad", it shows a password and hears an accessible keypad.
"""

import hashlib
import json
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from screens.window import open_window
from tests.screens.gallery_samples import samples

width, height, fonts = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
keypad = "keypad" in sys.argv
window = open_window(width, height, 102.0, fonts, fullscreen=True, keypad=keypad)
shown = {sample.name: sample for sample in samples(zh=True)}
window.show(shown["password" if keypad else "home"])
keys: list[int] = []
lines: queue.Queue[str] = queue.Queue()


def tell(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def listen() -> None:
    for line in sys.stdin:
        lines.put(line)
    window.stop()


def turns() -> Iterator[None]:
    """Answer three turns after the question, so that what was sent before it has had its effect."""
    while True:
        if not lines.empty():
            yield from (None, None, None)
            lines.get()
            tell(picture=hashlib.sha256(window.picture().tobytes()).hexdigest(), keys=len(keys))
        yield


def note_key(_window: object, key: int, *_: object) -> None:
    keys.append(key)


def bind_keys() -> None:
    from kivy.core.window import Window  # noqa: PLC0415 - the window is open now

    Window.bind(on_key_down=note_key)  # asked before those of the kiosk: it sees what reaches the window


def keyboard_on_request() -> dict[str, object]:
    """Return how Kivy shows keyboards, and what stands in the window once somebody has asked it for one."""
    from kivy.config import Config  # noqa: PLC0415 - likewise
    from kivy.core.window import Window  # noqa: PLC0415 - likewise

    Window.request_keyboard(lambda: None, None)
    there = [type(child).__name__ for child in Window.children]
    Window.release_all_keyboards()
    return {"keyboard_mode": Config.get("kivy", "keyboard_mode"), "widgets": there}


bind_keys()
window.on_choice = lambda event: tell(chosen=event)
threading.Thread(target=listen, daemon=True).start()
middles = {t.choice.text: (int(t.center_x), int(height - t.center_y)) for t in window.screen.targets()}
tell(middles=middles, keyboard=keyboard_on_request())
window.run(turns().__next__, 30)
