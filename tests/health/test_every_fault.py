"""Each code of the catalogue is raised by the running code: on an emulator, in a file, on a disk or a line.

The table has a function for each code, which makes the fault and returns what the kiosk's own checks found.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.receipt_printer.status import Reason
from kiosk.domain.faults import FAULTS, Part
from kiosk.health.inspections import examined
from kiosk.services import routes
from offline_queue import Obstacle
from tests.bench import Bench
from tests.health.raised import Raise
from tests.health.raised.at_work import AT_WORK
from tests.health.raised.in_files import IN_FILES
from tests.health.raised.on_the_way import ON_THE_WAY

RAISED: dict[str, Raise] = {**AT_WORK, **ON_THE_WAY, **IN_FILES}
CODES = tuple(fault.code for fault in FAULTS)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with Bench(tmp_path) as bench:
        yield bench


@pytest.mark.parametrize("code", CODES)
def test_each_code_is_raised_by_the_running_code(code: str, tmp_path: Path) -> None:
    assert code in RAISED[code](tmp_path)


def test_nothing_is_raised_twice_or_without_a_place_in_the_catalogue() -> None:
    assert sorted((*AT_WORK, *ON_THE_WAY, *IN_FILES)) == sorted(CODES)


def test_a_kiosk_that_is_well_raises_nothing_but_that_nobody_may_come_in(bench: Bench) -> None:
    """So none of the codes above is found whatever happens."""
    assert bench.faults == ["K-610"]
    found = {fault.code for each in examined(bench.inspections()) for fault in each.faults}
    assert found == {"K-609", "K-610"}, "and the bench has no kiosk.toml"


def test_a_fault_that_is_mended_leaves_the_loop_and_the_others_stay(bench: Bench) -> None:
    bench.printer.open_cover()
    bench.id_wire.unplug()
    bench.wait(3)
    assert bench.faults[:2] == ["K-201", "K-302"]
    bench.printer.close_cover()
    bench.wait(3)
    assert "K-201" in bench.faults
    assert "K-302" not in bench.faults


def test_every_reason_of_the_printer_and_every_obstacle_of_the_outbox_has_a_code_of_its_own() -> None:
    for part, causes in (
        (Part.PRINTER, [reason.word for reason in Reason]),
        (Part.OUTBOX, [obstacle.value for obstacle in Obstacle]),
    ):
        listed = {cause for fault in FAULTS if fault.part is part for cause in fault.causes}
        assert set(causes) <= listed


def test_a_part_of_the_catalogue_is_a_service_or_the_kiosk_itself() -> None:
    services = {value for name, value in vars(routes).items() if name.isupper() and isinstance(value, str)}
    assert {part.value for part in Part} - services == {Part.KIOSK.value}
