"""Text to enter: the text so far, what the letters might mean, and the keys.

The keys stand still while one types: the letters not yet converted and the candidates have their place
even when there are none.
"""

from collections.abc import Sequence

from kiosk.views.models import AnyChoice, TextEntry
from screens.bodies.keyboard import lay_keyboard
from screens.controls import button, key
from screens.grids import Flow, Grid, Shortest
from screens.layout import Blank, Block, Column, Row
from screens.notes import notice, strip
from screens.pieces import Panel, Words
from screens.rims import Rim
from screens.theme import Theme
from screens.tokens import SIDE_MM, SMALL_TARGET_MM, TARGET_MM

CARET = "|"
MOST_ROWS = 5  # of keys on a wide screen; more rows, of places to pick from, stand two beside each other
LINES = 2  # of the text so far: the end, where one types; the review shows all
FULL = 0.2  # of the full space between things: below that one line of the text has to do


def lay_text_entry(body: TextEntry, theme: Theme) -> Block:
    """Field and candidates above, keys below, near the hand."""
    quiet = theme.colours.quiet
    label, note = Words(theme, body.label, colour=quiet), Words(theme, body.note, colour=quiet)
    hints: list[Block] = [note] if body.note else []
    if body.problem:
        hints = [notice(theme, body.problem)]
    field: list[Block] = [label, _field(body, theme), *hints]
    if theme.landscape:
        for words in (label, *hints):
            words.weight = words.natural_width()
        beside = Row([label, *hints], theme.space(3))
        field = [Shortest([beside, Column([label, *hints], theme.space(1))]), _field(body, theme)]
    blocks: list[Block] = [Column(field, theme.space(1))]
    if body.composing or body.turn_back or body.turn_on:
        blocks.append(_conversion(body, theme))
    blocks.append(Blank(grow=1))
    if body.keyboards:
        blocks.append(_tabs(body.keyboards, theme))
    keys = body.rows
    if theme.landscape and len(keys) > MOST_ROWS:
        keys = tuple(sum(keys[at : at + 2], ()) for at in range(0, len(keys), 2))
    blocks.append(lay_keyboard(keys, theme))
    return Column(blocks, max(theme.key_gap, theme.space(2)), grow=1)


def _tabs(keyboards: Sequence[AnyChoice], theme: Theme) -> Block:
    """The other ways to type: in one row if their names fit whole, else in two rows of equal cells."""
    least = (TARGET_MM, SMALL_TARGET_MM)
    tabs = [button(theme, choice, "body", least_mm=least) for choice in keyboards]
    for tab in tabs:
        tab.weight = tab.natural_width()
    row = Row(tabs, theme.key_gap)
    room = theme.width - 2 * theme.mm(SIDE_MM)
    return row if row.natural_width() <= room else Grid(tabs, -(-len(tabs) // 2), theme.key_gap)


def _field(body: TextEntry, theme: Theme) -> Block:
    colours = theme.colours
    lines = LINES if theme.fullness.space > FULL else 1
    words = Words(theme, body.text + CARET, "heading", last_lines=lines)
    text = Panel(theme, words, square=True, padding=(3, 1.5), rim=Rim(theme.hairline))
    return Column([text, strip(theme, colours.accent, theme.heavy_edge)])


def _conversion(body: TextEntry, theme: Theme) -> Block:
    """Letters and candidates: one line on a wide screen, else two lines of candidates under the letters."""
    gap = theme.key_gap
    preedit = Words(theme, body.preedit, "label", colour=theme.colours.accent, bold=False)
    words = Flow([key(theme, choice, "heading") for choice in body.candidates], gap, weight=1)
    turns = [key(theme, turn, "caption") for turn in (body.turn_back, body.turn_on) if turn is not None]
    if theme.landscape:
        return Row([preedit, words, Row(turns, gap), Blank(height=theme.mm(TARGET_MM))], gap)
    letters: Block = (
        preedit if body.preedit else Blank(height=theme.typesetter.line_height(preedit.size_px, bold=False))
    )
    room = Blank(height=2 * theme.mm(TARGET_MM) + gap)
    return Column([letters, Row([words, Column(turns, gap), room], gap, top=True)], theme.space(0.5))
