"""The law and the kiosk, held against each other: nothing in one without its place in the other."""

import ast
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk import rules_report
from kiosk.config import Config, LossReportSection
from kiosk.domain.guides import Guide
from kiosk.domain.measures import ARTICLES, CHAPTERS
from kiosk.domain.measures.article import Article, Conduct
from kiosk.domain.measures.business import DONE_AT_THE_KIOSK
from kiosk.domain.measures.questions import Question
from kiosk.domain.paper import Slip
from kiosk.domain.records import Notice
from kiosk.flows import mode as modes
from kiosk.flows.events import GuideChosen, ServiceName
from kiosk.views.models import Instruction, Mark, Outcome, Picture, View
from kiosk.views.present import PRESENTERS, Library, present
from kiosk.views.words import Words
from tests.views.test_every_screen import NOW, PLACES, SERVING, Moment, modes_of, surroundings, values

ROOT = Path(__file__).parents[2]

HOUSEKEEPING = {"starting", "still_there", "taking_card", "taking_id_card", "farewell"}
"""Screens that are no business of the law: they begin, end and look after visits."""

TURNS_AWAY = {Picture.CARD_FAULT, Picture.GO_TO_WINDOW, Picture.CALL, Picture.LOCKED, Picture.OUT_OF_SERVICE}


def screens(words: Words) -> Iterator[tuple[str, View]]:
    """Yield every screen of the kiosk under its name, with the case after a dot where it has several."""
    visit = replace(next(iter(surroundings())))
    assert visit.session.holder is not None
    visit = visit.at(
        visit.state,
        holder=replace(visit.session.holder, notices=tuple(Notice)),
        settings=replace(visit.session.settings, language="zh_CN"),
    )
    for kind in PRESENTERS:
        for state in values(kind):
            for mode in modes_of(state):
                if isinstance(mode, modes.Maintenance):  # a technician's pages: no business of the law
                    continue
                inside = visit.at(state if isinstance(mode, SERVING) else visit.state)
                library = Library({"zh_CN": words}, lambda: PLACES)
                view = present(modes.Kiosk(mode, inside), library, Moment(NOW))
                fault = getattr(state, "fault", None)
                yield (view.name if fault is None else f"{view.name}.{fault.value}"), view


def is_refusal(view: View, words: Words) -> bool:
    """Whether a screen turns its reader away: no way leads on from it but away, or to a guide."""
    if isinstance(view.body, Outcome):
        return view.body.mark is Mark.REFUSED
    ways_on = [choice for choice in view.choices if not isinstance(choice.event, GuideChosen)]
    understood = all(choice.text == words("choice.understood") for choice in ways_on)
    return isinstance(view.body, Instruction) and view.body.picture in TURNS_AWAY and understood


WITHOUT_A_SLIP = {
    "card_trouble.unknown_card", "card_trouble.bank_card",  # another card is all that is needed
    "persons_differ",  # the own cards are
    "not_served.unreachable", "not_served.nonsense", "not_served.visit_over", "year_not_shown",  # later
    "password_unanswered", "password_again_unanswered", "not_recorded",  # nobody knows: 12333, now
    "out_of_service",  # nothing is printed then
}  # fmt: skip
"""Refusals that send nobody to a window with papers."""


def test_every_refusal_has_a_slip_with_its_reason_unless_it_sends_nobody_to_a_window(words: Words) -> None:
    without = set()
    for name, view in screens(words):
        led = [choice.event for choice in view.choices if isinstance(choice.event, GuideChosen)]
        if is_refusal(view, words) and not isinstance(view.body, Outcome):
            assert all(words.has(f"{event.refusal}.text") for event in led), name
            without |= set() if led else {name}
    assert without <= WITHOUT_A_SLIP


def named_by(*conducts: Conduct) -> set[str]:
    return {
        screen
        for article in ARTICLES.values()
        for rule in article.rules
        if rule.conduct in conducts
        for screen in rule.shown_on
    }


every_article = pytest.mark.parametrize(
    "article", ARTICLES.values(), ids=lambda article: f"article {article.number}"
)

# --- the law has its place in the kiosk ---------------------------------------------------------


def test_there_are_34_articles_in_7_chapters_in_the_order_of_the_law() -> None:
    assert list(ARTICLES) == list(range(1, 35))
    assert [chapter.number for chapter in CHAPTERS] == list(range(1, 8))
    assert [len(chapter.articles) for chapter in CHAPTERS] == [5, 4, 4, 9, 3, 3, 6]


@every_article
def test_an_article_has_a_title_a_gist_and_a_rule(article: Article) -> None:
    assert article.title
    assert article.gist.endswith(".")
    assert article.rules
    if any(rule.conduct is Conduct.UNTOUCHED for rule in article.rules):
        assert len(article.rules) == 1, "either the kiosk has a part in it or it has not"


def proofs_of(article: Article) -> ast.Module:
    return ast.parse((ROOT / rules_report.test_file(article.number)).read_text(encoding="utf-8"))


