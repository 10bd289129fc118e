"""What typed letters may mean: as many candidates as fit, and the way to the others.

The place is as high with none as with many, and tells when there is none. One that is too long for a row is
shown without its middle, and what has no room begins the next page. They rest after a touch, unlike the keys
below: a trembling second touch takes nothing unread.
"""

from kiosk.views.models import AnyChoice, TextEntry
from screens.controls import button
from screens.layout import Block, place_on_pixels
from screens.line_breaking import shortened
from screens.pieces import Words
from screens.targets import Target
from screens.theme import Theme
from screens.tokens import TARGET_MM

ROWS, ROWS_WIDE = 2, 1
USE = "heading"
PADDING = (0.75, 0.5)  # that of a key
BEFORE = 0.5  # of what is shown of a long one: its beginning, and as much of its end


class Candidates(Block):
    """Rows of candidates. To their right the turns to other pages, each always in the same place."""

    def __init__(self, body: TextEntry, theme: Theme) -> None:
        super().__init__()
        self._body = body
        self._theme = theme
        self._rows = ROWS if body.composing and not theme.landscape else ROWS_WIDE
        line = theme.typesetter.line_height(theme.letters(USE), True)
        self._row_height = max(theme.mm(TARGET_MM * theme.enlarged), line + 2 * theme.padding(*PADDING)[1])
        turns = (body.turn_back, body.turn_on, *body.turns_between[:1])
        self._turn_width = max((self._turn(each).natural_width() for each in turns if each), default=0.0)

    def height_for(self, width: float) -> float:
        """Return the height of all rows, whatever is in them."""
        return self._rows * self._row_height + (self._rows - 1) * self._theme.key_gap

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Fill the rows; what has no room is behind the turn."""
        super().place(x, y, width, height)
        back, onward, count = self._body.turn_back, self._body.turn_on, len(self._body.candidates)
        if back is None and onward is None:
            self._fill(width)
        if back or onward or len(self.blocks) < count:
            self._fill(self._beside_turns(width))
        if len(self.blocks) < count:
            onward = self._body.turns_between[len(self.blocks) - 1]
        self._turn_pages(back, onward)
        if self._body.unknown and not count:
            self._say(self._body.unknown)

    def _fill(self, width: float) -> None:
        """Place as many candidates as have room."""
        placed: list[Block] = []
        row, left = 0, 0.0
        for choice in self._body.candidates:
            target = self._candidate(choice, width)
            wide = min(width, target.natural_width())
            if left + wide > width:
                row, left = row + 1, 0.0
            if row == self._rows:
                break
            self._place(target, row, self.x + left, wide)
            placed.append(target)
            left += wide + self._theme.key_gap
        self.blocks = tuple(placed)

    def _turn_pages(self, back: AnyChoice | None, onward: AnyChoice | None) -> None:
        """On stands at the lower right; back above it or, where there is one row, to its left."""
        last = self.right - self._turn_width
        beside = last - self._turn_width - self._theme.key_gap
        for turn, row, left in (
            (back, 0, last if self._rows > 1 else beside),
            (onward, self._rows - 1, last),
        ):
            if turn is not None:
                target = self._turn(turn)
                self._place(target, row, left, self._turn_width)
                self.blocks += (target,)

    def _say(self, text: str) -> None:
        words = Words(self._theme, text, colour=self._theme.colours.quiet)
        place_on_pixels(words, self.x, self.y, self.width, self.height)
        self.blocks += (words,)

    def _beside_turns(self, width: float) -> float:
        count = 2 if self._rows == 1 and self._body.turn_back else 1
        return width - count * (self._turn_width + self._theme.key_gap)

    def _candidate(self, choice: AnyChoice, room: float) -> Target:
        theme, ink = self._theme, self._theme.paint(choice).ink
        words = Words(theme, choice.text, USE, colour=ink, align="center", label=True)
        room -= 2 * theme.padding(*PADDING)[0]
        if words.natural_width() > room:
            text = shortened(choice.text, room, words.measure, before=BEFORE)
            words = Words(theme, text, USE, colour=ink, align="center", label=True)
        return Target(theme, choice, words, padding=PADDING)

    def _turn(self, turn: AnyChoice) -> Target:
        return button(self._theme, turn, "caption")

    def _place(self, target: Target, row: int, left: float, wide: float) -> None:
        bottom = self.top - (row + 1) * self._row_height - row * self._theme.key_gap
        place_on_pixels(target, left, bottom, wide, self._row_height)
