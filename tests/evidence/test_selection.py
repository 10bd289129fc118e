"""Which lines of a long log belong to a receipt: whatever files they lie in, and no more than needed."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.audit.events import (
    AuditEvent,
    DeviceChanged,
    KioskStarted,
    TransactionRecorded,
    TransactionSettled,
    VisitBegan,
    VisitEnded,
)
from kiosk.audit.files import files_in
from kiosk.audit.line import Line
from kiosk.audit.log import AuditLog
from kiosk.evidence.asked import AboutReceipt, AboutTime
from kiosk.evidence.selection import LEAD_LINES, Selection, pieces_of, select
from tests.audit.desk import Desk

MINE, OTHERS = "0012-000001-4", "0012-000002-2"


class Days:
    """A log of many short files, written visit by visit."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk(folder)
        self.log: AuditLog = self.desk.open(file_bytes=1_500)
        self._visit = 0

    def tell(self, event: AuditEvent) -> None:
        self.desk.clock.forward(10)
        self.log.append(self.desk.clock.wall, event)

    def visit(self, receipt: str = "") -> int:
        self._visit += 1
        self.tell(VisitBegan(visit=self._visit, first="awaiting_id_card"))
        if receipt:
            recorded = {"kind": "loss_report", "holder": "ab" * 12}
            self.tell(TransactionRecorded(visit=self._visit, receipt=receipt, **recorded))
        self.tell(VisitEnded(visit=self._visit, last="showing_outcome", by="confirmed"))
        return self._visit

    def visits(self, count: int) -> None:
        for _ in range(count):
            self.visit()

    def sign(self) -> None:
        self.log.sign(self.desk.clock.wall)

    def about(self, receipt: str) -> Selection:
        self.log.sync()
        return select(self.desk.folder, AboutReceipt(receipt))


@pytest.fixture
def days(tmp_path: Path) -> Days:
    days = Days(tmp_path / "audit")
    days.tell(KioskStarted(version="1", rules="1"))
    days.tell(DeviceChanged(device="printer", state="ready"))
    days.tell(DeviceChanged(device="paper", state="full"))
    return days


def test_the_visit_and_the_later_answer_are_two_signed_pieces(days: Days) -> None:
    days.visits(50)
    days.visit(MINE)
    days.sign()
    days.visits(80)
    days.tell(TransactionSettled(receipt=MINE, state="effective"))
    days.sign()
    days.visits(50)
    visit, answer = pieces_of(days.about(MINE).lines)
    assert {"visit_began", "transaction_recorded", "visit_ended"} <= {line.event for line in visit}
    assert "transaction_settled" in {line.event for line in answer}
    assert visit[-1].event == answer[-1].event == "log_signed"
    assert len(visit) <= LEAD_LINES + 10


@pytest.mark.parametrize("before", range(12))
def test_a_visit_across_the_end_of_a_file_is_whole(days: Days, before: int) -> None:
    days.visits(before)
    number = days.visit(MINE)
    days.sign()
    events = [line.event for line in days.about(MINE).lines if line.content.get("visit") == number]
    assert events == ["visit_began", "transaction_recorded", "visit_ended"]


def test_how_the_devices_stood_is_found_however_long_ago_it_was_told(days: Days) -> None:
    days.visits(60)
    days.tell(DeviceChanged(device="paper", state="low"))
    days.visits(60)
    days.visit(MINE)
    stood = {line.content["device"]: line.content["state"] for line in days.about(MINE).devices_before}
    assert stood == {"printer": "ready", "paper": "low"}


def test_nothing_is_known_of_the_devices_from_before_a_start(days: Days) -> None:
    days.visits(60)
    days.tell(KioskStarted(version="1", rules="1"))
    days.visits(60)
    days.visit(MINE)
    assert days.about(MINE).devices_before == ()


def test_another_receipt_brings_nothing_of_mine(days: Days) -> None:
    days.visit(MINE)
    days.sign()
    days.visits(80)
    days.visit(OTHERS)
    assert MINE not in {line.content.get("receipt") for line in days.about(OTHERS).lines}


def test_a_crash_in_the_middle_of_a_visit_ends_it(days: Days) -> None:
    days.tell(VisitBegan(visit=7, first="awaiting_id_card"))
    days.tell(TransactionRecorded(visit=7, receipt=MINE, kind="loss_report", holder="ab" * 12))
    days.tell(KioskStarted(version="1", rules="1"))
    days.sign()
    days.visits(80)
    assert days.about(MINE).lines[-1].event == "log_signed"


def test_of_a_time_come_its_lines_and_no_others_but_to_the_next_signature(days: Days) -> None:
    days.visits(30)
    days.sign()
    begin = days.desk.clock.wall + timedelta(seconds=1)
    days.visits(3)
    end = days.desk.clock.wall
    days.sign()
    days.visits(30)
    days.log.sync()
    lines = select(days.desk.folder, AboutTime(begin, end)).lines
    assert [line.event for line in lines] == ["log_signed", *["visit_began", "visit_ended"] * 3, "log_signed"]


@pytest.mark.parametrize(
    ("written", "altered"),
    [
        (b'"device":"printer"', b'"devise":"printer"'),
        (b'"state":"ready"', b'"stade":"ready"'),
        (b"+00:00", b""),
    ],
    ids=["no device", "no state", "no time zone"],
)
def test_an_altered_line_is_passed_over_and_ends_nothing(days: Days, written: bytes, altered: bytes) -> None:
    days.visits(2)
    days.visit(MINE)
    days.sign()
    days.log.sync()
    first = files_in(days.desk.folder)[0]
    lines = first.read_bytes().splitlines(keepends=True)
    place = next(at for at, line in enumerate(lines) if b'"device":"printer"' in line)
    lines[place] = lines[place].replace(written, altered)
    first.write_bytes(b"".join(lines))
    about_time = AboutTime(days.desk.clock.wall - timedelta(days=1), days.desk.clock.wall)
    for asked in (AboutReceipt(MINE), about_time):
        assert Line(lines[place].rstrip()) not in select(days.desk.folder, asked).lines
    assert days.desk.verify().problem is not None
