"""Things to touch, ready made: icons, actions, settings, keys."""

from kiosk.views.models import AnyChoice, Icon, Role
from screens.icons import CHECK, ICONS, ONWARD
from screens.layout import Blank, Block, Row
from screens.pieces import Drawing, Words
from screens.targets import Target
from screens.theme import Colouring, Theme
from screens.tokens import SMALL_TARGET_MM, TARGET_MM

ICON_OF_EM = 1.35


def icon(theme: Theme, name: Icon, use: str = "body", ink: str = "", paper: str = "") -> Drawing:
    """Return an icon as high as a line of words of the given use, in `ink` on `paper`."""
    return Drawing(theme, ICONS[name], round(theme.letters(use) * ICON_OF_EM), ink, paper)


def button(
    theme: Theme,
    choice: AnyChoice,
    use: str = "label",
    *,
    least_mm: tuple[float, float] = (TARGET_MM, TARGET_MM),
    paint: Colouring | None = None,
    weight: float = 0,
) -> Target:
    """Return an action: icon and words in a row. The way on has its arrow behind the words."""
    paint = paint or theme.paint(choice)
    blocks: list[Block] = [_name(theme, choice, use, paint.ink)]
    if choice.chosen:
        blocks.insert(0, Drawing(theme, CHECK, theme.letters(use), paint.ink))
    elif choice.icon is Icon.NEXT:
        sketch = ONWARD if choice.role is Role.QUIET else ICONS[choice.icon]
        blocks.append(Drawing(theme, sketch, round(theme.letters(use) * ICON_OF_EM), paint.ink, paint.fill))
    elif choice.icon is not Icon.NONE:
        blocks.insert(0, icon(theme, choice.icon, use, paint.ink, paint.fill))
    inside = Row(blocks, theme.beside(1.25), align="center")
    return Target(theme, choice, inside, least_mm=least_mm, paint=paint, weight=weight)


def setting(theme: Theme, choice: AnyChoice, paint: Colouring | None = None) -> Target:
    """Return a small button for the footer or the band."""
    return button(theme, choice, "caption", least_mm=(SMALL_TARGET_MM, SMALL_TARGET_MM), paint=paint)


def key(theme: Theme, choice: AnyChoice, use: str, *, discreet: bool = False, weight: float = 0) -> Block:
    """Return a key of a keypad or keyboard, or a candidate; words beside an icon are smaller than `use`.

    A choice without words keeps its place free. A key that can't be struck now is told by its edge, and keeps
    the weight of its letters: lighter ones are narrower, and keys would move while one types.
    """
    if not choice.text:
        return Blank(weight=weight)
    paint = theme.paint(choice)
    inside: Block
    if choice.icon is Icon.NONE:
        inside = _name(theme, choice, use, paint.ink, bold=True, align="center")
    else:
        sign = icon(theme, choice.icon, "label", paint.ink, paint.fill)
        words = _name(theme, choice, "caption", paint.ink, bold=True)
        if choice.icon is Icon.NEXT:
            onward = Drawing(theme, ONWARD, round(theme.letters("label") * ICON_OF_EM), paint.ink, paint.fill)
            inside = Row([words, onward], theme.beside(0.75), align="center")
        else:
            inside = Row([sign, words], theme.beside(0.75), align="center")
    return Target(theme, choice, inside, padding=(0.75, 0.5), key=True, discreet=discreet, weight=weight)


def _name(
    theme: Theme, choice: AnyChoice, use: str, ink: str, *, bold: bool | None = None, align: str = "left"
) -> Words:
    """Return the words of a choice, light as long as it can't be made, unless their weight is given."""
    if bold is None and not (choice.enabled or choice.chosen):
        bold = False
    return Words(theme, choice.text, use, colour=ink, bold=bold, align=align, label=True)
