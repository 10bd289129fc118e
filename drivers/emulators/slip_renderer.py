"""Shows a piece of printed paper: as text to compare, and as a picture that looks as the paper would.

The picture is made dot by dot at 203 dpi: what does not fit, overlaps or is too small to read on paper is so
in the picture too.
"""

import io
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from drivers.emulators.printed_paper import CELL, Bitmap, Cell, Picture, PrintedLine

_MARGIN = 32  # unprintable at either side: 80 mm of paper, 72 mm of dots
_HEAD_TO_CUTTER = 72  # the blank beginning of every slip
_TAIL = 32
_AROUND = 16
_PAPER, _INK, _TABLE = (251, 250, 246), (44, 42, 48), (206, 208, 212)
_BLACK_FROM = 110  # of 255: thermal dots spread a little, so thin strokes survive


class SlipRenderer:
    """Draws with the glyphs of one font file, in the printer's cells of 12 x 24 and 24 x 24 dots."""

    def __init__(self, font: Path) -> None:
        self._chinese = ImageFont.truetype(font, 23)
        self._ascii = ImageFont.truetype(font, 20)
        self._shape = lru_cache(maxsize=4096)(self._draw)

    def dots(self, lines: tuple[PrintedLine, ...], width: int) -> Image.Image:
        """Return the printed area as the head burns it: mode "1", 0 = black."""
        page = Image.new("1", (width, max(1, sum(line.height for line in lines))), 1)
        top = 0
        for line in lines:
            tallest = max((mark.height for mark in line.marks if isinstance(mark, Cell)), default=0)
            for mark in line.marks:
                match mark:
                    case Cell():
                        shape = self._cell(mark)
                        page.paste(0, (mark.x, top + tallest - mark.height), shape)
                    case Picture(x, bitmap, scale_x, scale_y):
                        picture = _image(bitmap)
                        size = (bitmap.width * scale_x, bitmap.height * scale_y)
                        page.paste(0, (x, top), picture.resize(size, Image.Resampling.NEAREST))
            top += line.height
        return page

    def picture(self, lines: tuple[PrintedLine, ...], width: int, cut: bool) -> Image.Image:
        """Return the whole piece of paper lying on a table."""
        dots = self.dots(lines, width)
        paper = Image.new("RGB", (width + 2 * _MARGIN, dots.height + _HEAD_TO_CUTTER + _TAIL), _PAPER)
        paper.paste(_INK, (_MARGIN, _HEAD_TO_CUTTER), ImageChops.invert(dots.convert("L")))
        if not cut:
            edge = ImageDraw.Draw(paper)
            for x in range(0, paper.width, 12):
                edge.polygon([(x, paper.height), (x + 6, paper.height - 9), (x + 12, paper.height)], _TABLE)
        table = Image.new("RGB", (paper.width + 2 * _AROUND, paper.height + 2 * _AROUND), _TABLE)
        table.paste(
            tuple(c - 26 for c in _TABLE), (_AROUND + 4, _AROUND + 4, *_plus(paper.size, _AROUND + 4))
        )
        table.paste(paper, (_AROUND, _AROUND))
        return table

    def _cell(self, cell: Cell) -> Image.Image:
        shape = _image(cell.dots) if cell.dots else self._shape(cell.text)
        if cell.bold:
            beside = Image.new("1", shape.size)
            beside.paste(shape, (1, 0))  # what leaves the cell on the right is cut off
            shape = ImageChops.logical_or(shape, beside)
        shape = shape.resize((cell.width, cell.height), Image.Resampling.NEAREST)
        if cell.underline:
            ImageDraw.Draw(shape).rectangle(
                (0, cell.height - cell.underline, cell.width, cell.height), fill=1
            )
        return ImageChops.invert(shape) if cell.inverse else shape

    def _draw(self, text: str) -> Image.Image:
        """Draw one character in its cell: 1 = black."""
        if text == "─":  # reaches from edge to edge in every printer's font, and not in every other
            cell = Image.new("1", (CELL, CELL))
            ImageDraw.Draw(cell).line((0, CELL // 2, CELL, CELL // 2), fill=1, width=2)
            return cell
        if len(text.encode("gbk", errors="replace")) == 2 or text == "□":
            cell = Image.new("L", (CELL, CELL))
            ImageDraw.Draw(cell).text((CELL / 2, 21), text, fill=255, font=self._chinese, anchor="ms")
        else:
            natural = max(1, round(self._ascii.getlength(text)))
            cell = Image.new("L", (max(natural, CELL // 2), CELL))
            ImageDraw.Draw(cell).text((cell.width / 2, 20), text, fill=255, font=self._ascii, anchor="ms")
            if cell.width > CELL // 2:
                cell = cell.resize((CELL // 2, CELL), Image.Resampling.LANCZOS)
        return cell.point(lambda level: 255 if level >= _BLACK_FROM else 0, "1")


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A piece of paper that left the printer: cut off, or torn off where printing had stopped."""

    lines: tuple[PrintedLine, ...] = field(repr=False)
    width: int
    cut: bool
    renderer: SlipRenderer | None = field(repr=False)

    @property
    def text(self) -> str:
        """What is written on it, a line for a line; a QR code as `[QR: what it says]`."""
        return "\n".join(_text(line) for line in self.lines).strip("\n")

    @property
    def qr_codes(self) -> tuple[str, ...]:
        """What the QR codes drawn by the printer say, from the top."""
        marks = (mark for line in self.lines for mark in line.marks if isinstance(mark, Picture))
        return tuple(mark.content for mark in marks if mark.content is not None)

    def picture(self) -> Image.Image:
        """Return the paper as it would lie on a table, 203 dots to the inch. Needs a font in the emulator."""
        if self.renderer is None:
            raise ValueError("the emulator was given no font to draw with")
        return self.renderer.picture(self.lines, self.width, self.cut)

    def png(self) -> bytes:
        """Return the picture as a PNG file."""
        file = io.BytesIO()
        self.picture().save(file, "PNG", optimize=True)
        return file.getvalue()


def _text(line: PrintedLine) -> str:
    text, x = "", 0
    for mark in sorted(line.marks, key=lambda mark: mark.x):
        match mark:
            case Cell():
                text += " " * ((mark.x - x) // mark.width) + mark.text
                x = mark.x + mark.width
            case Picture(_, bitmap, content=None):
                text += f"[picture {bitmap.width} x {bitmap.height}]"
            case Picture(content=content):
                text += f"[QR: {content}]"
    return text.rstrip(" ")


def _image(bitmap: Bitmap) -> Image.Image:
    return Image.frombytes("1", (bitmap.width, bitmap.height), bitmap.rows)


def _plus(size: tuple[int, int], offset: int) -> tuple[int, int]:
    return size[0] + offset, size[1] + offset
