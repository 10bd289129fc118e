"""QR codes drawn as squares, always dark on white with the quiet zone: phones read nothing else reliably."""

import segno
from kivy.graphics import Color, Rectangle

from screens.layout import Block, Canvas

QUIET_ZONE = 4  # modules, ISO/IEC 18004


class QrCode(Block):
    """A QR code of `text`, as large as whole pixels per module allow within `size` pixels."""

    def __init__(self, text: str, size: float) -> None:
        super().__init__()
        self._matrix = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
        self._size = size

    def natural_width(self) -> float:
        """Return the given size."""
        return self._size

    def height_for(self, width: float) -> float:
        """Return the given size."""
        return self._size

    def paint(self, canvas: Canvas) -> None:
        """Draw the modules, one rectangle for each run of dark ones."""
        modules = len(self._matrix) + 2 * QUIET_ZONE
        unit = max(1, int(min(self.width, self.height) // modules))
        left = int(self.x + (self.width - unit * modules) / 2)
        top = int(self.y + (self.height + unit * modules) / 2)
        side = unit * modules
        canvas.add(Color(1, 1, 1, 1))
        canvas.add(Rectangle(pos=(left, top - side), size=(side, side)))
        canvas.add(Color(0, 0, 0, 1))
        for number, row in enumerate(self._matrix, start=QUIET_ZONE):
            for start, length in _dark_runs(row):
                corner = (left + (start + QUIET_ZONE) * unit, top - (number + 1) * unit)
                canvas.add(Rectangle(pos=corner, size=(length * unit, unit)))


def _dark_runs(row: bytes) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column, dark in enumerate(row):
        if dark and runs and sum(runs[-1]) == column:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif dark:
            runs.append((column, 1))
    return runs
