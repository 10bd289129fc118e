"""The frame round every body: brand, banners and title above; countdown, choices and settings below.

Back, home and the way on stand in the same places on every screen, whatever the body needs, so the frame
is set apart from it:

    | brand                      clock |
    | banners                          |
    | steps, title                     |
    |            the body              |
    | countdown                        |
    | [other choices]                  |
    | [home] [back]           [way on] |
    | hotline               [settings] |
"""

from collections.abc import Iterator, Sequence
from functools import cached_property

from kiosk.views.models import Banner, Countdown, Icon, Step, View
from screens.controls import button, icon, setting
from screens.grids import Flow, Grid
from screens.icons import CHECK
from screens.layout import Blank, Block, Column, Row
from screens.notes import signed, strip
from screens.paging import is_turn, paging, turns_among
from screens.pieces import Drawing, Panel, Words
from screens.rims import NO_RIM
from screens.targets import Target
from screens.theme import FRAME, Theme
from screens.tokens import SIDE_MM, Tone
from screens.vectors import Arc, Sketch

BELOW_MM, BELOW_WIDE_MM = 3.4, 2.0  # under everything; a wide screen has no height to spare
PACKED = 0.2  # of the full space between things
PACKED_SIDE_MM = 4.0  # where a line saved keeps the letters as large as they have to be
LEAST_ABOVE_MM = 1.5


class Frame(Block):
    """Everything of a view but its body."""

    def __init__(self, view: View, theme: Theme) -> None:
        self._theme = theme
        self._band = _band(view, theme)
        self.knock = Target(theme, view.knock, Blank(), key=True, discreet=True) if view.knock else None
        self._head = Column([self._band, *_banners(view.banners, theme)])
        self._title = _title(view, theme)
        self._foot = Column(list(_foot(view, theme)), max(theme.key_gap, theme.space(2)))
        self._edge = theme.mm(BELOW_WIDE_MM if theme.landscape else BELOW_MM)
        super().__init__((self._head, self._title, self._foot))

    @cached_property
    def room(self) -> tuple[int, int, int, int]:
        """The place left for the body: x, y, width, height. Asked for first, it places the parts.

        It doesn't hang on the body, so one frame serves all tries to set one.
        """
        theme = self._theme
        self.place(0, 0, theme.width, theme.height)
        side, width = _sides(theme)
        over, under = max(theme.mm(LEAST_ABOVE_MM), theme.space(4)), max(theme.key_gap, theme.space(4))
        foot_side, foot_width = _foot_sides(theme)
        head, title = self._head.height_for(theme.width), self._title.height_for(width)
        foot = self._foot.height_for(foot_width)
        above, below = theme.height - head - over - title, self._edge + foot
        self._head.place(0, theme.height - head, theme.width, head)
        self._title.place(side, above, width, title)
        self._foot.place(foot_side, self._edge, foot_width, foot)
        if self.knock is not None:  # the left half of the band: the settings may stand on the right
            self.knock.place(0, self._band.y, theme.width / 2, self._band.height)
        return side, round(below + under), width, round(above - over - below - under)


def _sides(theme: Theme) -> tuple[int, int]:
    side = theme.mm(SIDE_MM if theme.fullness.space > PACKED else PACKED_SIDE_MM)
    return side, theme.width - 2 * side


def _foot_sides(theme: Theme) -> tuple[int, int]:
    """The same on every screen, however full."""
    side = theme.mm(SIDE_MM)
    return side, theme.width - 2 * side


def _band(view: View, theme: Theme) -> Block:
    """Whose terminal this is, and when; on a wide screen the hotline and the settings too.

    Where large letters leave no room for all of it in one line, the hotline is worth more than the name.
    """
    colours = theme.colours
    mark = icon(theme, Icon.CARD, "body", colours.on_accent, colours.accent)
    brand = Words(theme, view.brand, "caption", colour=colours.on_accent, bold=True, weight=1)
    clock = Words(theme, view.clock, "caption", colour=colours.on_accent)
    blocks: list[Block] = [mark, brand, clock]
    if theme.landscape:
        hotline = Words(theme, view.footer, "caption", colour=colours.on_accent)
        settings = [setting(theme, choice, theme.band_paint) for choice in view.tools]
        apart = theme.mm(4)
        beside = Row([clock, *settings], theme.gap)
        wanted = sum(block.natural_width() + apart for block in (mark, brand, hotline, beside)) + apart
        if wanted <= theme.width:
            blocks = [mark, brand, Row([hotline, beside], apart)]
        elif wanted - brand.natural_width() - apart <= theme.width:
            hotline.weight = 1
            blocks = [mark, hotline, beside]
        else:
            hotline.weight = 1
            above = Row([mark, hotline, clock], theme.beside(2))
            blocks = [Column([above, Flow(settings, theme.gap)], theme.space(1), weight=1)]
    padding = (4, 1 if theme.landscape else 1.5)
    return Panel(
        theme, Row(blocks, theme.beside(2)), fill=colours.accent, square=True, padding=padding, rim=NO_RIM
    )


def _banners(banners: Sequence[Banner], theme: Theme) -> Iterator[Block]:
    """Strips under each other; on a wide screen beside each other as long as each has its line."""
    rows: list[list[Block]] = []
    for block in [_banner(banner, theme) for banner in banners]:
        block.weight = block.natural_width()
        used = sum(other.weight for other in rows[-1]) if rows else 0
        if rows and theme.landscape and used + block.weight <= theme.width:
            rows[-1].append(block)
        else:
            rows.append([block])
    for row in rows:
        yield Row(row, stretch=True)


