"""What comes out is looked at as paper: by a QR scanner that is none of ours, and dot by dot."""

import io
from pathlib import Path

import pytest
from PIL import Image as Picture
from PIL import ImageFilter

from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.glyphs import GlyphSource
from drivers.receipt_printer.slip import Columns, ErrorCorrection, Image, Qr, Raster, Slip, Text, Title

SIGNED = "RC1:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE" * 6


def print_slip(slip: Slip, font: Path, width: int = 576, native_qr: bool = True) -> ReceiptPrinterEmulator:
    emulator = ReceiptPrinterEmulator(font, paper_width_dots=width)
    emulator.receive(SlipEncoder(width, font, native_qr).encode(slip))
    assert not emulator.complaints
    return emulator


@pytest.mark.parametrize("native_qr", [True, False], ids=["drawn by the printer", "drawn by the driver"])
@pytest.mark.parametrize("level", ErrorCorrection)
@pytest.mark.parametrize("module_dots", [3, 4])
@pytest.mark.parametrize("text", ["https://example.org/r/XX01-000123", SIGNED, "12345678901234567890"])
def test_a_qr_code_is_read_back_from_the_paper(
    font, scan_qr, text: str, module_dots: int, level: ErrorCorrection, native_qr: bool
) -> None:
    slip = Slip((Title("回执"), Qr(text, level, module_dots), Text("扫码可查验")))
    picture = print_slip(slip, font, native_qr=native_qr).last_slip.picture()
    assert scan_qr(picture) == [text]


def test_a_qr_code_is_read_back_from_a_blurred_and_turned_photograph(font, scan_qr) -> None:
    slip = Slip((Text("扫码"), Qr(SIGNED)))
    photograph = print_slip(slip, font).last_slip.picture().rotate(7, expand=True, fillcolor="grey")
    assert scan_qr(photograph.filter(ImageFilter.GaussianBlur(1.2))) == [SIGNED]


def test_a_qr_code_fits_58_mm_paper(font, scan_qr) -> None:
    assert scan_qr(print_slip(Slip((Qr(SIGNED),)), font, width=384).last_slip.picture()) == [SIGNED]


def test_a_character_drawn_by_the_driver_looks_like_the_printers_own(font) -> None:
    own, drawn = ReceiptPrinterEmulator(font), ReceiptPrinterEmulator(font)
    own.receive(b"\x1b@\x1c&" + "王\n".encode("gbk") + b"\x1dVB\x00")
    glyph = GlyphSource(font).dots("王")
    drawn.receive(b"\x1b@\x1c&\x1c2\xfe\xa1" + glyph + b"\xfe\xa1\n\x1dVB\x00")
    assert drawn.last_slip.text == "□"
    assert drawn.last_slip.picture().tobytes() == own.last_slip.picture().tobytes()


def test_body_text_is_at_least_ten_points_high_and_a_title_twice_as_big_as_the_cell(font) -> None:
    slip = print_slip(Slip((Title("回执"), Text("正文"), Columns("左", "右"))), font).last_slip
    points = 72 / 203
    title, text, both = (line.marks[0] for line in slip.lines if line.marks)
    assert text.height * points >= 10
    assert both.height * points >= 10
    assert (title.width, title.height) == (48, 48)


def test_a_picture_comes_out_dot_for_dot(font) -> None:
    dots = bytes(range(256)) * 3
    slip = Slip((Image(Raster(64, 96, dots)),))
    (mark,) = (mark for line in print_slip(slip, font).last_slip.lines for mark in line.marks)
    assert mark.bitmap.rows == dots
    assert mark.x == (576 - 64) // 2


def test_the_picture_is_a_png_as_wide_as_the_paper(font) -> None:
    slip = print_slip(Slip((Text("回执"),)), font).last_slip
    png = Picture.open(io.BytesIO(slip.png()))
    assert png.format == "PNG"
    assert png.width == 640 + 2 * 16  # 80 mm at 203 dpi, and the table it lies on


def test_a_torn_slip_looks_torn(font) -> None:
    emulator = ReceiptPrinterEmulator(font)
    emulator.receive(b"A\n")
    emulator.refill()
    torn = emulator.last_slip.picture()
    emulator.receive(b"A\n\x1dVB\x00")
    assert torn.tobytes() != emulator.last_slip.picture().tobytes()


def test_without_a_font_there_is_text_and_no_picture() -> None:
    emulator = ReceiptPrinterEmulator()
    emulator.receive(b"A\n\x1dVB\x00")
    assert emulator.last_slip.text == "A"
    with pytest.raises(ValueError, match="no font"):
        emulator.last_slip.picture()
