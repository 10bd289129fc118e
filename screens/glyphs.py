"""Which characters the fonts draw, and what stands for one they lack.

A name comes from a card or the backend and may hold any of a hundred thousand hanzi; the fonts draw some
thirty thousand. An empty box would look like a fault of the kiosk.
"""

import re
from functools import cached_property
from pathlib import Path

from PIL import ImageFont

STAND_IN = "〓"  # the typesetter's sign for a character that is not at hand; slips have it too
NEVER_DRAWN = "\U0010fffe"  # no font has it, so it is drawn as the missing glyph
_UNSURE = re.compile("[^\n -~\u3000-\u3002\u4e00-\u9fa5，：；（）]")  # of all else nothing is asked


class Glyphs:
    """The characters of Noto Sans SC, regular and bold. The files are opened when a rare one comes."""

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts_dir = fonts_dir
        self._known: dict[tuple[str, bool], bool] = {}

    def has(self, char: str, bold: bool) -> bool:
        """Whether the regular or the bold font draws `char` as itself."""
        if (char, bold) not in self._known:
            font = self._fonts[bold]
            self._known[char, bold] = bytes(font.getmask(char)) != bytes(font.getmask(NEVER_DRAWN))
        return self._known[char, bold]

    def legible(self, text: str, bold: bool) -> str:
        """Return `text` with the stand-in for each character that is not drawn."""
        return _UNSURE.sub(lambda found: found[0] if self.has(found[0], bold) else STAND_IN, text)

    @cached_property
    def _fonts(self) -> dict[bool, ImageFont.FreeTypeFont]:
        names = {False: "NotoSansSC-Regular.ttf", True: "NotoSansSC-Bold.ttf"}
        return {bold: ImageFont.truetype(self._fonts_dir / name, 24) for bold, name in names.items()}
