"""The choice to have what is shown on paper, and what became of it."""

from dataclasses import replace

from kiosk.flows import events as on
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.records import OnPaper
from kiosk.views.frame import Frame
from kiosk.views.models import Banner, Choice, Icon, Role, View

_WORDS = {
    OnPaper.NOT_ASKED: "choice.print",
    OnPaper.PRINTING: "slip.printing",
    OnPaper.PRINTED: "choice.printed",
}


def printable(frame: Frame, view: View, paper: OnPaper | SlipFailure) -> View:
    """Return the view with the choice to print it; where a slip has failed, with why and what to do."""
    words = frame.words
    can = frame.visit.conditions.can_print and paper is not OnPaper.PRINTING
    if isinstance(paper, SlipFailure):
        failed = Banner(words(f"slip.failed.{paper.value}"), grave=True)
        view, key = replace(view, banners=(*view.banners, failed)), "choice.print"
    else:
        key = _WORDS[paper]
    choice = Choice(words(key), on.PrintChosen(), Icon.PRINT, Role.PRIMARY, enabled=can)
    return replace(view, choices=(*view.choices, choice))
