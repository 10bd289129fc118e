"""Article 10: receiving and sorting cards is the information centre's, and the kiosk has no part in it."""

from kiosk.domain.measures import ARTICLES
from kiosk.domain.measures.article import Conduct
from kiosk.views.words import Words


def test_the_article_does_not_touch_the_kiosk() -> None:
    assert [rule.conduct for rule in ARTICLES[10].rules] == [Conduct.UNTOUCHED]


def test_no_words_of_the_kiosk_speak_of_it(words: Words) -> None:
    assert [key for key, text in words.texts.items() if "分拣" in str(text) or "数据导入" in str(text)] == []
