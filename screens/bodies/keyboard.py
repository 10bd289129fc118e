"""Rows of keys on one grid: columns stand under each other, so that a key is where the eye looks for it."""

from collections.abc import Iterator, Sequence

from kiosk.views.models import AnyChoice
from screens.controls import key
from screens.layout import Block, Column, place_on_pixels
from screens.theme import Theme

TALLEST_KEY = 1.5


def lay_keyboard(rows: Sequence[Sequence[AnyChoice]], theme: Theme) -> Column:
    """Words have equal cells; where there are keys with one sign, those have them, and words what is left."""
    columns = max((len(row) for row in rows), default=1)
    words_only = all(len(choice.text) > 1 for row in rows for choice in row)
    lines = [KeyRow(row, columns, theme, equal=words_only) for row in rows]
    return Column(lines, theme.key_gap, most_grown=TALLEST_KEY, grow=3)


class KeyRow(Block):
    """Keys from left to right, each over a number of columns."""

    def __init__(self, row: Sequence[AnyChoice], columns: int, theme: Theme, *, equal: bool) -> None:
        keys = [key(theme, choice, "heading" if len(choice.text) == 1 else "caption") for choice in row]
        super().__init__(keys, grow=1)
        self._columns = columns
        self._gap = theme.key_gap
        spare = columns - len(row)
        words = [at for at, choice in enumerate(row) if len(choice.text) > 1 and not equal]
        natural = sum(keys[at].natural_width() for at in words)
        self._spans = [
            (spare + len(words)) * each.natural_width() / natural if at in words else 1.0
            for at, each in enumerate(keys)
        ]
        # One key less stands between those above, as on every keyboard; more, under them.
        self._start = 0.0 if words or equal else spare / 2 if spare == 1 else spare // 2

    def height_for(self, width: float) -> float:
        """Return the height of the highest key."""
        return max((each.height_for(wide) for each, _, wide in self._cells(width)), default=0.0)

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Set the keys on the grid."""
        super().place(x, y, width, height)
        for each, left, wide in self._cells(width):
            place_on_pixels(each, x + left, y, wide, height)

    def _cells(self, width: float) -> Iterator[tuple[Block, float, float]]:
        pitch = (width + self._gap) / self._columns
        at = self._start
        for each, span in zip(self.blocks, self._spans, strict=True):
            yield each, at * pitch, span * pitch - self._gap
            at += span
