"""The audit log at work in the kiosk: when lines reach the disk, and what while the disk takes none."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from queue import SimpleQueue

import pytest

from drivers.errors import DeviceStatus
from kiosk.audit.events import AuditEvent, DeviceChanged, KioskStarted, VisitBegan
from kiosk.audit.files import files_in, lines_in
from kiosk.audit.head import read_head
from kiosk.audit.log import AuditLog
from kiosk.services import audit
from kiosk.services.audit import Audit, Told
from tests.audit.desk import Desk

KEEP = timedelta(days=184)


class Work:
    """The service on the desk, told by hand and looking when it's let."""

    def __init__(self, desk: Desk, file_bytes: int = 1 << 20) -> None:
        self.desk = desk
        self.disk_full = False
        self._file_bytes = file_bytes
        self._inbox: SimpleQueue[Told] = SimpleQueue()
        self.service = self._make()

    def tell(self, event: AuditEvent) -> None:
        self._inbox.put((self.desk.clock.wall, event))

    def tell_visits(self, count: int) -> None:
        for visit in range(count):
            self.tell(VisitBegan(visit=visit, first="reading_card"))

    def wait(self, seconds: float) -> None:
        self.desk.clock.forward(seconds)
        self.service.watch()

    @property
    def events(self) -> list[str]:
        return [line.event for file in files_in(self.desk.folder) for line in lines_in(file)]

    def _make(self) -> Audit:
        return Audit(
            self._open,
            self._inbox,
            wall=lambda: self.desk.clock.wall,
            steady=lambda: self.desk.clock.steady,
            keep=KEEP,
            patience_s=0,
        )

    def _open(self) -> AuditLog:
        if self.disk_full:
            raise OSError(28, "No space left on device")
        return self.desk.open(self._file_bytes)


@pytest.fixture
def work(desk: Desk) -> Work:
    return Work(desk)


@contextmanager
def limited_files(bytes_: int) -> Iterator[None]:
    """No file grows any more, as on a full disk."""
    import resource  # noqa: PLC0415

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def on_disk(work: Work) -> int:
    head = read_head(work.desk.folder, work.desk.key.public_key())
    assert head is not None
    return head.last_line


def test_a_line_is_in_the_file_at_the_next_look_and_vouched_for_within_a_second(work: Work) -> None:
    work.wait(1)
    work.tell_visits(1)
    work.wait(0.1)
    assert work.events == ["visit_began"]
    assert on_disk(work) == 0
    work.wait(audit.SYNC_S)
    assert on_disk(work) == 1


def test_lines_are_signed_after_ten_minutes_or_two_hundred_of_them(work: Work) -> None:
    work.tell_visits(3)
    work.wait(1)
    assert "log_signed" not in work.events
    work.wait(audit.SIGN_S)
    assert work.events.count("log_signed") == 1
    work.wait(audit.SIGN_S)
    assert work.events.count("log_signed") == 1
    work.tell_visits(audit.SIGN_LINES)
    work.wait(1)
    assert work.events.count("log_signed") == 2


def test_while_the_disk_is_full_events_wait_in_their_order_and_the_technician_is_told(work: Work) -> None:
    work.tell_visits(2)
    work.wait(1)
    work.tell_visits(5)
    with limited_files(1):
        work.wait(1)
        assert work.service.check().status is DeviceStatus.HARDWARE_ERROR
        assert "5 events wait" in work.service.check().detail
    work.wait(audit.TRY_AGAIN_S)
    assert work.service.check().status is DeviceStatus.ONLINE
    assert work.events.count("visit_began") == 7
    work.service.close()
    assert work.desk.verify().problem is None


def test_a_log_that_can_not_be_opened_at_the_start_is_opened_when_it_can(work: Work) -> None:
    work.disk_full = True
    work.tell(KioskStarted(version="1", rules="1"))
    work.wait(1)
    assert "No space" in work.service.check().detail
    work.disk_full = False
    work.wait(audit.TRY_AGAIN_S)
    assert work.events == ["kiosk_started"]


def test_what_no_longer_fits_into_memory_is_counted(work: Work) -> None:
    work.disk_full = True
    work.tell_visits(audit.MOST_WAITING + 3)
    work.wait(1)
    work.disk_full = False
    work.wait(audit.TRY_AGAIN_S)
    assert work.events.count("visit_began") == audit.MOST_WAITING
    assert b'"event":"events_lost","count":3' in files_in(work.desk.folder)[-1].read_bytes()


def test_a_kiosk_that_stops_in_good_order_says_so_and_signs(work: Work) -> None:
    work.tell(KioskStarted(version="1", rules="1"))
    work.service.close()
    work.service.close()
    assert work.events == ["kiosk_started", "kiosk_stopped", "log_signed"]
    assert work.desk.verify().problem is None


def old_log(desk: Desk) -> Callable[[], int]:
    """Leave a log of many files, and return how many there are."""
    desk.written(40, file_bytes=1_000)
    return lambda: len(files_in(desk.folder))


def test_nothing_is_removed_by_a_clock_that_nobody_has_checked(desk: Desk) -> None:
    files = old_log(desk)
    before = files()
    work = Work(desk, file_bytes=1_000)
    desk.clock.wall += timedelta(days=4000)  # as when its battery is empty
    work.wait(audit.PRUNE_S + audit.SIGN_S)
    assert files() == before
    work.tell(DeviceChanged(device="clock", state="synchronised"))
    work.wait(audit.PRUNE_S)
    assert files() < before
    work.service.close()
    assert desk.verify().problem is None


def test_lines_of_six_months_are_kept(desk: Desk) -> None:
    old_log(desk)
    before = files_in(desk.folder)
    work = Work(desk, file_bytes=1_000)
    work.tell(DeviceChanged(device="clock", state="synchronised"))
    desk.clock.wall += timedelta(days=183)
    work.wait(audit.PRUNE_S + audit.SIGN_S)
    assert set(before) <= set(files_in(desk.folder))
