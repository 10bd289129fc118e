"""The regulation as rules: 新乡市社会保障卡管理暂行办法 (新人社〔2017〕145号), its 34 articles in 7 chapters.

Each chapter has a module: first what can be decided, as pure functions with the dates in hand; then its
articles as data: what each means for the kiosk. `kiosk rules` prints them, and tests/rules has a file for
each. Nothing here does anything by itself: the flows ask these functions.
"""

from collections.abc import Mapping

from kiosk.domain.measures import (
    application,
    general,
    handing_out,
    liability,
    security,
    supplementary,
    use,
)
from kiosk.domain.measures.article import Article, Chapter, Conduct

TITLE = "新乡市社会保障卡管理暂行办法"
DOCUMENT = "新人社〔2017〕145号"

CHAPTERS: tuple[Chapter, ...] = (
    general.CHAPTER,
    application.CHAPTER,
    handing_out.CHAPTER,
    use.CHAPTER,
    security.CHAPTER,
    liability.CHAPTER,
    supplementary.CHAPTER,
)

ARTICLES: Mapping[int, Article] = {
    article.number: article for chapter in CHAPTERS for article in chapter.articles
}


def articles_refusing(screen: str) -> tuple[int, ...]:
    """Return the numbers of the articles by which a screen turns somebody away, as far as they may be named.

    `screen` is named as in the rules: "not_served.card_lost".
    """
    return tuple(
        article.number
        for article in ARTICLES.values()
        for rule in article.rules
        if rule.conduct is Conduct.REFUSES and screen in rule.screens and not rule.unsaid
    )