def _banner(banner: Banner, theme: Theme) -> Block:
    """A grave one is inverted where there are but two colours, and apart from the band of its colour."""
    tone = theme.colours.refused if banner.grave else theme.colours.recorded
    inverted = banner.grave and theme.high
    if inverted:
        tone = Tone(tone.ground, tone.ink)
    words = signed(theme, Icon.WARNING, banner.text, tone, bold=banner.grave)
    ground = Panel(theme, words, fill=tone.ground, square=True, padding=(4, 1.25), rim=NO_RIM, grow=1)
    above = [strip(theme, tone.ink, theme.edge)] if inverted else []
    return Column([*above, ground, strip(theme, tone.ink, theme.edge)])


def _title(view: View, theme: Theme) -> Block:
    use = "title" if theme.fullness.space > PACKED else "heading"
    title = Words(theme, view.title, use, weight=1)
    if view.step is None:
        return title
    _, width = _sides(theme)
    if theme.landscape:
        room = max(width * 0.4, width - title.natural_width() - theme.mm(8))
        room = min(room, width * 0.58)
        return Row([title, Column([Blank(room), _steps(view.step, theme, room)])], theme.mm(8))
    return Column([_steps(view.step, theme, width), title], theme.space(2.5))


def _steps(step: Step, theme: Theme, room: float) -> Row:
    """All names when they fit side by side, else only that of the present step."""
    gap = max(theme.mm(3), theme.space(1.5))
    each = (room - gap * (len(step.names) - 1)) / len(step.names)
    all_fit = all(
        _stage_words(number, step, theme).natural_width() <= each for number in range(1, step.of + 1)
    )
    stages = [
        _stage(number, step, theme, named=all_fit or number == step.number)
        for number in range(1, step.of + 1)
    ]
    if not all_fit:
        stages[step.number - 1].weight = 0
    return Row(stages, gap, stretch=True)


def _stage(number: int, step: Step, theme: Theme, *, named: bool) -> Block:
    """What is done has a check, what is now a thick bar and bold words, what is to come a thin grey bar."""
    colours = theme.colours
    thick, thin = theme.mm(1.6), theme.mm(0.6)
    now, done = number == step.number, number < step.number
    bar = strip(theme, colours.bright if now or done else colours.line, thick if now else thin)
    above = Blank(height=0 if now else thick - thin)
    label = _stage_words(number, step, theme, named=named)
    return Column([above, bar, Blank(height=theme.space(0.75)), label], weight=1)


def _stage_words(number: int, step: Step, theme: Theme, *, named: bool = True) -> Row:
    colours = theme.colours
    now, done = number == step.number, number < step.number
    signs = [Drawing(theme, CHECK, theme.letters("caption"), colours.quiet)] if done else []
    name = " ".join(([] if done else [str(number)]) + ([step.names[number - 1]] if named else []))
    words = Words(theme, name, "caption", colour=colours.ink if now else colours.quiet, bold=now)
    line = Blank(height=theme.typesetter.line_height(words.size_px, words.bold))
    return Row([*signs, words, line], theme.beside(0.75) if signs else 0)


def _foot(view: View, theme: Theme) -> Iterator[Block]:
    if view.countdown is not None:
        yield _countdown(view.countdown, theme)
    still = theme.tightened(FRAME)
    yield from _actions(view, theme, still)
    if theme.landscape:  # the band has them
        return
    yield from _settings(view, still)


def _settings(view: View, theme: Theme) -> Iterator[Block]:
    hotline = Words(theme, view.footer, "caption", colour=theme.colours.quiet, weight=1)
    settings = [setting(theme, choice) for choice in view.tools]
    beside = Row(settings, theme.gap)
    if hotline.natural_width() + beside.natural_width() + theme.gap <= _foot_sides(theme)[1]:
        yield Row([hotline, beside], theme.gap)
    else:
        yield from (hotline, Flow(settings, theme.gap))


def _countdown(countdown: Countdown, theme: Theme) -> Block:
    """The time left, without a ground of its own: it must not look like a button between buttons."""
    box = 24.0
    left = 360.0 * countdown.seconds_left / max(1, countdown.of_seconds)
    shapes = (
        Arc((12, 12), 9.5, width=1.2, paint="ink"),
        Arc((12, 12), 9.5, 0, max(1.0, left), width=4.5, paint="bright"),
    )
    ring = Drawing(theme, Sketch(box, box, shapes), theme.letters("body") * 1.4)
    words = Words(theme, countdown.text, "body", weight=1)
    return Row([ring, words], theme.beside(2))


def _actions(view: View, theme: Theme, still: Theme) -> Iterator[Block]:
    """Home and back to the left, the way on to the right; other choices between if they fit, else above.

    The ways out and on are set in the `still` theme, however full the screen is.
    """
    _, inner = _foot_sides(theme)
    blocks = list(_ways_out(view, still))
    back, onward = turns_among(view.choices)
    if turn := back or onward:
        yield paging(back, onward, turn.detail, theme)
    choices = [choice for choice in view.choices if not is_turn(choice)]
    if choices:
        *others, last = choices
        ahead = button(still, last, weight=1)
        beside = [button(theme, choice) for choice in others]
        wanted = sum(block.natural_width() for block in (*blocks, *beside, ahead))
        if theme.landscape and wanted + still.gap * (len(blocks) + len(beside)) <= inner:
            blocks += beside
        elif beside:
            widest = max(block.natural_width() for block in beside)
            columns = int((inner + theme.gap) // (widest + theme.gap))
            yield Grid(beside, max(1, min(len(beside), columns)), theme.gap)
        blocks.append(ahead)
    if blocks:
        yield Row(blocks, still.gap)


def _ways_out(view: View, theme: Theme) -> Iterator[Block]:
    """Home is leftmost, so that it stays in its place where there is no way back."""
    for way in (view.home, view.back):
        if way:
            yield button(theme, way)
