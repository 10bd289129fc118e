"""Breaks text into lines that fit the paper, the way a Chinese reader expects them broken.

Kept true, as long as one piece fits a line at all:
- no line begins with closing punctuation, or ends with opening punctuation (GB/T 15834-2011, 5.1);
- numbers, dates, amounts and other runs of ASCII are never cut;
- nothing is lost but the spaces at a break.

Widths are counted in columns: a character of ASCII takes one, every other takes two. That is this printer's
rule, not Unicode's: whatever it prints through its Chinese font fills a square cell.
"""

import re
import unicodedata
from collections.abc import Iterator

_NEVER_FIRST = frozenset("，。、；：？！）》」』】〉〕］｝”’…—～·％‰℃°,.;:?!)]}%")
_NEVER_LAST = frozenset("（《「『【〈〔［｛“‘￥＄([{")
_PIECES = re.compile(r" +|[!-~]+|[^ -~]")
_VARIATION_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_GAP = 2  # columns between the left and the right part of a line


def legible(text: str) -> str:
    """Return `text` with what cannot be printed taken out: controls become spaces, invisible marks vanish.

    A name comes from a card, so this is also what keeps printer commands out of the text.
    """
    kept = []
    for character in _VARIATION_SELECTORS.sub("", unicodedata.normalize("NFC", text)):
        match unicodedata.category(character):
            case "Cc" | "Zs" | "Zl" | "Zp" if character != "\u3000":
                kept.append(" ")
            case "Cf":
                pass
            case "Cs":
                kept.append("〓")
            case _:
                kept.append(character)
    return "".join(kept)


def columns(text: str) -> int:
    """Return how many columns `text` takes."""
    return sum(1 if character < "\x7f" else 2 for character in text)


def wrap(text: str, width: int) -> list[str]:
    """Break legible `text` into lines of at most `width` columns; empty text is one empty line."""
    lines = []
    line = ""
    for piece in _unbreakable(text):
        if columns(line + piece.rstrip(" ")) <= width:
            line += piece
            continue
        if line.strip(" "):
            lines.append(line.rstrip(" "))
        line = ""
        for character in piece.lstrip(" "):  # a piece longer than a line has to be cut somewhere
            if columns(line + character) > width:
                lines.append(line)
                line = ""
            line += character
    if line.strip(" ") or not lines:
        lines.append(line.rstrip(" "))
    return lines


def set_in_columns(left: str, right: str, width: int) -> list[str]:
    """Return the lines of a left and a right part, each at most `width` columns wide."""
    room = width - columns(left) - _GAP
    if not right:
        return wrap(left, width)
    if columns(right) <= room:
        return [left + " " * (width - columns(left) - columns(right)) + right]
    if room >= width // 2:
        first, *rest = wrap(right, room)
        indent = " " * (columns(left) + _GAP)
        return [left + " " * _GAP + first, *(indent + line for line in rest)]
    return [*wrap(left, width), *(" " * _GAP + line for line in wrap(right, width - _GAP))]


def _unbreakable(text: str) -> Iterator[str]:
    """Yield the pieces between which a line may end; a space stands at the end of the piece before it."""
    pending = ""
    for match in _PIECES.finditer(text):
        piece = match.group()
        glued = not pending or piece[0] in _NEVER_FIRST or piece[0] == " " or pending[-1] in _NEVER_LAST
        if glued:
            pending += piece
        else:
            yield pending
            pending = piece
    if pending:
        yield pending
