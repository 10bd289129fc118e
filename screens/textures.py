"""What is drawn once and kept: sketches, and the rounded grounds of panels and targets.

Software rendering is fast with textures and slow with smoothed shapes: a keyboard of shapes would take
three times as long from a touch to its frame. Nothing a visitor typed or owns is among the textures.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping

from kivy.graphics import BorderImage
from kivy.graphics.texture import Texture
from PIL import Image

from screens.drawing import draw
from screens.vectors import Paint, Sketch, Slab

KEPT = 300  # about twice what one look needs; the least recently used gives way


class Textures:
    """Makes and keeps the textures."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Texture] = OrderedDict()

    def sketch(self, sketch: Sketch, paints: Mapping[Paint, str], unit_px: float) -> Texture:
        """Return a sketch at `unit_px` pixels per unit."""
        key = (sketch, tuple(sorted(paints.items())), unit_px)
        return self._keep(key, lambda: draw(sketch, paints, unit_px))

    def plate(
        self, box: tuple[float, float, float, float], fill: str, edge: str, radius: int, thickness: int
    ) -> BorderImage:
        """Return a rounded rectangle in `box` (x, y, width, height), with an edge of `thickness` pixels.

        Its corners are one small texture for all rectangles of a kind; the rest is stretched.
        """
        texture = self._keep(
            (fill, edge, radius, thickness), lambda: _draw_corners(fill, edge, radius, thickness)
        )
        return BorderImage(texture=texture, pos=box[:2], size=box[2:], border=(radius + 1,) * 4)

    def _keep(self, key: Hashable, make: Callable[[], Image.Image]) -> Texture:
        if key not in self._kept:
            picture = make()
            texture = Texture.create(picture.size, colorfmt="rgba")
            texture.blit_buffer(picture.tobytes(), colorfmt="rgba")
            self._kept[key] = texture
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


def _draw_corners(fill: str, edge: str, radius: int, thickness: int) -> Image.Image:
    side = 2.0 * radius + 4
    inner = side - 2 * thickness
    outer_slab = Slab((0, 0), (side, side), radius)
    inner_slab = Slab((thickness, thickness), (inner, inner), max(0, radius - thickness), paint="paper")
    return draw(Sketch(side, side, (outer_slab, inner_slab)), {"ink": edge, "paper": fill}, 1.0)