@every_article
def test_every_rule_has_its_tests_and_every_test_its_rule(article: Article) -> None:
    written = [node.name for node in proofs_of(article).body if isinstance(node, ast.FunctionDef)]
    tests = {name for name in written if name.startswith("test_")}
    for rule in article.rules:
        assert rule.tests, f"nothing proves {rule.what!r}"
        assert set(rule.tests) <= tests, f"{rule.what!r} names tests that are not there"
        assert len(set(rule.tests)) == len(rule.tests)
    assert tests == {name for rule in article.rules for name in rule.tests}, "a test that proves no rule"


@every_article
def test_an_articles_tests_try_all_its_functions(article: Article) -> None:
    called = {
        node.func.id
        for node in ast.walk(proofs_of(article))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    for rule in article.rules:
        for function in (*rule.decided_by, *rule.window_decides):
            assert function.__name__ in called


def test_no_rule_stands_twice() -> None:
    for article in ARTICLES.values():
        told = [rule.what for rule in article.rules]
        assert len(set(told)) == len(told)
        seen: list[tuple[object, ...]] = []
        for rule in article.rules:
            places = (rule.conduct, set(rule.shown_on), set(rule.slips))
            # Rules of one conduct in the same places are one rule in two wordings.
            assert not (rule.shown_on or rule.slips) or places not in seen, f"{article.number}: {rule.what}"
            seen.append(places)


def test_the_kiosk_asks_every_function_that_decides_and_none_that_only_the_window_does() -> None:
    asked: set[str] = set()
    for path in (ROOT / "kiosk").rglob("*.py"):
        if "measures" not in path.parts:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            asked |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for article in ARTICLES.values():
        for rule in article.rules:
            for function in rule.decided_by:
                assert function.__name__ in asked, f"nobody asks {function.__name__}: does the window?"
            for function in rule.window_decides:
                assert function.__name__ not in asked, f"{function.__name__} decides here now"


def test_every_file_of_tests_belongs_to_an_article() -> None:
    files = {f"tests/rules/{path.name}" for path in (ROOT / "tests" / "rules").glob("test_article_*.py")}
    assert files == {rules_report.test_file(number) for number in ARTICLES}


def test_every_screen_and_slip_a_rule_names_exists(words: Words) -> None:
    assert named_by(*Conduct) <= {name for name, _ in screens(words)}
    for article in ARTICLES.values():
        for rule in article.rules:
            assert set(rule.slips) <= set(Slip.__args__)  # type: ignore[attr-defined]


def test_every_question_is_asked_by_an_article_and_every_switch_is_a_key_of_kiosk_toml() -> None:
    asked = {question for article in ARTICLES.values() for question in article.questions}
    assert asked == set(Question)
    switches = {switch for article in ARTICLES.values() for switch in article.switches}
    for switch in switches | {question.switch for question in Question if question.switch}:
        section, key = switch.split(".")
        annotation = Config.model_fields[section].annotation
        assert key in annotation.model_fields, switch  # type: ignore[union-attr]


def test_what_the_bureau_decides_otherwise_needs_a_basis() -> None:
    assert LossReportSection().basis
    with pytest.raises(ValueError, match="basis"):
        LossReportSection(enabled=False, basis=" ")


# --- the kiosk has its place in the law ---------------------------------------------------------


def test_no_screen_turns_anybody_away_without_an_article(words: Words) -> None:
    refusals = {name for name, view in screens(words) if is_refusal(view, words)}
    assert "not_served.card_lost" in refusals
    assert refusals - named_by(Conduct.REFUSES) == set()


def test_every_screen_rests_on_an_article(words: Words) -> None:
    assert {name for name, _ in screens(words)} - named_by(*Conduct) == HOUSEKEEPING


@pytest.mark.parametrize("guide", Guide)
def test_a_guide_cites_the_articles_that_name_it_and_no_others(guide: Guide) -> None:
    naming = tuple(
        article.number for article in ARTICLES.values() if any(guide in rule.guides for rule in article.rules)
    )
    assert guide.articles == naming
    assert naming


def test_the_kiosk_does_the_business_it_may_do_and_else_only_informs() -> None:
    informs = {ServiceName.RECEIPT_LOOKUP, ServiceName.GUIDES}
    assert {service.value for service in set(ServiceName) - informs} == {
        each.value for each in DONE_AT_THE_KIOSK
    }


# --- what `kiosk rules` prints ------------------------------------------------------------------


def test_the_rules_in_json_have_34_articles_none_without_rule_and_tests() -> None:
    articles = json.loads(rules_report.rules_json())["articles"]
    assert [article["article"] for article in articles] == list(range(1, 35))
    assert all(article["rules"] and article["tests"] for article in articles)
    for article in articles:
        for rule in article["rules"]:
            assert rule["tests"]
            for test in rule["tests"]:
                file, _, name = test.partition("::")
                assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_the_rules_in_words_name_every_article_every_screen_and_every_question() -> None:
    text = rules_report.rules_text()
    for article in ARTICLES.values():
        assert f"Art {article.number}  {article.title}" in text
        assert rules_report.test_file(article.number) in text
        assert all(test in text for rule in article.rules for test in rule.tests)
    assert all(screen in text for screen in named_by(*Conduct))
    assert all(question.name in text for question in Question)
