"""A technician comes in with name, PIN and one-time code; nobody else does, and nobody learns why."""

import pytest

from kiosk.domain.technician import Role
from kiosk.technicians.door import Refused
from kiosk.technicians.pins import UnfitPin, hash_pin
from tests.technicians.entrance import Entrance

ZHANG, PIN, WRONG_PIN = "张工", "73914682", "73914683"
NOT_YET = Refused(0.0)


def wrong_code(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_right_pin_and_code_let_in_with_the_role_in_the_file(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN, Role.SUPERVISOR)
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.SUPERVISOR


@pytest.mark.parametrize("off_s", [-30, 30])
def test_a_telephone_half_a_minute_off_lets_in(entrance: Entrance, off_s: int) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    assert entrance.try_in(ZHANG, PIN, telephone.code_off_by(off_s)) is Role.TECHNICIAN


def test_whatever_is_wrong_the_answer_is_the_same(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    gone = entrance.hire("李工", PIN, disabled=True)
    code = telephone.code
    assert entrance.try_in(ZHANG, WRONG_PIN, code) == NOT_YET
    assert entrance.try_in(ZHANG, PIN, wrong_code(code)) == NOT_YET
    assert entrance.try_in("李工", PIN, gone.code) == NOT_YET
    assert entrance.try_in("王工", PIN, code) == NOT_YET


def test_a_code_two_steps_off_is_refused(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    assert entrance.try_in(ZHANG, PIN, telephone.code_off_by(-60)) == NOT_YET
    assert entrance.try_in(ZHANG, PIN, telephone.code_off_by(60)) == NOT_YET


def test_a_code_lets_in_once_and_a_restart_changes_nothing(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    seen_over_the_shoulder = telephone.code
    assert entrance.try_in(ZHANG, PIN, seen_over_the_shoulder) is Role.TECHNICIAN
    assert entrance.try_in(ZHANG, PIN, seen_over_the_shoulder) == NOT_YET
    entrance.power_on()
    assert entrance.try_in(ZHANG, PIN, seen_over_the_shoulder) == NOT_YET
    entrance.clock.forward(30)
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.TECHNICIAN


def test_a_clock_that_was_years_ahead_shuts_nobody_out_once_it_is_set(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    now = entrance.clock.wall
    entrance.clock.wall = now.replace(year=2036)
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.TECHNICIAN
    entrance.clock.wall = now
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.TECHNICIAN


def test_only_who_may_come_in_is_offered(entrance: Entrance) -> None:
    assert entrance.door.names() == ()
    entrance.hire(ZHANG, PIN)
    entrance.hire("李工", PIN, disabled=True)
    assert entrance.door.names() == (ZHANG,)


def test_a_card_gives_the_name_of_its_owner_and_of_nobody_else(entrance: Entrance) -> None:
    entrance.hire(ZHANG, PIN, card_id="4107000A0F")
    assert entrance.door.name_of_card("4107000a0f") == ZHANG
    assert entrance.door.name_of_card("41070000FF") is None
    assert entrance.door.name_of_card("") is None


def test_who_is_taken_out_of_the_file_stays_out_at_once(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    entrance.roster.unlink()
    assert entrance.try_in(ZHANG, PIN, telephone.code) == NOT_YET


@pytest.mark.parametrize(
    "pin", ["1357924", "12345678", "98765432", "11111112", "1357924a", "１２３４６６７９", ""]
)
def test_a_pin_that_is_short_or_easily_guessed_is_refused(pin: str) -> None:
    with pytest.raises(UnfitPin):
        hash_pin(pin)
