"""The table of what is said: every screen that can be come to, in every language."""

import re
from dataclasses import replace
from functools import cache

import pytest

from kiosk.views.aloud import aloud
from kiosk.views.models import Audience, Facts, Instruction, Keypad, Menu, Outcome, Table, TextEntry, View
from kiosk.views.speech import spoken
from tests.flows import maintenance_walk
from tests.flows.hall import LANGUAGES, LIBRARY, view_of
from tests.flows.walk import places

in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def views(language: str) -> tuple[View, ...]:
    """Return the first view of each name, with each kind of body it can have, and what is said of it."""
    seen: dict[tuple[str, type, bool], View] = {}
    walked = (place.view(language) for place in places())
    for view in (*walked, *(view_of(kiosk, language) for kiosk in maintenance_walk.kiosks())):
        seen.setdefault((view.name, type(view.body), bool(view.banners)), view)
    return tuple(replace(view, speech=spoken(view, LIBRARY.words[language])) for view in seen.values())


def said(view: View, *audiences: Audience) -> str:
    return " ".join(each.text for each in view.speech if each.audience in (Audience.EVERYBODY, *audiences))


@in_every_language
def test_every_screen_says_its_title_its_banners_and_its_choices(language: str) -> None:
    for view in views(language):
        wanted = [view.title, *(banner.text for banner in view.banners)]
        wanted += [choice.text for choice in view.choices if choice.enabled]
        for text in wanted:
            assert aloud(text, language) in said(view), f"{view.name} does not say {text!r}"


@in_every_language
def test_every_instruction_and_every_way_on_is_said(language: str) -> None:
    for view in views(language):
        body = view.body
        match body:
            case Instruction():
                wanted = [body.text, *body.points, body.emphasis]
            case Menu():
                wanted = [body.lead, *(item.text for item in body.items)]
            case Keypad() | TextEntry():
                wanted = [body.label, body.note]
            case Table():
                wanted = [body.empty, *(body.columns if body.rows else ())]
            case _:
                continue
        for text in wanted:
            assert aloud(text, language) in said(view), f"{view.name} does not say {text!r}"


@in_every_language
def test_an_outcome_says_how_it_stands_its_number_digit_by_digit_and_what_it_means(language: str) -> None:
    outcomes = [view for view in views(language) if isinstance(view.body, Outcome)]
    assert outcomes
    for view in outcomes:
        body = view.body
        assert isinstance(body, Outcome)
        heard = said(view)
        for text in (body.headline, *body.notes, body.paper):
            assert aloud(text, language) in heard
        digits = re.sub(r"\D", "", body.number)
        spelled = "零幺二三四五六七八九" if language == "zh_CN" else "0123456789"
        said_digits = "".join(
            str(spelled.index(character))
            for sentence in view.speech
            for character in sentence.text
            if character in spelled and aloud(body.number, language) in sentence.text
        )
        assert digits in said_digits


@in_every_language
def test_personal_values_are_for_the_visitors_ear_and_the_hall_hears_where_they_are(language: str) -> None:
    facts = [view for view in views(language) if view.private and isinstance(view.body, Facts | Table)]
    assert facts
    for view in facts:
        body = view.body
        values = [fact.value for fact in body.facts] if isinstance(body, Facts) else []
        values += [cell for row in body.rows for cell in row] if isinstance(body, Table) else []
        for value in filter(None, values):
            assert aloud(value, language) in said(view, Audience.VISITOR)
            for sentence in view.speech:
                if sentence.audience is not Audience.VISITOR:
                    assert sentence.text != aloud(value, language), view.name
        if any(values):
            assert any(sentence.audience is Audience.HALL for sentence in view.speech)


@in_every_language
def test_nothing_that_is_typed_is_said(language: str) -> None:
    for view in views(language):
        body = view.body
        if isinstance(body, Keypad):
            typed = replace(view, body=replace(body, shown="8" * body.length))
            assert spoken(typed, LIBRARY.words[language]) == view.speech
            if body.secret:
                assert not re.search(r"[●•]", said(view, *Audience))
        if isinstance(body, TextEntry):
            typed = replace(view, body=replace(body, text="平原路", preedit="hao"))
            assert spoken(typed, LIBRARY.words[language]) == view.speech


@in_every_language
def test_no_sentence_is_empty_and_chinese_has_no_figures(language: str) -> None:
    for view in views(language):
        for sentence in view.speech:
            assert sentence.text.strip()
            if language == "zh_CN":
                assert not re.search(r"\d", sentence.text), f"{view.name}: {sentence.text}"
