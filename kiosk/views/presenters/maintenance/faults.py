"""The faults: which stood of late and until when, and what a code means."""

from kiosk.domain.faults import Severity, fault_by_code
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import faults as states
from kiosk.flows.maintenance.events import Page
from kiosk.views.frame import Frame
from kiosk.views.health import fault_text
from kiosk.views.models import Choice, Fact, Facts, Health, Icon, Role, StatusRow, View
from kiosk.views.presenters.maintenance.pages import page, status_list
from kiosk.views.words import BEIJING

FAULTS_ON_A_PAGE = 8


def faults(frame: Frame, state: states.Faults) -> View:
    """The last ones first; each leads to its explanation."""
    words = frame.words
    lead = "looking" if state.told is None else "faults.lead" if state.told else "faults.none"
    rows = tuple(_row(frame, each) for each in state.told or ())
    body = status_list(words, rows, words(f"maintenance.{lead}"), state.page, FAULTS_ON_A_PAGE)
    return page(frame, "faults", body)


def health_of(past: tech.PastFault) -> Health:
    """Return how it stands with a fault: nothing is to be said of one that is over."""
    if past.ended_at is not None:
        return Health.UNKNOWN
    return Health.NOTED if fault_by_code(past.code).severity is Severity.SOON else Health.FAILED


def _row(frame: Frame, past: tech.PastFault) -> StatusRow:
    words, fault = frame.words, fault_by_code(past.code)
    stands = past.ended_at is None
    began = words.moment(past.began_at)
    seen = words("maintenance.faults.since", began=began)
    if past.ended_at is not None:
        ended = past.ended_at.astimezone(BEIJING)
        same_day = ended.date() == past.began_at.astimezone(BEIJING).date()
        seen = words("maintenance.faults.over", began=began, ended=words.moment(past.ended_at))
        if same_day:
            seen = words("maintenance.faults.over_same_day", began=began, at=ended)
    label = f"{past.code} {fault_text(words, fault).meaning}"
    word = words("maintenance.faults.stands" if stands else "maintenance.faults.gone")
    choice = Choice(label, tech.FaultChosen(past.code), Icon.NEXT, Role.QUIET)
    return StatusRow(health_of(past), word, label, seen, choice=choice)


def explained(frame: Frame, state: states.FaultExplained) -> View:
    """Meaning, cause, what to do, who."""
    words, text = frame.words, fault_text(frame.words, fault_by_code(state.code))
    facts = (
        Fact(words("maintenance.faults.meaning"), text.meaning),
        Fact(words("maintenance.faults.cause"), text.cause),
        Fact(words("maintenance.faults.todo"), text.todo),
        Fact(words("maintenance.faults.who"), text.who),
        Fact(words("maintenance.faults.severity"), text.severity),
    )
    title = words("maintenance.faults.code", code=text.code)
    return page(frame, "fault", Facts(facts), title=title, up=Page.FAULTS)
