"""What must stand out on the drawn pixels, and by how much.

words, icons and the marks of results    10:1, in the high palettes 20:1 (VVSG 2.0, 7.1-C and D)
edges of what can be touched, and of results that are told by their edge    the same: they are controls
the lines of pictures, and the bars of charts    3:1 (WCAG 2.2, 1.4.11), in the high palettes 20:1

Hairlines, the dots of a list, and frames of what is only to be read tell nothing that words don't.
"""

from collections.abc import Iterator
from typing import cast

from PIL import Image, ImageColor

from kiosk.views.models import Palette
from screens.bodies.chart import ChartBar
from screens.icons import LIST_DOT
from screens.layout import Block
from screens.pictures import PICTURES
from screens.pieces import Drawing, Panel, Words
from screens.screen import Screen
from screens.targets import Target
from screens.vectors import Paint

CONTRAST = {Palette.LIGHT: 10.0, Palette.DARK: 10.0, Palette.HIGH: 20.0, Palette.HIGH_DARK: 20.0}
SHAPES = {Palette.LIGHT: 3.0, Palette.DARK: 3.0, Palette.HIGH: 20.0, Palette.HIGH_DARK: 20.0}
BESIDE_PX = 3  # from an edge one still sees what it stands on
GROUND_SHARE = 0.02  # of the pixels of a picture: less is a smoothed edge
LINES: tuple[Paint, ...] = ("ink", "bright")

Rect = tuple[float, float, float, float]  # left, bottom, right, top
Colour = tuple[int, int, int]


def pale(screen: Screen, picture: Image.Image) -> Iterator[tuple[str, str, float]]:
    """Yield what does not stand out: the rule, where, and its contrast. `picture` is of the present frame."""
    words, shapes = CONTRAST[screen.view.look.palette], SHAPES[screen.view.look.palette]
    for rule, least, where, ratio in _measured(screen, picture, words, shapes):
        if ratio < least:
            yield rule, where, ratio


def _measured(
    screen: Screen, picture: Image.Image, words: float, shapes: float
) -> Iterator[tuple[str, float, str, float]]:
    name = screen.view.name
    for block in screen.walk():
        match block:
            case Words(lines=[_, *_]):
                left, bottom, width, height = block.drawn
                ratio = _strongest(picture, (left, bottom, left + width, bottom + height))
                yield "contrast of words and icons", words, block.text, ratio
            case Drawing(sketch=sketch) if sketch in PICTURES.values():
                yield "contrast of pictures", shapes, name, _weakest_line(picture, block)
            case Drawing(sketch=sketch) if sketch.shapes and sketch is not LIST_DOT:
                yield "contrast of words and icons", words, name, _strongest(picture, _rect(block))
            case ChartBar():
                yield "contrast of bars", shapes, name, _beside(picture, block)
            case Target():
                yield "contrast of edges", words, block.choice.text, _beside(picture, block)
            case Panel() if block.rim.thickness >= screen.theme.edge:
                yield "contrast of edges", words, name, _beside(picture, block)


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (c / 255 for c in colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _strongest(picture: Image.Image, rect: Rect) -> float:
    """Return the contrast between the ground, which most pixels have, and what stands out most from it."""
    counted = _counted(picture, rect)
    _, ground = max(counted)
    return max(contrast(ground, colour) for _, colour in counted)


def _weakest_line(picture: Image.Image, drawing: Drawing) -> float:
    """Return the least contrast of a colour that draws something with any that it is drawn on."""
    counted = _counted(picture, _rect(drawing))
    used = {shape.paint for shape in drawing.sketch.shapes}
    lines = {_rgb(drawing.paints[paint]) for paint in LINES if paint in used}
    if not lines <= {colour for _, colour in counted}:
        return 1.0  # it is not drawn
    least = GROUND_SHARE * sum(count for count, _ in counted)
    grounds = [colour for count, colour in counted if count > least and colour not in lines]
    return min(contrast(line, ground) for line in lines for ground in grounds)


def _beside(picture: Image.Image, block: Block) -> float:
    """Return the contrast of what stands out most at the left edge with what the block stands on."""
    quarter = block.height / 4
    bottom, top = block.y + quarter, block.top - quarter
    _, ground = max(_counted(picture, (block.x - BESIDE_PX, bottom, block.x - 1, top)))
    edge = _counted(picture, (block.x - 1, bottom, block.x + BESIDE_PX, top))
    return max(contrast(ground, colour) for _, colour in edge)


def _counted(picture: Image.Image, rect: Rect) -> list[tuple[int, Colour]]:
    left, bottom, right, top = (round(edge) for edge in rect)
    cut = picture.crop((left, picture.height - top, right, picture.height - bottom))
    return cast(list[tuple[int, Colour]], cut.getcolors(cut.width * cut.height))


def _rect(block: Block) -> Rect:
    return block.x, block.y, block.right, block.top


def _rgb(colour: str) -> Colour:
    return cast(Colour, ImageColor.getrgb(colour))
