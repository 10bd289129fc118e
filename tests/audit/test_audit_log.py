"""The log goes on after whatever has happened, keeps what it must, and tells of what it found."""

import json
import os
import stat
from datetime import timedelta

import pytest

from kiosk.audit.events import LogResumed, VisitBegan
from kiosk.audit.files import files_in, lines_in
from kiosk.audit.line import Line, write_line
from kiosk.audit.log import LogInUse
from tests.audit.desk import Desk


def events(desk: Desk) -> list[str]:
    return [line.event for file in files_in(desk.folder) for line in lines_in(file)]


def test_every_line_is_json_with_number_time_kiosk_and_event(desk: Desk) -> None:
    desk.written(2)
    first = json.loads(desk.lines[0])
    assert first["line"] == 1
    assert first["at"] == "2026-11-24T01:30:01.000+00:00"
    assert (first["kiosk"], first["event"], first["first"]) == ("0012", "visit_began", "awaiting_card")


def test_only_the_kiosks_own_user_can_read_it(desk: Desk) -> None:
    desk.written(2)
    assert stat.S_IMODE(desk.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in desk.folder.iterdir()} == {0o600}


def test_it_goes_on_where_it_was_closed_and_says_nothing_of_it(desk: Desk) -> None:
    desk.written(3)
    desk.written(3)
    assert desk.verify().problem is None
    assert events(desk) == ["visit_began"] * 3 + ["log_signed"] + ["visit_began"] * 3 + ["log_signed"]


def test_lines_written_in_the_last_moment_before_a_crash_are_kept_and_told_as_not_vouched_for(
    desk: Desk,
) -> None:
    log = desk.open()
    desk.tell(log, 3)
    log.sync()
    desk.tell(log, 2)
    desk.crash(log)
    assert desk.verify().unvouched == 2
    desk.written(1)
    verdict = desk.verify()
    assert (verdict.problem, verdict.unvouched) == (None, 2)
    resumed = json.loads(desk.lines[5])
    assert (resumed["event"], resumed["unvouched"], resumed["added"]) == ("log_resumed", 2, False)


def test_a_line_torn_by_a_power_cut_is_taken_off_and_told(desk: Desk) -> None:
    log = desk.open()
    desk.tell(log, 3)
    log.sync()
    desk.crash(log)
    with desk.file.open("ab") as file:
        file.write(b'{"line":4,"at":"20')
    assert desk.verify().problem is None
    desk.written(1)
    assert desk.verify().problem is None
    assert json.loads(desk.lines[3])["torn"] == 18


def test_what_was_added_while_the_kiosk_was_off_is_told_by_the_log_itself_for_ever(desk: Desk) -> None:
    desk.written(3)
    last = Line(desk.lines[-1].rstrip())
    forged = write_line(5, last.at, "0012", VisitBegan(visit=9, first="home"), last.link)
    desk.put_back([*desk.lines, forged.raw + b"\n"])
    desk.written(2)
    assert "line 6 tells that the log was altered" in str(desk.verify().problem)


def test_a_tail_cut_off_stays_found_when_the_kiosk_has_gone_on(desk: Desk) -> None:
    desk.written(9)
    desk.put_back(desk.lines[:5])
    desk.written(9)
    assert "lines 6 to 10 are missing" in str(desk.verify().problem)


def test_a_lost_head_stays_found_when_the_kiosk_has_gone_on(desk: Desk) -> None:
    desk.written(3)
    (desk.folder / "head.json").unlink()
    desk.written(3)
    assert "altered while the kiosk was off" in str(desk.verify().problem)


def test_a_crash_just_after_a_new_file_was_begun_breaks_nothing(desk: Desk) -> None:
    log = desk.open(file_bytes=1_000)
    while len(files_in(desk.folder)) < 3:
        desk.tell(log, 1)
    desk.crash(log)
    desk.written(1, file_bytes=1_000)
    assert desk.verify().problem is None


def test_no_line_is_half_written_when_the_disk_takes_no_more(desk: Desk) -> None:
    import resource  # noqa: PLC0415

    log = desk.open()
    desk.tell(log, 3)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (desk.file.stat().st_size + 50, hard))
    try:
        with pytest.raises(OSError):  # noqa: PT011  a full disk says it in more than one way
            desk.tell(log, 1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    desk.tell(log, 2)
    log.close(desk.clock.wall)
    verdict = desk.verify()
    assert (verdict.problem, verdict.lines) == (None, 6)


def test_two_processes_never_write_one_log(desk: Desk) -> None:
    log = desk.open()
    with pytest.raises(LogInUse):
        desk.open()
    desk.tell(log, 1)
    log.close(desk.clock.wall)
    desk.written(1)
    assert desk.verify().problem is None


def test_what_is_old_enough_goes_by_whole_files_and_the_rest_still_verifies(desk: Desk) -> None:
    log = desk.open(file_bytes=1_000)
    for _ in range(10):
        desk.tell(log, 4)
        desk.clock.wall += timedelta(days=30)
    before = desk.clock.wall - timedelta(days=200)
    oldest = next(lines_in(files_in(desk.folder)[0])).at
    assert log.prune(before) > 0
    kept = [line.at for file in files_in(desk.folder) for line in lines_in(file)]
    assert oldest < kept[0]
    assert sum(at >= before for at in kept) >= 4 * 6
    log.close(desk.clock.wall)
    verdict = desk.verify()
    assert verdict.problem is None
    assert verdict.first_line > 1


def test_nothing_goes_that_is_not_old_enough(desk: Desk) -> None:
    log = desk.open(file_bytes=500)
    desk.tell(log, 30)
    assert log.prune(desk.clock.wall - timedelta(days=184)) == 0
    log.close(desk.clock.wall)
    assert desk.verify().first_line == 1


def test_a_crash_while_pruning_leaves_no_gap(desk: Desk) -> None:
    log = desk.open(file_bytes=500)
    desk.tell(log, 30)
    files = files_in(desk.folder)
    oldest = files[0].read_bytes()
    log.prune(desk.clock.wall + timedelta(days=1))
    files[0].write_bytes(oldest)  # the head was written, and the file is still there
    log.close(desk.clock.wall)
    assert desk.verify().problem is None
    log = desk.open(file_bytes=500)
    log.prune(desk.clock.wall + timedelta(days=1))
    assert not files[0].exists()
    os.close(log._lock)


def test_a_log_that_was_never_interrupted_says_nothing_of_having_been(desk: Desk) -> None:
    desk.written(5)
    assert LogResumed.word() not in events(desk)
