"""Article 12: cards are handed over between offices on slips of theirs; the kiosk prints none."""

import re

from kiosk.domain.measures import ARTICLES
from kiosk.domain.measures.article import Conduct
from kiosk.views.words import Words


def test_the_article_does_not_touch_the_kiosk() -> None:
    assert [rule.conduct for rule in ARTICLES[12].rules] == [Conduct.UNTOUCHED]


def test_no_words_of_the_kiosk_speak_of_it(words: Words) -> None:
    assert [key for key, text in words.texts.items() if re.search("批次|交接|签字", str(text))] == []
