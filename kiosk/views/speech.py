"""What the voice says of a screen: read from what it shows, so none is without speech.

    step, title, banners | the body | the choices at the foot

Kept true: what is being typed is never said, so no digit of a password can be; a countdown is not said, it
would never end; the values of a private screen are for the visitor's ear, and the hall hears that they are on
the screen. Headings and values are sentences of their own, so that fixed ones can be recorded.
"""

from collections.abc import Iterable, Iterator

from kiosk.views.aloud import aloud
from kiosk.views.models import (
    Audience,
    Comparison,
    Fact,
    Facts,
    Form,
    Guidance,
    Instruction,
    Keypad,
    Menu,
    Outcome,
    Sentence,
    StatusList,
    StatusRow,
    Table,
    TextEntry,
    TouchGrid,
    View,
)
from kiosk.views.words import Words

_PERSONAL = Audience.VISITOR


def spoken(view: View, words: Words) -> tuple[Sentence, ...]:
    """Return what is said of a view, in the language of its words."""
    said = [Sentence(aloud(text, words.language), audience) for text, audience in _said(view, words) if text]
    if view.private and any(sentence.audience is _PERSONAL for sentence in said):
        said.append(Sentence(words("speech.on_screen"), Audience.HALL))
    return (*said, *_choices(view, words))


_Said = tuple[str, Audience]


def _said(view: View, words: Words) -> Iterator[_Said]:
    if view.step is not None:
        step = view.step
        name = step.names[step.number - 1]
        yield from _all(words("speech.step", number=step.number, of=step.of, name=name))
    yield from _all(view.title, *(banner.text for banner in view.banners))
    for text, audience in _body(view):
        yield text, audience if view.private else Audience.EVERYBODY


def _body(view: View) -> Iterator[_Said]:
    match view.body:
        case Menu(items, lead):
            yield from _all(lead)
            for item in items:
                yield from _all(item.text, item.detail)
        case Instruction(_, text, points, emphasis):
            yield from _all(text, emphasis, *points)
        case Keypad(label=label, warning=warning, note=note):
            yield from _all(warning, label, note)
        case TextEntry(label=label, problem=problem, note=note):
            yield from _all(problem, label, note)
        case Form(fields, lead):
            yield from _all(lead)
            for field in fields:
                yield from _all(field.label)
                yield field.value, _PERSONAL
                yield from _all(field.problem)
        case Comparison(rows, before, after, notes):
            for line in rows:
                yield from _all(line.label, before)
                yield line.before, _PERSONAL
                yield from _all(after)
                yield line.after, _PERSONAL
            yield from _all(*notes)
        case Facts(facts, notes, _, lead, verdict):
            yield from _status(verdict)
            yield from _all(lead)
            yield from _facts(facts)
            yield from _all(*notes)
        case Table() as table:
            yield table.summary, _PERSONAL
            yield from _all(*(table.columns if table.rows else ()))
            for row in table.rows:
                yield from ((cell, _PERSONAL) for cell in row)
            yield from _all(table.empty, table.page_words, *table.notes)
        case Outcome() as outcome:
            yield from _all(outcome.headline, outcome.call, outcome.number_label, outcome.number)
            yield from _facts(outcome.facts)
            yield from _all(*outcome.notes, outcome.paper)
        case StatusList() as listed:
            yield from _status(listed.verdict)
            yield from _all(listed.lead)
            yield from _status(*listed.rows)
            yield from _all(listed.page_words, *listed.notes)
        case TouchGrid(lead=lead):
            yield from _all(lead)
        case Guidance(lead, sections, article):
            yield from _all(lead)
            for heading, points in sections:
                yield from _all(heading, *points)
            yield from _all(article)


def _facts(facts: Iterable[Fact]) -> Iterator[_Said]:
    for fact in facts:
        yield from _all(fact.label)
        yield fact.value, _PERSONAL
        yield fact.state, _PERSONAL


def _status(*rows: StatusRow | None) -> Iterator[_Said]:
    for row in rows:
        if row is not None:
            yield from _all(row.label, row.word, row.seen, row.advice)


def _choices(view: View, words: Words) -> Iterator[Sentence]:
    offered = [choice for choice in view.choices if choice.enabled]
    if offered:
        yield Sentence(words("speech.choices"))
    for choice in offered:
        yield Sentence(aloud(choice.text, words.language))


def _all(*texts: str) -> Iterator[_Said]:
    for text in texts:
        yield text, Audience.EVERYBODY
