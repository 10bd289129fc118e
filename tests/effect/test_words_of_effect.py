"""Nothing says 已生效 but what the backend has accepted: every screen and every slip one can come to.

The walk brings acceptances of two transactions at every moment, asked for or not: of the visitor's own, and
of one that is none of this visit's business.
"""

import pytest

from kiosk.domain.paper import PrintedAt, TransactionReceipt
from kiosk.domain.transaction import ClockQuality, Effective
from kiosk.flows import effects as do
from kiosk.views.models import Mark, Outcome
from kiosk.views.reading import text_of
from kiosk.views.slips import write
from tests.effect.claims import claims_in, text_of_slip
from tests.flows.hall import LANGUAGES, LIBRARY, NOW
from tests.flows.walk import MINE, OTHERS, RECEIPTS, Place, places, walks


def entitled(place: Place) -> set[str]:
    """Return the receipt numbers of which the backend's word has come in this visit."""
    return {RECEIPTS[key] for key in place.accepted}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_says_in_effect_only_of_the_transaction_whose_acceptance_came(language: str) -> None:
    said = 0
    for place in places():
        view = place.view(language)
        text = text_of(view)
        claims = claims_in(text, language)
        shown = {number for number in RECEIPTS.values() if number in text}
        assert not claims or shown & entitled(place), f"{claims} by{place.way()}"
        if isinstance(view.body, Outcome):
            in_effect = view.body.mark is Mark.IN_EFFECT
            assert in_effect is bool(claims), f"{claims} by{place.way()}"
            assert not in_effect or view.body.number in entitled(place), place.way()
        said += bool(claims)
    assert said, "a walk without an acceptance proves nothing"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_slip_says_in_effect_only_of_the_transaction_whose_acceptance_came(language: str) -> None:
    said = 0
    for walk in walks().values():
        for (effect, _), place in walk.slips.items():
            assert isinstance(effect, do.PrintSlip)
            printed = PrintedAt(NOW, ClockQuality.UNCHECKED, "0001", "hall")
            policy = place.kiosk.visit.policy
            text = text_of_slip(write(effect.slip, LIBRARY.words[language], policy, printed))
            claims = claims_in(text, language)
            shown = {number for number in RECEIPTS.values() if number in text}
            assert not claims or shown & entitled(place), f"{claims} by{place.way()}"
            if isinstance(effect.slip, TransactionReceipt):
                told = effect.slip.transaction
                assert bool(claims) is isinstance(told.state, Effective), place.way()
            said += bool(claims)
    assert said, "a walk without an acceptance proves nothing"


def test_the_acceptance_of_another_transaction_is_never_heard() -> None:
    """Neither late answers to earlier questions nor answers nobody asked for are taken for the own one's."""
    assert {key for place in places() for key in place.accepted} == {MINE}
    assert OTHERS not in {
        place.kiosk.visit.state.transaction.key
        for place in places()
        if hasattr(place.kiosk.visit.state, "transaction")
    }
