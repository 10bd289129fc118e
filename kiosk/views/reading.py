"""A view read out in order, as text: for tests, the demonstration, and whoever can't see the screen."""

from collections.abc import Iterator

from kiosk.views.models import (
    ColourField,
    Comparison,
    Facts,
    Form,
    Guidance,
    Instruction,
    Keypad,
    Menu,
    Outcome,
    StatusList,
    StatusRow,
    Table,
    TextEntry,
    TouchGrid,
    View,
    choices_of,
)


def text_of(view: View) -> str:
    """Return every word of a screen, one thing to a line."""
    return "\n".join(line for line in _lines(view) if line)


def _lines(view: View) -> Iterator[str]:
    yield from (banner.text for banner in view.banners)
    yield view.title
    yield from _body(view)
    yield from (choice.text for choice in choices_of(view))
    yield view.footer


def _body(view: View) -> Iterator[str]:
    match view.body:
        case Menu(items, lead):
            yield lead
            yield from (item.detail for item in items)
        case Instruction(_, text, points, emphasis):
            yield from (emphasis, text, *points)
        case Keypad() as keypad:
            yield from (keypad.label, keypad.shown, keypad.warning, keypad.note)
        case Form(fields, lead):
            yield lead
            for line in fields:
                yield f"{line.label} {line.value} {line.problem}"
        case TextEntry() as entry:
            yield from (entry.label, entry.text, entry.preedit, entry.unknown, entry.problem, entry.note)
        case Comparison(rows, before, after, notes):
            for row in rows:
                yield f"{row.label} {before} {row.before} {after} {row.after}"
            yield from notes
        case Facts(facts, notes, _, lead, verdict):
            yield from _status(verdict)
            yield lead
            for fact in facts:
                yield f"{fact.label} {fact.value} {fact.state}"
            yield from notes
        case Table() as table:
            yield from (" ".join(row) for row in (table.columns, *table.rows))
            yield from (table.summary, table.empty, table.page_words, *table.notes)
        case Outcome() as outcome:
            yield from (
                outcome.headline,
                outcome.call,
                f"{outcome.number_label} {outcome.number}",
                outcome.paper,
            )
            yield from (f"{fact.label} {fact.value}" for fact in outcome.facts)
            yield from outcome.notes
        case StatusList() as listed:
            yield from _status(listed.verdict)
            yield listed.lead
            yield from _status(*listed.rows)
            yield from (listed.page_words, *listed.notes)
        case TouchGrid(lead=lead):
            yield lead
        case ColourField(hue):
            yield hue.value
        case Guidance(lead, sections, article):
            yield lead
            for heading, points in sections:
                yield from (heading, *points)
            yield article


def _status(*rows: StatusRow | None) -> Iterator[str]:
    for row in rows:
        if row is not None:
            yield f"{row.label} {row.word} {row.seen} {row.advice}"
