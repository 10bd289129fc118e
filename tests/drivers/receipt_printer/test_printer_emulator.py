import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.control_socket import ask
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator, serve
from drivers.receipt_printer.device import Printed, ReceiptPrinter
from drivers.receipt_printer.protocol import CLEAR_BUFFERS, Ask
from drivers.receipt_printer.slip import Slip, Text
from drivers.serial_port import SerialPort

JOB = b"\x1b@\x1c&" + "甲".encode("gbk") + b"\n\x1dVB\x00\x1dr\x01"
HOW_IS_THE_PAPER = Ask.PAPER.command


def said(emulator: ReceiptPrinterEmulator, *pieces: bytes) -> bytes:
    for piece in pieces:
        emulator.receive(piece)
    return emulator.take_outgoing()


@pytest.fixture
def emulator() -> ReceiptPrinterEmulator:
    return ReceiptPrinterEmulator()


def test_what_is_in_the_buffer_waits_while_the_printer_is_offline(emulator) -> None:
    emulator.open_cover()
    assert said(emulator, JOB) == b""
    assert emulator.slips_made == 0
    emulator.close_cover()
    assert emulator.take_outgoing() == b"\x00"
    assert emulator.last_slip.text == "甲"


def test_real_time_questions_are_answered_at_once_also_offline(emulator) -> None:
    emulator.run_out_of_paper()
    assert said(emulator, JOB, HOW_IS_THE_PAPER) == b"\x7e"


def test_a_real_time_question_cut_in_two_is_still_one(emulator) -> None:
    assert said(emulator, b"\x10", b"\x04", b"\x04") == b"\x12"


