# mypy: allow-subclassing-any
"""A whole screen: head, body, foot. Back, home and the way on stand in the same places on every one.

┌ brand ─────────────────── clock ┐
│ banners                          │
│ title, steps                     │
│ body                             │
│ countdown                        │
│ [choices, if more than one]      │
│ [home] [back]          [way on]  │
└ hotline ─────────── text size … ┘
"""

from collections.abc import Iterator, Sequence

from kiosk.views.models import AnyChoice, Banner, Countdown, Icon, Step, View
from screens.bodies import lay_body
from screens.drawing import Drawing, paints_for
from screens.icons import CHECK
from screens.layout import Blank, Block, Column, Grid, Row
from screens.pieces import Panel, Target, Words, button, icon, tool
from screens.theme import FULLNESS, LAST_RESORTS, Theme
from screens.vectors import Arc, Sketch


class Screen(Block):
    """One view, laid out. `theme` is the one it fitted in."""

    def __init__(self, view: View, theme: Theme) -> None:
        super().__init__()
        self.view = view
        self.theme = theme
        self._head = Column([_band(view, theme), *_banners(view.banners, theme)])
        self._title = _title(view, theme)
        self._body = lay_body(view.body, theme)
        self._foot = Column(list(_foot(view, theme)), theme.space(2))
        for part in (self._head, self._title, self._body, self._foot):
            self.add_widget(part)

    def fits(self) -> bool:
        """Whether everything has the room it needs."""
        return self._body_height() >= self._body.height_for(self._inner_width())

    def fill(self) -> None:
        """Place everything on the whole display."""
        width, height = self.theme.width, self.theme.height
        self.place(0, 0, width, height)
        head = self._head.height_for(width)
        self._head.place(0, height - head, width, head)
        side, inner = self._side(), self._inner_width()
        title = self._title.height_for(inner)
        self._title.place(side, height - head - self._above_title() - title, inner, title)
        foot = self._foot.height_for(inner)
        self._foot.place(side, self._below(), inner, foot)
        self._body.place(side, self._below() + foot + self._around(), inner, self._body_height())

    def target_at(self, x: float, y: float) -> Target | None:
        """Return what can be touched at a point."""
        return next((target for target in self.targets() if target.collide_point(x, y)), None)

    def targets(self) -> Iterator[Target]:
        """Return everything that can be touched."""
        return (
            block for block in self.walk(restrict=True) if isinstance(block, Target) and block.choice.enabled
        )

    def _side(self) -> int:
        return self.theme.mm(6) + self.theme.space(1)

    def _inner_width(self) -> int:
        return self.theme.width - 2 * self._side()

    def _around(self) -> int:
        return self.theme.space(3)

    def _above_title(self) -> int:
        return self.theme.space(3)

    def _below(self) -> int:
        return self.theme.mm(1.5) + self.theme.space(1)

    def _body_height(self) -> float:
        inner = self._inner_width()
        head = self._head.height_for(self.theme.width) + self._above_title() + self._title.height_for(inner)
        foot = self._below() + self._foot.height_for(inner)
        return self.theme.height - head - foot - 2 * self._around()


def compose(view: View, theme: Theme) -> Screen:
    """Return the view set as roomily as it fits."""
    for fullness in (*FULLNESS, *LAST_RESORTS):
        screen = Screen(view, theme.tightened(fullness))
        if screen.fits():
            break
    screen.fill()
    return screen


def _band(view: View, theme: Theme) -> Block:
    colours = theme.colours
    mark = icon(theme, Icon.CARD, "body", colours.on_accent, colours.accent)
    brand = Words(theme, view.brand, "caption", colour=colours.on_accent, bold=True, weight=1)
    clock = Words(theme, view.clock, "caption", colour=colours.on_accent)
    row = Row([mark, brand, clock], theme.space(2))
    return Panel(theme, row, fill=colours.accent, square=True, padding=(4, 1.5))


def _banners(banners: Sequence[Banner], theme: Theme) -> Iterator[Block]:
    for banner in banners:
        tone = theme.colours.refused if banner.grave else theme.colours.recorded
        sign = icon(theme, Icon.WARNING, "body", tone.ink)
        words = Words(theme, banner.text, "body", colour=tone.ink, bold=banner.grave, weight=1)
        strip = Panel(
            theme, Row([sign, words], theme.space(2)), fill=tone.ground, square=True, padding=(4, 1.25)
        )
        underline = Panel(theme, Blank(height=theme.edge), fill=tone.ink, square=True, padding=(0, 0))
        yield Column([strip, underline])


