"""Blocks: what a screen is built of. They know how high they are before they are drawn.

Kivy's own layouts settle over several frames. A screen that never scrolls must know at once whether
everything fits, so a block answers `height_for(width)` without drawing, and `place` settles it for good.
Blocks are plain objects that draw on a canvas, not widgets: a Kivy widget with its properties is some two
hundred objects, and a keyboard of them keeps the garbage collector busy under the finger (50 ms per key).

    natural_width()   the width it would like, set in one line
    height_for(width) the height it needs at that width
    most_height_for   the height it can make use of, if it grows
    place(x, y, w, h) where it stands, in pixels; y counts from the bottom, as in Kivy
    paint(canvas)     draws it and what is inside; the one costly step, so only for a screen that is shown
    weight            its share of the width of a row that others leave; 0 keeps the natural width
    least_width       what a share must not be less than
    grow              its share of spare height in a column; 0 keeps the needed height
"""

import math
from collections.abc import Iterator, Sequence
from typing import Protocol


class Canvas(Protocol):
    """What blocks draw on: a Kivy canvas or a group of instructions."""

    def add(self, instruction: object) -> None:
        """Draw this after what was added before."""


class Block:
    """Something with a place on the screen, and perhaps blocks inside."""

    def __init__(self, blocks: Sequence["Block"] = (), *, weight: float = 0.0, grow: float = 0.0) -> None:
        self.blocks = tuple(blocks)
        self.weight = weight
        self.least_width = 0.0
        self.grow = grow
        self.x = self.y = self.width = self.height = 0.0

    @property
    def right(self) -> float:
        """Return where it ends on the right."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """Return where it ends above."""
        return self.y + self.height

    @property
    def center_x(self) -> float:
        """Return its middle from left to right."""
        return self.x + self.width / 2

    @property
    def center_y(self) -> float:
        """Return its middle from bottom to top."""
        return self.y + self.height / 2

    def collide_point(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.x <= x <= self.right and self.y <= y <= self.top

    @property
    def cut(self) -> bool:
        """Whether something had to be cut that should be whole, where it was placed."""
        return False

    def walk(self) -> Iterator["Block"]:
        """Return the block and all blocks inside, in drawing order."""
        yield self
        for block in self.blocks:
            yield from block.walk()

    def natural_width(self) -> float:
        """Return the width the block would like."""
        return 0.0

    def height_for(self, width: float) -> float:
        """Return the height the block needs when it is `width` wide."""
        return 0.0

    def most_height_for(self, width: float) -> float:
        """Return the height beyond which more room is of no use to the block."""
        return math.inf

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Settle position and size, and those of the blocks inside."""
        self.x, self.y, self.width, self.height = x, y, width, height

    def paint(self, canvas: Canvas) -> None:
        """Draw the blocks inside."""
        for block in self.blocks:
            block.paint(canvas)


def place_on_pixels(block: Block, left: float, bottom: float, width: float, height: float) -> None:
    """Place a block with its edges on whole pixels: it is the gaps beside it that must not shrink.

    Halves go up, always: rounded to even, two edges could take a pixel from words that just fit.
    """
    x, y = math.floor(left + 0.5), math.floor(bottom + 0.5)
    block.place(x, y, math.floor(left + width + 0.5) - x, math.floor(bottom + height + 0.5) - y)


class Blank(Block):
    """Empty room."""

    def __init__(self, width: float = 0, height: float = 0, *, weight: float = 0, grow: float = 0) -> None:
        super().__init__(weight=weight, grow=grow)
        self._wanted = (width, height)

    def natural_width(self) -> float:
        """Return the given width."""
        return self._wanted[0]

    def height_for(self, width: float) -> float:
        """Return the given height."""
        return self._wanted[1]


