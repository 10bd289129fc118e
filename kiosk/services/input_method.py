"""Typing Chinese: keys to the pinyin engine, candidates back; numbers of rare characters need no engine.

Text being typed is a citizen's address: it is forgotten when the keyboard changes and when the visit ends.
"""

from collections.abc import Callable, Iterable

from drivers.errors import DeviceStatus, Remedy
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.events import Keyboard
from kiosk.input import rime
from kiosk.input.code_points import CodePoints
from kiosk.services.service import Check, Watched

CANDIDATES = 16  # of a page; a screen that has room for fewer goes on from the last one it shows
_KEYBOARDS = {
    Keyboard.PINYIN: rime.Keyboard.FULL,
    Keyboard.NINE_KEY: rime.Keyboard.NINE_KEY,
    Keyboard.STROKES: rime.Keyboard.STROKES,
}


class InputMethod:
    """The pinyin engine as a service; without one it answers to numbers only, and is said to be missing.

    `drawable` tells whether the screen's font has a character.
    """

    def __init__(self, engine: rime.PinyinEngine | None, drawable: Callable[[str], bool]) -> None:
        self._engine = engine
        self._drawable = drawable
        self._session: rime.Session | CodePoints | None = None
        self._told = False

    def perform(self, effect: do.Effect) -> Iterable[on.Event]:
        """Give a key to the engine, or forget what was typed."""
        match effect:
            case do.CloseVisit():
                self._forget()
            case do.Compose(visit, _, "clear"):
                self._forget()
                yield on.Composed(visit, "", ())
            case do.Compose(visit, keyboard, key) if session := self._session_for(keyboard):
                composed = _pressed(session, key)
                yield on.Composed(
                    visit, composed.preedit, composed.candidates, composed.committed,
                    composed.has_previous, composed.has_more,
                )  # fmt: skip

    def watch(self) -> Watched:
        """Say once whether Chinese can be typed; there is nothing to look after."""
        told, self._told = self._told, True
        return Watched(() if told else (on.InputMethodReady(self._engine is not None),), rest_s=60)

    def check(self) -> Check:
        """Say whether Chinese can be typed."""
        if self._engine is None:
            detail = "no pinyin: run set-up again"
            return Check(DeviceStatus.NO_DEVICE, Remedy.MAINTENANCE, detail, ("no_dictionaries",))
        return Check(DeviceStatus.ONLINE)

    def close(self) -> None:
        """Stop the engine."""
        self._forget()
        if self._engine is not None:
            self._engine.close()

    def _session_for(self, keyboard: Keyboard) -> rime.Session | CodePoints | None:
        if keyboard is Keyboard.CODE:
            self._session = self._session or CodePoints(self._drawable)
            return self._session
        if self._engine is None or keyboard not in _KEYBOARDS:
            return None
        if self._session is None:
            self._session = self._engine.session(_KEYBOARDS[keyboard], CANDIDATES)
        return self._session

    def _forget(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None


def _pressed(session: rime.Session | CodePoints, key: str) -> rime.Composition:
    match key:
        case "erase":
            return session.backspace()
        case _ if key.startswith("next:"):
            return session.next_page(int(key.removeprefix("next:")))
        case "previous":
            return session.previous_page()
        case _ if key.startswith("choose:"):
            return session.choose(int(key.removeprefix("choose:")))
    return session.type(key) if key in session.keys else session.clear()
