"""Characters by their number in Unicode: the last way to write a rare name.

The police print the number on the paper they give to people whose character few computers have. It is shown
as a candidate before it is taken; one that the font cannot draw is never offered, nobody could check it.
"""

import re
import unicodedata
from collections.abc import Callable

from kiosk.input.rime import Composition

DIGITS = "0123456789ABCDEF"
MOST_DIGITS = 5  # Chinese characters end far below U+FFFFF


class CodePoints:
    """One citizen typing numbers of characters. Used as a `rime.Session` is, and needs no engine."""

    keys = DIGITS

    def __init__(self, drawable: Callable[[str], bool]) -> None:
        self._drawable = drawable
        self._typed = ""

    def type(self, key: str) -> Composition:
        """Add a digit; past `MOST_DIGITS` it is ignored. Raises `ValueError` for what is none."""
        if len(key) != 1 or key not in DIGITS:
            raise ValueError("the keyboard has no such key")
        self._typed = (self._typed + key)[:MOST_DIGITS]
        return self._composition()

    def backspace(self) -> Composition:
        """Take back the last digit."""
        self._typed = self._typed[:-1]
        return self._composition()

    def choose(self, index: int) -> Composition:
        """Take the character, if there is one at this index."""
        shown = self._composition()
        if index >= len(shown.candidates):
            return shown
        self._typed = ""
        return Composition(committed=shown.candidates[index])

    def next_page(self, shown: int | None = None) -> Composition:
        """Show the same again: there is but one page."""
        return self._composition()

    def previous_page(self) -> Composition:
        """Show the same again: there is but one page."""
        return self._composition()

    def clear(self) -> Composition:
        """Forget the digits."""
        self._typed = ""
        return self._composition()

    def close(self) -> None:
        """Forget the digits."""
        self._typed = ""

    def _composition(self) -> Composition:
        character = character_at(self._typed)
        shown = (character,) if character is not None and self._drawable(character) else ()
        return Composition(preedit=self._typed, candidates=shown)


def character_at(code: str) -> str | None:
    """Return the Chinese character at `36C3`, `U+36C3` or `u36c3`; None where there is none.

    Private-use code points are none: what they show depends on the font.
    """
    number = re.fullmatch(r"\s*(?:U\+?)?([0-9A-F]{4,5})\s*", code, re.IGNORECASE | re.ASCII)
    if not number:
        return None
    character = chr(int(number[1], base=16))
    is_chinese = unicodedata.name(character, "").startswith("CJK UNIFIED IDEOGRAPH")
    return character if is_chinese else None
