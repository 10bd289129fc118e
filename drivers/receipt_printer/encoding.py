"""Slip to bytes: one job that ends with the cut and the question whether it is through.

Text goes out as GBK codes, two bytes a character, and the QR code as its text: the printer draws both. So a
full receipt stays under 2 KB, two seconds at 9600 baud. What the printer cannot draw is drawn here:
characters outside GBK as user-defined characters (FS 2), and the QR code too if the printer has no GS ( k.

Printers with a GBK font print the four bytes of a rare GB18030 character as others, some of them digits. So
no such code ever leaves, which also rules out the yen sign U+00A5 (it becomes the full-width one).
"""

from collections.abc import Iterator
from pathlib import Path

import segno

from drivers.receipt_printer import protocol
from drivers.receipt_printer.glyphs import CELL, GlyphSource
from drivers.receipt_printer.slip import (
    Align,
    Blank,
    Columns,
    ErrorCorrection,
    Image,
    Line,
    Qr,
    Raster,
    Rule,
    Size,
    Slip,
    Text,
    Title,
)
from drivers.receipt_printer.wrapping import legible, set_in_columns, wrap

_COLUMN_DOTS = CELL // 2
_LEADING = {Size.NORMAL: 8, Size.TALL: 12, Size.DOUBLE: 16}
_MAX_BAND_BYTES = (
    4096  # of one picture command: a flush of 8192 bytes must get the printer out of any of them
)
_QUIET_ZONE_MODULES = 4  # ISO/IEC 18004, 6.3.8
_NOT_DRAWABLE_CODE = "〓".encode("gbk")  # the typesetter's sign for a character that is not at hand

# User-defined characters live at FE A1 and up. How many a printer remembers differs (6, 10, 20): 6 is safe.
_SLOTS = tuple(bytes([0xFE, 0xA1 + slot]) for slot in range(6))


class SlipEncoder:
    """Encodes slips for one kind of printer.

    `paper_width_dots`: printable width, 576 for 80 mm paper and 384 for 58 mm. `font`: a font file for
    characters outside GBK; without it, or where it lacks them too, 〓 is printed. `native_qr`: the printer
    knows GS ( k; otherwise a QR code is sent as a picture.
    """

    def __init__(self, paper_width_dots: int = 576, font: Path | None = None, native_qr: bool = True) -> None:
        self._width_dots = paper_width_dots
        self._glyphs = GlyphSource(font) if font else None
        self._native_qr = native_qr

    def encode(self, slip: Slip) -> bytes:
        """Return the whole job. Raises `ValueError` for a picture or QR code that does not fit the paper."""
        return b"".join(_Job(self._width_dots, self._glyphs, self._native_qr).parts(slip))


