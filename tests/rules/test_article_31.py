"""Article 31: what the card's bank account is free of; a replacement card is none of it."""

from kiosk.domain.guides import Guide


def test_the_guide_lists_what_the_bank_account_is_free_of(guide) -> None:
    told = guide(Guide.FEES).slip
    assert "金融账户免年费、小额账户管理费、卡挂失费及省内同行存取款手续费" in told


def test_who_lost_the_card_is_told_that_the_bank_reports_it_free_of_charge(guide) -> None:
    assert "请另行联系开户银行挂失，免收卡挂失费" in guide(Guide.LOSS_BY_OTHER_WAYS).slip


def test_none_of_it_makes_a_replacement_free(guide) -> None:
    assert "补卡、换卡按核定标准收费" in guide(Guide.FEES).slip
