"""Article 33: the Bureau interprets the Measures; every reading and every switch is laid before it."""

import pytest

from kiosk import rules_report
from kiosk.config import LossReportSection
from kiosk.domain.guides import Guide
from kiosk.domain.measures import ARTICLES
from kiosk.domain.measures.questions import Question


def test_the_guide_says_who_interprets(guide) -> None:
    assert "由新乡市人力资源和社会保障局负责解释" in guide(Guide.ABOUT).slip


def test_every_reading_and_every_question_is_printed_for_the_bureau() -> None:
    printed = " ".join(rules_report.rules_text().split())
    for article in ARTICLES.values():
        assert " ".join(article.reading.split()) in printed
    for question in Question:
        assert question.asks in printed
        assert question.until_answered in printed


def test_a_decision_without_its_basis_is_not_taken() -> None:
    assert "第三十三条" in LossReportSection().basis
    with pytest.raises(ValueError, match="basis"):
        LossReportSection(basis="")
