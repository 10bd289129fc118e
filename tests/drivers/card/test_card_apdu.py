from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.social_security_card import apdu
from drivers.social_security_card.apdu import CommandApdu, ResponseApdu
from drivers.social_security_card.errors import CardUnreadable


class Script:
    """A connection that has its answers ready, by command, and remembers what it was sent."""

    atr = b""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self.sent: list[bytes] = []
        self._answer = answer

    def transmit(self, command: bytes) -> bytes:
        self.sent.append(command)
        return self._answer(command)

    def close(self) -> None:
        pass


def answering(*answers: str) -> Script:
    waiting = iter(answers)
    return Script(lambda _: bytes.fromhex(next(waiting)))


@pytest.mark.parametrize(
    ("command", "written"),
    [
        (
            apdu.select_application("sx1.sh.社会保障".encode("gbk")),
            "00A404000F7378312E73682EC9E7BBE1B1A3D5CF",
        ),
        (apdu.select_file(0xEF05), "00A4020002EF05"),
        (apdu.select_file(0xEF05, p1=0x00), "00A4000002EF05"),
        (apdu.read_record(0x4E, 0x30), "00B24E3000"),
        (apdu.verify(bytes.fromhex("123456")), "0020000003123456"),
        (apdu.verify(b""), "00200000"),
        (apdu.get_response(0x12), "00C0000012"),
    ],
)
def test_commands_are_written_as_the_field_writes_them(command, written):
    assert command.encode() == bytes.fromhex(written)


def test_a_plain_answer_is_handed_on():
    assert apdu.exchange(answering("0102 9000"), apdu.read_record(1, 0)) == ResponseApdu(b"\1\2", 0x9000)


def test_6c_repeats_the_question_with_the_length_the_card_wants():
    card = answering("6C02", "0102 9000")
    assert apdu.exchange(card, apdu.read_record(1, 0)).payload == b"\1\2"
    assert card.sent == [bytes.fromhex("00B2010000"), bytes.fromhex("00B2010002")]


def test_61_fetches_the_answer_in_as_many_pieces_as_it_comes():
    card = answering("6102", "0102 6101", "03 9000")
    assert apdu.exchange(card, apdu.read_record(1, 0)) == ResponseApdu(b"\1\2\3", 0x9000)
    assert card.sent[1:] == [bytes.fromhex("00C0000002"), bytes.fromhex("00C0000001")]


def test_get_response_may_want_another_length_too():
    assert apdu.exchange(answering("6100", "6C01", "07 9000"), apdu.read_record(1, 0)).payload == b"\7"


def test_a_command_that_wants_nothing_back_is_never_sent_twice():
    card = answering("6C03")
    assert apdu.exchange(card, apdu.verify(b"\x12\x34\x56")).sw == 0x6C03
    assert len(card.sent) == 1


@pytest.mark.parametrize("endless", ["6101", "6C01", "00 6101", "FF" * 255 + "61FF"])
def test_a_card_that_never_comes_to_an_end_is_unreadable(endless):
    card = Script(lambda _: bytes.fromhex(endless))
    if endless == "6C01":  # once is enough: it said which length it wants
        assert apdu.exchange(card, apdu.read_record(1, 0)).sw == 0x6C01
    else:
        with pytest.raises(CardUnreadable):
            apdu.exchange(card, apdu.read_record(1, 0))
    assert len(card.sent) <= apdu.MAX_ANSWER_BYTES + 2


@given(st.binary(max_size=300))
def test_any_answer_is_split_or_refused(answer):
    if 2 <= len(answer) <= 258:
        response = apdu.decode_response(answer)
        assert response.payload + response.sw.to_bytes(2, "big") == answer
    else:
        with pytest.raises(CardUnreadable):
            apdu.decode_response(answer)


def test_a_repr_shows_neither_password_nor_answer():
    assert "12" not in repr(CommandApdu(0, 0x20, 0, 0, bytes.fromhex("121212")))
    assert repr(ResponseApdu("王秀英".encode("gb18030"), 0x9000)) == "ResponseApdu(6 bytes, sw=9000)"


def test_more_than_a_short_apdu_carries_is_refused():
    with pytest.raises(ValueError, match="255"):
        CommandApdu(0, 0xA4, 4, 0, bytes(256))
