"""A receipt number, looked up at any kiosk: how the transaction stands now, on screen and paper."""

from contextlib import suppress
from datetime import timedelta

import pytest
from bench import Bench
from uuid_utils import uuid7

from drivers.emulators.personas import persona
from kiosk.backend.client import BackendClient
from kiosk.backend.contract import ToldTransaction, TransactionDocument
from kiosk.backend.errors import BackendRefusal
from kiosk.domain.receipt_number import receipt_number
from kiosk.domain.transaction import ClockQuality, Evidence, IdentityLevel, LossReport

ME = persona("li-jianguo")


def told_at_another_kiosk(bench: Bench, card_number: str = ME.card_number) -> str:
    """Have a loss report taken in from kiosk 0034, and return its receipt number without dashes."""
    document = TransactionDocument.of(
        LossReport(card_number),
        holder_name=ME.name,
        holder_number=ME.holder_number,
        captured_at=bench.clock.wall,
        clock=ClockQuality.SYNCHRONISED,
        kiosk="0034",
        evidence=Evidence(IdentityLevel.ID_CARD),
    )
    other = BackendClient(bench.backend.url, kiosk="0034")
    with suppress(BackendRefusal):  # which is kept like any other answer
        other.tell(str(uuid7()), ToldTransaction(**dict(document), sequence=7))
    other.close()
    return receipt_number("0034", 7).replace("-", "")


def look_up(bench: Bench, number: str) -> None:
    bench.touch("查回执办理结果")
    bench.enter(number)
    bench.touch("查询")


def test_a_receipt_of_another_kiosk_is_found_and_printed_as_a_copy(bench: Bench) -> None:
    number = told_at_another_kiosk(bench)
    look_up(bench, number)
    assert "挂失已生效" in bench.screen
    bench.touch("打印")
    slip = bench.slip.replace("\n", "")
    assert "补打" in slip
    assert "0034-000007" in slip
    assert "李*国" in slip
    for private in (ME.name, ME.holder_number, ME.card_number):
        assert private not in bench.screen + slip


def test_a_receipt_tells_the_state_as_it_is_now(bench: Bench) -> None:
    bench.backend.transaction_desk.decides = False
    bench.place_id_card("li-jianguo")
    bench.touch("确认挂失")
    bench.wait(15)
    assert "已登记，挂失尚未生效" in bench.screen
    number = next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))
    bench.touch("完成")
    bench.wait(6)
    bench.backend.transaction_desk.decides = True
    bench.backend.transaction_desk.decide()
    bench.wait(120)
    look_up(bench, number.replace("-", ""))
    assert "挂失已生效" in bench.screen
    assert "尚未" not in bench.screen


def test_a_number_with_a_slip_of_the_finger_is_told_before_anybody_is_asked(bench: Bench) -> None:
    number = told_at_another_kiosk(bench)
    look_up(bench, number[:-1] + str((int(number[-1]) + 1) % 10))
    assert "编号不对" in bench.screen


@pytest.mark.parametrize("kiosk", ["0034", "0012"], ids=["another kiosk", "this kiosk"])
def test_a_number_nobody_knows_is_told_as_perhaps_not_yet_sent(bench: Bench, kiosk: str) -> None:
    look_up(bench, receipt_number(kiosk, 999).replace("-", ""))
    assert "没有查到这个编号" in bench.screen
    assert "可能尚未提交" in bench.screen


def test_offline_the_own_receipts_are_found_and_others_are_not_promised(bench: Bench) -> None:
    bench.place_id_card("li-jianguo")
    bench.touch("确认挂失")
    number = next(line.split()[-1] for line in bench.screen.splitlines() if line.startswith("回执编号"))
    bench.touch("完成")
    bench.wait(6)
    bench.backend.go_offline()
    bench.wait(10)
    look_up(bench, number.replace("-", ""))
    assert "挂失已生效" in bench.screen
    bench.touch("完成")
    bench.wait(6)
    look_up(bench, receipt_number("0034", 7).replace("-", ""))
    assert "暂时查不到" in bench.screen


def test_a_report_that_came_too_late_is_told_with_its_reason(bench: Bench) -> None:
    """The card was handed out anew meanwhile: nothing may lock the new one."""
    bench.backend.window.replace_card(
        ME.card_number, new_number="B07285799", new_id="410700D15600000500990785FFFFFFFF"
    )
    bench.clock.forward(timedelta(days=1).total_seconds())
    look_up(bench, told_at_another_kiosk(bench))
    assert "挂失没有被受理" in bench.screen
    assert "登记之后情况已有变化" in bench.screen
    assert not bench.lost_cards
    bench.touch("打印")
    assert "挂失没有被受理" in bench.slip.replace("\n", "")
