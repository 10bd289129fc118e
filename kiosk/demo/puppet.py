"""The kiosk as a process of its own, with a string to its window: told on standard input what to touch.

    {"do": "touch", "words": "挂失"}      -> {"ok": true}          a finger on the real window
    {"do": "find", "words": "挂失"}       -> {"ok": true, "x": 540, "y": 960}   its middle, from the top left
    {"do": "knock"}                       -> {"ok": true}          the finger on the brand, until it is heard
    {"do": "look"}                        -> {"ok": true, "view": "home", "screen": "...", "choices": [...]}
    {"do": "photograph", "path": "a.png"} -> {"ok": true}

Behind the window nothing differs from `kiosk run`. Only the demonstration and its test start it.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from kiosk.config import load_config
from kiosk.flows.mode import KNOCKS
from kiosk.running import run
from kiosk.runtime import Runtime
from kiosk.views.models import choices_of
from kiosk.views.reading import text_of

if TYPE_CHECKING:  # the window's toolkit reads its settings when it is imported: open_window comes first
    from screens.kiosk_window import KioskWindow


class Strings:
    """Requests from standard input, performed between the turns of the loop."""

    def __init__(self, window: "KioskWindow", runtime: Runtime) -> None:
        self._window = window
        self._runtime = runtime
        self._requests: SimpleQueue[Mapping[str, str]] = SimpleQueue()
        Thread(target=self._listen, name="strings", daemon=True).start()

    def pull(self) -> None:
        """Perform what has been asked for."""
        try:
            request = self._requests.get_nowait()
        except Empty:
            return
        match request:
            case {"do": "touch", "words": words}:
                from screens.hands import NothingToTouch, touch  # noqa: PLC0415  as above

                try:
                    touch(self._window, words, lambda: _answer(ok=True))
                except NothingToTouch as error:
                    _answer(ok=False, error=str(error))
            case {"do": "find", "words": words}:
                from screens.hands import NothingToTouch, middle  # noqa: PLC0415  as above

                try:
                    x, y = middle(self._window, words)
                    _answer(ok=True, x=x, y=y)
                except NothingToTouch as error:
                    _answer(ok=False, error=str(error))
            case {"do": "knock"}:
                from screens.hands import knock  # noqa: PLC0415  as above

                knock(self._window, KNOCKS, lambda: _answer(ok=True))
            case {"do": "look"}:
                view = self._runtime.view
                assert view is not None
                choices = [choice.text for choice in choices_of(view)]
                _answer(ok=True, view=view.name, screen=text_of(view), choices=choices)
            case {"do": "photograph", "path": path}:
                self._window.photograph(Path(path))
                _answer(ok=True)
            case _:
                _answer(ok=False, error="not understood")

    def _listen(self) -> None:
        for line in sys.stdin:
            self._requests.put(json.loads(line))
        self._window.stop()


def _answer(**answer: object) -> None:
    print(json.dumps(answer, ensure_ascii=False), flush=True)  # noqa: T201  the answer is the output


def make_room_for_dock() -> None:
    """Move the window to the right of the dock."""
    from kivy.core.window import Window  # noqa: PLC0415  as above

    from kiosk.demo.dock import DOCK_WIDTH  # noqa: PLC0415  brings the emulators, and is no part of a kiosk

    Window.left, Window.top = DOCK_WIDTH + 16, 0


def main(config_path: str, where: str) -> None:
    """Run the kiosk of a configuration: "offscreen", "beside" the dock, or "alone" on its display."""

    def beside(window: "KioskWindow", runtime: Runtime) -> Callable[[], None]:
        if where == "beside":
            make_room_for_dock()
        return Strings(window, runtime).pull

    file = Path(config_path)
    run(
        load_config(file),
        config_file=file,
        offscreen=where == "offscreen",
        fullscreen=where == "alone",
        beside=beside,
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
