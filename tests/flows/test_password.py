"""The password (Art 24): the model is small enough to walk every path of it."""

from dataclasses import dataclass, replace
from itertools import product

import pytest

from kiosk.domain.policy import PasswordVerifier, Policy
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.conditions import Conditions
from kiosk.flows.identification import EnteringPassword
from kiosk.flows.password import PasswordEntry, Phase, Problem, advance, asking
from kiosk.flows.visit import Holder, Session, Visit

TRIES = 6


@dataclass(frozen=True)
class Account:
    """The counter on the card or at the backend, as other terminals and this one leave it."""

    wrong_in_a_row: int = 0

    @property
    def tries_left(self) -> int:
        return TRIES - self.wrong_in_a_row

    def tried(self, *, right: bool) -> "Account":
        if self.tries_left == 0:
            return self
        return Account(0 if right else self.wrong_in_a_row + 1)


def a_visit(verifier: PasswordVerifier) -> Visit:
    holder = Holder("王秀英", "410702194803120029", token="t")
    session = Session(number=3, holder=holder)
    policy = Policy("新乡", "0001", verified_by=verifier)
    return Visit(session, EnteringPassword(PasswordEntry()), Conditions(online=True), policy)


def typed(visit: Visit, entry: PasswordEntry) -> tuple[PasswordEntry, tuple[do.Effect, ...]]:
    """The citizen types six digits and says so; and confirms the last try when asked."""
    if entry.phase is Phase.WARNED:
        advanced = advance(visit, entry, on.Confirmed())
        assert advanced is not None
        assert advanced[1] == ()
        entry = advanced[0]
    for digit in "135790":
        advanced = advance(visit, entry, on.KeyPressed(digit))
        assert advanced is not None
        assert advanced[1] == ()
        entry = advanced[0]
    advanced = advance(visit, entry, on.Confirmed())
    assert advanced is not None
    return advanced


@pytest.mark.parametrize("verifier", PasswordVerifier)
@pytest.mark.parametrize("outcomes", list(product(["right", "wrong", "lost", "elsewhere"], repeat=5)))
def test_the_program_never_spends_a_try_the_citizen_did_not_order(
    verifier: PasswordVerifier, outcomes: tuple[str, ...]
) -> None:
    visit, account, ordered, spent = a_visit(verifier), Account(), 0, 0
    entry = asking(account.tries_left)
    for outcome in outcomes:
        if outcome == "elsewhere":  # another terminal or a pharmacy spends a try
            account = account.tried(right=False)
            continue
        if entry.phase in {Phase.LOCKED, Phase.ACCEPTED}:
            break
        entry, effects = typed(visit, entry)
        ordered += 1
        assert len(effects) == 1
        expected = (
            do.VerifyPasswordOnCard if verifier is PasswordVerifier.CARD else do.VerifyPasswordAtBackend
        )
        assert isinstance(effects[0], expected)
        spent += 1
        was_locked = account.tries_left == 0
        account = account.tried(right=outcome == "right")
        answer: on.Event
        if outcome == "lost":
            answer = on.PasswordOutcomeUnknown(3)
        elif account.tries_left == 0 or was_locked:
            answer = on.PasswordLocked(3)
        elif outcome == "right":
            answer = on.PasswordAccepted(3)
        else:
            answer = on.PasswordWrong(3, account.tries_left)
        advanced = advance(visit, entry, answer)
        assert advanced is not None
        entry, effects = advanced
        assert effects == (), "an answer never leads to another VERIFY by itself"
        assert len(entry.digits) == 0, "the digits are forgotten as soon as they are given away"
    assert spent == ordered


def test_before_the_last_try_the_citizen_must_say_so() -> None:
    visit = a_visit(PasswordVerifier.CARD)
    entry = asking(1, Problem.WRONG)
    assert entry.phase is Phase.WARNED
    assert advance(visit, entry, on.KeyPressed("1")) is None
    confirmed = advance(visit, entry, on.Confirmed())
    assert confirmed is not None
    assert confirmed[0].phase is Phase.ENTERING


def test_a_lost_answer_counts_as_a_spent_try() -> None:
    visit = a_visit(PasswordVerifier.CARD)
    for lost in (on.PasswordOutcomeUnknown(3), on.TimedOut()):
        advanced = advance(visit, PasswordEntry(Phase.VERIFYING, tries_left=2), lost)
        assert advanced is not None
        assert advanced[0] == asking(1, Problem.UNKNOWN)


def test_five_digits_are_not_given_to_anybody() -> None:
    visit = a_visit(PasswordVerifier.CARD)
    entry = PasswordEntry()
    for digit in "12345":
        entry = advance(visit, entry, on.KeyPressed(digit))[0]
    assert advance(visit, entry, on.Confirmed()) is None
    six = advance(visit, entry, on.KeyPressed("6"))[0]
    assert advance(visit, six, on.KeyPressed("7")) is None, "a seventh digit is not taken"


def test_a_locked_account_takes_no_digits() -> None:
    visit = a_visit(PasswordVerifier.CARD)
    locked = asking(0)
    assert locked.phase is Phase.LOCKED
    for event in (on.KeyPressed("1"), on.Confirmed(), on.Erased()):
        assert advance(visit, locked, event) is None


def test_digits_show_in_no_repr() -> None:
    entry = PasswordEntry()
    visit = a_visit(PasswordVerifier.CARD)
    for digit in "246810"[:6]:
        entry = advance(visit, entry, on.KeyPressed(digit))[0]
    verifying = advance(visit, entry, on.Confirmed())
    assert verifying is not None
    for shown in (repr(entry), repr(verifying), repr(replace(visit, state=EnteringPassword(entry)))):
        assert "246810" not in shown
    assert "4" not in repr(on.KeyPressed("4")).removeprefix("KeyPressed")
