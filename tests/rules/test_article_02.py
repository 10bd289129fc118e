"""Article 2: the card is read by its chip, proves little by itself, and has two accounts."""

import pytest

from drivers.emulators.personas import persona
from kiosk.domain.guides import Guide
from tests.bench import Bench


@pytest.mark.parametrize("variant", ["unknown", "bank-only", "mute", "needs-psam"])
def test_what_is_no_readable_social_security_card_is_asked_for_no_password(
    bench: Bench, variant: str
) -> None:
    bench.insert_card("li-jianguo", variant)
    assert bench.view.name == "card_trouble"
    bench.wait(5)
    assert bench.view.name == "card_trouble", "nothing goes on with such a card"


def test_the_card_without_its_password_shows_nothing_of_its_holder(bench: Bench) -> None:
    holder = persona("li-jianguo")
    bench.insert_card("li-jianguo")
    assert bench.view.name == "password"
    for personal in (holder.name, holder.holder_number, holder.card_number):
        assert all(personal not in str(view) for view in bench.shown)


def test_the_kiosk_says_that_the_card_has_two_accounts_and_which_one_it_serves(guide) -> None:
    assert "社保卡有社保账户和金融账户" in guide(Guide.ABOUT).screen
    assert "本终端只办理社保账户的业务" in guide(Guide.ABOUT).screen
