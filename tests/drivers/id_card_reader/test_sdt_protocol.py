"""SDT frames: the bytes of public drivers, and anything else a line can bring."""

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from drivers.id_card_reader.protocol import (
    PREAMBLE,
    Answer,
    BadAnswer,
    BaseBlock,
    Command,
    FrameReader,
    Status,
    decode_answer,
    decode_base_block,
    decode_sam_number,
    encode_answer,
    encode_base_block,
    encode_request,
    encode_sam_number,
)


@pytest.mark.parametrize(
    ("command", "frame"),
    [
        (Command.RESET, "AAAAAA9669000310FFEC"),
        (Command.SAM_STATUS, "AAAAAA9669000311FFED"),
        (Command.SAM_NUMBER, "AAAAAA9669000312FFEE"),
        (Command.FIND_CARD, "AAAAAA96690003200122"),
        (Command.SELECT_CARD, "AAAAAA96690003200221"),
        (Command.READ_BASE, "AAAAAA96690003300132"),
        (Command.READ_BASE_AND_FINGERPRINT, "AAAAAA96690003301023"),
        (Command.READ_NEW_ADDRESS, "AAAAAA96690003300330"),
    ],
)
def test_requests_are_the_bytes_other_drivers_send(command: Command, frame: str) -> None:
    assert encode_request(command) == bytes.fromhex(frame)


@pytest.mark.parametrize(
    ("frame", "status", "data"),
    [
        ("AAAAAA9669000400009094", Status.OK, ""),
        ("AAAAAA9669000800009F0000000097", Status.FOUND, "00000000"),
        ("AAAAAA9669000400008084", Status.FIND_FAILED, ""),
        ("AAAAAA9669000C00009000000000000000009C", Status.OK, "0000000000000000"),
        ("AAAAAA9669000400008185", Status.SELECT_FAILED, ""),
        ("AAAAAA9669000400004145", Status.READ_FAILED, ""),
    ],
)
def test_answers_are_the_bytes_readers_send(frame: str, status: Status, data: str) -> None:
    (body,) = FrameReader().feed(bytes.fromhex(frame))
    assert decode_answer(body) == Answer(status, bytes.fromhex(data))
    assert encode_answer(status, bytes.fromhex(data)) == bytes.fromhex(frame)


def test_a_base_block_has_the_sizes_of_a_real_one() -> None:
    block = BaseBlock(bytes(256), bytes(1024), b"")
    frame = encode_answer(Status.OK, encode_base_block(block, with_fingerprint=False))
    assert len(frame) == 1295
    assert frame[5:7] == bytes.fromhex("0508")
    with_finger = BaseBlock(bytes(256), bytes(1024), bytes(1024))
    frame = encode_answer(Status.OK, encode_base_block(with_finger, with_fingerprint=True))
    assert len(frame) == 2321
    assert frame[5:7] == bytes.fromhex("090A")


@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_a_base_block_comes_back_as_it_went(text: bytes, photo: bytes, fingerprint: bytes) -> None:
    block = BaseBlock(text, photo, fingerprint)
    assert decode_base_block(encode_base_block(block, with_fingerprint=True), with_fingerprint=True) == block
    without = BaseBlock(text, photo, b"")
    assert (
        decode_base_block(encode_base_block(block, with_fingerprint=False), with_fingerprint=False) == without
    )


@given(st.binary(max_size=40), st.booleans())
def test_a_base_block_whose_lengths_do_not_add_up_is_refused(data: bytes, with_fingerprint: bool) -> None:
    try:
        block = decode_base_block(data, with_fingerprint=with_fingerprint)
    except BadAnswer:
        return
    assert encode_base_block(block, with_fingerprint=with_fingerprint) == data


def test_the_sam_number_reads_as_printed_on_the_reader() -> None:
    data = encode_sam_number("05.03-20120315-0001234567-0123456789")
    assert data == bytes.fromhex("0500 0300 fb023301 87d61200 15cd5b07")
    assert decode_sam_number(data) == "05.03-20120315-0001234567-0123456789"
    with pytest.raises(BadAnswer):
        decode_sam_number(data[:-1])


