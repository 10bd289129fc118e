"""What every page of maintenance has around its body.

The band at the top says to whoever passes by that the kiosk is closed. Back leads one page up; home leads to
the overview, where the way out is.
"""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Page, Trouble
from kiosk.flows.maintenance.work import Work
from kiosk.flows.mode import Maintenance
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Body, Choice, Icon, Role, StatusList, StatusRow, View
from kiosk.views.presenters.paging import paged, turns
from kiosk.views.words import Words


def page(
    frame: Frame,
    name: str,
    body: Body,
    *choices: AnyChoice,
    title: str = "",
    up: Page | None = Page.OVERVIEW,
) -> View:
    """Return a page: its name is `maintenance.` and what it is called. `up`: where back leads."""
    words = frame.words
    view = frame.view(f"maintenance.{name}", body, *choices, title=title, back=False, home=False)
    back = Choice(words("choice.back"), tech.PageChosen(up), Icon.BACK) if up is not None else None
    overview = Choice(words("maintenance.to_overview"), tech.PageChosen(Page.OVERVIEW), Icon.HOME)
    at_top = up is None or up is Page.OVERVIEW
    return replace(
        view, back=back, home=None if at_top else overview, brand=words("maintenance.closed_to_citizens")
    )


def status_list(words: Words, rows: Sequence[StatusRow], lead: str, wanted: int, size: int) -> StatusList:
    """Return a page of a list, of at most `size` rows, with the ways to the others."""
    shown, number, pages = paged(rows, wanted, size)
    back, onward = turns(words, number, pages)
    page_words = words("format.page", page=number, pages=pages) if pages > 1 else ""
    return StatusList(tuple(shown), lead, turn_back=back, turn_on=onward, page_words=page_words)


def at_the_door(frame: Frame, name: str, body: Body, *choices: AnyChoice, back: bool = True) -> View:
    """Return a screen of somebody who has not been let in: the way out ends it."""
    words = frame.words
    view = frame.view(f"maintenance.{name}", body, *choices, back=back, home=False)
    out = Choice(words("maintenance.leave_door"), on.WentHome(), Icon.HOME)
    return replace(view, home=out, brand=words("maintenance.closed_to_citizens"))


def work_of(frame: Frame) -> Work:
    """Return who is at work: these pages are shown in maintenance only."""
    assert isinstance(frame.mode, Maintenance)
    return frame.mode.work


def trouble(words: Words, what: Trouble) -> str:
    """Return why an order came to nothing, and what to do about it."""
    return words(f"maintenance.trouble.{what.value}")


def look_again(frame: Frame, *, under_way: bool) -> AnyChoice:
    """Return the choice to make the checks of a page again."""
    return act(frame, "maintenance.look_again", tech.LookAgainChosen(), Icon.EYE, enabled=not under_way)


def act(
    frame: Frame, key: str, event: object, icon: Icon, *, enabled: bool = True, danger: bool = False
) -> AnyChoice:
    """Return something to do on a page, in the words of a key."""
    role = Role.DANGER if danger else Role.SECONDARY
    return Choice(frame.words(key), event, icon, role, enabled=enabled)
