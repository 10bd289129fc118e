"""What stands on printed paper: characters in cells and pictures, line by line, measured in dots."""

from dataclasses import dataclass, field

CELL = 24
"""The side of a Chinese character's cell; an ASCII one is half as wide."""


@dataclass(frozen=True, slots=True)
class Bitmap:
    """Dots in rows from the top, each row padded to whole bytes, 1 = black."""

    width: int
    height: int
    rows: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """One character on a line. `dots` are its shape when it does not come from the printer's font."""

    x: int
    text: str = field(repr=False)
    width: int
    height: int
    bold: bool
    underline: int
    inverse: bool
    dots: Bitmap | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster picture or a QR code across the paper; `content` is what a QR code says."""

    x: int
    bitmap: Bitmap
    scale_x: int = 1
    scale_y: int = 1
    content: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A strip of paper, `height` dots long, with what is on it."""

    height: int
    marks: tuple[Cell | Picture, ...] = ()
