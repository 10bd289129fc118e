"""Long lists in pages: nothing scrolls out of reach."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from kiosk.flows import events as on
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Icon, Role
from kiosk.views.words import Words

CHOICES, CHOICES_ELDER = 8, 4  # on a page of a menu: the elder mode has fewer, and larger ones

T = TypeVar("T")


def paged(rows: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """Return a page's rows, its number within bounds, and how many pages there are."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(1, page), pages)
    return rows[(page - 1) * size : page * size], page, pages


def choices_on_a_page(frame: Frame) -> int:
    """Return how many things this visitor chooses from at once."""
    return CHOICES_ELDER if frame.visit.session.settings.elder else CHOICES


def turns(words: Words, page: int, pages: int) -> tuple[AnyChoice | None, AnyChoice | None]:
    """Return the choices to turn back and on, where there is a page to turn to."""
    back = Choice(words("choice.previous"), on.PageTurned(page - 1), Icon.PREVIOUS, Role.QUIET)
    forth = Choice(words("choice.next"), on.PageTurned(page + 1), Icon.NEXT, Role.QUIET)
    return (back if page > 1 else None), (forth if page < pages else None)


def turning(words: Words, page: int, pages: int) -> tuple[AnyChoice, ...]:
    """Return the ways to other pages for the foot of a screen whose body has no place for them."""
    where = words("format.page", page=page, pages=pages)
    return tuple(replace(turn, detail=where) for turn in turns(words, page, pages) if turn is not None)
