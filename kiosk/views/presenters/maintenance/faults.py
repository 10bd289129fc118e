"""The faults: which stood of late and until when, and what a code means."""

from datetime import datetime

from kiosk.domain.faults import Severity, fault_by_code
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import faults as states
from kiosk.flows.maintenance.events import Page
from kiosk.views.frame import Frame
from kiosk.views.health import fault_text
from kiosk.views.models import (
    Choice,
    Fact,
    Facts,
    Health,
    Icon,
    Instruction,
    Picture,
    Role,
    StatusList,
    StatusRow,
    View,
)
from kiosk.views.presenters.maintenance.pages import page, status_list, verdict
from kiosk.views.words import BEIJING, Words

FAULTS_ON_A_PAGE = 8


def faults(frame: Frame, state: states.Faults) -> View:
    """The last ones first; each leads to its explanation."""
    words = frame.words
    if state.told is None:
        return page(frame, "faults", Instruction(Picture.WAITING, words("maintenance.faults.reading")))
    if not state.told:
        none = verdict(Health.WELL, words("maintenance.faults.none"))
        return page(frame, "faults", StatusList((), verdict=none))
    rows = tuple(_row(frame, each) for each in state.told)
    lead = words("maintenance.faults.lead")
    return page(frame, "faults", status_list(words, rows, lead, state.page, FAULTS_ON_A_PAGE))


def time_of(words: Words, at: datetime, now: datetime) -> str:
    """Return a time to the minute; without the year when it is this one, which goes without saying."""
    at = at.astimezone(BEIJING)
    return (
        words("maintenance.faults.at", at=at) if at.year == now.astimezone(BEIJING).year else words.moment(at)
    )


def health_of(past: tech.PastFault) -> Health:
    """Return how it stands with a fault: it is well again once the fault is over."""
    if past.ended_at is not None:
        return Health.WELL
    return Health.NOTED if fault_by_code(past.code).severity is Severity.SOON else Health.FAILED


def _row(frame: Frame, past: tech.PastFault) -> StatusRow:
    words, fault, now = frame.words, fault_by_code(past.code), frame.moment.now
    stands = past.ended_at is None
    began = time_of(words, past.began_at, now)
    seen = words("maintenance.faults.since", began=began)
    if past.ended_at is not None:
        ended = past.ended_at.astimezone(BEIJING)
        same_day = ended.date() == past.began_at.astimezone(BEIJING).date()
        seen = words("maintenance.faults.over", began=began, ended=time_of(words, past.ended_at, now))
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
