"""Article 7: a first card is applied for at the window; 16 is counted on the last day of the year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.guides import Guide
from kiosk.domain.measures.application import applies_through_guardian


@pytest.mark.parametrize(
    ("born", "through_guardian"),
    [
        (date(2011, 1, 1), True),  # turns 16 on the first day after the year
        (date(2010, 12, 31), False),  # turns 16 on the very day
        (date(2010, 1, 1), False),
        (date(2012, 2, 29), True),
    ],
)
def test_who_is_under_16_on_31_december_of_that_year_applies_through_the_guardian(
    born: date, through_guardian: bool
) -> None:
    assert applies_through_guardian(born, 2026) is through_guardian


@given(st.dates(date(1990, 1, 1), date(2030, 12, 31)), st.integers(2017, 2060))
def test_only_the_year_of_birth_counts(born: date, year: int) -> None:
    assert applies_through_guardian(born, year) == (year - born.year < 16)


def test_the_guide_lists_the_papers_of_the_article(guide) -> None:
    for told in (guide(Guide.FIRST_APPLICATION).screen, guide(Guide.FIRST_APPLICATION).slip):
        assert "社保卡申领登记表" in told
        assert "电子照片，或到指定地点" in told
        assert "人力资源社会保障部门要求的其他材料" in told
        assert "不满 16 周岁（截至申领当年 12 月 31 日）" in told
        assert "本人身份证或户口本、监护人身份证、监护关系证明" in told


def test_an_application_is_refused_and_sent_to_the_window(guide, hall) -> None:
    assert "本终端不能申领社保卡" in guide(Guide.FIRST_APPLICATION).screen
    assert "当地社保卡服务窗口" in guide(Guide.FIRST_APPLICATION).screen
    assert not any("申领" in choice for choice in hall.choices)
