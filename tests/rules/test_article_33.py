"""Article 33: the Bureau interprets the Measures; every reading and every switch is laid before it."""

import json
import re
from pathlib import Path

import pytest

from kiosk import rules_report
from kiosk.config import InvalidConfig, load_config
from kiosk.domain.guides import Guide
from kiosk.domain.measures import ARTICLES
from kiosk.domain.measures.questions import Question

EXAMPLE = Path(__file__).parents[2] / "deploy" / "kiosk.example.toml"


def test_the_guide_says_who_interprets(guide) -> None:
    assert "由新乡市人力资源和社会保障局负责解释" in guide(Guide.ABOUT).slip


def test_every_reading_and_every_question_is_printed_for_the_bureau() -> None:
    printed = " ".join(rules_report.rules_text().split())
    for article in ARTICLES.values():
        assert " ".join(article.reading.split()) in printed
    for question in Question:
        assert question.asks in printed
        assert question.until_answered in printed


def test_what_the_bureau_has_decided_is_printed_with_its_basis() -> None:
    decided = rules_report.decisions_in(load_config(EXAMPLE))
    articles = {each["article"]: each for each in json.loads(rules_report.rules_json(decided))["articles"]}
    assert articles[19]["decided"]["loss_report.offline"] == "accept"
    for article, basis in ((19, "loss_report.basis"), (18, "contact_change.basis")):
        assert articles[article]["decided"][basis]
        assert articles[article]["decided"][basis] in rules_report.rules_text(decided)


def test_a_decision_without_a_basis_is_a_mistake(tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    bare = re.sub(r'(?m)^basis = ".*"$', 'basis = " "', text)
    (tmp_path / "kiosk.toml").write_text(bare, encoding="utf-8")
    with pytest.raises(InvalidConfig) as caught:
        load_config(tmp_path / "kiosk.toml")
    named = "\n".join(caught.value.mistakes)
    assert "loss_report.basis" in named
    assert "contact_change.basis" in named
