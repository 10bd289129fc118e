"""A whole screen: the frame, and in it the body, set as roomily as it fits."""

from collections.abc import Iterator

from kivy.graphics import InstructionGroup

from kiosk.views.models import View
from screens.bodies import lay_body
from screens.frame import Frame
from screens.layout import Block
from screens.pieces import Target, Words
from screens.theme import FRAMES, FULLNESS, LAST_RESORTS, Theme


class Screen(Block):
    """One view, laid out and drawn on `canvas`. `theme` is the one its body fitted in."""

    def __init__(self, view: View, theme: Theme, frame: Frame, body: Block) -> None:
        super().__init__((frame, body))
        self.view = view
        self.theme = theme
        self.canvas = InstructionGroup()
        self.place(0, 0, theme.width, theme.height)
        self.paint(self.canvas)

    def target_at(self, x: float, y: float) -> Target | None:
        """Return what can be touched at a point."""
        return next((target for target in self.targets() if target.collide_point(x, y)), None)

    def targets(self) -> Iterator[Target]:
        """Return everything that can be touched."""
        return (block for block in self.walk() if isinstance(block, Target) and block.choice.enabled)


def compose(view: View, theme: Theme) -> Screen:
    """Return the view set as roomily as it fits without cutting a number.

    The frame gives way only when the body can no more; a cut number is better than a letter off the screen.
    """
    second_best: tuple[Theme, Frame, Block] | None = None
    for frame_fullness, body_fullnesses in zip(FRAMES, (FULLNESS, FULLNESS[-2:] + LAST_RESORTS), strict=True):
        frame = Frame(view, theme.tightened(frame_fullness))
        room = frame.fill()
        for fullness in body_fullnesses:
            set_in = theme.tightened(fullness)
            body = lay_body(view.body, set_in)
            body.place(*room)
            if body.height_for(room[2]) > room[3]:
                continue
            if not _cuts(body):
                return Screen(view, set_in, frame, body)
            second_best = second_best or (set_in, frame, body)
    return Screen(view, *(second_best or (set_in, frame, body)))


def _cuts(body: Block) -> bool:
    return any(isinstance(block, Words) and block.cut for block in body.walk())
