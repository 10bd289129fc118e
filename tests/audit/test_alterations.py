"""Whatever is done to a log, verification finds it and names the line."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.audit.events import VisitBegan
from kiosk.audit.files import files_in
from kiosk.audit.line import Line, first_link, write_line
from tests.audit.desk import Desk

LINES = 11  # ten and a signature


@pytest.fixture(autouse=True)
def _closed_log(desk: Desk) -> None:
    desk.written(LINES - 1)


def test_a_log_nobody_touched_is_as_it_was_written(desk: Desk) -> None:
    verdict = desk.verify()
    assert (verdict.problem, verdict.lines, verdict.unvouched) == (None, LINES, 0)


@pytest.mark.parametrize("number", range(1, LINES + 1))
def test_a_changed_line_is_named(desk: Desk, number: int) -> None:
    lines = desk.lines
    lines[number - 1] = lines[number - 1].replace(b'"kiosk":"0012"', b'"kiosk":"0013"')
    desk.put_back(lines)
    assert f"line {number} was changed" in str(desk.verify().problem)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(place=st.integers(0, 1_900), byte=st.integers(0, 255))
def test_any_single_changed_byte_is_found(desk: Desk, place: int, byte: int) -> None:
    content = desk.file.read_bytes()
    changed = bytearray(content)
    changed[place] = byte
    desk.file.write_bytes(changed)
    try:
        assert (desk.verify().problem is None) == (bytes(changed) == content)
    finally:
        desk.file.write_bytes(content)


def test_a_link_written_in_capitals_is_a_change(desk: Desk) -> None:
    lines = desk.lines
    link = Line(lines[2].rstrip()).link.hex().encode()
    lines[2] = lines[2].replace(link, link.upper())
    desk.put_back(lines)
    assert "line 3 was changed" in str(desk.verify().problem)


@pytest.mark.parametrize("number", range(1, LINES))
def test_a_removed_line_is_named(desk: Desk, number: int) -> None:
    lines = desk.lines
    del lines[number - 1]
    desk.put_back(lines)
    assert f"line {number} is missing" in str(desk.verify().problem)


@pytest.mark.parametrize("number", range(1, LINES))
def test_two_lines_in_another_order_are_named(desk: Desk, number: int) -> None:
    lines = desk.lines
    lines[number - 1 : number + 1] = reversed(lines[number - 1 : number + 1])
    desk.put_back(lines)
    assert f"line {number} is missing" in str(desk.verify().problem)


def test_a_line_told_twice_is_named(desk: Desk) -> None:
    lines = desk.lines
    desk.put_back([*lines[:4], lines[3], *lines[4:]])
    assert "line 4 stands where line 5 should be" in str(desk.verify().problem)


@pytest.mark.parametrize("kept", range(LINES))
def test_a_tail_cut_off_is_found_however_long_it_was(desk: Desk, kept: int) -> None:
    desk.put_back(desk.lines[:kept])
    assert f"lines {kept + 1} to {LINES} were cut off" in str(desk.verify().problem)


def test_a_tail_cut_in_the_middle_of_a_line_is_found(desk: Desk) -> None:
    desk.put_back([*desk.lines[:-1], desk.lines[-1][:40]])
    assert "comes no line of this log" in str(desk.verify().problem)


def test_a_line_added_behind_a_closed_log_is_found_though_it_follows(desk: Desk) -> None:
    last = Line(desk.lines[-1].rstrip())
    forged = write_line(last.number + 1, last.at, "0012", VisitBegan(visit=9, first="home"), last.link)
    desk.put_back([*desk.lines, forged.raw + b"\n"])
    assert "added to a log that was closed" in str(desk.verify().problem)


def test_a_chain_mended_by_somebody_without_the_key_is_found(desk: Desk) -> None:
    link, mended = first_link("0012"), []
    for number, raw in enumerate(desk.lines, start=1):
        line = Line(raw.rstrip())
        if line.event == "visit_began":
            event = VisitBegan(visit=77 if number == 3 else int(str(line.content["visit"])), first="home")
            line = write_line(number, line.at, "0012", event, link)
        else:
            body = raw.rstrip().rsplit(b',"link":', 1)[0]
            line = Line(body + b',"link":"' + link.hex().encode() + b'"}')
        link = line.link
        mended.append(line.raw + b"\n")
    desk.put_back(mended)
    assert desk.verify().problem is not None
    desk.put_back(mended[:-1])  # nor without the signature that does not fit
    assert desk.verify().problem is not None


def test_a_chain_mended_where_no_signature_stands_yet_is_found(desk: Desk) -> None:
    desk.folder = desk.folder.with_name("at-work")
    log = desk.open()
    desk.tell(log, 5)
    log.sync()
    desk.crash(log)
    link, mended = first_link("0012"), []
    for number, raw in enumerate(desk.lines, start=1):
        event = VisitBegan(visit=77 if number == 3 else number - 1, first="awaiting_card")
        line = write_line(number, Line(raw.rstrip()).at, "0012", event, link)
        link = line.link
        mended.append(line.raw + b"\n")
    assert [line == raw for line, raw in zip(mended[:2], desk.lines[:2], strict=True)] == [True, True]
    desk.put_back(mended)
    assert "line 5 is not the one that was signed for" in str(desk.verify().problem)


def test_a_head_of_ones_own_making_is_nobodys_word(desk: Desk) -> None:
    file = desk.folder / "head.json"
    head = json.loads(file.read_text())
    file.write_text(json.dumps({**head, "last_line": 5}))
    assert "where the log begins and ends is missing" in str(desk.verify().problem)
    file.unlink()
    assert "where the log begins and ends is missing" in str(desk.verify().problem)


def test_a_log_that_was_removed_is_not_unbroken(desk: Desk) -> None:
    desk.file.unlink()
    assert f"lines 1 to {LINES} were cut off" in str(desk.verify().problem)
    shutil.rmtree(desk.folder)
    assert desk.verify().problem == "there is no log"


def test_an_older_copy_of_everything_is_found_by_what_the_running_kiosk_knows(desk: Desk) -> None:
    older = desk.folder.with_name("older")
    shutil.copytree(desk.folder, older)
    log = desk.open()
    desk.tell(log, 3)
    log.sync()
    shutil.rmtree(desk.folder)
    shutil.copytree(older, desk.folder)
    assert desk.verify().problem is None
    assert "lines 12 to 14 were cut off" in str(desk.verify(log.head).problem)


def test_the_first_file_removed_is_found(desk: Desk) -> None:
    desk.folder = desk.folder.with_name("rotated")
    desk.written(40, file_bytes=1_000)
    assert desk.verify().problem is None
    files = files_in(desk.folder)
    assert len(files) > 3
    files[0].unlink()
    assert "lines 1 to" in str(desk.verify().problem)


def test_a_log_of_another_kiosks_key_is_not_this_kiosks(desk: Desk) -> None:
    other = Desk(desk.folder)
    assert other.verify().problem is not None
