"""Paper truth: what is printed, what isn't, and what may have been."""

import pytest
from bench import Bench


def report_loss(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("确认挂失")


def test_without_paper_the_home_screen_says_so_and_the_result_is_on_the_screen(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    bench.wait(5)
    assert "打印机暂时不能打印" in bench.screen
    report_loss(bench)
    assert "挂失已生效" in bench.screen
    assert bench.printer.slips_made == 0


@pytest.mark.parametrize(
    ("mishap", "sentence"),
    [
        ("run_out_of_paper", "打印机没有纸"),
        ("open_cover", "打印机盖没有关好"),
        ("jam", "不能确认是否打印"),
        ("stall", "不能确认是否打印"),
        ("cut_power", "不能确认是否打印"),
    ],
)
def test_a_mishap_in_the_middle_of_a_slip_is_told_and_the_transaction_stands(
    bench: Bench, mishap: str, sentence: str
) -> None:
    getattr(bench.printer, mishap)(after_bytes=120)
    report_loss(bench)
    assert "挂失已生效" in bench.screen
    assert sentence in bench.screen
    assert len(bench.backend.transactions) == 1


def test_after_paper_was_refilled_the_receipt_can_be_printed(bench: Bench) -> None:
    bench.printer.run_out_of_paper(after_bytes=50)
    report_loss(bench)
    bench.printer.refill()
    bench.wait(5)
    bench.touch("打印")
    assert "回执已打印" in bench.screen
    assert "挂失已生效" in bench.slip
    assert len(bench.backend.transactions) == 1