def test_a_persons_bytes_are_in_no_repr() -> None:
    data = "王秀英".encode("utf-16-le") * 100
    for shown in (repr(Answer(Status.OK, data)), repr(BaseBlock(data, data, data))):
        assert "\\x" not in shown
        assert data.hex() not in shown


def test_an_unknown_status_is_shown_as_its_number() -> None:
    assert Answer(0x77, b"").status_name == "77h"


bodies = st.lists(st.binary(min_size=2, max_size=40), min_size=1, max_size=5)
# Noise in which no frame can begin: a preamble starts with AA.
noises = st.binary(max_size=30).map(lambda noise: noise.replace(b"\xaa", b"\xab"))


def framed(body: bytes) -> bytes:
    """Frame by hand, so that the test does not believe the encoder."""
    checked = (len(body) + 1).to_bytes(2, "big") + body
    check = 0
    for byte in checked:
        check ^= byte
    return bytes.fromhex("AAAAAA9669") + checked + bytes([check])


@given(bodies, st.data())
def test_good_frames_survive_noise_between_them_and_any_cutting_into_pieces(
    bodies: list[bytes], data: st.DataObject
) -> None:
    stream = b"".join(data.draw(noises) + framed(body) for body in bodies) + data.draw(noises)
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8).map(sorted))
    reader = FrameReader()
    found = [body for a, b in pairwise([0, *cuts, len(stream)]) for body in reader.feed(stream[a:b])]
    assert found == bodies


@given(bodies, st.data())
def test_a_frame_is_found_one_byte_at_a_time(bodies: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(data.draw(noises) + framed(body) for body in bodies)
    reader = FrameReader()
    assert [body for byte in stream for body in reader.feed(bytes([byte]))] == bodies


def test_a_good_frame_inside_a_false_one_is_found() -> None:
    good = framed(b"\x00\x00\x90")
    false = PREAMBLE + (40).to_bytes(2, "big") + b"torn off here"
    assert list(FrameReader().feed(false + good + bytes(40))) == [b"\x00\x00\x90"]


def test_one_extra_preamble_byte_does_not_cost_the_frame() -> None:
    assert list(FrameReader().feed(b"\xaa" + framed(b"\x00\x00\x90"))) == [b"\x00\x00\x90"]


@pytest.mark.parametrize("position", range(5, 11))
def test_a_frame_with_a_flipped_bit_is_not_a_frame(position: int) -> None:
    frame = bytearray(framed(b"\x00\x00\x90"))
    frame[position] ^= 0x10
    reader = FrameReader()
    assert list(reader.feed(bytes(frame))) == []
    assert reader.heard_garbage


def test_a_good_frame_leaves_no_word_of_garbage() -> None:
    reader = FrameReader()
    assert list(reader.feed(framed(b"\x00\x00\x90"))) == [b"\x00\x00\x90"]
    assert not reader.heard_garbage
    assert not reader.is_inside_frame


def test_the_beginning_of_a_frame_is_known_as_one() -> None:
    reader = FrameReader()
    list(reader.feed(framed(b"\x00\x00\x90")[:-1]))
    assert reader.is_inside_frame


@given(st.binary(max_size=400))
@example(PREAMBLE + b"\x00\x00")
@example(PREAMBLE + b"\xff\xff" + bytes(100))
@example(PREAMBLE * 20)
def test_no_bytes_break_the_reader_or_the_decoders(data: bytes) -> None:
    for body in FrameReader().feed(data):
        try:
            decode_answer(body)
        except BadAnswer:
            assert len(body) < 3


@pytest.mark.parametrize("noise", [b"\xaa", PREAMBLE, PREAMBLE + b"\x09\x0a", bytes(range(256))])
def test_a_long_stretch_of_noise_leaves_nothing_behind(noise: bytes) -> None:
    reader = FrameReader()
    stretch = noise * (200_000 // len(noise))
    tracemalloc.start()
    for at in range(0, len(stretch), 4096):
        assert list(reader.feed(stretch[at : at + 4096])) == []
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000
    # The noise may have claimed a frame of the greatest length; behind that, a good one is heard.
    assert list(reader.feed(bytes(5000) + framed(b"\x00\x00\x90"))) == [b"\x00\x00\x90"]
