"""How a transaction stands: the mark and its words first, then the number to keep, then what it means."""

from kiosk.views.models import Icon, Outcome
from screens.bodies.facts import fact_card
from screens.codes import QrCode
from screens.grids import Shortest
from screens.layout import Block, Column, Row
from screens.marks import MARKS
from screens.notes import bulleted, signed
from screens.pieces import Drawing, Panel, Words
from screens.theme import Theme
from screens.tokens import Tone

MARK_MM = 34.0
MARK_BESIDE_MM = 52.0
QR_MM = 46.0  # the same on every screen, so that a telephone is held alike
QR_PACKED_MM = 34.0  # but where nothing else gives way any more
PACKED = 0.2  # of the full space between things
FLAT_BELOW = 0.5  # of the full space between things, on a wide screen


def lay_outcome(body: Outcome, theme: Theme) -> Block:
    """The verdict in its own colour and shape; the rest on plain ground."""
    verdict = _verdict(body, theme)
    rest, plain = list[Block](), Tone(theme.colours.ink, theme.colours.ground)
    call: list[Block] = []
    if body.call:
        call.append(signed(theme, Icon.PHONE, body.call, plain, use="title", bold=True))
    if body.number:
        rest.append(_number(body, theme))
    if body.facts:
        rest.append(fact_card(body.facts, theme))
    if body.notes:
        rest.append(bulleted(theme, body.notes))
    if body.paper:
        rest.append(signed(theme, Icon.PRINT, body.paper, plain, use="label", bold=True))
    if theme.landscape and theme.fullness.space < FLAT_BELOW:
        stacked: Block = Column([_flat_verdict(body, theme), *call, *rest], theme.space(3))
        if not (body.number and body.facts):
            return stacked
        number, facts, *below = rest
        facts.weight = 1
        beside = Row([number, facts], theme.space(3), stretch=True)
        return Shortest(
            [stacked, Column([_flat_verdict(body, theme), *call, beside, *below], theme.space(3))]
        )
    if theme.landscape:
        verdict.weight = 1
        return Row(
            [verdict, Column([*call, *rest], theme.space(3), weight=1.6, middle=True)],
            theme.space(4),
            stretch=True,
            grow=1,
        )
    return Column([verdict, *call, *rest], theme.space(3))


def _verdict(body: Outcome, theme: Theme) -> Panel:
    tone = theme.tone(body.mark)
    height = theme.mm(MARK_BESIDE_MM if theme.landscape else MARK_MM * max(0.6, theme.fullness.space))
    mark = Drawing(theme, MARKS[body.mark], height, tone.ink, tone.ground)
    words = Words(theme, body.headline, "title", colour=tone.ink, align="center")
    column = Column([mark, words], theme.space(2), middle=True)
    return _plate(body, theme, column)


def _plate(body: Outcome, theme: Theme, inside: Block) -> Panel:
    tone, rim = theme.tone(body.mark), theme.result_rim(body.mark)
    return Panel(theme, inside, fill=tone.ground, padding=(4, 3), rim=rim, edge=tone.ink)


def _flat_verdict(body: Outcome, theme: Theme) -> Panel:
    """The same in a band across the screen, which leaves the lines below their full length."""
    tone = theme.tone(body.mark)
    words = Words(theme, body.headline, "title", colour=tone.ink)
    mark = Drawing(theme, MARKS[body.mark], 2 * words.size_px, tone.ink, tone.ground)
    return _plate(body, theme, Row([mark, words], theme.mm(5), align="center"))


def _number(body: Outcome, theme: Theme) -> Panel:
    label = Words(theme, body.number_label, colour=theme.colours.quiet)
    large = len(body.number) <= 14 and not (theme.landscape and theme.fullness.space < FLAT_BELOW)
    number = Words(theme, body.number, "display" if large else "title")
    blocks: list[Block] = [Column([label, number], theme.space(0.5), weight=1)]
    if body.qr:
        side = QR_MM if theme.fullness.space > PACKED else QR_PACKED_MM
        blocks.append(QrCode(body.qr, theme.mm(side)))
    return Panel(theme, Row(blocks, theme.space(3)), padding=(4, 2.5))
