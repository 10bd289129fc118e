"""The way to other pages of a list: one row everywhere, back to the left, on to the right, the page between.

It never stands in the place of the way on, nor looks like it: turning a page decides nothing.
"""

from collections.abc import Sequence

from kiosk.views.models import AnyChoice, Icon, Role
from screens.controls import button
from screens.layout import Blank, Block, Row
from screens.pieces import Words
from screens.theme import Theme


def paging(turn_back: AnyChoice | None, turn_on: AnyChoice | None, page: str, theme: Theme) -> Row:
    """Return the row. Where there is no such page its place is free."""
    back, onward = (
        button(theme, turn, "body", weight=1) if turn else Blank(weight=1) for turn in (turn_back, turn_on)
    )
    middle: Block = Words(theme, page, align="center", weight=1)
    return Row([back, middle, onward], theme.gap)


def turns_among(choices: Sequence[AnyChoice]) -> tuple[AnyChoice | None, AnyChoice | None]:
    """Return which of the choices of a screen turn its pages back and on."""
    turns = [choice for choice in choices if is_turn(choice)]
    back = next((turn for turn in turns if turn.icon is Icon.PREVIOUS), None)
    return back, next((turn for turn in turns if turn.icon is Icon.NEXT), None)


def is_turn(choice: AnyChoice) -> bool:
    """Whether a choice turns a page."""
    return choice.icon is Icon.PREVIOUS or (choice.icon is Icon.NEXT and choice.role is Role.QUIET)
