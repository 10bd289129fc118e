"""Facts: labels and values, with a badge where a word says how things stand."""

from collections.abc import Iterator, Sequence

from kiosk.views.models import Fact, Facts
from screens.controls import button
from screens.grids import Shortest
from screens.layout import Block, Column, Row
from screens.notes import badge, hairline, remarks
from screens.pieces import Panel, Words
from screens.theme import Theme
from screens.verdict import verdict_panel

WIDE_EM = 42  # below that two cards beside each other would cut numbers
SHORT = 16  # a value of so many signs is worth keeping on one line
FULL = 0.5  # the space of a screen that is
LABELS = (0.3, 0.5)  # the least and most of a card's width that its labels take


def lay_facts(body: Facts, theme: Theme) -> Block:
    """One card of lines; two beside each other on a wide screen."""
    blocks: list[Block] = [verdict_panel(body.verdict, theme)] if body.verdict else []
    if body.lead:
        blocks.append(Words(theme, body.lead))
    full = theme.fullness.space <= FULL
    if len(body.facts) > 6 and (theme.width > WIDE_EM * theme.letters("body") or (theme.landscape and full)):
        half = -(-len(body.facts) // 2)
        # Where values are long, the cards that are equally high are not those with equally many.
        halves = range(half - 1, half + 2) if full else [half]
        arrangements: list[Block] = [_two_cards(body.facts, at, theme) for at in halves]
        if full:
            arrangements.append(fact_card(body.facts, theme, grow=1))
        blocks.append(Shortest(arrangements, grow=1))
    elif len(body.facts) == 1 and not body.facts[0].state:
        blocks.append(_figure(body.facts[0], theme))
    elif body.facts:
        blocks.append(fact_card(body.facts, theme, grow=1))
    below: list[Block] = []
    if body.reveal is not None:
        below.append(Row([button(theme, body.reveal, "body")], align="left"))
    if body.notes:
        below.append(Column([remarks(theme, body.notes)], weight=1))
    if len(below) == 2 and theme.landscape and full:
        below = [Row(below, theme.space(3), align="center")]
    blocks += below
    return Column(blocks, theme.space(3), most_grown=1.6)


def _two_cards(facts: Sequence[Fact], at: int, theme: Theme) -> Row:
    cards = [fact_card(part, theme, weight=1) for part in (facts[:at], facts[at:])]
    return Row(cards, theme.space(3), stretch=True, grow=1)


def fact_card(facts: Sequence[Fact], theme: Theme, *, weight: float = 0, grow: float = 0) -> Panel:
    """Return lines of label, value and badge with hairlines between."""
    lines = Column(list(_lines(facts, theme)), theme.space(1.5), grow=1, most_grown=2, middle=True)
    return Panel(theme, lines, padding=(4, 2.5), weight=weight, grow=grow)


def _figure(fact: Fact, theme: Theme) -> Panel:
    """The one thing there is to tell, as large as it is worth."""
    words = [Words(theme, fact.label, colour=theme.colours.quiet), Words(theme, fact.value, "display")]
    return Panel(theme, Column(words, theme.space(1)), padding=(4, 3))


def _lines(facts: Sequence[Fact], theme: Theme) -> Iterator[Block]:
    """Values stand under each other, behind labels that take the width they need, within bounds."""
    pairs = [(_label(fact, theme), _value(fact, theme)) for fact in facts]
    widest_label = max(label.natural_width() for label, _ in pairs)
    widest_value = max(value.natural_width() for _, value in pairs)
    least, most = LABELS
    share = min(most, max(least, widest_label / max(1, widest_label + widest_value)))
    for index, (label, value) in enumerate(pairs):
        if index:
            yield hairline(theme)
        label.weight, value.weight = share, 1 - share
        yield Row([label, value], theme.space(2), grow=1)


def _label(fact: Fact, theme: Theme) -> Words:
    return Words(theme, fact.label, colour=theme.colours.quiet, label=True)


def _value(fact: Fact, theme: Theme) -> Row:
    value: list[Block] = [
        Words(theme, fact.value, "label", bold=True, weight=1, label=len(fact.value) <= SHORT)
    ]
    if fact.state:
        value.append(badge(theme, fact.state, heeded=fact.heeded))
    return Row(value, theme.space(2))
