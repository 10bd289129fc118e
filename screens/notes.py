"""Things to read, ready made: points, notices, badges, rules between lines."""

from collections.abc import Sequence

from kiosk.views.models import Icon
from screens.icons import ICONS, LIST_DOT
from screens.layout import Blank, Column, Row
from screens.pieces import Drawing, Panel, Words
from screens.rims import NO_RIM, Rim
from screens.theme import Theme
from screens.tokens import Tone
from screens.vectors import Sketch


def bulleted(theme: Theme, points: Sequence[str]) -> Column:
    """Return points, each behind a dot."""
    dot = Tone(theme.colours.bright, theme.colours.ground)
    lines = [_marked(theme, LIST_DOT, dot, Words(theme, point, weight=1)) for point in points]
    return Column(lines, theme.space(1.5))


def remarks(theme: Theme, notes: Sequence[str]) -> Column:
    """Return what stands under a list: several points behind dots, a single sentence without."""
    if len(notes) == 1:
        return Column([Words(theme, notes[0], colour=theme.colours.quiet)])
    return bulleted(theme, notes)


def signed(theme: Theme, sign: Icon, text: str, tone: Tone, *, use: str = "body", bold: bool = False) -> Row:
    """Return a sentence behind the icon that says what kind it is."""
    words = Words(theme, text, use, colour=tone.ink, bold=bold, weight=1)
    return _marked(theme, ICONS[sign], tone, words)


def notice(theme: Theme, text: str) -> Panel:
    """Return a sentence that must not be missed."""
    tone = theme.colours.recorded
    rim = Rim(theme.edge) if theme.high else NO_RIM
    return Panel(theme, signed(theme, Icon.WARNING, text, tone), fill=tone.ground, rim=rim, square=theme.high)


def badge(theme: Theme, text: str, *, heeded: bool = False) -> Panel:
    """Return a short word on a tinted ground; one to be heeded behind a sign, on a ground of its own."""
    tone = theme.colours.recorded if heeded else Tone(theme.colours.accent, theme.colours.tint)
    words = Words(theme, text, "caption", colour=tone.ink, bold=True)
    if not heeded:
        return Panel(theme, words, fill=tone.ground, padding=(1.5, 0.5))
    sign = Drawing(theme, ICONS[Icon.WARNING], words.size_px, tone.ink, tone.ground)
    return Panel(theme, Row([sign, words], theme.beside(0.5)), fill=tone.ground, padding=(1.5, 0.5))


def strip(theme: Theme, colour: str, height: float, width: float = 0, *, weight: float = 0) -> Panel:
    """Return a plain strip of colour: a rule, an underline, the bar of a chart."""
    blank = Blank(width, height)
    return Panel(theme, blank, fill=colour, square=True, padding=(0, 0), rim=NO_RIM, weight=weight)


def hairline(theme: Theme) -> Panel:
    """Return the rule between two lines of a list."""
    return strip(theme, theme.colours.line, theme.hairline)


def _marked(theme: Theme, sketch: Sketch, tone: Tone, words: Words) -> Row:
    """A sign as high as a line of the words, hanging at their first line."""
    line = theme.typesetter.line_height(words.size_px, words.bold)
    apart = theme.space(1.5) if sketch is LIST_DOT else theme.beside(1.5)  # a dot has white of its own
    return Row([Drawing(theme, sketch, line, tone.ink, tone.ground), words], apart, top=True)