class Column(Block):
    """Blocks from top to bottom, each as wide as the column.

    Spare height goes to the blocks that grow, each at most `most_grown` times its needed height, then to
    blanks that grow; what is left stays above and below if `middle`, else below.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        gap: float = 0,
        *,
        weight: float = 0,
        grow: float = 0,
        middle: bool = False,
        most_grown: float = 2.0,
        widest: float = 0,
    ) -> None:
        super().__init__(blocks, weight=weight, grow=grow)
        self._gap = gap
        self._middle = middle
        self._most_grown = most_grown
        self._widest = widest

    def natural_width(self) -> float:
        """Return the width of the widest block."""
        return max((block.natural_width() for block in self.blocks), default=0.0)

    def height_for(self, width: float) -> float:
        """Return the sum of the heights and the gaps."""
        width = min(width, self._widest or width)
        return sum(block.height_for(width) for block in self.blocks) + self._gaps()

    def most_height_for(self, width: float) -> float:
        """Return the height when every block that grows is as high as it may be."""
        width = min(width, self._widest or width)
        return sum(self._most(block, width) for block in self.blocks) + self._gaps()

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Stack the blocks from the top."""
        super().place(x, y, width, height)
        inner = min(width, self._widest or width)
        left = x + (width - inner) // 2
        heights = self._grown(inner, height - self._gaps())
        spare = max(0.0, height - sum(heights) - self._gaps())
        top = y + height - (spare // 2 if self._middle else 0)
        for block, high in zip(self.blocks, heights, strict=True):
            top -= high
            place_on_pixels(block, left, top, inner, high)
            top -= self._gap

    def _grown(self, width: float, room: float) -> list[float]:
        heights = [block.height_for(width) for block in self.blocks]
        for blank in (False, True):  # what has no height of its own takes what the others leave
            growing = [
                at for at, block in enumerate(self.blocks) if block.grow and bool(heights[at]) is not blank
            ]
            spare = max(0.0, room - sum(heights))
            shares = sum(self.blocks[at].grow for at in growing)
            for at in growing:
                wanted = heights[at] + spare * self.blocks[at].grow / shares
                heights[at] = max(heights[at], min(wanted, self._most(self.blocks[at], width)))
        return heights

    def _most(self, block: Block, width: float) -> float:
        needed = block.height_for(width)
        if not block.grow:
            return needed
        return min(needed * self._most_grown or math.inf, block.most_height_for(width))

    def _gaps(self) -> float:
        return self._gap * max(0, len(self.blocks) - 1)


class Row(Block):
    """Blocks from left to right, centred in height or, with `top`, hanging from the first line.

    Blocks with a weight share what the others leave; without any, the row is drawn together at `align`.
    A row too narrow for its blocks takes the missing width from the widest.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        gap: float = 0,
        *,
        weight: float = 0,
        grow: float = 0,
        align: str = "left",
        stretch: bool = False,
        top: bool = False,
    ) -> None:
        super().__init__(blocks, weight=weight, grow=grow)
        self._gap = gap
        self._align = align
        self._top = top
        self._stretch = stretch
        self._overflows = False

    @property
    def cut(self) -> bool:
        """Whether its blocks need more than the width it has."""
        return self._overflows

    def natural_width(self) -> float:
        """Return the sum of the natural widths and the gaps."""
        return sum(block.natural_width() for block in self.blocks) + self._gaps()

    def height_for(self, width: float) -> float:
        """Return the height of the tallest block."""
        pairs = zip(self.blocks, self._widths(width), strict=True)
        return max((block.height_for(wide) for block, wide in pairs), default=0.0)

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Set the blocks side by side."""
        super().place(x, y, width, height)
        widths = self._widths(width)
        spare = width - sum(widths) - self._gaps()
        self._overflows = spare < -1  # more than rounding
        left = x + {"left": 0.0, "center": spare / 2, "right": spare}[self._align]
        for block, wide in zip(self.blocks, widths, strict=True):
            needed = height if self._stretch else min(height, block.height_for(wide))
            bottom = y + (height - needed) / (1 if self._top else 2)
            place_on_pixels(block, left, bottom, wide, needed)
            left += wide + self._gap

    def _gaps(self) -> float:
        return self._gap * max(0, len(self.blocks) - 1)

    def _widths(self, width: float) -> list[float]:
        room = width - self._gaps()
        if any(block.weight for block in self.blocks):
            return self._shared(room)
        widths = [block.natural_width() for block in self.blocks]
        if (missing := sum(widths) - room) > 0:
            widest = max(range(len(widths)), key=widths.__getitem__)
            widths[widest] = max(0.0, widths[widest] - missing)
        return widths

    def _shared(self, room: float) -> list[float]:
        fixed = {at: block.natural_width() for at, block in enumerate(self.blocks) if not block.weight}
        while True:  # whose share is too small gets what it needs, and the others share again
            sharing = [block for at, block in enumerate(self.blocks) if at not in fixed]
            each = max(0.0, room - sum(fixed.values())) / (sum(block.weight for block in sharing) or 1)
            widths = [fixed.get(at, each * block.weight) for at, block in enumerate(self.blocks)]
            short = [at for at, block in enumerate(self.blocks) if widths[at] < block.least_width]
            if not set(short) - set(fixed):
                return widths
            fixed |= {at: self.blocks[at].least_width for at in short if at not in fixed}
