"""QR codes drawn as squares, always dark on white with the quiet zone: phones read nothing else reliably."""

import segno
from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture

from screens.layout import Block, Canvas
from screens.textures import as_drawn

QUIET_ZONE = 4  # modules, ISO/IEC 18004


class QrCode(Block):
    """A QR code of `text`, as large as whole pixels per module allow within `size` pixels."""

    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        self._text = text
        self._size = size

    def natural_width(self) -> float:
        """Return the given size."""
        return self._size

    def height_for(self, width: float) -> float:
        """Return the given size."""
        return self._size

    def paint(self, canvas: Canvas) -> None:
        """Draw the modules, each a pixel of a small texture."""
        # Made here, not before: it takes as long as laying out a whole screen, and most blocks are tries.
        matrix = [bytes(row) for row in segno.make(self._text, error="m", micro=False).matrix]
        modules = len(matrix) + 2 * QUIET_ZONE
        unit = max(1, int(min(self.width, self.height) // modules))
        side = unit * modules
        corner = (int(self.x + (self.width - side) / 2), int(self.y + (self.height + side) / 2) - side)
        canvas.add(Color(1, 1, 1, 1))
        canvas.add(Rectangle(texture=_texture(matrix), pos=corner, size=(side, side)))


def _texture(matrix: list[bytes]) -> Texture:
    """Return the modules as pixels, white round them, the lowest row first, to be drawn larger."""
    side = len(matrix) + 2 * QUIET_ZONE
    margin, beside = bytes([255]) * (side * QUIET_ZONE), bytes([255]) * QUIET_ZONE
    rows = (beside + bytes(0 if dark else 255 for dark in row) + beside for row in reversed(matrix))
    texture = as_drawn(Texture.create((side, side), colorfmt="luminance"))
    texture.blit_buffer(margin + b"".join(rows) + margin, colorfmt="luminance")
    return texture
