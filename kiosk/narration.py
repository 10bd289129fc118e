"""From one screen to the next: what is to be said, if anything.

A new screen is read from its beginning, in place of whatever was being read. The same screen drawn anew is
read only for what is new in it: a wrong password, a slip that has come out, a page turned. An alarm is heard
by everybody, whatever the visitor chose; it ends with the screen that gave it.
"""

from collections.abc import Callable

from kiosk.flows import effects as do
from kiosk.views.aloud import aloud
from kiosk.views.models import AnyChoice, Audience, View


def words_of(choice: AnyChoice, *, key: bool, language: str, hears: Audience) -> str:
    """Return what is said of a choice the ring has come to, or "".

    Keys and candidates are what is being typed: the hall does not hear it. Keys of a password are never rung.
    """
    if key and hears is not Audience.VISITOR:
        return ""
    return aloud("，".join(filter(None, (choice.text, "" if key else choice.detail))), language)


class Narrator:
    """Follows the screens. `hears` are those who hear the kiosk, besides everybody."""

    def __init__(self, perform: Callable[[do.Effect], None], hears: Audience) -> None:
        self._perform = perform
        self._audience = {Audience.EVERYBODY, hears}
        self._before: View | None = None

    def __call__(self, view: View) -> None:
        """Say what is to be said of the view that is now shown."""
        before, self._before = self._before, view
        sentences = tuple(each.text for each in view.speech if each.audience in self._audience)
        if view.alarm:
            if before is None or before.alarm != view.alarm:
                self._perform(do.Say(sentences, view.look.language, alarm=True))
        elif view.aloud:
            sentences = self._new(sentences, before, view)
            if sentences:
                self._perform(do.Say(sentences, view.look.language))
        elif before is not None and (before.aloud or before.alarm):
            self._perform(do.Hush())

    def _new(self, sentences: tuple[str, ...], before: View | None, view: View) -> tuple[str, ...]:
        if before is None or not before.aloud or before.name != view.name or before.look != view.look:
            return sentences
        known = {each.text for each in before.speech}
        return tuple(sentence for sentence in sentences if sentence not in known)
