"""Every event has its sentence, in every language, and none says that something is in effect."""

import pytest

from kiosk.audit.events import CATALOGUE, LogSigned
from kiosk.evidence.sentences import sentence
from kiosk.views.words import load_words
from tests.effect.claims import claims_in
from tests.evidence.every_sentence import events_met, every_event, lines_of, tell_evidence

LANGUAGES = ("zh_CN", "en")


def test_every_event_is_met() -> None:
    assert events_met() == set(CATALOGUE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_but_a_signature_is_told_in_words(language: str) -> None:
    words = load_words(language)
    for event, line in zip(every_event(), lines_of(every_event()), strict=True):
        told = sentence(line, words)
        assert bool(told) is not isinstance(event, LogSigned)
        if told:
            assert not told.endswith(event.word()), "only the event's name was told"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_story_says_that_something_is_in_effect(language: str) -> None:
    assert claims_in("\n".join(tell_evidence(load_words(language))), language) == set()
