"""Bars on a common ground. One that is owed is hollow, which is seen without its colour or a word."""

from collections.abc import Sequence

from kiosk.views.models import Bar
from screens.layout import Blank, Block, Column, Row, place_on_pixels
from screens.pieces import Panel, Words
from screens.rims import NO_RIM, Rim
from screens.theme import Theme

CHART_MM = 52.0
LEAST_CHART_MM = 8.0
LEAST_GAP_MM = 2.0  # or the bars of equal months run into one
LEAST_GAP_BESIDE_MM = 0.8  # where the rows beside it leave the bars little width
FULL = 0.5  # of the full space between things
WIDEST_BAR_MM = 32.0
MOST_VALUES = 6  # more bars than this have no room for their figures, but for the last one above all


def lay_chart(bars: Sequence[Bar], theme: Theme, least_mm: float = LEAST_CHART_MM) -> Panel:
    """The label under each bar, and the value over it, or the last one's over all."""
    highest = max(bar.height for bar in bars) or 1.0
    room = theme.mm(max(least_mm, CHART_MM * theme.fullness.space))
    many = len(bars) > MOST_VALUES
    columns: list[Block] = []
    for bar in bars:
        height = max(1, round(room * bar.height / highest))
        parts: list[Block] = [Blank(height=room - height)]
        if not many:
            parts.append(Words(theme, bar.value, "caption", align="center"))
        parts.append(ChartBar(bar, height, theme))
        columns.append(Column(parts, theme.space(0.5), weight=1, widest=theme.mm(WIDEST_BAR_MM)))
    least_gap = LEAST_GAP_BESIDE_MM if theme.landscape else LEAST_GAP_MM
    gap = max(theme.mm(least_gap), theme.space(0.5 if many else 1))
    lines: list[Block] = [Row(columns, gap), Axis([bar.label for bar in bars], gap, theme)]
    if many and theme.fullness.space >= FULL:  # else the first line of the table says it
        last = f"{bars[-1].label}　{bars[-1].value}"
        lines.insert(0, Words(theme, last, "caption", bold=True, align="right"))
    return Panel(theme, Column(lines, theme.space(0.5)), padding=(3, 2), weight=1)


class ChartBar(Panel):
    """One bar: hollow for what is owed."""

    def __init__(self, bar: Bar, height: float, theme: Theme) -> None:
        bright, blank = theme.colours.bright, Blank(height=height)
        if bar.hollow:
            rim = Rim(theme.heavy_edge)
            super().__init__(theme, blank, square=True, padding=(0, 0), rim=rim, edge=bright)
        else:
            super().__init__(theme, blank, square=True, padding=(0, 0), rim=NO_RIM, fill=bright)


class Axis(Block):
    """Labels under as many columns; where they would run together some are left out, never the last."""

    def __init__(self, labels: Sequence[str], gap: float, theme: Theme) -> None:
        self._labels = [
            Words(theme, label, "caption", colour=theme.colours.quiet, align="center") for label in labels
        ]
        self._gap = gap
        self._apart = theme.letters("caption") / 2
        super().__init__(self._labels)

    def height_for(self, width: float) -> float:
        """Return the height of one line."""
        return self._labels[0].height_for(self._labels[0].natural_width())

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Set each label that is kept under the middle of its column, or as near as the ends allow."""
        super().place(x, y, width, height)
        count = len(self._labels)
        apart = (width + self._gap) / count
        widest = max(label.natural_width() for label in self._labels)
        every = next(
            step for step in range(1, count + 1) if widest + self._apart <= apart * step or step == count
        )
        labels, limit = list[Block](), x + width + self._apart
        for at in range(count - 1, -1, -every):
            label = self._labels[at]
            wide = label.natural_width()
            middle = x + at * apart + (apart - self._gap) / 2
            left = max(x, min(middle - wide / 2, x + width - wide))
            if left + wide + self._apart <= limit + 1:  # the last, moved in from the edge, may need more room
                place_on_pixels(label, left, y, wide, height)
                labels.insert(0, label)
                limit = left
        self.blocks = tuple(labels)
