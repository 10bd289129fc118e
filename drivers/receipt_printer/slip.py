"""A slip of paper, in the few words needed to write one: titles, text, columns, rules, pictures, QR codes.

A slip is only what is to be read; what bytes and dots it becomes is `encoding`'s business. The paper is cut
after the last line. Whether a slip is an original or a copy is for its author to say, in its words: the
driver never sends one twice by itself.

A slip speaks of a person, so its `repr` shows how much there is and never what.
"""

from dataclasses import dataclass, field
from enum import Enum


class Size(Enum):
    """How many times wider and higher than the printer's own character cell (3 mm, 8.5 points) at 203 dpi."""

    NORMAL = (1, 1)
    """Small print: below the 10 points that a body text for everybody needs."""
    TALL = (1, 2)
    """Body text: 17 points high, and as many characters on a line as NORMAL."""
    DOUBLE = (2, 2)
    """Titles, and the one number that matters."""

    @property
    def width(self) -> int:  # noqa: D102 - the class says it
        return self.value[0]

    @property
    def height(self) -> int:  # noqa: D102
        return self.value[1]


class Align(Enum):
    """Where a line that does not fill the paper stands."""

    LEFT = 0
    CENTER = 1
    RIGHT = 2


class ErrorCorrection(Enum):
    """How much of a QR code may be spoiled: 7, 15, 25 or 30 percent (ISO/IEC 18004)."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


@dataclass(frozen=True, slots=True)
class Title:
    """The heading: twice the size, bold, in the middle."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped to the paper. A newline begins a new line."""

    text: str = field(repr=False)
    bold: bool = False
    size: Size = Size.TALL
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Columns:
    """What it is, at the left margin; what it amounts to, at the right one.

    A right part too long for its line is wrapped beside the left part, or below it when that takes half the
    paper.
    """

    left: str = field(repr=False)
    right: str = field(repr=False)
    bold: bool = False
    size: Size = Size.TALL


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Empty paper, in dots (8 per mm at 203 dpi)."""

    dots: int = 24

    def __post_init__(self) -> None:
        if not 0 < self.dots <= 255:
            raise ValueError(f"a blank of {self.dots} dots: 1 to 255 can be fed at once")


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code in the middle, with the quiet zone its readers need.

    `module_dots`: the side of one module; below 3 dots (0.375 mm at 203 dpi) phones stop reading it.
    """

    text: str = field(repr=False)
    error_correction: ErrorCorrection = ErrorCorrection.M
    module_dots: int = 4

    def __post_init__(self) -> None:
        if not self.text:
            raise ValueError("a QR code of nothing")
        if not 3 <= self.module_dots <= 8:
            raise ValueError(f"a QR module of {self.module_dots} dots: 3 to 8 can be printed and read")


@dataclass(frozen=True, slots=True)
class Raster:
    """A black and white picture: rows from the top, padded to whole bytes, 1 = black, leftmost = bit 7."""

    width: int
    height: int
    dots: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if self.width < 1 or self.height < 1:
            raise ValueError(f"a picture of {self.width} x {self.height} dots")
        if len(self.dots) != self.stride * self.height:
            raise ValueError(f"{len(self.dots)} bytes for {self.width} x {self.height} dots")

    @property
    def stride(self) -> int:
        """Bytes in a row."""
        return (self.width + 7) // 8


@dataclass(frozen=True, slots=True)
class Image:
    """A picture on lines of its own."""

    raster: Raster
    align: Align = Align.CENTER


Line = Title | Text | Columns | Rule | Blank | Qr | Image


@dataclass(frozen=True, slots=True)
class Slip:
    """What comes out of the printer as one piece of paper, cut off at its end."""

    lines: tuple[Line, ...] = field(repr=False)

    def __repr__(self) -> str:
        return f"Slip({len(self.lines)} lines)"
