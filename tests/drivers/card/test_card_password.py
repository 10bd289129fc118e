import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.card_slot import InProcessConnection
from drivers.emulators.personas import persona
from drivers.emulators.social_security_card import ALL_TRIES, SocialSecurityCardEmulator
from drivers.errors import DeviceSilent
from drivers.social_security_card.apdu import ResponseApdu
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.password import (
    PasswordLocked,
    VerificationUnknown,
    Verified,
    WrongPassword,
    decode_verification,
    pack_password,
)

RIGHT, WRONG = "246810", "000000"


@pytest.fixture
def chip():
    return SocialSecurityCardEmulator(persona("wang-xiuying"))


@pytest.fixture
def card(chip):
    return SocialSecurityCard(InProcessConnection(chip))


def test_the_right_password_is_verified_and_brings_all_tries_back(card, chip):
    assert card.verify(WRONG) == WrongPassword(tries_left=ALL_TRIES - 1)
    assert card.verify(RIGHT) == Verified()
    assert chip.tries_left == ALL_TRIES


def test_six_wrong_passwords_lock_the_card_also_for_the_right_one(card):
    said = [card.verify(WRONG) for _ in range(ALL_TRIES)]
    assert said == [*(WrongPassword(left) for left in range(ALL_TRIES - 1, 0, -1)), PasswordLocked()]
    assert card.verify(RIGHT) == PasswordLocked()


def test_a_locked_card_stays_locked_without_power(card, chip):
    for _ in range(ALL_TRIES):
        card.verify(WRONG)
    assert SocialSecurityCard(InProcessConnection(chip)).verify(RIGHT) == PasswordLocked()


def test_the_password_can_be_tried_after_reading(card):
    card.read()
    assert card.verify(RIGHT) == Verified()


def test_a_lost_answer_is_an_unknown_outcome_and_costs_one_try_only(chip):
    connection = InProcessConnection(chip)
    card = SocialSecurityCard(connection)
    connection.transmit = lambda command: _lose_answer_to_verify(chip, command)

    outcome = card.verify(WRONG)

    assert isinstance(outcome, VerificationUnknown)
    assert isinstance(outcome.cause, DeviceSilent)
    assert outcome.cause.__traceback__ is None, "its frames would hold the password"
    assert chip.tries_left == ALL_TRIES - 1


def _lose_answer_to_verify(chip, command):
    answer = chip.transmit(command)
    if command[1] == 0x20:
        raise DeviceSilent("no answer in time")
    return answer


def test_a_failure_before_the_card_is_told_the_password_is_a_plain_error(chip):
    connection = InProcessConnection(chip)
    connection.transmit = lambda command: _fail_at_once()
    with pytest.raises(DeviceSilent):
        SocialSecurityCard(connection).verify(RIGHT)
    assert chip.commands == 0


def _fail_at_once():
    raise DeviceSilent("no answer in time")


@pytest.mark.parametrize(
    ("sw", "outcome"),
    [
        (0x9000, Verified()),
        (0x63C5, WrongPassword(5)),
        (0x63C1, WrongPassword(1)),
        (0x63C0, PasswordLocked()),
        (0x6983, PasswordLocked()),
        (0x9303, PasswordLocked()),
    ],
)
def test_status_words_of_verify(sw, outcome):
    assert decode_verification(ResponseApdu(b"", sw)) == outcome


@given(st.integers(0, 0xFFFF))
def test_only_9000_verifies_and_what_nobody_knows_is_unknown(sw):
    outcome = decode_verification(ResponseApdu(b"", sw))
    assert (outcome == Verified()) == (sw == 0x9000)
    if sw not in (0x9000, 0x6983, 0x9303) and sw & 0xFFF0 != 0x63C0:
        assert isinstance(outcome, VerificationUnknown)


@pytest.mark.parametrize(
    ("password", "packed"),
    [("888888", "888888"), ("123456", "123456"), ("1234", "1234"), ("12345", "12345F"), ("0" * 16, "00" * 8)],
)
def test_passwords_travel_as_packed_digits(password, packed):
    assert pack_password(password) == bytes.fromhex(packed)


@pytest.mark.parametrize("password", ["", "123", "1" * 17, "12345a", "１２３４５６", "12 345", "-12345"])
def test_what_is_no_password_is_refused_without_repeating_it(password):
    with pytest.raises(ValueError, match=r"^a password is 4 to 16 digits$"):
        pack_password(password)