def test_a_real_time_question_inside_a_picture_is_answered_and_stays_a_part_of_the_picture(emulator) -> None:
    assert said(emulator, b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01" + JOB) == b"\x12\x00"
    assert emulator.last_slip.lines[0].marks[0].bitmap.rows == b"\x10\x04\x01"
    assert not emulator.complaints


def test_clearing_the_buffers_drops_the_job_and_says_so(emulator) -> None:
    emulator.open_cover()
    assert said(emulator, JOB, CLEAR_BUFFERS) == b"\x37\x25\x00"
    emulator.close_cover()
    assert emulator.slips_made == 0


@pytest.mark.parametrize(("request_number", "slips"), [(1, 1), (2, 0)])
def test_a_cleared_jam_is_left_with_or_without_what_was_not_printed(emulator, request_number, slips) -> None:
    emulator.jam()
    emulator.receive(JOB)
    emulator.receive(bytes([0x10, 0x05, request_number]))  # in vain: the paper is still stuck
    emulator.clear_jam()
    assert emulator.slips_made == 0
    emulator.receive(bytes([0x10, 0x05, request_number]))
    assert emulator.slips_made == slips


def test_a_reset_switches_chinese_off_as_in_export_models(emulator) -> None:
    emulator.receive(b"\x1c&\x1b@" + "甲".encode("gbk") + b"\n\x1dVB\x00")
    assert emulator.last_slip.text == "甲".encode("gbk").decode("cp437")


def test_automatic_status_comes_when_something_changes(emulator) -> None:
    assert said(emulator, b"\x1da\xff") == b"\x10\x00\x00\x00"
    emulator.open_cover()
    assert emulator.take_outgoing() == b"\x38\x00\x00\x00"
    emulator.open_cover()
    assert emulator.take_outgoing() == b""
    emulator.run_out_of_paper()
    assert emulator.take_outgoing() == b"\x38\x00\x0f\x00"


def test_whoever_serves_the_emulator_hears_of_what_it_says_by_itself(emulator) -> None:
    nudges = []
    emulator.on_outgoing = lambda: nudges.append(1)
    emulator.receive(b"\x1da\xff")
    emulator.open_cover()
    assert len(nudges) == 2


@pytest.mark.parametrize(
    ("nonsense", "why"),
    [
        (b"\x07", "no such command"),
        (b"\x1b\x01", "no such command"),
        (b"\x1dk\x04123\x00", "no such command"),
        (b"\x1ba\x07", "ESC a"),
        (b"\x1bt\x21", "ESC t"),
        (b"\x1c2\xa1\xa1" + bytes(72), "FS 2"),
        (b"\x1dr\x09", "GS r"),
        (b"\x1dI\x01", "GS I"),
        (b"\x1c&\x81\x30\x84\x36", "outside GBK"),
        (b"\x1c&\xfe\xa1", "no such character"),
        (b"\x1d8L\xff\xff\xff\xff", "announces"),
        (b"\x1dv0\x07\x01\x00\x01\x00\xff", "mode 7"),
        (b"\x1d(k\x03\x001Q0", "no QR code"),
        (b"\x1d(k\x03\x001Z0", "two-dimensional code function"),
        (b"\x1d(L\x02\x0002", "no graphic"),
        (b"A\x1dV\x00", "a cut in the middle of a line"),
        (b"A\x1dv0\x00\x01\x00\x01\x00\xff", "a picture in the middle of a line"),
    ],
)
def test_every_byte_that_makes_no_sense_is_complained_about(emulator, nonsense: bytes, why: str) -> None:
    emulator.receive(nonsense)
    assert why in emulator.complaints[0].why


def test_what_does_not_fit_the_receive_buffer_is_lost_and_complained_about(emulator) -> None:
    emulator.stall()
    emulator.receive(bytes(5000))
    assert emulator.complaints[-1].why == "the receive buffer is full"


def test_paper_that_is_never_cut_is_torn_off_after_ten_metres(emulator) -> None:
    emulator.receive(b"A\n" * 4000)
    assert emulator.slips_made == 1
    assert not emulator.last_slip.cut
    assert emulator.complaints[-1].why == "ten metres of paper without a cut"


def test_a_blank_piece_of_paper_is_no_slip(emulator) -> None:
    emulator.receive(b"\n\n\x1dVB\x00")
    assert emulator.slips_made == 0
    with pytest.raises(LookupError):
        _ = emulator.last_slip


def test_a_line_too_long_for_the_paper_goes_on_in_the_next(emulator) -> None:
    emulator.receive(b"0123456789" * 5 + b"\n\x1dVB\x00")
    assert emulator.last_slip.text == "0123456789" * 4 + "01234567\n89"


def test_only_so_many_slips_are_kept() -> None:
    emulator = ReceiptPrinterEmulator(keep_slips=3)
    for _ in range(5):
        emulator.receive(JOB)
    assert (emulator.slips_made, len(emulator.slips)) == (5, 3)


@given(st.lists(st.binary(max_size=40), max_size=30))
def test_how_the_bytes_are_cut_into_pieces_makes_no_difference(pieces: list[bytes]) -> None:
    whole, cut = ReceiptPrinterEmulator(), ReceiptPrinterEmulator()
    assert said(whole, b"".join(pieces)) == said(cut, *pieces)
    assert whole.complaints == cut.complaints
    assert list(whole.slips) == list(cut.slips)


def test_it_runs_alone_with_its_hands_on_a_socket(tmp_path, font) -> None:
    link, control = tmp_path / "printer", tmp_path / "printer.control"
    with (
        serve(link, control, font=font) as emulator,
        ReceiptPrinter(lambda: SerialPort(link, 115200), print_timeout_s=1.0) as printer,
    ):
        ask(control, "open_cover")
        assert printer.status().cover_open
        ask(control, "close_cover")
        assert isinstance(printer.print(Slip((Text("回执"),))), Printed)
        assert ask(control, "last_slip") == {"text": "回执", "cut": True, "qr_codes": [], "slips_made": 1}
        ask(control, "save_last_slip", png=str(tmp_path / "slip.png"))
        assert (tmp_path / "slip.png").read_bytes() == emulator.last_slip.png()
        assert ask(control, "complaints") == {"complaints": []}
