"""What has been written: the text so far, the letters not yet converted, and the caret behind them.

The letters are underlined until they are converted. The place is as high for nothing as for a long text, of
which the end is shown: there one types, and the review shows all.
"""

from collections.abc import Iterator

from screens.layout import Block, place_on_pixels
from screens.line_breaking import fill_lines, shortened
from screens.notes import strip
from screens.pieces import Words
from screens.theme import Theme

CARET = "|"
USE = "heading"


class Writing(Block):
    """The last `lines` lines of what has been written, from the top."""

    def __init__(self, theme: Theme, text: str, letters: str, lines: int) -> None:
        super().__init__()
        self._theme = theme
        self._whole = text + letters + CARET
        self._letters = (len(text), len(text) + len(letters))
        self._lines = lines
        self._underline = theme.edge
        self._line_height = theme.typesetter.line_height(theme.letters(USE), True) + self._underline

    def height_for(self, width: float) -> float:
        """Return the height of all lines, whether there is something in them or not."""
        return self._lines * self._line_height

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Set the lines; the letters of a line between the text before and the caret."""
        super().place(x, y, width, height)
        self.blocks = tuple(
            block
            for number, (start, end) in enumerate(self._shown(width))
            for block in self._line(number, start, end)
        )

    def _line(self, number: int, start: int, end: int) -> Iterator[Block]:
        """Yield what is on a line, counted from 0: text, letters over their underline, the caret."""
        first, last = self._letters
        bottom = self.top - (number + 1) * self._line_height
        left, before = self.x, "" if number or not start else "…"
        for low, high, letters in ((0, first, False), (first, last, True), (last, len(self._whole), False)):
            if run := self._whole[max(start, low) : min(end, high)]:
                words = self._words(before + run, letters=letters)
                wide = words.natural_width()
                place_on_pixels(
                    words, left, bottom + self._underline, wide, self._line_height - self._underline
                )
                yield words
                if letters:
                    line = strip(self._theme, self._theme.colours.accent, self._underline)
                    place_on_pixels(line, left, bottom, wide, self._underline)
                    yield line
                left, before = left + wide, ""

    def _shown(self, width: float) -> list[tuple[int, int]]:
        """Return where each shown line begins and ends. Where more was before, the first has room for …."""
        lines = fill_lines(self._whole, width, self._measure)
        spans: list[tuple[int, int]] = []
        rest = len(self._whole)
        for line in reversed(lines[-self._lines :]):
            rest = self._whole.rindex(line, 0, rest)
            spans.insert(0, (rest, rest + len(line)))
        if rest:
            end = spans[0][1]
            spans[0] = (end - len(shortened(self._whole[:end], width, self._measure)) + 1, end)
        return spans

    def _words(self, text: str, *, letters: bool) -> Words:
        colours = self._theme.colours
        return Words(
            self._theme, text, USE, colour=colours.accent if letters else colours.ink, bold=not letters
        )

    def _measure(self, text: str) -> float:
        return self._theme.typesetter.width(text, self._theme.letters(USE), True)
