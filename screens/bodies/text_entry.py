"""Text to enter: the text so far, what the letters might mean, and the keys."""

from collections.abc import Iterator

from kiosk.views.models import AnyChoice, Icon, TextEntry
from screens.layout import Blank, Block, Column, Flow, Row
from screens.pieces import Panel, Target, Words, button, icon, notice
from screens.theme import Theme
from screens.tokens import SMALL_TARGET_MM, TARGET_MM

TALLEST_KEY = 1.5


def lay_text_entry(body: TextEntry, theme: Theme) -> Block:
    """Field and candidates above, keys below, near the hand."""
    field: list[Block] = [Words(theme, body.label, colour=theme.colours.quiet), _field(body, theme)]
    if body.problem:
        field.append(notice(theme, body.problem))
    elif body.note:
        field.append(Words(theme, body.note, colour=theme.colours.quiet))
    columns = max((len(row) for row in body.rows), default=1)
    keys = Column(
        [_keys(row, columns, theme) for row in body.rows], theme.gap, most_grown=TALLEST_KEY, grow=3
    )
    blocks: list[Block] = [Column(field, theme.space(1)), _candidates(body, theme), Blank(grow=1), keys]
    if body.keyboards:
        tabs = [
            button(theme, choice, use="body", least_mm=(TARGET_MM, SMALL_TARGET_MM), weight=1)
            for choice in body.keyboards
        ]
        blocks.insert(3, Row(tabs, theme.gap))
    return Column(blocks, theme.gap, grow=1)


def _field(body: TextEntry, theme: Theme) -> Panel:
    colours = theme.colours
    height = theme.typesetter.line_height(theme.letters("heading"), True)
    line: list[Block] = []
    if body.text:
        line.append(Words(theme, body.text, "heading"))
    if body.preedit:
        letters = Words(theme, body.preedit, "heading", colour=colours.accent, bold=False)
        underline = Panel(theme, Blank(height=theme.edge), fill=colours.accent, square=True, padding=(0, 0))
        line.append(Column([letters, underline]))
    caret = Panel(theme, Blank(theme.heavy_edge, height), fill=colours.bright, square=True, padding=(0, 0))
    return Panel(theme, Row([*line, caret], theme.space(0.5)), fill=colours.surface, padding=(3, 1.5))


def _candidates(body: TextEntry, theme: Theme) -> Block:
    """The bar keeps its height when empty, so that the keys under it stand still."""
    if not body.candidates:
        return Blank(height=theme.mm(TARGET_MM))
    words = Flow([_candidate(choice, theme) for choice in body.candidates], theme.gap, weight=1)
    turns = [_candidate(turn, theme) for turn in (body.turn_back, body.turn_on) if turn is not None]
    return Row([words, *turns], theme.gap)


def _candidate(choice: AnyChoice, theme: Theme) -> Target:
    return Target(
        theme,
        choice,
        Row(list(_face(choice, theme)), theme.space(1), align="center"),
        key=True,
        padding=(1.5, 0.5),
    )


def _keys(row: tuple[AnyChoice, ...], columns: int, theme: Theme) -> Row:
    """Keys with one sign are one column wide; longer ones share what is left."""
    wide = [choice for choice in row if len(choice.text) > 1]
    spare = columns - (len(row) - len(wide))
    keys: list[Block] = []
    for choice in row:
        weight = spare / len(wide) if choice in wide else 1.0
        keys.append(_key(choice, theme, weight))
    if not wide and spare:
        side = spare / 2
        keys = [Blank(weight=side), *keys, Blank(weight=side)]
    return Row(keys, theme.gap, grow=1, stretch=True)


def _key(choice: AnyChoice, theme: Theme, weight: float) -> Target:
    inside = Row(list(_face(choice, theme)), theme.space(0.75), align="center")
    return Target(theme, choice, inside, key=True, padding=(0.5, 0.5), weight=weight)


def _face(choice: AnyChoice, theme: Theme) -> Iterator[Block]:
    ink = theme.paint(choice).ink
    if choice.icon is not Icon.NONE:
        yield icon(theme, choice.icon, "label", ink)
    yield Words(
        theme, choice.text, "heading" if choice.icon is Icon.NONE else "label", colour=ink, align="center"
    )
