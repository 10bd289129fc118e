"""Fields to change: each a wide target with its name, its value and what touching it does."""

from kiosk.views.models import Field, Form, Icon
from screens.controls import icon
from screens.grids import Shortest
from screens.icons import CHECK
from screens.layout import Block, Column, Row
from screens.notes import signed
from screens.pieces import Drawing, Words
from screens.targets import Target
from screens.theme import Theme
from screens.tokens import Tone

TALLEST = 1.5


def lay_form(body: Form, theme: Theme) -> Block:
    """The lead, then the fields from top to bottom."""
    blocks: list[Block] = [Words(theme, body.lead)] if body.lead else []
    rows = [_row(field, theme) for field in body.fields]
    return Column(
        [*blocks, Column(rows, theme.gap, most_grown=TALLEST, grow=1)], theme.space(3), most_grown=3
    )


def _row(field: Field, theme: Theme) -> Target:
    """What touching does stands behind the field or, if that saves a line of a full screen, its label."""
    colours = theme.colours
    roomy = theme.fullness.space > 0.5
    value: list[Block] = [Words(theme, field.value, "heading" if roomy else "body", bold=True, weight=1)]
    if field.changed:
        value.insert(0, Drawing(theme, CHECK, theme.letters("heading")))
    label = Words(theme, field.label, colour=colours.quiet, weight=1)
    below: list[Block] = [Row(value, theme.beside(1))]
    if field.problem:
        below.append(signed(theme, Icon.WARNING, field.problem, Tone(colours.refused.ink, colours.surface)))
    edit = [Words(theme, field.action, "label", colour=colours.accent), icon(theme, Icon.NEXT, "label")]
    sign = [] if field.edit.icon is Icon.NONE else [icon(theme, field.edit.icon, "title")]
    apart, lines = theme.beside(2.5), theme.space(0.75)
    inside: Block = Row([*sign, Column([label, *below], lines, weight=1), *edit], apart)
    if not roomy:
        wide = Column([Row([label, *edit], apart), *below], lines, weight=1)
        inside = Shortest([inside, Row([*sign, wide], apart)])
    return Target(theme, field.edit, inside, padding=(3, 2), grow=1)
