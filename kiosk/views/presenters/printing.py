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
        why = Banner(failed(frame, paper))
        view, key = replace(view, banners=(*view.banners, why)), "choice.print"
    else:
        key = _WORDS[paper]
    role = Role.SECONDARY if paper is OnPaper.PRINTED else Role.PRIMARY  # nobody needs a second one
    choice = Choice(words(key), on.PrintChosen(), Icon.PRINT, role, enabled=can)
    return replace(view, choices=(*view.choices, choice))


def failed(frame: Frame, failure: SlipFailure) -> str:
    """Return why a slip did not come out, and what to do: to print again where that is possible now."""
    can = frame.visit.conditions.can_print
    if failure is SlipFailure.OUTCOME_UNKNOWN:
        return frame.words(f"slip.failed.{failure.value if can else 'unknown_and_no_printer'}")
    return frame.words("slip.failed.ready_again" if can else f"slip.failed.{failure.value}")
