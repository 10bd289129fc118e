"""What a thermal printer does with ESC/POS, in order: sets lines, feeds paper, cuts pieces off.

    items -> cells on the current line -> printed lines -> (cut) -> a piece of paper

Positions are dots (8 per mm, 203 dpi). Characters stand in cells of 12 x 24 (ASCII) or 24 x 24 (Chinese),
enlarged by whole factors; a line is as high as its highest cell, or as the line spacing if that is more.
"""

import segno

from drivers.emulators.escpos_parser import Character, Command, Item, NotUnderstood
from drivers.emulators.print_settings import PrintSettings
from drivers.emulators.printed_paper import CELL, Bitmap, Cell, Picture, PrintedLine

DOWNLOADED = "□"
"""How a character the driver drew itself reads in text: its shape is known here, its meaning is not."""

# Code page 1 of ESC t is Japanese and has rounded corners: receiptline rules its lines with it.
_RULED_LINES = dict(zip(range(0x8F, 0xA0), "┼┴┬┤├?─│?┌┐└┘╭╮╰╯", strict=True))
_QR_LEVELS = b"0123"
_NOTHING_ON_PAPER = frozenset(
    {
        # Which variant of which alphabet the printer is in: the parser cares, or nobody.
        *("FS &", "FS .", "FS C", "FS ( A", "ESC R", "NUL", "CR"),
        # The printer around the engine answers or cuts.
        *("GS a", "GS I", "GS r", "GS V", "DLE EOT", "DLE ENQ", "DLE DC4"),
    }
)
_MAX_STRIDE = 128  # bytes in a row of a picture
_MAX_CELLS = 512  # of the line under way: what a printer's line buffer holds, and no stream can overfill


