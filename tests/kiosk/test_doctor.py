"""What the technician is told of each device, the backend and the outbox, and what to do."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from drivers.errors import DeviceStatus, Remedy
from kiosk.doctor import CHECKED, is_well, told
from kiosk.services import routes


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        yield bench


def test_a_kiosk_with_everything_in_place_is_well(bench: Bench) -> None:
    checks = {name: told(bench.check(name)) for name in CHECKED}
    assert is_well(checks), checks
    assert "SAM" in checks[routes.ID_CARDS]["detail"]


def test_a_printer_without_paper_is_for_somebody_at_the_kiosk_to_clear(bench: Bench) -> None:
    bench.printer.run_out_of_paper()
    check = bench.check(routes.PRINTER)
    assert (check.status, check.remedy) == (DeviceStatus.USER_ERROR, Remedy.CLEAR)
    assert "paper out" in check.detail


def test_an_unplugged_id_reader_is_for_maintenance_and_comes_back_by_itself(bench: Bench) -> None:
    bench.id_wire.unplug()
    bench.wait(3)
    check = bench.check(routes.ID_CARDS)
    assert check.status is DeviceStatus.NO_DEVICE
    assert check.remedy is not None
    assert "身份证阅读器暂停使用" in bench.screen
    bench.id_wire.plug_in()
    bench.wait(3)
    assert bench.check(routes.ID_CARDS).status is DeviceStatus.ONLINE
    assert "身份证阅读器暂停使用" not in bench.screen


def test_a_silent_backend_is_told_as_offline(bench: Bench) -> None:
    bench.backend.go_offline()
    assert bench.check(routes.BACKEND).status is DeviceStatus.OFFLINE


def test_what_waits_in_the_outbox_is_counted(bench: Bench) -> None:
    bench.backend.go_offline()
    bench.wait(10)
    bench.touch("社保卡挂失")
    bench.place_id_card("wang-xiuying")
    bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    assert "1 pending" in bench.check(routes.LEDGER).detail
