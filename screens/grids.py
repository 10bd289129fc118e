"""Flows and grids of blocks, and the choice between arrangements of the same things."""

import math
from collections.abc import Sequence

from screens.layout import Block, place_on_pixels


def halves(lengths: Sequence[float]) -> tuple[slice, slice]:
    """Return the two parts, in reading order, whose lengths differ least: two columns of unequal things."""
    cut = min(range(1, len(lengths)), key=lambda at: max(sum(lengths[:at]), sum(lengths[at:])))
    return slice(0, cut), slice(cut, None)


class Shortest(Block):
    """One of several arrangements of the same things: that of the least height, the first if equal.

    For screens that are full, where it depends on the words which arrangement is best. One that would cut a
    number or a word is taken only if all would.
    """

    def __init__(self, arrangements: Sequence[Block], *, grow: float = 0) -> None:
        super().__init__(arrangements[:1], grow=grow)
        self._arrangements = arrangements
        self._chosen: dict[float, Block] = {}

    def natural_width(self) -> float:
        """Return the width the first arrangement would like."""
        return self._arrangements[0].natural_width()

    def height_for(self, width: float) -> float:
        """Return the height of the lowest arrangement."""
        return self._lowest(width).height_for(width)

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Keep the lowest arrangement, and settle it."""
        super().place(x, y, width, height)
        self.blocks = (self._lowest(width),)
        self.blocks[0].place(x, y, width, height)

    def _lowest(self, width: float) -> Block:
        if width not in self._chosen:
            self._chosen[width] = min(
                self._arrangements, key=lambda each: (_cuts(each, width), each.height_for(width))
            )
        return self._chosen[width]


def _cuts(block: Block, width: float) -> bool:
    block.place(0, 0, width, block.height_for(width))
    return any(inside.cut for inside in block.walk())


class InTurn(Block):
    """A block with the room of the highest of those that stand in its place in turn.

    What stands below keeps its place whichever is shown.
    """

    def __init__(self, shown: Block, in_turn: Sequence[Block]) -> None:
        super().__init__((shown,))
        self._all = (shown, *in_turn)

    def natural_width(self) -> float:
        """Return the width of the widest."""
        return max(block.natural_width() for block in self._all)

    def height_for(self, width: float) -> float:
        """Return the height of the highest."""
        return max(block.height_for(width) for block in self._all)

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Place the block at the top."""
        super().place(x, y, width, height)
        needed = self.blocks[0].height_for(width)
        place_on_pixels(self.blocks[0], x, y + height - needed, width, needed)


class Flow(Block):
    """Blocks from left to right, going on in a further row where one is full."""

    def __init__(self, blocks: Sequence[Block], gap: float, *, weight: float = 0) -> None:
        super().__init__(blocks, weight=weight)
        self._gap = gap

    def natural_width(self) -> float:
        """Return the width of all blocks in one row."""
        return sum(block.natural_width() + self._gap for block in self.blocks) - self._gap

    def height_for(self, width: float) -> float:
        """Return the height of the rows."""
        rows = self._rows(width)
        return sum(high for high, _ in rows) + self._gap * max(0, len(rows) - 1)

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Set row under row."""
        super().place(x, y, width, height)
        top = y + height
        for high, row in self._rows(width):
            left = x
            for block, wide in row:
                place_on_pixels(block, left, top - high, wide, high)
                left += wide + self._gap
            top -= high + self._gap

    def _rows(self, width: float) -> list[tuple[float, list[tuple[Block, float]]]]:
        rows: list[list[tuple[Block, float]]] = []
        used = 0.0
        for block in self.blocks:
            wide = min(width, block.natural_width())
            if not rows or used + self._gap + wide > width:
                rows.append([])
                used = -self._gap
            rows[-1].append((block, wide))
            used += self._gap + wide
        return [(max(block.height_for(wide) for block, wide in row), row) for row in rows]


class Grid(Block):
    """Equal cells in rows of `columns`, filled from the top left. Rows are as high as the highest cell."""

    def __init__(
        self,
        blocks: Sequence[Block],
        columns: int,
        gap: float,
        *,
        weight: float = 0,
        grow: float = 0,
        tallest: float = 0,
    ) -> None:
        super().__init__(blocks, weight=weight, grow=grow)
        self._columns = columns
        self._gap = gap
        self._tallest = tallest

    def natural_width(self) -> float:
        """Return the width at which every cell has the natural width of the widest."""
        widest = max((block.natural_width() for block in self.blocks), default=0.0)
        return widest * self._columns + self._gap * (self._columns - 1)

    def height_for(self, width: float) -> float:
        """Return the height of all rows."""
        rows = -(-len(self.blocks) // self._columns)
        return self._cell_height(width) * rows + self._gap * max(0, rows - 1)

    def most_height_for(self, width: float) -> float:
        """Return the height when every cell is as high as it may be."""
        rows = -(-len(self.blocks) // self._columns)
        tallest = max(self._tallest, self._cell_height(width)) if self._tallest else math.inf
        return tallest * rows + self._gap * max(0, rows - 1)

    def place(self, x: float, y: float, width: float, height: float) -> None:
        """Lay the cells out; they grow with the grid up to `tallest`."""
        super().place(x, y, width, height)
        rows = -(-len(self.blocks) // self._columns)
        if not rows:
            return
        wide = self._cell_width(width)
        high = (height - self._gap * (rows - 1)) / rows
        if self._tallest:
            high = min(high, max(self._tallest, self._cell_height(width)))
        for index, block in enumerate(self.blocks):
            row, column = divmod(index, self._columns)
            top = y + height - row * (high + self._gap)
            left = x + column * (wide + self._gap)
            place_on_pixels(block, left, top - high, wide, high)

    def _cell_width(self, width: float) -> float:
        return (width - self._gap * (self._columns - 1)) / self._columns

    def _cell_height(self, width: float) -> float:
        wide = self._cell_width(width)
        return max((block.height_for(wide) for block in self.blocks), default=0.0)
