"""The file of technicians: private, whole, and of no use to whoever finds it."""

import stat

import pytest

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance.events import Ticket
from kiosk.flows.secret import Secret
from kiosk.services.access import Access
from kiosk.technicians.door import Refused
from kiosk.technicians.roster import RosterUnusable, read_roster, write_roster
from tests.technicians.entrance import Entrance

ZHANG, LI, PIN, CARD = "张工", "李工", "73914682", "410700000000000000000000000000FF"
TICKET = Ticket(1, 1)


def test_it_holds_neither_pin_nor_secret_nor_card(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN, card_id=CARD)
    assert stat.S_IMODE(entrance.roster.stat().st_mode) == 0o600
    content = entrance.roster.read_text()
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in content
    for secret in (PIN, telephone.secret, CARD):
        assert secret not in content
        assert secret not in repr(read_roster(entrance.roster))


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_others_who_can_read_it_keep_everybody_out(entrance: Entrance, mode: int) -> None:
    telephone = entrance.hire(ZHANG, PIN)
    entrance.roster.chmod(mode)
    with pytest.raises(RosterUnusable, match="permissions must be 0600"):
        entrance.door.names()
    assert entrance.try_in(ZHANG, PIN, telephone.code) == Refused(0.0)
    access = Access(entrance.door)
    assert list(access.perform(do.ListTechnicians())) == [on.TechniciansListed(())]
    assert "permissions" in access.check().detail


@pytest.mark.parametrize("content", ["", "[]", '{"technicians": [{"name": "张工"}]}', '{"more": 1}'])
def test_a_damaged_file_lets_nobody_in(entrance: Entrance, content: str) -> None:
    entrance.roster.write_text(content)
    entrance.roster.chmod(0o600)
    with pytest.raises(RosterUnusable):
        entrance.door.names()


def test_a_secret_moved_to_another_name_is_nobodys(entrance: Entrance) -> None:
    mine = entrance.hire(ZHANG, PIN)
    entrance.hire(LI, PIN)
    zhang, li = read_roster(entrance.roster)
    write_roster(entrance.roster, (zhang, li.model_copy(update={"code_secret": zhang.code_secret})))
    assert entrance.try_in(LI, PIN, mine.code) == Refused(0.0)


def test_what_is_asked_for_shows_no_pin_and_no_card() -> None:
    asked = (
        f"{do.AdmitTechnician(ZHANG, Secret(PIN), Secret('123456'), TICKET)} {do.RecogniseTechnician(CARD)}"
    )
    for secret in (PIN, "123456", CARD):
        assert secret not in asked


def test_the_service_tells_the_flow_who_came_in_and_who_did_not(entrance: Entrance) -> None:
    telephone = entrance.hire(ZHANG, PIN, card_id=CARD)
    access = Access(entrance.door)
    assert list(access.perform(do.RecogniseTechnician(CARD))) == [on.TechnicianCardShown(ZHANG)]
    assert list(access.perform(do.RecogniseTechnician("00"))) == []
    wrong = do.AdmitTechnician(ZHANG, Secret(PIN), Secret(""), TICKET)
    assert list(access.perform(wrong)) == [on.TechnicianRefused(ZHANG, 0.0, TICKET)]
    right = do.AdmitTechnician(ZHANG, Secret(PIN), Secret(telephone.code), TICKET)
    (admitted,) = access.perform(right)
    assert isinstance(admitted, on.TechnicianAdmitted)
    assert (admitted.name, admitted.ticket) == (ZHANG, TICKET)
