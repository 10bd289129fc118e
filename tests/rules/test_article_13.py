"""Article 13: with cards of the dead, the gone and the unreachable nothing is done, and no word says why."""

import re

import pytest

from drivers.emulators.personas import persona
from kiosk.backend.emulator.register import Standing
from tests.bench import Bench

WHY = re.compile("死亡|去世|身故|离职|离开|失联|无法联系|注销|冒")


@pytest.mark.parametrize("standing", [Standing.DECEASED, Standing.LEFT])
def test_the_card_of_such_a_person_opens_nothing_and_the_text_is_neutral(
    bench: Bench, standing: Standing
) -> None:
    holder = persona("li-jianguo")
    bench.backend.window.mark(holder.holder_number, standing)
    bench.log_in("li-jianguo")
    assert "请带上社保卡和身份证，到服务窗口办理" in bench.screen
    assert not WHY.search(bench.screen)
    assert holder.name not in bench.screen


@pytest.mark.parametrize("standing", [Standing.DECEASED, Standing.LEFT])
def test_no_loss_is_reported_for_such_a_person(bench: Bench, standing: Standing) -> None:
    bench.backend.window.mark(persona("li-jianguo").holder_number, standing)
    bench.touch("社保卡挂失")
    bench.place_id_card("li-jianguo")
    assert "到服务窗口办理" in bench.screen
    assert not WHY.search(bench.screen)
    assert not bench.backend.transactions
    assert bench.printer.slips_made == 0
