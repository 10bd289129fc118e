"""The step of maintenance: the page that is open goes first, then the rules of the house.

The house rules: nothing is done for anybody who was not let in; what leaves the kiosk is for a supervisor;
every page leads back to the overview and the overview out; whoever doesn't touch anything is locked out, and
after the longest time anybody is: the kiosk comes back into service in every case. An answer to a citizen's
visit that came before is dropped: their slip may still be on its way out of the printer.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import ModuleType
from typing import get_args

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.maintenance import (
    card_tests,
    carrying,
    devices,
    display_tests,
    door,
    evidence,
    faults,
    network,
    outbox,
    overview,
    pad_test,
    printer_test,
    readiness,
    service_state,
    sound_test,
)
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Page
from kiosk.flows.maintenance.work import Begin, PageStep, State, Step, Technician, Work
from kiosk.flows.visit import Visit

_BEGIN: Mapping[Page, Begin] = {
    Page.OVERVIEW: overview.begin,
    Page.DEVICES: devices.begin,
    Page.OUTBOX: outbox.begin,
    Page.NETWORK: network.begin,
    Page.FAULTS: faults.begin,
    Page.SERVICE: service_state.begin,
    Page.READINESS: readiness.begin,
    Page.EVIDENCE: evidence.begin,
}
_PAGES: tuple[ModuleType, ...] = (
    overview, devices, card_tests, printer_test, pad_test, display_tests, sound_test, outbox,
    carrying,
    network, faults, service_state, readiness, evidence,
)  # fmt: skip
_STEPS: Mapping[type[State], PageStep] = {state: page.step for page in _PAGES for state in page.STATES}

STATES: tuple[type[State], ...] = (*door.STATES, *_STEPS)
"""Every state a technician can be in: what the views and the gallery must cover."""

_ON_LEAVING: Mapping[type[State], tuple[do.Effect, ...]] = {
    pad_test.TestingPinPad: (do.CancelPinEntry(),),
    sound_test.TestingSound: (do.Hush(),),
}
"""What a page has begun and must not leave behind, however it is left."""

_ANSWERS = get_args(on.Answer)

FOR_SUPERVISORS: tuple[type[on.Event], ...] = (
    tech.ExportChosen, tech.ReportToStickChosen, tech.SpanChosen, tech.EvidenceOfReceiptChosen,
)  # fmt: skip
"""Touches that take something out of the kiosk or change its rules."""


def step(work: Work, visit: Visit, event: on.Event) -> Step:
    """Return the work after an event, and what is to be done."""
    stepped = _counted(_step(work, visit, event))
    if stepped.work is not None and type(stepped.work.state) is type(work.state):
        return stepped
    return replace(stepped, effects=(*_ON_LEAVING.get(type(work.state), ()), *stepped.effects))


def _step(work: Work, visit: Visit, event: on.Event) -> Step:
    if isinstance(event, _ANSWERS) and event.visit != visit.session.number:
        return Step(work)
    if isinstance(event, on.SlipPrinted | on.SlipNotPrinted) and work.slips:
        work = replace(work, slips=work.slips - 1)
        if work.slips:  # slips have no ticket: only the last one's answer is for the page that waits
            return Step(work)
    match event:
        case on.LimitReached() | on.MaintenanceEnded():
            return Step(None)
        case on.TechnicianAdmitted(name, role, ticket):
            if work.state == door.CheckingTechnician(name, ticket):
                return overview.begin(replace(work, technician=Technician(name, role)), visit)
            return Step(work)
    if work.technician is None:
        return door.step(work, visit, event)
    if isinstance(event, FOR_SUPERVISORS) and not work.may_export:
        return Step(work)
    stepped = _STEPS[type(work.state)](work, visit, event)
    return stepped if stepped is not None else _house_rules(work, work.technician, visit, event)


def _counted(stepped: Step) -> Step:
    """Return the step with the slips it orders counted."""
    ordered = sum(isinstance(effect, do.PrintSlip) for effect in stepped.effects)
    if stepped.work is None or not ordered:
        return stepped
    return replace(stepped, work=replace(stepped.work, slips=stepped.work.slips + ordered))


def _house_rules(work: Work, technician: Technician, visit: Visit, event: on.Event) -> Step:
    match event:
        case tech.Judged():
            return devices.judged(work, visit, event)
        case tech.PageChosen(page):
            return _BEGIN[page](work, visit)
        case on.WentBack() | on.WentHome():
            return overview.begin(work, visit)
        case on.TimedOut():
            return door.locked(work, technician.name)
    return Step(work)
