"""What is drawn once and kept: sketches, and the rounded grounds of panels and targets.

Software rendering is fast with textures and slow with smoothed shapes: a keyboard of shapes would take
three times as long from a touch to its frame. Nothing a visitor typed or owns is among the textures.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping

from kivy.graphics import BorderImage, Color, Instruction
from kivy.graphics.texture import Texture
from kivy.utils import get_color_from_hex
from PIL import Image

from screens.drawing import draw
from screens.rims import Box, Pattern, Plate, dashes
from screens.vectors import Paint, Shape, Sketch, Slab

KEPT = 300  # about twice what one look needs; the least recently used gives way


class Textures:
    """Makes and keeps the textures."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Texture] = OrderedDict()

    def sketch(self, sketch: Sketch, paints: Mapping[Paint, str], unit_px: float) -> Texture:
        """Return a sketch at `unit_px` pixels per unit."""
        key = (sketch, tuple(sorted(paints.items())), unit_px)
        return self._keep(key, lambda: draw(sketch, paints, unit_px))

    def plate(self, box: Box, plate: Plate) -> list[Instruction]:
        """Return what draws a plate in `box`.

        Its corners are one small texture for all plates of a kind; the rest is stretched, or dashes.
        """
        texture = self._keep(plate, lambda: _draw_corners(plate))
        border = (_corner(plate) + 1,) * 4
        layers = [Color(1, 1, 1, 1), BorderImage(texture=texture, pos=box[:2], size=box[2:], border=border)]
        if plate.rim.pattern is Pattern.DASHED:
            layers += [
                Color(*get_color_from_hex(plate.edge)),
                dashes(box, plate.radius, plate.rim.thickness),
            ]
        return layers

    def _keep(self, key: Hashable, make: Callable[[], Image.Image]) -> Texture:
        if key not in self._kept:
            picture = make()
            texture = as_drawn(Texture.create(picture.size, colorfmt="rgba"))
            texture.blit_buffer(picture.tobytes(), colorfmt="rgba")
            self._kept[key] = texture
        self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


def as_drawn(texture: Texture) -> Texture:
    """Return a texture that is shown pixel for pixel, as all of a screen are: then nothing is to be smoothed,
    which saves software rendering a quarter of a frame.
    """
    texture.mag_filter = texture.min_filter = "nearest"
    return texture


def _corner(plate: Plate) -> int:
    return max(plate.radius, plate.rim.depth)


def _draw_corners(plate: Plate) -> Image.Image:
    rim, corner = plate.rim, _corner(plate)
    side = 2.0 * corner + 4
    insets: list[tuple[int, Paint]] = [(rim.thickness, "paper")]
    if rim.thickness:
        insets.insert(0, (0, "ink"))
    if rim.pattern is Pattern.DOUBLE:
        insets += [(rim.depth - rim.inner, "ink"), (rim.depth, "paper")]
    shapes: list[Shape] = [
        Slab((inset, inset), (side - 2 * inset, side - 2 * inset), max(0, plate.radius - inset), paint=paint)
        for inset, paint in insets
    ]
    if rim.pattern is Pattern.DASHED:  # the sides have dashes, which can't be stretched
        shapes += [Slab((corner, 0), (4, side), paint="paper"), Slab((0, corner), (side, 4), paint="paper")]
    ink = plate.edge if rim.thickness else plate.fill  # or the smoothed corners would have another colour
    return draw(Sketch(side, side, tuple(shapes)), {"ink": ink, "paper": plate.fill}, 1.0)
