"""What a page of maintenance comes to, told before anything else on it."""

from kiosk.views.models import StatusRow
from screens.layout import Block, Column, Row
from screens.marks import HEALTH
from screens.pieces import Drawing, Panel, Words
from screens.rims import NO_RIM, Rim
from screens.theme import Theme


def verdict_panel(verdict: StatusRow, theme: Theme) -> Panel:
    """Return it in the colour and with the mark of its health, its words larger than those of a row."""
    tone = theme.health_tone(verdict.health)
    words: list[Block] = [Words(theme, verdict.label, "heading", colour=tone.ink, balanced=True)]
    if verdict.seen:
        words.append(Words(theme, verdict.seen, colour=tone.ink))
    if verdict.advice:
        words.append(Words(theme, verdict.advice, colour=tone.ink, bold=True))
    mark = Drawing(theme, HEALTH[verdict.health], 2 * theme.letters("heading"), tone.ink, tone.ground)
    inside = Row([mark, Column(words, theme.space(1), weight=1)], theme.space(3))
    rim = Rim(theme.edge) if theme.high else NO_RIM
    return Panel(theme, inside, fill=tone.ground, padding=(4, 2.5), rim=rim, edge=tone.ink)
