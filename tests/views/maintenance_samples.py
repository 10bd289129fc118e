"""What the pages of maintenance can show, where their types say too little of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle

from kiosk.backend.emulator.app import FINAL_REFUSALS
from kiosk.domain.faults import fault_by_code
from kiosk.domain.findings import CHECKS, Finding, Measured
from kiosk.domain.readiness import Report
from kiosk.domain.technician import Role
from kiosk.domain.transaction import TransactionKind
from kiosk.flows.events import CardFault
from kiosk.flows.maintenance import (
    card_tests,
    carrying,
    display_tests,
    door,
    evidence,
    faults,
    outbox,
    overview,
    pad_test,
    readiness,
)
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Device, Judged, Run
from kiosk.flows.maintenance.looking import Look
from kiosk.flows.maintenance.work import Technician, Work
from kiosk.views.presenters.maintenance.outbox import LINES_ON_A_PAGE
from offline_queue.errors import Fault as ChainFault

NOW = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
NEXT_DAY = NOW + timedelta(days=1)
ME = "张工"
TICKET = tech.Ticket(1, 1)
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
    Look(Run.OVERVIEW, TICKET),
    Look(Run.OVERVIEW, TICKET, WELL, under_way=False),
    Look(Run.OVERVIEW, TICKET, SOON),
    Look(Run.OVERVIEW, TICKET, BROKEN),
)
PAST = tuple(
    tech.PastFault(code, NOW, ended)
    for code in ("K-301", "K-311")
    for ended in (None, NOW, NEXT_DAY)
    for _ in range(5)
)
KINDS = tuple(kind.value for kind in TransactionKind)
ANSWERS = (
    "name", "connect", "tls", "timeout", "answer_lost", "nonsense", "pending_there", "unauthorised",
    "unreadable", "http_500", "http_503", "http_429", "http_409",
)  # fmt: skip
REASONS = ("", *(code.text for code in FINAL_REFUSALS), *ANSWERS, "unlisted")
LINES = tuple(
    tech.OutboxLine("0001-000001-3", kind, refused, age_s, 1, reason)
    for kind, (refused, age_s, reason) in zip(
        cycle(KINDS),
        (*((True, 90, reason) for reason in REASONS), (False, 7300, ""), (False, 400_000, "timeout")),
        strict=False,
    )
)
TOLD = tech.OutboxTold(2, 9, 5, 400_000, LINES)
REPORTS = tuple(
    tech.ReportFiled(TICKET, Report("0001", "hall", NOW, NOW, WELL), name) for name in ("", "readiness-0001")
)
EXPORT, EVIDENCE = order.ExportOutbox(TICKET), order.MakeEvidence(TICKET)
REPORT = order.CarryReport(TICKET, "readiness-0001")
CARRIED = tuple(
    carrying.Carrying(what, ordered, 40, stage, done, trouble)
    for what, ordered in zip(tech.What, (EXPORT, EVIDENCE, REPORT), strict=True)
    for stage in tech.Stage
    for done, trouble in (
        (None, None), (tech.CarriedOut(TICKET, what, "a.bundle", 3), None),
        *((None, each) for each in tech.Trouble),
    )
)  # fmt: skip

MAINTENANCE_SAMPLES: Mapping[object, tuple[object, ...]] = {
    Look: LOOKS,
    float: (0.0, 75.0),
    door.ChoosingTechnician: (
        door.ChoosingTechnician(), door.ChoosingTechnician(()), door.ChoosingTechnician((ME,) * 9),
    ),
    overview.Overview: (
        *(
            overview.Overview(look, past)
            for look, past in zip(LOOKS, (None, (), PAST[3:], PAST[-1:]), strict=True)
        ),
        overview.Overview(replace(LOOKS[1], broken_off=True)),
    ),
    outbox.Outbox: (
        outbox.Outbox(), outbox.Outbox(replace(TOLD, oldest_s=None, lines=())),
        *(outbox.Outbox(TOLD, page + 1) for page in range(len(LINES) // LINES_ON_A_PAGE + 1)),
        outbox.Outbox(trouble=tech.Trouble.NOT_WORKING),
    ),
    outbox.CheckingChain: (
        outbox.CheckingChain(TICKET), outbox.CheckingChain(TICKET, tech.ChainTold(TICKET, 7)),
        *(outbox.CheckingChain(TICKET, tech.ChainTold(TICKET, 7, 3, fault.value)) for fault in ChainFault),
        outbox.CheckingChain(TICKET, trouble=tech.Trouble.STORAGE),
    ),
    faults.Faults: (faults.Faults(), faults.Faults(()), faults.Faults(PAST), faults.Faults(PAST, 2)),
    faults.FaultExplained: (faults.FaultExplained("K-301"),),
    carrying.Carrying: CARRIED,
    readiness.ShowingReport: (
        *(
            readiness.ShowingReport(look, filed, paper)
            for look, filed, paper in zip(LOOKS, (None, *REPORTS, REPORTS[1]), readiness.Paper, strict=True)
        ),
        *(readiness.ShowingReport(look, trouble=tech.Trouble.NOT_WORKING) for look in LOOKS[:2]),
    ),
    evidence.EnteringReceipt: (
        evidence.EnteringReceipt(), evidence.EnteringReceipt("00010000012", mistyped=True),
    ),
    tech.CardDescribed: (
        tech.CardDescribed("3B 7D", "2.00", "410700"),
        *(tech.CardDescribed("3B 7D", fault=fault.value) for fault in CardFault),
    ),
    card_tests.TestingIdReader: tuple(
        card_tests.TestingIdReader(sam, read)
        for sam, read in ((None, None), ("", False), (None, True), ("", True), ("05.03-20", True))
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
