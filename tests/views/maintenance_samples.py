"""What the pages of maintenance can show, where their types say too little of it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from kiosk.domain.faults import fault_by_code
from kiosk.domain.findings import CHECKS, Finding, Measured
from kiosk.domain.technician import Role
from kiosk.flows.events import CardFault
from kiosk.flows.maintenance import card_tests, devices, display_tests, door, overview, pad_test
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Device, Judged, Run
from kiosk.flows.maintenance.looking import Look
from kiosk.flows.maintenance.work import Technician, Work

NOW = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
ME = "张工"
_START = door.ChoosingTechnician()
WORKS = (
    Work(_START, Technician(ME, Role.TECHNICIAN)),
    Work(_START, Technician(ME, Role.TECHNICIAN), tuple(Judged(device, well=True) for device in Device)),
    Work(_START, Technician(ME, Role.SUPERVISOR), tuple(Judged(device, well=False) for device in Device)),
)

WELL = tuple(Finding(check, measured=(Measured("days_left", 99),)) for check in CHECKS)
SOON = (Finding("backend.certificate", (fault_by_code("K-406"),), (Measured("days_left", 9),)),)
BROKEN = (
    Finding("device.printer", (fault_by_code("K-301"),), (Measured("paper", "out"),)),
    Finding("backend.health", skipped=True),
)
LOOKS = (
    Look(Run.OVERVIEW),
    Look(Run.OVERVIEW, WELL, under_way=False),
    Look(Run.OVERVIEW, SOON),
    Look(Run.OVERVIEW, BROKEN),
)
CHANGES = tuple(tech.Change(NOW, "K-301", came=number % 2 == 0) for number in range(30))

MAINTENANCE_SAMPLES: Mapping[object, tuple[object, ...]] = {
    Look: LOOKS,
    float: (0.0, 75.0),
    door.ChoosingTechnician: (
        door.ChoosingTechnician(), door.ChoosingTechnician(()), door.ChoosingTechnician((ME,) * 9),
    ),
    overview.Overview: tuple(overview.Overview(look) for look in LOOKS),
    devices.History: (devices.History(), devices.History(()), devices.History(CHANGES, 2)),
    tech.CardDescribed: (
        tech.CardDescribed("3B 7D", "2.00", "410700"),
        *(tech.CardDescribed("3B 7D", fault=fault.value) for fault in CardFault),
    ),
    card_tests.TestingIdReader: tuple(
        card_tests.TestingIdReader(sam, read)
        for sam, read in ((None, None), ("", False), ("05.03-20", True))
    ),
    tech.PaperTold: (tech.PaperTold(0, None, ""), tech.PaperTold(7, 300, "0001-000001-3")),
    display_tests.TestingTouch: (
        display_tests.TestingTouch((0.5,)), display_tests.TestingTouch((1.5,) * display_tests.TARGETS),
    ),
    display_tests.TestingDisplay: tuple(
        display_tests.TestingDisplay(shown) for shown in (0, 1, display_tests.COLOURS + 1)
    ),
    pad_test.TestingPinPad: tuple(
        pad_test.TestingPinPad(result, 4, "37" if result is pad_test.Result.KEYS_MISSING else "")
        for result in pad_test.Result
    ),
    display_tests.TestingKeypad: (display_tests.TestingKeypad("12"),),
}  # fmt: skip