class PrintEngine:
    """Executes items; `paper` is what has been printed since the last cut."""

    def __init__(self, paper_width: int = 576) -> None:
        self.paper_width = paper_width
        self.paper: list[PrintedLine] = []
        self.paper_out_dots = 0
        """How much paper hangs out."""
        self.initialize()

    def initialize(self) -> None:
        """Do what ESC @ does: default settings, and the line not yet printed is gone."""
        self._set = PrintSettings(area_width=self.paper_width)
        self.forget_line()

    def forget_line(self) -> None:
        """Drop what was to be printed on the line under way."""
        self._line: list[Cell] = []
        self._x = 0

    @property
    def line_begun(self) -> bool:
        """Whether characters wait for the end of their line."""
        return bool(self._line)

    def tear_off(self) -> tuple[PrintedLine, ...]:
        """Take the paper that has come out."""
        piece = tuple(self.paper)
        self.paper.clear()
        self.paper_out_dots = 0
        return piece

    def execute(self, item: Item) -> str | None:
        """Do what `item` says; return what is wrong with it, if anything is."""
        match item:
            case Character(code):
                return self._print_character(code)
            case NotUnderstood(_, why):
                return why
            case Command(name, parameters):
                return self._command(name, parameters)

    # --- commands

    def _command(self, name: str, parameters: bytes) -> str | None:
        n = parameters[0] if parameters else 0
        match name:
            case "ESC @":
                self.initialize()
            case "LF":
                self._end_line(self._set.line_spacing)
            case "ESC J":
                self._end_line(n)
            case "ESC d":
                self._end_line(n * self._set.line_spacing)
            case "ESC $":
                self._x = _u16(parameters)
            case "ESC \\":
                self._x = max(0, self._x + int.from_bytes(parameters, "little", signed=True))
            case "GS L":
                self._set.left_margin = min(_u16(parameters), self.paper_width)
            case "GS W":
                self._set.area_width = min(_u16(parameters), self.paper_width - self._set.left_margin)
            case "GS v 0":
                return self._raster(parameters)
            case "GS 8 L":
                return self._graphic(parameters[4:])
            case "GS ( L":
                return self._graphic(parameters[2:])
            case "GS ( k":
                return self._qr(parameters[2:])
            case _ if name not in _NOTHING_ON_PAPER:
                return self._set.change(name, n, parameters)
        return None

    # --- lines

    def _print_character(self, code: bytes) -> str | None:
        of = self._set
        dots = of.downloaded.get(code)
        text = DOWNLOADED if dots else self._decode(code)
        if text is None:
            return "no such character"
        before, after, scale_x, scale_y, columns = (
            (*of.chinese_spaces, of.chinese_width, of.chinese_height, 2)
            if len(code) == 2
            else (0, of.space_after, of.width, of.height, 1)
        )
        width = columns * (CELL // 2) * scale_x
        if self._line and (self._x + before + width > of.area_width or len(self._line) == _MAX_CELLS):
            self._end_line(of.line_spacing)
        self._x += before
        self._line.append(Cell(self._x, text, width, CELL * scale_y, of.bold, of.underline, of.inverse, dots))
        self._x += width + after
        return None

    def _decode(self, code: bytes) -> str | None:
        try:
            if len(code) == 2:
                return code.decode("gbk")
            if self._set.code_page == 1 and code[0] >= 0x80:
                return _RULED_LINES.get(code[0])
            return code.decode("cp437")
        except UnicodeDecodeError:
            return None

    def _end_line(self, feed: int) -> None:
        of = self._set
        if self._line or feed:
            width = max((cell.x + cell.width for cell in self._line), default=0)
            shift = of.left_margin + self._shift(width)
            height = max((cell.height for cell in self._line), default=0)
            cells = tuple(_moved(cell, shift) for cell in self._line)
            self._feed(PrintedLine(max(height, feed), cells))
        self.forget_line()

    def _feed(self, line: PrintedLine) -> None:
        self.paper.append(line)
        self.paper_out_dots += line.height

    def _shift(self, width: int) -> int:
        return max(0, self._set.area_width - width) * self._set.align // 2

    # --- pictures

    def _put(self, bitmap: Bitmap, scale_x: int, scale_y: int, content: str | None = None) -> str | None:
        if self._line:
            return "a picture in the middle of a line"
        x = self._set.left_margin + self._shift(bitmap.width * scale_x)
        mark = Picture(x, bitmap, scale_x, scale_y, content)
        self._feed(PrintedLine(bitmap.height * scale_y, (mark,)))
        return None

    def _raster(self, parameters: bytes) -> str | None:
        mode, stride, height = parameters[0] & 0x0F, _u16(parameters[1:3]), _u16(parameters[3:5])
        if mode > 3 or not 0 < stride <= _MAX_STRIDE or not height:
            return f"a picture of mode {mode}, {stride} bytes by {height} rows"
        return self._put(Bitmap(stride * 8, height, parameters[5:]), 1 + (mode & 1), 1 + (mode >> 1))

    def _graphic(self, function: bytes) -> str | None:
        match function[:2]:
            case b"\x30\x70" if len(function) >= 10:  # store: a, bx, by, c, then width and height
                width, height = _u16(function[6:8]), _u16(function[8:10])
                scales = function[3], function[4]
                rows = function[10:]
                stride = (width + 7) // 8
                fits = 0 < stride <= _MAX_STRIDE and height and len(rows) == stride * height
                if not fits or not {1, 2} >= {*scales}:
                    return f"a graphic of {width} x {height} in {len(rows)} bytes"
                self._set.graphic = Picture(0, Bitmap(width, height, rows), *scales)
            case b"\x30\x32" | b"\x30\x02":
                if self._set.graphic is None:
                    return "no graphic is stored"
                stored, self._set.graphic = self._set.graphic, None
                return self._put(stored.bitmap, stored.scale_x, stored.scale_y)
            case _:
                return f"graphics function {function[:2].hex(' ')}"
        return None

    def _qr(self, function: bytes) -> str | None:
        of = self._set
        match function[:2], function[2:]:
            case b"\x31\x41", b"\x32\x00":
                pass
            case b"\x31\x43", size if len(size) == 1 and 1 <= size[0] <= 16:
                of.qr_module_dots = size[0]
            case b"\x31\x45", level if len(level) == 1 and level in _QR_LEVELS:
                of.qr_level = "LMQH"[_QR_LEVELS.index(level)]
            case b"\x31\x50", stored if stored[:1] == b"\x30" and len(stored) > 1:
                of.qr_content = stored[1:]
            case b"\x31\x51", b"\x30":
                return self._print_qr()
            case _:
                return f"two-dimensional code function {function[:2].hex(' ')}"
        return None

    def _print_qr(self) -> str | None:
        of = self._set
        if not of.qr_content:
            return "no QR code is stored"
        try:
            # Any mask can be read; to look for the best takes longer than the whole slip otherwise.
            symbol = segno.make_qr(of.qr_content, error=of.qr_level, mask=0, boost_error=False)
        except segno.DataOverflowError:
            return "more than a QR code holds"
        side = int(symbol.symbol_size(border=0)[0])
        if side * of.qr_module_dots > of.area_width:
            return "a QR code wider than the paper"
        rows = b"".join(_packed(bytes(modules)) for modules in symbol.matrix)
        content = of.qr_content.decode(errors="replace")
        return self._put(Bitmap(side, side, rows), of.qr_module_dots, of.qr_module_dots, content)


def _u16(two: bytes) -> int:
    return int.from_bytes(two, "little")


def _moved(cell: Cell, by: int) -> Cell:
    return Cell(
        cell.x + by, cell.text, cell.width, cell.height, cell.bold, cell.underline, cell.inverse, cell.dots
    )


def _packed(modules: bytes) -> bytes:
    stride = (len(modules) + 7) // 8
    bits = "".join("1" if module else "0" for module in modules).ljust(8 * stride, "0")
    return int(bits, 2).to_bytes(stride, "big")
