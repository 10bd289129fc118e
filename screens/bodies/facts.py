"""Facts: labels and values, with a badge where a word says how things stand."""

from collections.abc import Iterator, Sequence

from kiosk.views.models import Fact, Facts
from screens.controls import button
from screens.layout import Block, Column, Row
from screens.notes import badge, bulleted, hairline
from screens.pieces import Panel, Words
from screens.theme import Theme

WIDE_EM = 42  # below that two cards beside each other would cut numbers


def lay_facts(body: Facts, theme: Theme) -> Block:
    """One card of lines; two beside each other on a wide screen."""
    blocks: list[Block] = [Words(theme, body.lead)] if body.lead else []
    if len(body.facts) > 4 and theme.width > WIDE_EM * theme.letters("body"):
        half = -(-len(body.facts) // 2)
        cards = [fact_card(part, theme, weight=1) for part in (body.facts[:half], body.facts[half:])]
        blocks.append(Row(cards, theme.space(3), stretch=True, grow=1))
    elif body.facts:
        blocks.append(fact_card(body.facts, theme, grow=1))
    if body.reveal is not None:
        blocks.append(Row([button(theme, body.reveal, "body")], align="left"))
    if body.notes:
        blocks.append(bulleted(theme, body.notes))
    return Column(blocks, theme.space(3), most_grown=1.6)


def fact_card(facts: Sequence[Fact], theme: Theme, *, weight: float = 0, grow: float = 0) -> Panel:
    """Return lines of label, value and badge with hairlines between."""
    lines = Column(list(_lines(facts, theme)), theme.space(1.5), grow=1, most_grown=2, middle=True)
    return Panel(theme, lines, padding=(4, 2.5), weight=weight, grow=grow)


def _lines(facts: Sequence[Fact], theme: Theme) -> Iterator[Block]:
    for index, fact in enumerate(facts):
        if index:
            yield hairline(theme)
        label = Words(theme, fact.label, colour=theme.colours.quiet, weight=2)
        value: list[Block] = [Words(theme, fact.value, "label", bold=True, weight=1)]
        if fact.state:
            value.append(badge(theme, fact.state))
        yield Row([label, Row(value, theme.space(2), weight=3)], theme.space(2), grow=1)
