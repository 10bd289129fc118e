"""Article 13: with cards of the dead, the gone and the unreachable nothing is done, and no word says why."""

import re

import pytest

from drivers.emulators.personas import persona
from kiosk.backend.emulator.register import Standing
from kiosk.domain.policy import Policy
from kiosk.domain.records import Notice
from kiosk.flows import events as on
from kiosk.flows import identification
from kiosk.flows.conditions import Conditions
from kiosk.flows.events import BackendFault
from kiosk.flows.identification import NotServed, OpeningVisit
from kiosk.flows.visit import Session, Visit
from tests.bench import Bench

WHY = re.compile("死亡|去世|身故|离职|离开|失联|无法联系|注销|冒")


@pytest.mark.parametrize("standing", [Standing.DECEASED, Standing.LEFT])
def test_the_card_of_such_a_person_opens_nothing_and_the_text_is_neutral(
    bench: Bench, standing: Standing
) -> None:
    holder = persona("li-jianguo")
    bench.backend.window.mark(holder.holder_number, standing)
    bench.log_in("li-jianguo")
    assert "到服务窗口办理" in bench.screen
    assert "请带社保卡、身份证" in bench.screen
    assert not WHY.search(bench.screen)
    assert "第十三条" not in bench.screen, "its number alone would say why"
    assert holder.name not in bench.screen
    bench.touch("看办事指南", "打印")
    for told in (bench.screen, bench.slip):
        assert "第十三条" not in told
        assert not WHY.search(told)


@pytest.mark.parametrize("standing", [Standing.DECEASED, Standing.LEFT])
def test_no_loss_is_reported_for_such_a_person(bench: Bench, standing: Standing) -> None:
    bench.backend.window.mark(persona("li-jianguo").holder_number, standing)
    bench.touch("社保卡挂失")
    bench.place_id_card("li-jianguo")
    assert "到服务窗口办理" in bench.screen
    assert not WHY.search(bench.screen)
    assert not bench.backend.transactions
    assert bench.printer.slips_made == 0


def test_a_backend_that_only_gives_notice_of_it_is_understood_too() -> None:
    visit = Visit(Session(number=3), OpeningVisit(), Conditions(online=True), Policy("新乡", "0001"))
    opened = on.VisitOpened(3, "t", "李建国", persona("li-jianguo").holder_number, (), (Notice.GO_TO_WINDOW,))
    stepped = identification.step(visit, opened)
    assert stepped is not None
    assert stepped.visit.state == NotServed(BackendFault.GO_TO_WINDOW)
    assert stepped.effects == (), "nothing is asked about such a person"