class _Job:
    """One slip on its way into bytes, and what the printer is set to at this point of them."""

    def __init__(self, width_dots: int, glyphs: GlyphSource | None, native_qr: bool) -> None:
        self._width_dots = width_dots
        self._glyphs = glyphs
        self._native_qr = native_qr
        self._size = Size.NORMAL
        self._bold = False
        self._align = Align.LEFT
        self._slots: dict[bytes, str] = {}

    def parts(self, slip: Slip) -> Iterator[bytes]:
        yield protocol.INITIALIZE + protocol.AUTOMATIC_STATUS_OFF + protocol.CHINESE_ON
        for line in slip.lines:
            yield from self._line(line)
        yield protocol.FEED_AND_CUT + protocol.ASK_WHEN_DONE

    def _line(self, line: Line) -> Iterator[bytes]:
        match line:
            case Title(text):
                yield from self._paragraphs(text, Size.DOUBLE, bold=True, align=Align.CENTER)
            case Text(text, bold, size, align):
                yield from self._paragraphs(text, size, bold, align)
            case Columns(left, right, bold, size):
                yield from self._style(size, bold, Align.LEFT)
                for row in set_in_columns(legible(left), legible(right), self._columns(size)):
                    yield from self._row(row)
            case Rule():
                yield from self._style(Size.NORMAL, False, Align.LEFT)
                yield from self._row("─" * (self._columns(Size.NORMAL) // 2))
            case Blank(dots):
                yield _feed(dots)
            case Image(raster, align):
                yield from self._picture(raster, align)
            case Qr():
                yield from self._qr(line)

    def _paragraphs(self, text: str, size: Size, bold: bool, align: Align) -> Iterator[bytes]:
        yield from self._style(size, bold, align)
        for paragraph in text.split("\n"):
            for row in wrap(legible(paragraph), self._columns(size)):
                yield from self._row(row)

    def _columns(self, size: Size) -> int:
        return self._width_dots // (_COLUMN_DOTS * size.width)

    def _style(self, size: Size, bold: bool, align: Align) -> Iterator[bytes]:
        """Yield the commands for what changes."""
        if size is not self._size:
            self._size = size
            ascii_size = (size.width - 1) << 4 | (size.height - 1)
            chinese_size = (size.width - 1) << 2 | (size.height - 1) << 3
            # GS ! alone also enlarges Chinese on most printers, but not on all (which: unverified).
            yield b"\x1d!" + bytes([ascii_size]) + b"\x1c!" + bytes([chinese_size])
            yield b"\x1b3" + bytes([CELL * size.height + _LEADING[size]])
        if bold is not self._bold:
            self._bold = bold
            yield b"\x1bE" + bytes([bold])
        if align is not self._align:
            self._align = align
            yield b"\x1ba" + bytes([align.value])

    # --- text

    def _row(self, text: str) -> Iterator[bytes]:
        text = text.replace("\u00a5", "￥")
        try:
            yield text.encode("gbk") + b"\n"
        except UnicodeEncodeError:
            yield from self._define(
                [character for character in dict.fromkeys(text) if not _in_gbk(character)]
            )
            slots = {character: slot for slot, character in self._slots.items()}
            codes = (
                character.encode("gbk") if _in_gbk(character) else slots.get(character, _NOT_DRAWABLE_CODE)
                for character in text
            )
            yield b"".join(codes) + b"\n"

    def _define(self, rare: list[str]) -> Iterator[bytes]:
        """Yield definitions of the `rare` characters of one line that the printer does not hold yet."""
        for character in rare:
            if character in self._slots.values():
                continue
            dots = self._glyphs.dots(character) if self._glyphs else None
            slot = next((slot for slot in _SLOTS if self._slots.get(slot) not in rare), None)
            if dots and slot:
                self._slots[slot] = character
                yield b"\x1c2" + slot + dots

    # --- pictures

    def _picture(self, raster: Raster, align: Align) -> Iterator[bytes]:
        if raster.width > self._width_dots:
            raise ValueError(f"a picture {raster.width} dots wide on {self._width_dots} dots of paper")
        yield from self._style(self._size, self._bold, align)
        rows_per_band = max(1, _MAX_BAND_BYTES // raster.stride)
        for top in range(0, raster.height, rows_per_band):
            rows = min(rows_per_band, raster.height - top)
            dots = raster.dots[top * raster.stride : (top + rows) * raster.stride]
            yield b"\x1dv0\x00" + _u16(raster.stride) + _u16(rows) + dots

    def _qr(self, qr: Qr) -> Iterator[bytes]:
        content = qr.text.encode()
        quiet = _QUIET_ZONE_MODULES * qr.module_dots
        # Finding the best mask takes longer than all the rest, and the printer finds its own.
        symbol = segno.make_qr(
            content,
            error=qr.error_correction.value,
            mask=0 if self._native_qr else None,
            boost_error=False,
        )
        side = symbol.symbol_size(qr.module_dots, border=0)[0]
        if side + 2 * quiet > self._width_dots:
            # A printer prints nothing at all, and says nothing, for a QR code too wide.
            raise ValueError(f"a QR code {side + 2 * quiet} dots wide on {self._width_dots} dots of paper")
        yield from self._style(self._size, self._bold, Align.CENTER)
        yield _feed(quiet)
        if self._native_qr:
            yield from _native_qr(content, qr)
        else:
            yield from self._picture(_raster_of(symbol, qr.module_dots), Align.CENTER)
        yield _feed(quiet)


def _native_qr(content: bytes, qr: Qr) -> Iterator[bytes]:
    level = list(ErrorCorrection).index(qr.error_correction)
    for function in (
        b"\x41\x32\x00",  # model 2
        b"\x43" + bytes([qr.module_dots]),
        b"\x45" + bytes([0x30 + level]),
        b"\x50\x30" + content,  # store
        b"\x51\x30",  # print
    ):
        yield b"\x1d(k" + _u16(len(function) + 1) + b"\x31" + function


def _raster_of(symbol: segno.QRCode, module_dots: int) -> Raster:
    rows = []
    for modules in symbol.matrix_iter(scale=1, border=0):
        row = "".join(("1" if module else "0") * module_dots for module in modules)
        stride = (len(row) + 7) // 8
        rows += [int(row.ljust(8 * stride, "0"), 2).to_bytes(stride, "big")] * module_dots
    return Raster(len(rows), len(rows), b"".join(rows))


def _in_gbk(character: str) -> bool:
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def _feed(dots: int) -> bytes:
    return b"\x1bJ" + bytes([dots])


def _u16(number: int) -> bytes:
    return number.to_bytes(2, "little")
