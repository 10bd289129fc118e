"""Parts of the kiosk and how each is: a mark of its own shape, a word, what was seen, the next step."""

from kiosk.views.models import AnyChoice, StatusList, StatusRow
from screens.grids import Shortest, halves
from screens.icons import CHEVRON
from screens.layout import Blank, Block, Column, Row
from screens.marks import HEALTH
from screens.notes import bulleted
from screens.paging import paging
from screens.pieces import Drawing, Panel, Words
from screens.targets import Target
from screens.theme import Theme
from screens.verdict import verdict_panel

WIDE_EM = 42  # below that two columns would break every line
FULL = 0.5  # of the full space between things: below that the marks are no higher than a line


def lay_status_list(body: StatusList, theme: Theme) -> Block:
    """One column of rows; two on a wide screen when there are many."""
    blocks: list[Block] = [verdict_panel(body.verdict, theme)] if body.verdict else []
    if body.lead:
        blocks.append(Words(theme, body.lead))
    rows: list[Block] = [_row(row, theme) for row in body.rows]
    if len(rows) > 4 and theme.width > WIDE_EM * theme.letters("body"):
        rows = [_beside(rows, theme)]
    elif len(rows) > 4 and theme.landscape and theme.fullness.space < FULL:
        rows = [Shortest([Column(rows, theme.gap), _beside(rows, theme)])]
    if body.turn_back is not None or body.turn_on is not None:
        rows.append(paging(body.turn_back, body.turn_on, body.page_words, theme))
    if rows:
        blocks.append(Column(rows, theme.gap))
    if body.notes:
        blocks.append(bulleted(theme, body.notes))
    return Column(blocks, theme.space(2.5))


def _beside(rows: list[Block], theme: Theme) -> Row:
    parts = halves([row.height_for(theme.half_width) + theme.gap for row in rows])
    columns = [Column(rows[part], theme.gap, weight=1) for part in parts]
    return Row(columns, theme.gap, top=True)


def _row(row: StatusRow, theme: Theme) -> Block:
    inside = _inside(row, theme)
    if row.choice is None:
        return Panel(theme, inside, padding=(2.5, 1))
    return Target(theme, row.choice, inside, padding=(2.5, 1))


def _inside(row: StatusRow, theme: Theme) -> Row:
    """The arrow stands beside all lines; in a full screen beside the first, which leaves the others wider."""
    colours, tone = theme.colours, theme.health_tone(row.health)
    full = theme.fullness.space <= FULL
    height = theme.letters("heading") * (1.0 if full else 1.6)
    mark = Drawing(theme, HEALTH[row.health], height, tone.ink, tone.ground)
    label = Words(theme, row.label, "label", colour=colours.ink, weight=1)
    head: list[Block] = [label, Words(theme, row.word, "label", colour=tone.ink)]
    onward = _onward(row.choice, theme)
    lines: list[Block] = [Row([*head, onward] if full else head, theme.space(2))]
    if row.seen:
        lines.append(Words(theme, row.seen, "caption", colour=colours.quiet))
    if row.advice:
        lines.append(Words(theme, row.advice, "body", colour=tone.ink, bold=True))
    told: Block = Column(lines, theme.space(0.5), weight=1)
    if not full:
        told = Row([told, onward], theme.space(2.5), weight=1)
    return Row([mark, told], theme.beside(2.5))


def _onward(choice: AnyChoice | None, theme: Theme) -> Block:
    height = theme.letters("label")
    if choice is None or not choice.enabled:
        return Blank(width=height)
    return Drawing(theme, CHEVRON, height, theme.colours.accent)
