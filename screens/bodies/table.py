"""A page of a table, with bars above it where they tell more than figures, and the way to other pages."""

import re
from collections.abc import Iterator, Sequence

from kiosk.views.models import Bar, Table
from screens.layout import Blank, Block, Column, Row
from screens.pieces import Panel, Words, bulleted, button
from screens.theme import Theme

CHART_MM = 52.0
AMOUNT = re.compile(r"-?[\d,]+(\.\d+)?")


def lay_table(body: Table, theme: Theme) -> Block:
    """Chart, rows, summary, paging, notes, from top to bottom; the chart beside the rows on a wide screen."""
    if not body.rows:
        empty = Words(theme, body.empty, "heading", align="center")
        return Column([Panel(theme, empty, padding=(4, 8)), bulleted(theme, body.notes)], theme.space(3))
    rows: list[Block] = [_sheet(body, theme)]
    if body.pages > 1:
        rows.append(_paging(body, theme))
    blocks: list[Block] = []
    if body.chart and theme.fullness.space >= 0.5:
        chart = _chart(body.chart, theme)
        if theme.landscape:
            chart.weight = 1
            blocks.append(Row([chart, Column(rows, theme.space(2), weight=1.6)], theme.space(3)))
        else:
            blocks += [chart, *rows]
    else:
        blocks += rows
    if body.notes:
        blocks.append(bulleted(theme, body.notes))
    return Column(blocks, theme.space(2.5))


def _sheet(body: Table, theme: Theme) -> Panel:
    figures = [
        index > 0 and _are_amounts(row[index] for row in body.rows) for index in range(len(body.columns))
    ]
    widths = [_width(body, index, theme) for index in range(len(body.columns))]
    lines: list[Block] = [_line(body.columns, figures, widths, theme, head=True)]
    for row in body.rows:
        lines.append(
            Panel(
                theme,
                Blank(height=max(1, theme.edge // 2)),
                fill=theme.colours.line,
                square=True,
                padding=(0, 0),
            )
        )
        lines.append(_line(row, figures, widths, theme, head=False))
    if body.summary:
        lines.append(
            Panel(theme, Blank(height=theme.edge), fill=theme.colours.accent, square=True, padding=(0, 0))
        )
        lines.append(Words(theme, body.summary, "label"))
    return Panel(theme, Column(lines, theme.space(1.25)), padding=(3, 2))


def _line(
    cells: Sequence[str], figures: Sequence[bool], widths: Sequence[float], theme: Theme, *, head: bool
) -> Row:
    colour = theme.colours.quiet if head else theme.colours.ink
    words = [
        Words(theme, cell, colour=colour, bold=head, align="right" if right else "left", weight=wide)
        for cell, right, wide in zip(cells, figures, widths, strict=True)
    ]
    return Row(words, theme.space(3))


def _width(body: Table, index: int, theme: Theme) -> float:
    cells = [body.columns[index], *(row[index] for row in body.rows)]
    return max(1.0, *(theme.typesetter.width(cell, theme.letters("body"), True) for cell in cells))


def _are_amounts(cells: Iterator[str]) -> bool:
    return all(AMOUNT.fullmatch(cell) for cell in cells)


def _paging(body: Table, theme: Theme) -> Row:
    blank = Blank(weight=1)
    back = button(theme, body.turn_back, use="body", weight=1) if body.turn_back else blank
    onward = button(theme, body.turn_on, use="body", weight=1) if body.turn_on else Blank(weight=1)
    return Row([back, Words(theme, body.page_words, align="center", weight=1), onward], theme.gap)


def _chart(bars: Sequence[Bar], theme: Theme) -> Panel:
    """Bars from the left, the label under and the value over each, as many values as there is room for."""
    colours = theme.colours
    highest = max((bar.height for bar in bars), default=0.0) or 1.0
    room = theme.mm(CHART_MM * theme.fullness.space)
    columns: list[Block] = []
    for bar in bars:
        height = max(1, round(room * bar.height / highest))
        fill = Panel(theme, Blank(height=height), fill=colours.bright, square=True, padding=(0, 0))
        label = Words(theme, bar.label, "caption", colour=colours.quiet, align="center")
        value = Words(theme, bar.value, "caption", align="center") if len(bars) <= 6 else Blank()
        columns.append(Column([value, fill, label], theme.space(0.5), weight=1))
    tall = [
        Column([Blank(height=room * (1 - bar.height / highest)), column], weight=1)
        for bar, column in zip(bars, columns, strict=True)
    ]
    return Panel(theme, Row(tall, theme.space(1)), padding=(3, 2))
