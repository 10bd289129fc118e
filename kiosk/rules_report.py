"""The rules of the kiosk, printed: what `kiosk rules` says of each of the 34 articles.

For the Bureau, which interprets the Measures, and for whoever checks the kiosk against them: nothing is
said here that does not stand in kiosk/domain/measures. With a kiosk.toml in hand it also says what the
Bureau has decided for that kiosk, and on what basis.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from textwrap import fill
from typing import TypeAlias

from kiosk.config import Config
from kiosk.domain.measures import CHAPTERS, DOCUMENT, TITLE
from kiosk.domain.measures.article import Article, Rule
from kiosk.domain.measures.questions import Question
from kiosk.domain.measures.supplementary import EFFECTIVE_FROM, RULE_SET

Decisions: TypeAlias = Mapping[str, object]
"""The values of a kiosk.toml by the key of their switch: "loss_report.basis"."""

_WIDTH = 100
_INDENT = 15


def test_file(article: int) -> str:
    """Return the file whose tests prove what the kiosk does about an article; named by it, always."""
    return f"tests/rules/test_article_{article:02}.py"


def decisions_in(config: Config) -> Decisions:
    """Return what a kiosk.toml says to every switch of an article, by its key."""
    content = config.model_dump(mode="json")
    keys = {switch for chapter in CHAPTERS for article in chapter.articles for switch in article.switches}
    return {key: content[key.split(".")[0]][key.split(".")[1]] for key in keys}


def rules_text(decided: Decisions | None = None) -> str:
    """Return the rules for people: every article with its gist, the kiosk's part in it, and its tests."""
    return "\n".join(_lines(decided or {})) + "\n"


def rules_json(decided: Decisions | None = None) -> str:
    """Return the rules for machines, as one JSON object."""
    content = {
        "title": TITLE,
        "document": DOCUMENT,
        "effective_from": EFFECTIVE_FROM.isoformat(),
        "rule_set": RULE_SET,
        "articles": [
            {"chapter": chapter.number, **_article(article, decided or {})}
            for chapter in CHAPTERS
            for article in chapter.articles
        ],
        "questions": [
            {
                "id": question.name,
                "asks": question.asks,
                "until_answered": question.until_answered,
                "switch": question.switch,
            }
            for question in Question
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _article(article: Article, decided: Decisions) -> dict[str, object]:
    told: dict[str, object] = {
        "article": article.number,
        "title": article.title,
        "gist": article.gist,
        "rules": [_rule(rule, article.number) for rule in article.rules],
        "reading": article.reading,
        "questions": [question.name for question in article.questions],
        "switches": list(article.switches),
        "tests": [test_file(article.number)],
    }
    if decided:
        told["decided"] = {switch: decided[switch] for switch in article.switches}
    return told


def _rule(rule: Rule, article: int) -> dict[str, object]:
    return {
        "conduct": rule.conduct.value,
        "what": rule.what,
        "screens": list(rule.shown_on),
        "slips": [slip.__name__ for slip in rule.slips],
        "decided_by": [_name(function) for function in rule.decided_by],
        "window_decides": [_name(function) for function in rule.window_decides],
        "tests": [f"{test_file(article)}::{test}" for test in rule.tests],
    }


def _lines(decided: Decisions) -> Iterator[str]:
    yield f"{TITLE} ({DOCUMENT})"
    yield f"in force since {EFFECTIVE_FROM.isoformat()}, read as rules {RULE_SET}"
    for chapter in CHAPTERS:
        yield from ("", f"Chapter {chapter.number}  {chapter.title}")
        for article in chapter.articles:
            yield from _article_lines(article, decided)
    yield from ("", "Asked of the Bureau")
    for question in Question:
        yield from ("", _entry(question.name, question.asks))
        yield _entry("until then", question.until_answered)
        if question.switch:
            yield _entry("answered in", question.switch)


def _article_lines(article: Article, decided: Decisions) -> Iterator[str]:
    yield from ("", f"Art {article.number}  {article.title}", _entry("", article.gist))
    for rule in article.rules:
        yield _entry(rule.conduct.value, rule.what)
        if rule.shown_on:
            yield _entry("", "screens: " + ", ".join(rule.shown_on))
        if rule.slips:
            yield _entry("", "slips: " + ", ".join(slip.__name__ for slip in rule.slips))
        if rule.decided_by:
            yield _entry("", "decided by: " + ", ".join(_name(function) for function in rule.decided_by))
        if rule.window_decides:
            by = ", ".join(_name(function) for function in rule.window_decides)
            yield _entry("", f"decided at the window, as {by} reckons it")
        yield _entry("", "tests: " + ", ".join(rule.tests))
    if article.reading:
        yield _entry("reading", article.reading)
    if article.questions:
        yield _entry("asked", ", ".join(question.name for question in article.questions))
    if article.switches:
        yield _entry("switches", ", ".join(article.switches))
    for switch in article.switches:
        if switch in decided:
            yield _entry("", f"{switch} = {json.dumps(decided[switch], ensure_ascii=False)}")
    yield _entry("tests in", test_file(article.number))


def _entry(heading: str, text: str) -> str:
    first = f"  {heading:<{_INDENT - 2}}"
    return fill(text, _WIDTH, initial_indent=first, subsequent_indent=" " * _INDENT, break_long_words=False)


def _name(function: Callable[..., object]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