def _title(view: View, theme: Theme) -> Block:
    title = Words(theme, view.title, "title", weight=1)
    if view.step is None:
        return title
    if theme.landscape:
        steps = _steps(view.step, theme)
        steps.weight = 1.4
        return Row([title, steps], theme.space(4))
    return Column([_steps(view.step, theme), title], theme.space(2.5))


def _steps(step: Step, theme: Theme) -> Block:
    colours = theme.colours
    parts: list[Block] = []
    for number, name in enumerate(step.names, start=1):
        now, done = number == step.number, number < step.number
        bar = Panel(
            theme,
            Blank(height=theme.mm(1.6)),
            fill=colours.bright if now or done else colours.line,
            square=True,
            padding=(0, 0),
        )
        words = Words(
            theme,
            name if done else f"{number} {name}",
            "caption",
            colour=colours.ink if now else colours.quiet,
            bold=now,
            weight=1,
        )
        label: Block = words
        if done:
            sign = Drawing(CHECK, paints_for(theme, colours.quiet), theme.letters("caption"))
            label = Row([sign, words], theme.space(0.75))
        thin = Blank(height=0 if now else theme.mm(1.0))
        if not now:
            bar = Panel(
                theme,
                Blank(height=theme.mm(0.6)),
                fill=colours.bright if done else colours.line,
                square=True,
                padding=(0, 0),
            )
        part = Column([thin, bar, Blank(height=theme.space(0.75)), label], weight=1)
        parts.append(part)
    return Row(parts, theme.space(1.5), stretch=True)


def _foot(view: View, theme: Theme) -> Iterator[Block]:
    if view.countdown is not None:
        yield _countdown(view.countdown, theme)
    yield from _actions(view, theme)
    footer: list[Block] = [Words(theme, view.footer, "caption", colour=theme.colours.quiet, weight=1)]
    tools = [tool(theme, choice) for choice in view.tools]
    if tools:
        footer.append(Row(tools, theme.gap))
    yield Row(footer, theme.space(2))


def _countdown(countdown: Countdown, theme: Theme) -> Block:
    box = 24.0
    left = 360.0 * countdown.seconds_left / max(1, countdown.of_seconds)
    shapes = (
        Arc((12, 12), 9.5, width=1.2, paint="ink"),
        Arc((12, 12), 9.5, 0, max(1.0, left), width=4.5, paint="bright"),
    )
    ring = Drawing(Sketch(box, box, shapes), paints_for(theme), theme.letters("body") * 1.4)
    words = Words(theme, countdown.text, "body", weight=1)
    return Panel(theme, Row([ring, words], theme.space(2)), fill=theme.colours.tint, padding=(3, 1.5))


def _actions(view: View, theme: Theme) -> Iterator[Block]:
    """Home and back to the left, the way on to the right; other choices between if they fit, else above."""
    inner = theme.width - 2 * (theme.mm(6) + theme.space(1))
    around = _ways_out(view, theme)
    *others, last = view.choices or (None,)
    row: list[Block] = [around] if around else []
    room = inner - (around.natural_width() + theme.gap if around else 0)
    beside = [button(theme, choice) for choice in others if choice is not None]
    if last is not None:
        ahead = button(theme, last, weight=1)
        together = sum(block.natural_width() + theme.gap for block in (*beside, ahead))
        if theme.landscape and together <= room:
            for block in beside:
                block.weight = block.natural_width()
            ahead.weight = ahead.natural_width() * 1.5
            yield Row([*row, *beside, ahead], theme.gap)
            return
        yield from _above(others, theme, inner)
        yield Row([*row, ahead], theme.gap)
    elif row:
        yield Row(row, theme.gap)


def _above(choices: Sequence[AnyChoice | None], theme: Theme, inner: float) -> Iterator[Block]:
    buttons = [button(theme, choice) for choice in choices if choice is not None]
    if not buttons:
        return
    widest = max(block.natural_width() for block in buttons)
    columns = max(1, min(len(buttons), int((inner + theme.gap) // (widest + theme.gap))))
    yield Grid(buttons, columns, theme.gap)


def _ways_out(view: View, theme: Theme) -> Block | None:
    """Home is always leftmost, so that it stays in its place where there is no way back."""
    home = button(theme, view.home) if view.home else None
    back = button(theme, view.back) if view.back else None
    if home and back:
        return Row([home, back], theme.gap)
    if back:
        return Row([Blank(back.natural_width()), back], theme.gap)
    return home
