"""Is it well? One list, worst told plainly, each line with its next step and the page it leads to."""

from dataclasses import dataclass

from kiosk.domain.findings import Finding, Verdict, worst
from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import overview as states
from kiosk.flows.maintenance.events import Page
from kiosk.views.frame import Frame
from kiosk.views.models import Choice, Icon, Role, StatusList, View
from kiosk.views.presenters.maintenance.findings import row_of_several
from kiosk.views.presenters.maintenance.pages import act, page, work_of


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the list: its key, the checks it stands for, the page it leads to."""

    key: str
    checks: tuple[str, ...]
    page: Page


LINES = (
    _Line("card_reader", ("device.card_reader",), Page.DEVICES),
    _Line("id_reader", ("device.id_reader",), Page.DEVICES),
    _Line("printer", ("device.printer",), Page.DEVICES),
    _Line(
        "backend",
        ("backend.health", "backend.latency", "backend.link", "backend.name", "backend.connection"),
        Page.NETWORK,
    ),
    _Line("certificates", ("backend.certificate", "backend.own_certificate"), Page.NETWORK),
    _Line("clock", ("backend.clock",), Page.NETWORK),
    _Line("outbox", ("outbox.entries",), Page.OUTBOX),
    _Line("disk", ("kiosk.disk",), Page.FAULTS),
    _Line("versions", ("kiosk.versions",), Page.READINESS),
    _Line("starts", ("kiosk.starts",), Page.FAULTS),
)


def overview(frame: Frame, state: states.Overview) -> View:
    """The list, and the ways on: pages of their own, and out."""
    words, found = frame.words, {finding.check: finding for finding in state.look.findings}
    rows = []
    for line in LINES:
        findings = tuple(found[check] for check in line.checks if check in found)
        label = words(f"maintenance.line.{line.key}")
        leads = Choice(label, tech.PageChosen(line.page), Icon.NEXT, Role.QUIET)
        rows.append(row_of_several(words, findings, label, leads))
    technician = work_of(frame).technician
    assert technician is not None
    lead = words(
        f"maintenance.overview.{_verdict(state.look.findings, under_way=state.look.under_way)}",
        name=technician.name,
        role=words(f"maintenance.role.{technician.role.value}"),
    )
    pages = tuple(
        act(frame, f"maintenance.{which.value}.title", tech.PageChosen(which), icon) for which, icon in _PAGES
    )
    leave = Choice(words("maintenance.leave"), on.MaintenanceEnded(), Icon.CONFIRM, Role.PRIMARY)
    return page(frame, "overview", StatusList(tuple(rows), lead), *pages, leave, up=None)


_PAGES = (
    (Page.EVIDENCE, Icon.RECEIPT),
    (Page.FAULTS, Icon.WARNING),
    (Page.SERVICE, Icon.WRENCH),
    (Page.READINESS, Icon.SHIELD),
)


def _verdict(findings: tuple[Finding, ...], *, under_way: bool) -> str:
    if under_way and not findings:
        return "looking"
    verdict = worst(findings)
    return {Verdict.WELL: "well", Verdict.NOTED: "noted"}.get(verdict, "failed")
