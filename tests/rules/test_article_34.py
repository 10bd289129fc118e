"""Article 34: the Measures apply from the day they were published; the rules bear that day and an edition."""

import json
from datetime import date

import pytest

from kiosk import rules_report
from kiosk.domain.guides import Guide
from kiosk.domain.measures.supplementary import EFFECTIVE_FROM, RULE_SET, in_force


@pytest.mark.parametrize(
    ("day", "applies"),
    [(date(2017, 10, 8), False), (date(2017, 10, 9), True), (date(2026, 11, 24), True)],
)
def test_they_apply_from_9_october_2017(day: date, applies: bool) -> None:
    assert in_force(day) is applies


def test_the_printed_rules_bear_the_day_and_their_edition() -> None:
    printed = json.loads(rules_report.rules_json())
    assert printed["effective_from"] == EFFECTIVE_FROM.isoformat() == "2017-10-09"
    assert printed["rule_set"] == RULE_SET
    assert RULE_SET in rules_report.rules_text()


def test_the_guide_says_since_when(guide) -> None:
    assert "该办法自公布之日起施行" in guide(Guide.ABOUT).slip
