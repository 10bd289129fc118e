"""The ID card reader as the kiosk meets it: cards come and go, and the hall does what it does."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.emulators.id_card_reader import SAM_NUMBER, IdCard, IdCardReaderEmulator, document_of
from drivers.emulators.personas import persona
from drivers.emulators.wire import InProcessWire
from drivers.errors import (
    DeviceDisconnected,
    DeviceError,
    DeviceFailed,
    DeviceSilent,
    DeviceStatus,
    NoDevice,
    ProtocolViolation,
)
from drivers.id_card_reader.device import (
    CardLeft,
    CardRead,
    CardStillThere,
    CardUnreadable,
    IdCardReader,
    NoCard,
    UnreadableReason,
)
from drivers.id_card_reader.protocol import Command, Status, encode_answer, encode_request

WANG = persona("wang-xiuying")
LI = persona("li-jianguo")


class HeldClock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Workbench:
    def __init__(
        self, *, finds_again: bool = False, lets_go: bool = False, with_fingerprint: bool = False
    ) -> None:
        self.emulator = IdCardReaderEmulator(finds_again=finds_again, lets_go=lets_go)
        self.wire = InProcessWire(self.emulator)
        self.clock = HeldClock()
        self.reader = IdCardReader(self.wire.open, with_fingerprint=with_fingerprint, clock=self.clock)


@pytest.fixture
def bench() -> Workbench:
    return Workbench()


# --- cards come and go


def test_an_empty_reader_has_no_card(bench: Workbench) -> None:
    assert bench.reader.status is DeviceStatus.OFFLINE
    assert bench.reader.poll() == NoCard()
    assert bench.reader.status is DeviceStatus.ONLINE


def test_a_placed_card_is_read_once_however_long_it_lies(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    assert bench.reader.poll() == CardRead(document_of(WANG))
    assert {bench.reader.poll() for _ in range(5)} == {CardStillThere(seen=True)}


def test_a_card_lifted_and_placed_again_is_read_again(bench: Workbench) -> None:
    for _ in range(3):
        bench.emulator.place(WANG)
        assert bench.reader.poll() == CardRead(document_of(WANG))
        bench.emulator.lift()
        assert bench.reader.poll() == CardStillThere(
            seen=False
        )  # it has not answered yet, so nobody can tell


def test_a_card_that_has_answered_and_is_lifted_is_known_to_be_gone(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    bench.reader.poll()
    assert {bench.reader.poll() for _ in range(5)} == {CardStillThere(seen=True)}
    bench.emulator.lift()
    assert {bench.reader.poll() for _ in range(3)} == {NoCard()}
    assert bench.emulator.asked[Command.READ_BASE] == 1


def test_a_lying_card_is_read_again_when_that_is_asked_for(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    bench.reader.poll()
    assert bench.reader.read_again() == CardRead(document_of(WANG))
    assert bench.reader.poll() == CardStillThere(seen=True)
    bench.emulator.lift()
    assert bench.reader.poll() == NoCard()


def test_a_reader_that_was_silent_does_not_take_a_lying_card_for_a_lifted_one(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    bench.reader.poll()
    bench.reader.poll()
    bench.emulator.silent = True
    with suppress(DeviceError):
        bench.reader.poll()
    bench.emulator.silent = False
    assert bench.reader.poll() == CardStillThere(seen=False)


class TestFirmwareThatLetsACardGo:
    @pytest.fixture
    def bench(self) -> Workbench:
        return Workbench(lets_go=True)

    def test_nobody_can_tell_a_lying_card_from_a_lifted_one(self, bench: Workbench) -> None:
        bench.emulator.place(WANG)
        bench.reader.poll()
        assert {bench.reader.poll() for _ in range(3)} == {CardStillThere(seen=False)}
        bench.emulator.lift()
        assert {bench.reader.poll() for _ in range(3)} == {CardStillThere(seen=False)}

    def test_the_card_is_not_asked_for_ever(self, bench: Workbench) -> None:
        bench.emulator.place(WANG)
        for _ in range(9):
            bench.reader.poll()
        assert bench.emulator.asked[Command.READ_NEW_ADDRESS] == 1

    def test_a_card_that_is_not_selected_again_is_unreadable_and_then_read_when_placed(
        self, bench: Workbench
    ) -> None:
        bench.emulator.place(WANG)
        bench.reader.poll()
        assert bench.reader.read_again() == CardUnreadable(UnreadableReason.READ_FAILED)
        assert bench.reader.poll() == CardStillThere(seen=False)
        bench.emulator.place(WANG)
        assert bench.reader.poll() == CardRead(document_of(WANG))


def test_the_next_persons_card_is_read_after_the_first_has_left(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    bench.reader.poll()
    bench.emulator.lift()
    bench.reader.poll()
    bench.emulator.place(LI)
    assert bench.reader.poll() == CardRead(document_of(LI))


def test_a_card_swapped_between_two_turns_is_read_too(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    bench.reader.poll()
    bench.emulator.place(LI)
    assert bench.reader.poll() == CardRead(document_of(LI))


def test_a_turn_asks_no_more_than_it_needs(bench: Workbench) -> None:
    bench.reader.poll()
    bench.emulator.asked.clear()
    bench.reader.poll()
    assert bench.emulator.asked == {Command.FIND_CARD: 1}
    bench.emulator.place(WANG)
    bench.reader.poll()
    assert bench.emulator.asked == {Command.FIND_CARD: 2, Command.SELECT_CARD: 1, Command.READ_BASE: 1}


class TestFirmwareThatFindsACardAgain:
    @pytest.fixture
    def bench(self) -> Workbench:
        return Workbench(finds_again=True)

    def test_a_lying_card_is_known_again_and_then_left_alone(self, bench: Workbench) -> None:
        bench.emulator.place(WANG)
        assert bench.reader.poll() == CardRead(document_of(WANG))
        assert {bench.reader.poll() for _ in range(5)} == {CardStillThere(seen=True)}
        assert bench.emulator.asked[Command.READ_BASE] == 1

    def test_one_that_answers_nothing_is_read_twice_to_know_it_again(self) -> None:
        bench = Workbench(finds_again=True, lets_go=True)
        bench.emulator.place(WANG)
        assert bench.reader.poll() == CardRead(document_of(WANG))
        assert {bench.reader.poll() for _ in range(5)} == {CardStillThere(seen=True)}
        assert bench.emulator.asked[Command.READ_BASE] == 2
        bench.emulator.lift()
        assert bench.reader.poll() == NoCard()

    def test_a_lifted_card_is_known_to_be_gone(self, bench: Workbench) -> None:
        bench.emulator.place(WANG)
        bench.reader.poll()
        bench.reader.poll()
        bench.emulator.lift()
        assert bench.reader.poll() == NoCard()

    def test_a_card_swapped_between_the_first_turns_is_read(self, bench: Workbench) -> None:
        bench.emulator.place(WANG)
        bench.reader.poll()
        bench.emulator.place(LI)
        assert bench.reader.poll() == CardRead(document_of(LI))

    def test_a_card_swapped_while_nobody_looked_is_read(self, bench: Workbench) -> None:
        bench.emulator.place(WANG)
        bench.reader.poll()
        bench.reader.poll()
        bench.clock.now += 60
        bench.emulator.place(LI)
        assert bench.reader.poll() == CardRead(document_of(LI))

    def test_a_card_that_lay_while_nobody_looked_is_still_the_same(self, bench: Workbench) -> None:
        bench.emulator.place(WANG)
        bench.reader.poll()
        bench.reader.poll()
        bench.clock.now += 60
        assert bench.reader.poll() == CardStillThere(seen=True)


# --- cards that cannot be read


@pytest.mark.parametrize(
    ("refusal", "reason"),
    [
        (Status.READ_FAILED, UnreadableReason.READ_FAILED),
        (Status.UNKNOWN_FAILURE, UnreadableReason.READ_FAILED),
        (Status.CARD_REFUSES_SAM, UnreadableReason.CARD_REFUSED),
        (Status.SAM_REFUSES_CARD, UnreadableReason.CARD_REFUSED),
        (Status.VERIFICATION_FAILED, UnreadableReason.CARD_REFUSED),
        (Status.UNKNOWN_CARD, UnreadableReason.CARD_REFUSED),
        (Status.NO_RANDOM, UnreadableReason.CARD_REFUSED),
    ],
)
def test_a_card_that_is_refused_is_unreadable_with_the_reason(
    bench: Workbench, refusal: Status, reason: UnreadableReason
) -> None:
    bench.emulator.place(replace(IdCard.of_persona(WANG), refusal=refusal))
    assert bench.reader.poll() == CardUnreadable(reason)
    assert bench.reader.status is DeviceStatus.ONLINE  # the reader is well


def test_a_card_that_cannot_be_read_is_given_up_after_three_tries_until_it_leaves(bench: Workbench) -> None:
    bench.emulator.place(replace(IdCard.of_persona(WANG), refusal=Status.READ_FAILED))
    assert {bench.reader.poll() for _ in range(3)} == {CardUnreadable(UnreadableReason.READ_FAILED)}
    assert {bench.reader.poll() for _ in range(5)} == {CardStillThere(seen=True)}
    assert bench.emulator.asked[Command.READ_BASE] == 3
    bench.emulator.lift()
    assert bench.reader.poll() == NoCard()
    bench.emulator.place(WANG)
    assert bench.reader.poll() == CardRead(document_of(WANG))


@pytest.mark.parametrize("moment", [Command.SELECT_CARD, Command.READ_BASE])
def test_a_card_taken_away_in_the_middle_is_unreadable_and_then_gone(
    bench: Workbench, moment: Command
) -> None:
    bench.emulator.place(WANG)
    bench.emulator.lifts_at = moment
    assert bench.reader.poll() == CardUnreadable(UnreadableReason.READ_FAILED)
    assert bench.reader.poll() == NoCard()


def test_a_document_of_an_unknown_kind_is_refused_once(bench: Workbench) -> None:
    bench.emulator.place(IdCard.of_unknown_kind())
    assert bench.reader.poll() == CardUnreadable(UnreadableReason.UNKNOWN_DOCUMENT)
    assert bench.reader.poll() == CardStillThere(seen=True)


def test_a_document_that_cannot_be_is_refused(bench: Workbench) -> None:
    card = IdCard.of_persona(WANG)
    wrong_check = card.text.replace("120029".encode("utf-16-le"), "120028".encode("utf-16-le"))
    bench.emulator.place(replace(card, text=wrong_check))
    assert bench.reader.poll() == CardUnreadable(UnreadableReason.MALFORMED_DOCUMENT)


# --- the line


def test_a_slow_line_changes_nothing(bench: Workbench) -> None:
    bench.wire.one_byte_at_a_time = True
    bench.emulator.place(WANG)
    assert bench.reader.poll() == CardRead(document_of(WANG))


@pytest.mark.parametrize("turn", ["first", "later"])
def test_noise_before_an_answer_is_passed_over(bench: Workbench, turn: str) -> None:
    if turn == "later":
        bench.reader.poll()
    bench.emulator.place(WANG)
    bench.wire.inject_noise(bytes.fromhex("00 AA AA 96 69 FF 02 03"))
    assert bench.reader.poll() == CardRead(document_of(WANG))


def test_an_answer_with_a_wrong_check_is_asked_for_once_more(bench: Workbench) -> None:
    bench.reader.poll()
    bench.emulator.place(WANG)
    bench.emulator.spoil_next_check()
    assert bench.reader.poll() == CardRead(document_of(WANG))
    assert bench.emulator.asked[Command.FIND_CARD] == 3


@pytest.mark.parametrize("after", [0, 1, 5, 7, 10])
def test_a_half_answer_is_asked_for_once_more_and_a_missing_one_is_silence(
    bench: Workbench, after: int
) -> None:
    bench.reader.poll()
    bench.wire.cut_next_answer(after)
    if after:
        assert bench.reader.poll() == NoCard()
    else:
        with pytest.raises(DeviceSilent):
            bench.reader.poll()


def test_a_reader_that_did_not_understand_us_is_asked_again(bench: Workbench) -> None:
    bench.reader.poll()
    bench.emulator.refuse_next(Status.BAD_CHECKSUM)
    assert bench.reader.poll() == NoCard()


def test_a_reader_that_never_understands_us_breaks_the_protocol(bench: Workbench) -> None:
    bench.emulator.sam_failure = Status.BAD_CHECKSUM  # its answer to everything
    with pytest.raises(ProtocolViolation, match="baud"):
        bench.reader.poll()
    assert bench.emulator.asked[Command.SAM_STATUS] == 2
    assert bench.reader.status is DeviceStatus.HARDWARE_ERROR


def test_a_silent_reader_is_offline_until_it_answers(bench: Workbench) -> None:
    bench.emulator.silent = True
    with pytest.raises(DeviceSilent):
        bench.reader.poll()
    assert bench.reader.status is DeviceStatus.OFFLINE
    bench.emulator.silent = False
    assert bench.reader.poll() == NoCard()
    assert bench.reader.status is DeviceStatus.ONLINE


class AnswersReadingLate:
    """A wire on which the first answer to READ_BASE is late: it comes after the next question."""

    def __init__(self, wire: InProcessWire) -> None:
        self.wire = wire
        self.happened = False

    def open(self) -> "AnswersReadingLate":
        self.wire.open()
        return self

    def write(self, data: bytes) -> None:
        was_held = self.wire.held
        if data == encode_request(Command.READ_BASE) and not self.happened:
            self.wire.held = self.happened = True
        self.wire.write(data)
        if was_held:
            self.wire.held = False

    def read(self, timeout_s: float) -> bytes:
        return self.wire.read(timeout_s)

    def discard_input(self) -> None:
        self.wire.discard_input()

    def close(self) -> None:
        self.wire.close()


def test_a_late_answer_is_never_taken_for_the_next_persons_card() -> None:
    emulator = IdCardReaderEmulator()
    late = AnswersReadingLate(InProcessWire(emulator))
    reader = IdCardReader(late.open)
    emulator.place(WANG)
    with pytest.raises(DeviceSilent, match="READ_BASE"):
        reader.poll()
    emulator.place(LI)  # and now the answer about Wang arrives
    assert reader.poll() == CardRead(document_of(LI))
    assert late.happened


def test_an_answer_to_another_question_is_passed_over(bench: Workbench) -> None:
    bench.reader.poll()
    bench.emulator.add_noise_next(encode_answer(Status.READ_FAILED) + encode_answer(Status.OK))
    assert bench.reader.poll() == NoCard()


def test_an_unplugged_reader_comes_back_by_itself(bench: Workbench) -> None:
    bench.reader.poll()
    bench.wire.unplug()
    with pytest.raises(DeviceDisconnected):
        bench.reader.poll()
    assert bench.reader.status is DeviceStatus.NO_DEVICE
    with pytest.raises(NoDevice):
        bench.reader.poll()
    bench.wire.plug_in()
    assert bench.reader.poll() == NoCard()
    assert bench.reader.status is DeviceStatus.ONLINE


def test_a_card_that_lay_through_an_unplug_is_not_a_new_one(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    bench.reader.poll()
    bench.reader.poll()
    bench.wire.unplug()
    with pytest.raises(DeviceDisconnected):
        bench.reader.poll()
    bench.wire.plug_in()
    bench.emulator.place(WANG)  # the reader was without power: it finds the card anew
    assert bench.reader.poll() == CardStillThere(seen=True)


# --- the reader itself


@pytest.mark.parametrize("failure", [Status.SAM_SELF_TEST_FAILED, Status.SAM_NOT_AUTHORISED])
def test_a_broken_security_module_is_a_hardware_error_until_it_works(
    bench: Workbench, failure: Status
) -> None:
    bench.emulator.sam_failure = failure
    with pytest.raises(DeviceFailed, match=failure.name):
        bench.reader.poll()
    assert bench.reader.status is DeviceStatus.HARDWARE_ERROR
    bench.emulator.sam_failure = None
    bench.reader.sam_status()
    assert bench.reader.status is DeviceStatus.ONLINE


def test_the_sam_number_is_the_one_printed_on_the_reader(bench: Workbench) -> None:
    assert bench.reader.sam_number() == SAM_NUMBER


def test_a_new_address_is_read_where_there_is_one(bench: Workbench) -> None:
    bench.emulator.place(replace(IdCard.of_persona(WANG), new_address="河南省新乡市卫滨区平原路369号"))
    bench.reader.poll()
    assert bench.reader.read_new_address() == "河南省新乡市卫滨区平原路369号"


def test_a_card_without_a_new_address_has_none(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    bench.reader.poll()
    assert bench.reader.read_new_address() is None


def test_a_card_that_left_before_the_new_address_is_said_to_have_left(bench: Workbench) -> None:
    bench.emulator.place(WANG)
    bench.reader.poll()
    bench.emulator.lift()
    with pytest.raises(CardLeft):
        bench.reader.read_new_address()
    assert bench.reader.status is DeviceStatus.ONLINE


@pytest.mark.parametrize("fingerprint", [b"", bytes(range(256)) * 4])
def test_a_fingerprint_is_read_only_when_asked_for(fingerprint: bytes) -> None:
    card = replace(IdCard.of_persona(WANG), fingerprint=fingerprint)
    asking, not_asking = Workbench(with_fingerprint=True), Workbench()
    for bench in (asking, not_asking):
        bench.emulator.place(card)
    assert asking.reader.poll() == CardRead(replace(document_of(WANG), fingerprint=fingerprint))
    assert not_asking.reader.poll() == CardRead(document_of(WANG))


def test_the_photo_is_kept_as_the_bytes_it_came_in(bench: Workbench) -> None:
    photo = bytes(range(256)) * 4
    bench.emulator.place(replace(IdCard.of_persona(WANG), photo=photo))
    outcome = bench.reader.poll()
    assert isinstance(outcome, CardRead)
    assert outcome.document.photo == photo


def test_a_closed_reader_opens_again_when_asked(bench: Workbench) -> None:
    bench.reader.close()
    bench.reader.poll()
    bench.reader.close()
    bench.reader.close()
    assert bench.reader.status is DeviceStatus.OFFLINE
    assert bench.reader.poll() == NoCard()


# --- anything at all


class Babbler:
    """Answers each question with the next of the given bytes, then falls silent."""

    def __init__(self, answers: list[bytes]) -> None:
        self._answers = answers

    def open(self) -> "Babbler":
        return self

    def write(self, data: bytes) -> None:
        self._pending = self._answers.pop(0) if self._answers else b""

    def read(self, timeout_s: float) -> bytes:
        said, self._pending = self._pending, b""
        return said

    def discard_input(self) -> None:
        self._pending = b""

    def close(self) -> None:
        pass


any_answer = st.one_of(
    st.binary(max_size=60),
    st.builds(encode_answer, st.integers(0, 255), st.binary(max_size=300), st.integers(0, 0xFFFF)),
    st.sampled_from(
        [encode_answer(Status.OK), encode_answer(Status.FOUND, bytes(4)), encode_answer(Status.OK, bytes(8))]
    ),
)


@given(st.lists(any_answer, max_size=12))
def test_whatever_the_reader_says_the_kiosk_gets_an_outcome_or_a_device_error(answers: list[bytes]) -> None:
    reader = IdCardReader(Babbler([encode_answer(Status.OK), *answers]).open)
    for ask in (reader.poll, reader.poll, reader.read_new_address, reader.sam_number):
        with suppress(DeviceError):
            ask()


@given(st.binary(min_size=256, max_size=256), st.binary(max_size=20))
def test_a_card_with_anything_on_it_is_read_or_unreadable(text: bytes, photo: bytes) -> None:
    bench = Workbench()
    bench.emulator.place(IdCard(text, photo))
    assert isinstance(bench.reader.poll(), CardRead | CardUnreadable)


def test_outcomes_and_errors_show_nothing_of_a_person(bench: Workbench) -> None:
    shown = []
    bench.emulator.place(WANG)
    shown.append(repr(bench.reader.poll()))
    bench.emulator.place(replace(IdCard.of_persona(WANG), text=IdCard.of_persona(WANG).text[::-1]))
    shown.append(repr(bench.reader.poll()))
    bench.emulator.cut_next_answer(900)
    bench.emulator.silent = True
    with pytest.raises(DeviceSilent) as silent:
        bench.reader.poll()
    shown.append(repr(silent.value))
    for secret in (WANG.name, WANG.holder_number, WANG.address, str(WANG.born_on), "1948"):
        assert not any(secret in one for one in shown)
