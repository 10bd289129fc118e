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
from kiosk.flows.mode import Maintenance, reasons_against_service
from kiosk.views.frame import Frame
from kiosk.views.models import (
    AnyChoice,
    Banner,
    Body,
    Choice,
    Health,
    Icon,
    Role,
    StatusList,
    StatusRow,
    View,
)
from kiosk.views.presenters.paging import paged, turns
from kiosk.views.words import Words


def page(
    frame: Frame,
    name: str,
    body: Body,
    *choices: AnyChoice,
    title: str = "",
    up: Page | None = Page.OVERVIEW,
    ways: bool = True,
) -> View:
    """Return a page: its name is `maintenance.` and what it is called. `up`: where back leads.

    `ways`: whether there are any, back or to the overview.
    """
    words = frame.words
    view = frame.view(f"maintenance.{name}", body, *choices, title=title, back=False, home=False)
    if not ways:
        return replace(view, brand=words("maintenance.closed_to_citizens"))
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
    """Return a screen of somebody who has not been let in: the way out ends it, for citizens astray too."""
    words = frame.words
    view = frame.view(f"maintenance.{name}", body, *choices, back=back, home=False)
    out = Choice(words("maintenance.leave_door"), on.WentHome(), Icon.HOME)
    astray = Banner(words("maintenance.door.astray"))
    return replace(view, home=out, brand=words("maintenance.closed_to_citizens"), banners=(astray,))


def work_of(frame: Frame) -> Work:
    """Return who is at work: these pages are shown in maintenance only."""
    assert isinstance(frame.mode, Maintenance)
    return frame.mode.work


def verdict(health: Health, said: str, seen: str = "", advice: str = "") -> StatusRow:
    """Return what a page comes to: a sentence says it, so it needs no word beside."""
    return StatusRow(health, "", said, seen, advice)


def trouble(words: Words, what: Trouble, part: str) -> StatusRow:
    """Return why an order came to nothing, and what to do about it. `part`: a key of `maintenance.part`."""
    key = f"maintenance.trouble.{what.value}"
    health = Health.NOTED if what is Trouble.NO_STICK else Health.FAILED
    said = words(f"{key}.said", part=words(f"maintenance.part.{part}"))
    return verdict(health, said, advice=words(f"{key}.todo"))


def try_again(frame: Frame, event: object) -> AnyChoice:
    """Return the way on where an order came to nothing."""
    return Choice(frame.words("maintenance.carrying.again"), event, Icon.CONFIRM, Role.PRIMARY)


def leave(frame: Frame) -> AnyChoice:
    """Return the way out of maintenance, which says whether citizens are served after it."""
    closed = reasons_against_service(frame.visit.conditions)
    key = "maintenance.leave_closed" if closed else "maintenance.leave"
    return Choice(frame.words(key), on.MaintenanceEnded(), Icon.CONFIRM, Role.PRIMARY)


def look_again(frame: Frame, *, under_way: bool) -> AnyChoice:
    """Return the choice to make the checks of a page again."""
    return act(frame, "maintenance.look_again", tech.LookAgainChosen(), Icon.SHIELD, enabled=not under_way)


def act(
    frame: Frame, key: str, event: object, icon: Icon, *, enabled: bool = True, danger: bool = False
) -> AnyChoice:
    """Return something to do on a page, in the words of a key."""
    role = Role.DANGER if danger else Role.SECONDARY
    return Choice(frame.words(key), event, icon, role, enabled=enabled)
