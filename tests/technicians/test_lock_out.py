"""Wrong tries cost a wait that grows; neither a restart nor a jump of the clock shortens it."""

from datetime import timedelta

from kiosk.domain.technician import Role
from kiosk.technicians.attempts import LONGEST_WAIT_S
from kiosk.technicians.door import Refused
from tests.technicians.entrance import Entrance

ZHANG, LI, PIN = "张工", "李工", "73914682"


def waits(entrance: Entrance, tries: int) -> list[float]:
    """Try wrongly, each time as soon as it is looked at."""
    told = []
    for _ in range(tries):
        refused = entrance.try_in(ZHANG, "00000000", "000000")
        assert isinstance(refused, Refused)
        told.append(refused.wait_s)
        entrance.clock.forward(refused.wait_s)
    return told


def test_two_slips_are_free_then_each_wait_is_twice_the_last(entrance: Entrance) -> None:
    entrance.hire(ZHANG, PIN)
    assert waits(entrance, 10) == [0, 0, 15, 30, 60, 120, 240, 480, 900, 900]


def test_who_waits_is_not_let_in_with_the_right_code_and_no_try_is_spent(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    waits(entrance, 2)
    assert entrance.try_in(ZHANG, "00000000", "000000") == Refused(15)
    assert entrance.try_in(ZHANG, PIN, telephone.code) == Refused(15)
    entrance.clock.forward(15)
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.TECHNICIAN


def test_coming_in_forgets_the_wrong_tries(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    waits(entrance, 5)
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.TECHNICIAN
    assert waits(entrance, 3) == [0, 0, 15]


def test_a_restart_or_a_jump_of_the_clock_makes_no_wait_shorter(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    waits(entrance, 4)
    assert entrance.try_in(ZHANG, "00000000", "000000") == Refused(60)
    entrance.clock.forward(59)
    entrance.power_on()
    entrance.clock.wall += timedelta(days=1)
    assert entrance.try_in(ZHANG, PIN, telephone.code) == Refused(60)
    entrance.clock.wall -= timedelta(days=700)
    assert entrance.try_in(ZHANG, PIN, telephone.code) == Refused(60)
    entrance.clock.forward(60)
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.TECHNICIAN


def test_a_wait_that_is_over_does_not_begin_anew_at_the_next_start(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    waits(entrance, 5)
    entrance.door.attempts.settle()
    entrance.power_on()
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.TECHNICIAN


def test_the_power_cut_in_a_try_gives_it_not_back(entrance: Entrance) -> None:
    entrance.hire(ZHANG, PIN)
    for _ in range(3):
        entrance.door.attempts.begin(ZHANG)  # and while it is judged, the power goes
        entrance.power_on()
    assert entrance.try_in(ZHANG, "00000000", "000000") == Refused(15)


def test_one_who_waits_keeps_no_other_out(entrance: Entrance) -> None:
    entrance.hire(ZHANG, PIN)
    telephone = entrance.hire(LI, PIN)
    waits(entrance, 2)
    entrance.try_in(ZHANG, "00000000", "000000")
    assert entrance.try_in(LI, PIN, telephone.code) is Role.TECHNICIAN


def test_tries_that_can_not_be_believed_cost_everybody_the_longest_wait_once(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    (entrance.folder / "attempts.json").write_text("{}{")
    (entrance.folder / "attempts.json").chmod(0o600)
    entrance.power_on()
    assert entrance.try_in(ZHANG, PIN, telephone.code) == Refused(LONGEST_WAIT_S)
    entrance.clock.forward(LONGEST_WAIT_S)
    assert entrance.try_in(ZHANG, PIN, telephone.code) is Role.TECHNICIAN
