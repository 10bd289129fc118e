"""The heartbeat: operators learn how a kiosk is, and the kiosk whether its numbers have arrived."""

import shutil

from tests.bench import Bench

A_MINUTE = 70


def report_loss(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("确认挂失", "完成")
    bench.wait(6)
    assert bench.view.name == "home"


def outbox_files(bench: Bench) -> list:
    return list((bench.folder / "data").glob("outbox.db*"))


def test_a_kiosk_tells_what_waits_and_what_is_out_of_order_and_nothing_else(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    bench.wait(A_MINUTE)
    beat = bench.backend.heartbeats["0012"]
    assert "printer.paper_out" in beat.conditions
    assert (beat.last_sequence, beat.pending, beat.rejected) == (0, 0, 0)


def test_numbers_that_have_arrived_are_in_order(bench: Bench) -> None:
    report_loss(bench)
    bench.wait(A_MINUTE)
    assert bench.backend.heartbeats["0012"].last_sequence == 1
    assert "K-514" not in bench.faults


def test_an_outbox_put_back_from_an_older_copy_is_found_out(bench: Bench) -> None:
    bench.power_off()
    before = bench.folder / "before"
    before.mkdir()
    for file in outbox_files(bench):
        shutil.copy2(file, before)
    bench.power_on()
    report_loss(bench)
    bench.power_off()
    for file in outbox_files(bench):
        file.unlink()
    for file in before.iterdir():
        shutil.copy2(file, bench.folder / "data")
    bench.power_on()
    bench.wait(A_MINUTE)
    assert "K-514" in bench.faults
