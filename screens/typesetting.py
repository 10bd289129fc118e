"""Setting type: widths of characters and pictures of lines, through Kivy's text core.

Widths are kept per character, so no word of a visitor stays in memory after the screen is gone.
The Noto fonts are registered over the name Kivy uses for everything, because Kivy has no fallback fonts.
"""

from pathlib import Path
from typing import Any

from kivy.core.text import Label, LabelBase

from screens.glyphs import Glyphs
from screens.textures import as_drawn

FONT = "Roboto"


def register_fonts(fonts_dir: Path) -> None:
    """Make Noto Sans SC, regular and bold, the font of every label.

    Raises `FileNotFoundError` when a font file is missing: a kiosk without hanzi must not start.
    """
    regular, bold = fonts_dir / "NotoSansSC-Regular.ttf", fonts_dir / "NotoSansSC-Bold.ttf"
    for font in (regular, bold):
        if not font.is_file():
            raise FileNotFoundError(font)
    LabelBase.register(FONT, str(regular), fn_bold=str(bold))


class Typesetter:
    """Measures characters and turns lines into textures."""

    def __init__(self, glyphs: Glyphs) -> None:
        self._glyphs = glyphs
        self._widths: dict[tuple[int, bool], _Widths] = {}
        self._line_heights: dict[tuple[int, bool], int] = {}

    def legible(self, text: str, bold: bool) -> str:
        """Return `text` as it can be set: with a stand-in for what the fonts lack."""
        return self._glyphs.legible(text, bold)

    def width(self, text: str, size_px: int, bold: bool) -> float:
        """Return the width of `text` in pixels, set in one line."""
        if (size_px, bold) not in self._widths:
            self._widths[size_px, bold] = _Widths(self._label("", size_px, bold))
        return sum(map(self._widths[size_px, bold].__getitem__, text))

    def line_height(self, size_px: int, bold: bool) -> int:
        """Return the height of a line in pixels: about 1.45 em."""
        key = (size_px, bold)
        if key not in self._line_heights:
            self._line_heights[key] = self._label("", size_px, bold).get_extents("国")[1]
        return self._line_heights[key]

    def texture(self, lines: list[str], size_px: int, bold: bool, align: str) -> Any:
        """Return a texture of `lines`, white on nothing, to be tinted when drawn."""
        label = self._label("\n".join(lines), size_px, bold, align)
        label.refresh()
        return as_drawn(label.texture)

    def _label(self, text: str, size_px: int, bold: bool, align: str = "left") -> Any:
        return Label(text=text, font_size=size_px, font_name=FONT, bold=bold, halign=align)


class _Widths(dict[str, float]):
    """The widths of the characters in one size, each measured when it is first asked for.

    A screen asks thousands of times while it is laid out: that is a look into a dictionary, and no call.
    """

    def __init__(self, label: Any) -> None:
        super().__init__()
        self._label = label

    def __missing__(self, char: str) -> float:
        width = self[char] = float(self._label.get_extents(char)[0])
        return width
