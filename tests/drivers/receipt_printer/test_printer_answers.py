import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.receipt_printer.protocol import (
    Answer,
    AnswerReader,
    Ask,
    AutomaticStatus,
    BuffersCleared,
    Condition,
    Done,
    Paper,
    RealTimeStatus,
    read_condition,
)
from drivers.receipt_printer.status import Reason, reason_of

HEALTHY = dict.fromkeys(Ask, 0x12)


def heard(*pieces: bytes) -> list[Answer]:
    reader = AnswerReader()
    return [answer for piece in pieces for answer in reader.feed(piece)]


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        (b"\x12", [RealTimeStatus(0x12)]),
        (b"\x7e", [RealTimeStatus(0x7E)]),
        (b"\x00", [Done(paper_out=False)]),
        (b"\x03", [Done(paper_out=False)]),
        (b"\x0f", [Done(paper_out=True)]),
        (b"\x37\x25\x00", [BuffersCleared()]),
        (b"\x14\x00\x00\x0f", [AutomaticStatus(b"\x14\x00\x00\x0f")]),
        (
            b"\x14\x00\x00\x0f\x00\x12",
            [AutomaticStatus(b"\x14\x00\x00\x0f"), Done(False), RealTimeStatus(0x12)],
        ),
        (b"\x11\x13\x91\xff\x80", []),  # XON, XOFF and noise
        (b"\x10\x12", [RealTimeStatus(0x12)]),  # the beginning of something that is not one
        (b"\x37\x12", [RealTimeStatus(0x12)]),
    ],
)
def test_answers_are_told_apart_by_their_masks(said: bytes, answers: list[Answer]) -> None:
    assert heard(said) == answers


@given(st.binary(max_size=40))
def test_answers_that_come_byte_by_byte_are_the_same(said: bytes) -> None:
    assert heard(*(said[i : i + 1] for i in range(len(said)))) == heard(said)


@given(st.binary(max_size=200))
def test_no_more_than_an_unfinished_answer_is_kept(noise: bytes) -> None:
    reader = AnswerReader()
    list(reader.feed(noise))
    *kept, one, two = reader.feed(b"\x12\x12")
    assert len(kept) <= 3
    assert one == two == RealTimeStatus(0x12)


@pytest.mark.parametrize(
    ("answers", "condition"),
    [
        ({}, Condition()),
        ({Ask.PRINTER: 0x1A}, Condition(offline=True)),
        ({Ask.PRINTER: 0x1A, Ask.OFFLINE_CAUSE: 0x16}, Condition(offline=True, cover_open=True)),
        ({Ask.OFFLINE_CAUSE: 0x32, Ask.PAPER: 0x7E}, Condition(paper_out=True, paper_low=True)),
        ({Ask.OFFLINE_CAUSE: 0x52, Ask.ERROR_CAUSE: 0x1A}, Condition(jammed=True, error=True)),
        ({Ask.ERROR_CAUSE: 0x32}, Condition(broken=True)),
        ({Ask.ERROR_CAUSE: 0x52}, Condition(head_hot=True)),
        ({Ask.PAPER: 0x1E}, Condition(paper_low=True)),
        ({Ask.PAPER: 0x72}, Condition(paper_out=True)),
        ({Ask.OFFLINE_CAUSE: 0x32}, Condition(paper_out=True)),
    ],
)
def test_four_answers_make_one_condition(answers: dict[Ask, int], condition: Condition) -> None:
    assert read_condition(HEALTHY | answers) == condition


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        (Condition(), None),
        (Condition(paper_low=True), None),
        (Condition(offline=True), Reason.OFFLINE),
        (Condition(error=True), Reason.OFFLINE),
        (Condition(offline=True, broken=True, error=True), Reason.BROKEN),
        (Condition(offline=True, head_hot=True, error=True), Reason.HEAD_HOT),
        (Condition(offline=True, paper_out=True), Reason.PAPER_OUT),
        (Condition(offline=True, jammed=True, paper_out=True), Reason.CUTTER_ERROR),
        (Condition(offline=True, cover_open=True, paper_out=True), Reason.COVER_OPEN),
    ],
)
def test_the_reason_given_is_the_one_a_person_can_do_something_about(
    condition: Condition, reason: Reason | None
) -> None:
    assert reason_of(condition) is reason


def test_of_several_things_wrong_with_the_paper_the_worst_is_named() -> None:
    assert Condition(paper_low=True).paper is Paper.LOW
    assert Condition(paper_low=True, paper_out=True).paper is Paper.OUT
    assert Condition(paper_out=True, jammed=True).paper is Paper.JAMMED
