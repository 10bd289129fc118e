"""Article 6: the first card is free of the card fee, and only the first."""

from kiosk.domain.guides import Guide


def test_the_first_card_is_free(guide) -> None:
    assert "首次申领免交卡工本费" in guide(Guide.FIRST_APPLICATION).slip
    assert "首次申领免交卡工本费" in guide(Guide.FEES).slip


def test_no_other_card_is_called_free(guide) -> None:
    assert "免" not in guide(Guide.REPLACEMENT).slip
    assert "补卡、换卡按核定标准收费" in guide(Guide.FEES).slip
