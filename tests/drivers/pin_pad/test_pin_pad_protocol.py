"""ZT598 frames and keys on one line."""

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drivers.pin_pad.protocol import (
    KEYS_OFF,
    KEYS_ON,
    Answer,
    Garbage,
    KeyByte,
    PadReader,
    Received,
    encode_answer,
    encode_request,
)


def received(data: bytes) -> list[Received]:
    return list(PadReader().feed(data))


def test_requests_are_length_text_end_and_check() -> None:
    # 30 ^ 30 ^ 34 ^ 35 ^ 30 ^ 33 ^ 33 ^ 03 = 32
    assert encode_request(KEYS_ON) == b"\x02" + b"004" + b"5033" + b"\x03" + b"32"
    assert encode_request(KEYS_OFF) == b"\x02" + b"004" + b"5032" + b"\x03" + b"33"


def test_an_answer_is_its_return_code_and_text() -> None:
    assert received(b"\x02" + b"001" + b"\x60" + b"\x03" + b"52") == [Answer(0x60, b"")]
    assert received(encode_answer(0xEE, b"late")) == [Answer(0xEE, b"late")]


@pytest.mark.parametrize(
    ("code", "is_ok", "name"),
    [
        (0x60, True, "60h"),
        (0x9F, True, "9Fh"),
        (0xA3, True, "A3h"),
        (0xA0, False, "A0h"),
        (0xDD, False, "TAMPERED"),
    ],
)
def test_return_codes_are_good_in_their_range(code: int, is_ok: bool, name: str) -> None:
    answer = Answer(code, b"")
    assert answer.is_ok is is_ok
    assert answer.code_name == name


def test_keys_come_as_single_bytes_between_frames() -> None:
    stream = b"1" + encode_answer(0x60) + b"2\x0d"
    assert received(stream) == [KeyByte(0x31), Answer(0x60, b""), KeyByte(0x32), KeyByte(0x0D)]


def test_a_key_byte_is_not_in_its_repr() -> None:
    assert repr(KeyByte(0x37)) == "KeyByte()"


@pytest.mark.parametrize("position", range(7))
def test_a_damaged_frame_is_never_silently_skipped(position: int) -> None:
    frame = bytearray(encode_answer(0x60))
    frame[position] ^= 0x01
    got = received(bytes(frame))
    assert Answer(0x60, b"") not in got
    reader = PadReader()
    assert any(isinstance(one, Garbage) for one in reader.feed(bytes(frame))) or reader.is_inside_frame


def test_a_byte_that_is_no_key_is_garbage() -> None:
    assert received(b"1\xff2") == [KeyByte(0x31), Garbage(1), KeyByte(0x32)]


@pytest.mark.parametrize("length", [b"000", b"x01", b"0 1", b"\x02\x02\x02"])
def test_a_frame_whose_length_cannot_be_is_garbage_at_once(length: bytes) -> None:
    assert isinstance(received(b"\x02" + length)[0], Garbage)


streams = st.lists(
    st.one_of(
        st.builds(encode_answer, st.integers(0x60, 0xFF), st.binary(max_size=30)),
        st.sampled_from([b"1", b"9", b"\x0d", b"\x1b", b"\x08"]),
    ),
    max_size=8,
)


@given(streams, st.data())
def test_answers_and_keys_come_in_order_whatever_the_pieces(parts: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(parts)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    reader = PadReader()
    got = [one for a, b in pairwise([0, *cuts, len(stream)]) for one in reader.feed(stream[a:b])]
    expected = [KeyByte(part[0]) if len(part) == 1 else Answer(part[4], part[5:-3]) for part in parts]
    assert got == expected
    assert not reader.is_inside_frame


@given(st.binary(max_size=300))
@example(b"\x02" + b"998" + bytes(300))
@example(b"\x02" * 50)
@example(b"\x02\xb2\xb2\xb2")
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for one in PadReader().feed(data):
        assert isinstance(one, Answer | KeyByte | Garbage)


@pytest.mark.parametrize("noise", [b"\x02", b"\x02998", bytes(range(256))])
def test_a_long_stretch_of_noise_leaves_nothing_behind(noise: bytes) -> None:
    reader = PadReader()
    stretch = noise * (100_000 // len(noise))
    tracemalloc.start()
    for _ in reader.feed(stretch):
        pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000
    *_, last = reader.feed(bytes(2000) + encode_answer(0x60))
    assert last == Answer(0x60, b"")


def test_a_frame_longer_than_its_length_can_say_is_not_made() -> None:
    with pytest.raises(ValueError, match="998"):
        encode_request(bytes(999))
