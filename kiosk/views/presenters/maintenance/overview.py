"""Is it well? One list, worst told plainly, each line with its next step and the page it leads to."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.domain.faults import fault_by_code
from kiosk.domain.findings import Finding, Verdict, worst
from kiosk.flows.conditions import PinPad
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import overview as states
from kiosk.flows.maintenance.events import Page
from kiosk.flows.maintenance.looking import Look
from kiosk.flows.settings import TextSize
from kiosk.views.frame import Frame
from kiosk.views.health import fault_text
from kiosk.views.models import Choice, Health, Icon, Role, StatusRow, View
from kiosk.views.presenters.maintenance.faults import health_of, time_of
from kiosk.views.presenters.maintenance.findings import row_of_several, to_come
from kiosk.views.presenters.maintenance.pages import act, leave, page, status_list, work_of
from kiosk.views.words import Words


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the list: its key, the checks it stands for, the page it leads to, what is told of it."""

    key: str
    checks: tuple[str, ...]
    page: Page
    told: frozenset[str]


LAST_FAULTS = 3
LINES_LARGE = {TextSize.LARGE: 5, TextSize.LARGER: 3, TextSize.ELDER: 3}
"""Lines on a page, what is not well first; in normal letters all of it is one."""
LINES = (
    _Line("card_reader", ("device.card_reader",), Page.DEVICES, frozenset()),
    _Line("id_reader", ("device.id_reader",), Page.DEVICES, frozenset()),
    _Line("pin_pad", ("device.pin_pad",), Page.DEVICES, frozenset()),
    _Line("printer", ("device.printer",), Page.DEVICES, frozenset({"paper"})),
    _Line(
        "backend",
        ("backend.health", "backend.latency", "backend.link", "backend.name", "backend.connection"),
        Page.NETWORK,
        frozenset({"latency_ms"}),
    ),
    _Line(
        "certificates",
        ("backend.certificate", "backend.own_certificate"),
        Page.NETWORK,
        frozenset({"days_left"}),
    ),
    _Line("clock", ("backend.clock",), Page.NETWORK, frozenset({"offset_s"})),
    _Line("outbox", ("outbox.entries",), Page.OUTBOX, frozenset({"pending", "rejected", "lost", "oldest_h"})),
    _Line("disk", ("kiosk.disk",), Page.FAULTS, frozenset({"free_mb"})),
    _Line(
        "program",
        ("kiosk.versions", "kiosk.starts"),
        Page.READINESS,
        frozenset({"version", "rules", "starts", "unasked"}),
    ),
)


def overview(frame: Frame, state: states.Overview) -> View:
    """The list, and the ways on: pages of their own, and out."""
    words = frame.words
    parts, size = [*_lines(frame, state.look)], frame.visit.session.settings.text_size
    if size in LINES_LARGE:
        parts.sort(key=lambda row: _WORST_FIRST.index(row.health))
    rows = (*parts, _last_faults(words, state.past, frame.moment.now))
    on_a_page = LINES_LARGE.get(size, len(rows))
    technician = work_of(frame).technician
    assert technician is not None
    lead = words(
        f"maintenance.overview.{_verdict(state.look)}",
        name=technician.name,
        role=words(f"maintenance.role.{technician.role.value}"),
    )
    body = status_list(words, rows, lead, state.page, on_a_page)
    ways = tuple(
        act(frame, f"maintenance.{which.value}.title", tech.PageChosen(which), icon) for which, icon in _PAGES
    )
    return page(frame, "overview", body, *ways, leave(frame), up=None)


def _lines(frame: Frame, look: Look) -> Iterator[StatusRow]:
    """Yield the lines of the parts, each with no more than is asked at a glance."""
    by_check = {finding.check: finding for finding in look.findings}
    for line in LINES:
        if line.key == "pin_pad" and frame.visit.conditions.pin_pad is PinPad.NONE:
            continue  # passwords are entered on the screen
        findings = tuple(_at_a_glance(by_check[check], line) for check in line.checks if check in by_check)
        label = frame.words(f"maintenance.line.{line.key}")
        leads = Choice(label, tech.PageChosen(line.page), Icon.NEXT, Role.QUIET)
        yield row_of_several(frame.words, findings, label, leads, under_way=look.under_way)


def _at_a_glance(finding: Finding, line: _Line) -> Finding:
    """Return a finding with no more measured than is asked here."""
    return replace(finding, measured=tuple(each for each in finding.measured if each.name in line.told))


def _last_faults(words: Words, past: tuple[tech.PastFault, ...] | None, now: datetime) -> StatusRow:
    """Return the line of the last faults: each with its time and code; it is as well as those that stand."""
    label = words("maintenance.line.last_faults")
    leads = Choice(label, tech.PageChosen(Page.FAULTS), Icon.NEXT, Role.QUIET)
    if past is None:
        return to_come(words, label, leads, under_way=True)
    last = past[:LAST_FAULTS]
    standing = {health_of(each) for each in last if each.ended_at is None}
    health = next((each for each in (Health.FAILED, Health.NOTED) if each in standing), Health.WELL)
    word = "stands" if standing else "gone" if last else "none_yet"
    return StatusRow(
        health,
        words(f"maintenance.faults.{word}"),
        label,
        "\n".join(_told(words, each, now) for each in last),
        choice=leads,
    )


def _told(words: Words, past: tech.PastFault, now: datetime) -> str:
    fault = fault_text(words, fault_by_code(past.code))
    key = "last_standing" if past.ended_at is None else "last_gone"
    at = time_of(words, past.began_at, now)
    return words(f"maintenance.faults.{key}", at=at, code=fault.code, meaning=fault.meaning)


_WORST_FIRST = (Health.FAILED, Health.NOTED, Health.UNDER_WAY, Health.UNKNOWN, Health.WELL)
_PAGES = (
    (Page.EVIDENCE, Icon.RECEIPT),
    (Page.SERVICE, Icon.WRENCH),
    (Page.READINESS, Icon.SHIELD),
)


def _verdict(look: Look) -> str:
    if look.under_way and not look.findings:
        return "looking"
    verdict = worst(look.findings)
    if look.broken_off and verdict is not Verdict.FAILED:
        return "broken_off"
    return {Verdict.WELL: "well", Verdict.NOTED: "noted"}.get(verdict, "failed")
