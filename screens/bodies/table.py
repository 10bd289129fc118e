"""A page of a table, with bars above it where they tell more than figures, and the way to other pages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kiosk.views.models import Bar, Mark, Table
from screens.bodies.chart import lay_chart
from screens.grids import Shortest
from screens.layout import Blank, Block, Column, Row
from screens.marks import MARKS
from screens.notes import hairline, remarks, strip
from screens.paging import paging
from screens.pieces import Drawing, Panel, Words
from screens.theme import Theme

COLUMN_GAP_MM = 5.0
LEAST_BESIDE_MM = 34.0  # of a chart that has the height of the rows beside it
SHARES = (1, 0.6, 0.3)  # of the chart beside the rows, which have 1.3
FULL = 0.6  # of the full space between things: below that the rows may need all of the width
AMOUNT = re.compile(r"-?[\d,]+(\.\d+)?")


def lay_table(body: Table, theme: Theme) -> Block:
    """Chart, rows, summary, paging, notes, from top to bottom; the chart beside the rows on a wide screen."""
    if not body.rows:
        empty = Words(theme, body.empty, "heading", align="center")
        return Column([Panel(theme, empty, padding=(4, 8)), remarks(theme, body.notes)], theme.space(3))
    full = theme.fullness.space < FULL
    sheet: list[Block] = [_sheet(body, theme)]
    below: list[Block] = [remarks(theme, body.notes)] if body.notes else []
    if body.pages > 1:
        turns = paging(body.turn_back, body.turn_on, body.page_words, theme)
        if theme.landscape and full and below:
            below[0].weight, turns.weight = 1, 2
            below = [Row([*below, turns], theme.gap)]
        else:
            sheet.append(turns)
    if body.chart:
        sheet = (
            [_with_chart(body.chart, sheet, theme)]
            if theme.landscape
            else [lay_chart(body.chart, theme), *sheet]
        )
    return Column([*sheet, *below], theme.space(2.5))


def _with_chart(bars: Sequence[Bar], sheet: Sequence[Block], theme: Theme) -> Block:
    """The chart beside the rows or, where they need the width of a full screen, narrow, or above them."""
    if theme.fullness.space >= FULL:
        return _beside(bars, sheet, 1, theme)
    above = Column([lay_chart(bars, theme), *sheet], theme.space(2))
    return Shortest([*(_beside(bars, sheet, share, theme) for share in SHARES), above])


def _beside(bars: Sequence[Bar], sheet: Sequence[Block], share: float, theme: Theme) -> Row:
    chart, rows = lay_chart(bars, theme, LEAST_BESIDE_MM), Column(sheet, theme.space(2), weight=1.3)
    chart.weight = share
    return Row([chart, rows], theme.space(3), top=True)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What all cells of a column have in common."""

    amounts: bool  # set to the right, so that the digits stand under each other
    wanted: float  # in one line, pixels
    least: float  # without cutting a number


def _sheet(body: Table, theme: Theme) -> Panel:
    shapes = [
        _shape(index, (head, *cells), theme)
        for index, (head, *cells) in enumerate(zip(body.columns, *body.rows, strict=True))
    ]
    head = _line(body.columns, shapes, theme, head=True)
    rows = [_line(row, shapes, theme, marked=at in body.marked) for at, row in enumerate(body.rows)]
    if body.results:
        head = _behind(Blank(theme.letters("heading")), head, theme)
        rows = [
            _behind(_result(mark, theme), row, theme) for mark, row in zip(body.results, rows, strict=True)
        ]
    lines: list[Block] = [head]
    for line in rows:
        lines += [hairline(theme), line]
    if body.summary:
        lines += [strip(theme, theme.colours.accent, theme.edge), Words(theme, body.summary, "label")]
    return Panel(theme, Column(lines, theme.space(1.25)), padding=(3, 2))


def _result(mark: Mark, theme: Theme) -> Drawing:
    # High contrast tells results by their shape, and turns the ground of some to black.
    ink = theme.colours.ink if theme.high else theme.tone(mark).ink
    return Drawing(theme, MARKS[mark], theme.letters("heading"), ink, theme.colours.surface)


def _behind(mark: Block, line: Row, theme: Theme) -> Row:
    line.weight = 1
    return Row([mark, line], theme.space(2))


def _shape(index: int, cells: Sequence[str], theme: Theme) -> _Shape:
    words = [Words(theme, cell, bold=True) for cell in cells]
    return _Shape(
        amounts=index > 0 and all(AMOUNT.fullmatch(cell) for cell in cells[1:]),
        wanted=max(1.0, *(each.natural_width() for each in words)),
        least=max(each.uncut_width() for each in words),
    )


def _line(
    cells: Sequence[str],
    shapes: Sequence[_Shape],
    theme: Theme,
    *,
    head: bool = False,
    marked: bool = False,
) -> Row:
    colour = theme.colours.quiet if head else theme.colours.ink
    words: list[Words] = []
    for cell, shape in zip(cells, shapes, strict=True):
        bold = head or (marked and len(words) == len(cells) - 1)
        align = "right" if shape.amounts else "left"
        words.append(
            Words(theme, cell, colour=colour, bold=bold, align=align, weight=shape.wanted, label=True)
        )
        words[-1].least_width = shape.least
    return Row(words, max(theme.mm(COLUMN_GAP_MM), theme.space(3)))
