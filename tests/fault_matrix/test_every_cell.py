"""Every cell of the fault matrix, run: right words, right state, nothing lost or doubled, and on it goes."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import mkdtemp

import pytest

from drivers.emulators.personas import persona
from kiosk.services import routes
from tests.bench import Bench, folder_in_memory
from tests.fault_matrix.page import PAGE, page
from tests.fault_matrix.table import (
    CONFIGURED,
    HOLDER,
    LOSER,
    MATRIX,
    RECEIPT_NUMBER,
    Fault,
    Moment,
    touch_if_there,
)

CELLS = [
    pytest.param(device, fault, moment, id=f"{device}: {fault.name}, {moment.name}")
    for device, faults in MATRIX.items()
    for fault in faults
    for moment in fault.read
]

Kiosks = dict[str, Bench]


@pytest.fixture(scope="module")
def lasting_path() -> Iterator[Path]:
    with folder_in_memory() as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def stack(lasting_path: Path) -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(scope="module")
def kiosks() -> Kiosks:
    """Return the kiosks, one for each device. It lives through all cells; after one that failed it is new."""
    return {}


@pytest.mark.parametrize(("device", "fault", "moment"), CELLS)
def test_a_fault_at_this_moment_is_told_and_the_next_visit_is_served(
    kiosks: Kiosks, stack: ExitStack, lasting_path: Path, device: str, fault: Fault, moment: Moment
) -> None:
    if device not in kiosks:
        folder = Path(mkdtemp(dir=lasting_path))
        kiosks[device] = stack.enter_context(Bench(folder, **CONFIGURED.get(device, {})))
    bench = kiosks.pop(device)
    run(bench, fault, moment)
    kiosks[device] = bench


def run(bench: Bench, fault: Fault, moment: Moment) -> None:
    before = len(bench.backend.transactions)
    moment.reach(bench)
    fault.strike(bench, moment.slip_bytes)
    moment.go_on(bench)
    assert fault.read[moment] in bench.screen
    told = bench.check(fault.service)
    assert (told.status, told.remedy) == (fault.status, fault.remedy)
    assert fault.detail in told.detail
    receipts = bench.screen.count(RECEIPT_NUMBER)

    fault.mend(bench)
    leave(bench)
    until_all_is_sent(bench)
    assert len(bench.backend.transactions) - before == receipts, "what was told as recorded, and once"
    if fault.service == routes.ID_CARDS:
        visit_for_loss(bench)
    else:
        visit_records(bench)
    told = bench.check(fault.service)
    assert told.remedy is None, told.detail


def leave(bench: Bench) -> None:
    """Take the cards and go; what is still on the screen ends by itself."""
    bench.pull_card()
    bench.id_reader.lift()
    for _ in range(10):
        touch_if_there(bench, "知道了", "完成", "结束")
        bench.wait(3)
        if bench.view.name == "home":
            return
    raise AssertionError(f"the kiosk does not come home from {bench.view.name!r}:\n{bench.screen}")


def until_all_is_sent(bench: Bench) -> None:
    for _ in range(30):
        if bench.check(routes.LEDGER).detail == "0 pending, 0 rejected":
            return
        bench.wait(5)
    raise AssertionError(bench.check(routes.LEDGER).detail)


def visit_records(bench: Bench) -> None:
    slips = bench.printer.slips_made
    bench.log_in(HOLDER)
    bench.touch("我的信息", "打印")
    assert "已打印" in bench.screen
    assert bench.printer.slips_made > slips, "half a slip of an earlier visit is cut off before it"
    assert persona(HOLDER).holder_number not in bench.slip
    assert "查询结果，不作证明用" in bench.slip
    bench.touch("结束")
    bench.pull_card()
    bench.wait(5)
    assert bench.view.name == "home"


def visit_for_loss(bench: Bench) -> None:
    bench.touch("社保卡挂失")
    bench.place_id_card(LOSER)
    assert "确认挂失" in bench.choices
    leave(bench)


def test_the_page_in_the_documentation_shows_this_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.fault_matrix.page"
