"""A whole screen: the frame, and in it the body, set as roomily as it fits."""

from collections.abc import Iterator

from kivy.graphics import InstructionGroup, PopMatrix, PushMatrix, Translate

from kiosk.views.models import ColourField, View
from screens.bodies import lay_body
from screens.frame import Frame
from screens.layout import Block, Canvas
from screens.pieces import Words
from screens.targets import Target
from screens.theme import LAST_RESORTS, LAWFUL, PACKED_FRAME, Fullness, Theme


class Screen(Block):
    """One view, laid out; drawn on `canvas` by `paint`. `theme` is the one its body is set in.

    `shift` moves the drawn body, and nothing that can be touched (screens/motion.py).
    """

    def __init__(self, view: View, theme: Theme, frame: Frame, body: Fullness) -> None:
        self.view = view
        self.theme = theme.tightened(body)
        self.canvas = InstructionGroup()
        self.shift = Translate(0, 0)
        self._frame = frame
        self._body = lay_body(view.body, self.theme)
        alone = isinstance(view.body, ColourField)
        super().__init__((self._body,) if alone else (self._frame, self._body))
        self.place(0, 0, theme.width, theme.height)
        room = (0, 0, theme.width, theme.height) if alone else self._frame.room
        self._body.place(*room)
        self.fits = self._body.height_for(room[2]) <= room[3]

    def paint(self, canvas: Canvas) -> None:
        """Draw the frame, and the body where it is shifted to."""
        for block in self.blocks:
            if block is not self._body:
                block.paint(canvas)
        canvas.add(PushMatrix())
        canvas.add(self.shift)
        self._body.paint(canvas)
        canvas.add(PopMatrix())

    def wipe(self) -> None:
        """Let go of what was drawn, when the screen has left.

        Instructions hold each other in circles: some megabytes of textures a screen would wait for the
        garbage collector, and keep it busy under a finger.
        """
        self.canvas.clear()
        for block in self.walk():
            if isinstance(block, Target):
                block.wipe()

    @property
    def whole(self) -> bool:
        """Whether no number or word of the body had to be cut, and no row is too wide."""
        return not any(block.cut for block in self._body.walk())

    @property
    def labels_broken(self) -> int:
        """How many lines too many the labels of the body take."""
        words = (block for block in self._body.walk() if isinstance(block, Words) and block.label)
        return sum(max(0, block.count_lines(block.width) - 1) for block in words)

    def target_at(self, x: float, y: float) -> Target | None:
        """Return what can be touched at a point: the brand too, which nobody sees is a target."""
        seen = (target for target in self.targets() if target.collide_point(x, y))
        knock = self.knock
        return next(seen, None) or (knock if knock is not None and knock.collide_point(x, y) else None)

    @property
    def knock(self) -> Target | None:
        """Return the target behind the brand, if it is one. It is never drawn."""
        return self._frame.knock

    def targets(self) -> Iterator[Target]:
        """Return everything that can be touched."""
        return (block for block in self.walk() if isinstance(block, Target) and block.choice.enabled)


def compose(view: View, theme: Theme) -> Screen:
    """Return the view, drawn, as roomily as it fits."""
    screen = lay_out(view, theme)
    screen.paint(screen.canvas)
    return screen


def lay_out(view: View, theme: Theme) -> Screen:
    """Return the view as roomily as it fits, not drawn yet.

    Letters larger than planned are welcome where they break no label that would be whole without.
    A cut number, then letters smaller than the rules allow, are better than words lost off the screen.
    """
    cut = None
    larger: list[Screen] = []
    frames: dict[Fullness, Frame] = {}  # one serves all tries
    for tightness, body in LAWFUL:
        if tightness not in frames:
            frames[tightness] = Frame(view, theme.tightened(tightness))
        screen = Screen(view, theme, frames[tightness], body)
        if screen.fits and screen.whole:
            if body.steps > 0 and screen.labels_broken:
                larger.append(screen)
                continue
            broken = screen.labels_broken
            return next((each for each in larger if each.labels_broken <= broken), screen)
        if screen.fits:
            cut = cut or screen
    if cut is not None:
        return cut
    for body in LAST_RESORTS:
        screen = Screen(view, theme, frames[PACKED_FRAME], body)
        if screen.fits:
            break
    return screen
