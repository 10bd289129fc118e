"""Draws the characters a printer's own font does not have, as dots for its user-defined characters.

Names hold characters outside GBK. They are drawn at the size of the printer's cell, so that they stand in
their line like any other, and grow and thicken with it.
"""

from functools import cached_property
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

CELL = 24
"""The side of a Chinese character cell in dots."""

_EM, _BASELINE = 23, 21  # a dot of space between neighbours; Chinese fonts put the baseline at 0.88 of the em
_BLACK_FROM = 110  # of 255: half-covered dots print, so that thin strokes survive
_ABSENT = "\U0010ffff"  # a noncharacter: what a font draws for it, it draws for everything it lacks


class GlyphSource:
    """Glyphs of one font file, TrueType or OpenType. Raises `OSError` when it cannot be read."""

    def __init__(self, font: Path) -> None:
        self._font = ImageFont.truetype(font, _EM)

    def dots(self, character: str) -> bytes | None:
        """Return `CELL` columns of 3 bytes, top dot in bit 7 of the first; None when the font lacks it."""
        glyph = self._draw(character)
        return None if glyph == self._absent else glyph

    @cached_property
    def _absent(self) -> bytes:
        """What the font draws for everything it lacks; asked for by few slips, and no start waits for it."""
        return self._draw(_ABSENT)

    def _draw(self, character: str) -> bytes:
        cell = Image.new("L", (CELL, CELL))
        ImageDraw.Draw(cell).text((CELL / 2, _BASELINE), character, fill=255, font=self._font, anchor="ms")
        dots = cell.point(lambda level: 255 if level >= _BLACK_FROM else 0, "1")
        # Columns from the left, each from the top, is the transposed picture row by row.
        return dots.transpose(Image.Transpose.TRANSPOSE).tobytes()
