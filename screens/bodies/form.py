"""Fields to change: each a wide target with its name, its value and what touching it does."""

from kiosk.views.models import Field, Form, Icon
from screens.controls import icon
from screens.icons import CHECK
from screens.layout import Block, Column, Row
from screens.notes import signed
from screens.pieces import Drawing, Target, Words
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
    colours = theme.colours
    roomy = theme.fullness.space > 0.5
    value: list[Block] = [Words(theme, field.value, "heading" if roomy else "body", bold=True, weight=1)]
    if field.changed:
        value.insert(0, Drawing(theme, CHECK, theme.letters("heading")))
    left: list[Block] = [Words(theme, field.label, colour=colours.quiet), Row(value, theme.space(1))]
    if field.problem:
        left.append(signed(theme, Icon.WARNING, field.problem, Tone(colours.refused.ink, colours.surface)))
    blocks: list[Block] = [Column(left, theme.space(0.75), weight=1)]
    if field.edit.icon is not Icon.NONE:
        blocks.insert(0, icon(theme, field.edit.icon, "title"))
    blocks.append(Words(theme, field.edit.text, "label", colour=colours.accent))
    blocks.append(icon(theme, Icon.NEXT, "label"))
    return Target(theme, field.edit, Row(blocks, theme.space(2.5)), padding=(3, 2), grow=1)
