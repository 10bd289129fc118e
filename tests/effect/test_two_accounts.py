"""Two accounts (Art 2, 29, 30): how a loss report or a contact change ends is told of both.

What happened to the social security account, and that nothing happened to the bank account: wherever somebody
can only leave, and on every receipt.
"""

import re

import pytest

from kiosk.backend.message import Code
from kiosk.domain.paper import PrintedAt, TransactionReceipt
from kiosk.domain.transaction import ClockQuality, Effective, Rejected, TransactionKind
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.events import ServiceName
from kiosk.flows.identification import AwaitingCard, CardTrouble
from kiosk.flows.loss_report import AwaitingIdCard, ConfirmingOffline, IdCardTrouble, WarningOffline
from kiosk.flows.outcome import Sending, ShowingOutcome
from kiosk.flows.visit import MachineTime
from kiosk.views.models import choices_of
from kiosk.views.reading import text_of
from kiosk.views.slips import write
from tests.effect.claims import text_of_slip
from tests.flows.hall import LANGUAGES, LIBRARY, NOW
from tests.flows.walk import MINE, VISIT, Place, places, transaction, walks

LOSS, CHANGE = TransactionKind.LOSS_REPORT, TransactionKind.CONTACT_CHANGE
KINDS = {ServiceName.LOSS_REPORT: LOSS, ServiceName.CONTACT_CHANGE: CHANGE}
ENDS = {
    ("NotOffered", LOSS), ("IdCardTrouble", LOSS), ("NotServed", LOSS), ("NoCardToReport", LOSS),
    ("WarningOffline", LOSS), ("ConfirmingOffline", LOSS), ("NotRecorded", LOSS), ("ShowingOutcome", LOSS),
    ("ChangeNotPossible", CHANGE), ("ReaderGone", CHANGE), ("NotServed", CHANGE),
    ("EnteringPassword", CHANGE), ("ConfirmingByPassword", CHANGE), ("NotRecorded", CHANGE),
    ("ShowingOutcome", CHANGE),
}  # fmt: skip
"""Where a loss report and a contact change may end: when this grows, somebody has to look at the new end."""

SAID = {
    ("zh_CN", LOSS, True): ("社保功能已停用", "银行账户没有冻结"),
    ("zh_CN", LOSS, False): (
        "社保卡(还没有确认停用|没有因此停用|的状态没有因此改变)",
        "银行账户也?没有(冻结|任何变化)",
    ),
    ("zh_CN", CHANGE, True): ("社保账户的联系方式已更新", "银行预留的电话和地址没有改变"),
    ("zh_CN", CHANGE, False): (
        "社保账户的联系方式还没有确认更新|社保账户和银行的联系方式都没有改变",
        "银行预留的电话和地址没有改变|社保账户和银行的联系方式都没有改变",
    ),
    ("en", LOSS, True): ("no longer works for social security", "bank account is not frozen"),
    ("en", LOSS, False): (
        "(has not stopped|Nothing about|cannot confirm yet that) your social security card",
        "bank account is not frozen|Nothing has changed on your bank account",
    ),
    ("en", CHANGE, True): (
        "social security account has the new contact details",
        "bank still has the old phone number and address",
    ),
    ("en", CHANGE, False): (
        "Social security has not confirmed your new contact details|Neither social security nor the bank",
        "the bank keeps the old ones|nor the bank has changed your contact details",
    ),
}
"""What must be said of the social security account, and of the bank's: by language, kind, in effect."""

NEVER = {
    "zh_CN": "银行[^，。；\n]*(已经?|成功)(冻结|停用|挂失|变更|改变|更新)",
    "en": r"bank[^.,;:\n]*\b(is|was|has been) (now |also )?(frozen|stopped|reported|changed|updated)",
}
"""What is never said of the bank's account."""


def kind_ending_here(place: Place) -> TransactionKind | None:
    """Return the business that comes to its end in a place, or None."""
    state = place.state
    if isinstance(state, ShowingOutcome):
        return state.transaction.kind
    kind = KINDS.get(place.session.service) if place.session.service else None
    waits = isinstance(state, AwaitingCard | CardTrouble | AwaitingIdCard)
    if waits or isinstance(place.kiosk.timeout, MachineTime) or state == IdCardTrouble(expired=False):
        return None
    ends = isinstance(state, WarningOffline | ConfirmingOffline) or can_only_leave(place)
    return kind if ends else None


def can_only_leave(place: Place) -> bool:
    """Whether every touch ends the visit, but for the settings."""
    view = place.view()
    touches = [place.after(choice.event)[1] for choice in choices_of(view) if choice not in view.tools]
    return bool(touches) and all(any(isinstance(one, do.CloseVisit) for one in each) for each in touches)


def untold(text: str, language: str, kind: TransactionKind, *, effective: bool) -> list[str]:
    """Return what a text does not say of the two accounts."""
    return [said for said in SAID[language, kind, effective] if not re.search(said, text)]


def slip_text(effect: do.Effect, place: Place, language: str) -> str:
    assert isinstance(effect, do.PrintSlip)
    printed = PrintedAt(NOW, ClockQuality.SYNCHRONISED, "0001", "hall")
    return text_of_slip(write(effect.slip, LIBRARY.words[language], place.kiosk.visit.policy, printed))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_on_which_a_loss_or_a_change_ends_tells_of_both_accounts(language: str) -> None:
    ends = set()
    for place in places():
        kind, state = kind_ending_here(place), place.state
        if kind is not None:
            ends.add((type(state).__name__, kind))
            effective = isinstance(state, ShowingOutcome) and isinstance(state.transaction.state, Effective)
            missing = untold(text_of(place.view(language)), language, kind, effective=effective)
            assert not missing, f"{place.view().name} does not say {missing}{place.way()}"
    assert ends == ENDS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_receipt_tells_of_both_accounts(language: str) -> None:
    stands = set()
    for walk in walks().values():
        for (effect, _), place in walk.slips.items():
            if isinstance(effect, do.PrintSlip) and isinstance(effect.slip, TransactionReceipt):
                told = effect.slip.transaction
                effective = isinstance(told.state, Effective)
                stands.add((told.kind, type(told.state)))
                assert not untold(
                    slip_text(effect, place, language), language, told.kind, effective=effective
                )
    assert len(stands) == 6, "both kinds pending, effective and rejected"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", Code)
def test_whatever_the_reason_of_a_rejection_both_accounts_are_told_of(code: Code, language: str) -> None:
    sendings = {
        place.state.transaction.kind: place
        for place in places()
        if isinstance(place.state, Sending) and place.kiosk.visit.conditions.can_print
    }
    assert set(sendings) == set(TransactionKind)
    for kind, place in sendings.items():
        rejected = on.TransactionAnswered(VISIT, transaction(MINE, kind, Rejected(code.text, code.title)))
        shown, (printed,) = place.after(rejected)
        for text in (text_of(shown.view(language)), slip_text(printed, shown, language)):
            assert not untold(text, language, kind, effective=False)
            assert code.title not in text, "the backend's own words are for technicians"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_ever_said_to_have_happened_to_the_bank_account(language: str) -> None:
    for place in places():
        assert not re.search(NEVER[language], text_of(place.view(language))), place.way()
    for walk in walks().values():
        for (effect, _), place in walk.slips.items():
            assert not re.search(NEVER[language], slip_text(effect, place, language)), place.way()
