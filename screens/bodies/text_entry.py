"""Text to enter: the text so far, what the letters might mean, and the keys.

The keys stand still while one types. What comes and goes above them, from the first letter to a warning, has
its room whether it is there or not, and nothing of it decides how large or how far apart things are set.
"""

from collections.abc import Sequence

from kiosk.views.models import AnyChoice, TextEntry
from screens.bodies.candidates import Candidates
from screens.bodies.keyboard import lay_keyboard
from screens.bodies.writing import Writing
from screens.controls import button
from screens.grids import Grid, InTurn, Shortest
from screens.layout import Blank, Block, Column, Row
from screens.notes import notice, strip
from screens.pieces import Panel, Words
from screens.rims import Rim
from screens.theme import Theme
from screens.tokens import SIDE_MM, SMALL_TARGET_MM, TARGET_MM

MOST_ROWS = 5  # of keys on a wide screen; more rows, of places to pick from, stand two beside each other
LINES = 2  # of the text so far: the end, where one types; the review shows all
FULL = 0.2  # of the full space between things: below that one line of the text has to do


def lay_text_entry(body: TextEntry, theme: Theme) -> Block:
    """The field above; what is touched below, near the hand."""
    blocks: list[Block] = [_field(body, theme), Blank(grow=1)]
    if body.composing or body.turn_back or body.turn_on:
        blocks.append(Candidates(body, theme))
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
    """The field under its label, with a note below or, on a wide screen, beside the label.

    A warning stands in the place of the note, and on a wide screen in that of the label too: the title says
    what is typed.
    """
    lines = LINES if theme.fullness.space > FULL else 1
    writing = Writing(theme, body.text, body.preedit, lines)
    text = Panel(theme, writing, square=True, padding=(3, 1.5), rim=Rim(theme.hairline))
    field = Column([text, strip(theme, theme.colours.accent, theme.heavy_edge)])
    if theme.landscape:
        return Column([_note_or_warning(body, theme), field], theme.space(1))
    return Column([_quiet(body.label, theme), field, _note_or_warning(body, theme)], theme.space(1))


def _note_or_warning(body: TextEntry, theme: Theme) -> Block:
    """What stands there, with room for every note and for the longest warning there can be."""
    warnings = [notice(theme, problem) for problem in {*body.problems, body.problem} if problem]
    longest = sorted(warnings, key=lambda each: each.natural_width())[-1:]
    notes = {note: _noted(body.label, note, theme) for note in (body.note, *body.notes)}
    shown = notice(theme, body.problem) if body.problem else notes[body.note]
    return InTurn(shown, [*notes.values(), *longest])


def _noted(label: str, note: str, theme: Theme) -> Block:
    return _beside(label, note, theme) if theme.landscape else _quiet(note, theme)


def _quiet(text: str, theme: Theme) -> Words:
    return Words(theme, text, colour=theme.colours.quiet)


def _beside(label: str, note: str, theme: Theme) -> Block:
    """Label and note beside each other or, where that is lower, below each other."""
    said = [_quiet(text, theme) for text in (label, note) if text]
    for words in said:
        words.weight = words.natural_width()
    return Shortest([Row(said, theme.space(3)), Column(said, theme.space(1))])
