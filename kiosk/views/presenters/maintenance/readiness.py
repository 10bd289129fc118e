"""The readiness report: how far the checks are, what they come to, all findings, and where it is kept."""

from collections.abc import Iterable
from dataclasses import replace

from kiosk.domain.findings import CHECKS, Finding, Verdict, worst
from kiosk.flows import events as on
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import readiness as states
from kiosk.flows.settings import TextSize
from kiosk.views.frame import Frame
from kiosk.views.models import Choice, Health, Icon, Instruction, Picture, Role, StatusList, View
from kiosk.views.presenters.maintenance.findings import HEALTH, row_of
from kiosk.views.presenters.maintenance.pages import (
    act,
    look_again,
    page,
    status_list,
    trouble,
    verdict,
    work_of,
)

ROWS_ON_A_PAGE = {TextSize.NORMAL: 8, TextSize.LARGE: 6, TextSize.LARGER: 4, TextSize.ELDER: 4}


def examining(frame: Frame, state: states.Examining) -> View:
    """How far the checks are, and how many of them have found something."""
    words, findings = frame.words, state.look.findings
    bad = sum(finding.verdict in {Verdict.NOTED, Verdict.FAILED} for finding in findings)
    body = Instruction(
        Picture.WAITING,
        words(f"maintenance.readiness.{'done' if state.look.is_whole else 'checking'}"),
        (words("maintenance.readiness.found", count=bad),) if bad else (),
        emphasis=words("maintenance.readiness.progress", done=len(findings), of=len(CHECKS)),
        sign=Icon.NONE,
        done=len(findings) / len(CHECKS),
    )
    return page(frame, "examining", body, title=words("maintenance.readiness.title"))


def report(frame: Frame, state: states.ShowingReport) -> View:
    """The verdict, every finding with what is not well first, and where the report is."""
    if state.trouble is not None:
        return _no_report(frame, state, state.trouble)
    words, findings, filed = frame.words, state.look.findings, state.filed
    stands = worst(findings)
    counts = words("readiness.counts", **{of.value: _count(findings, of) for of in Verdict})
    where = "maintenance.readiness.filing"
    if filed is not None:
        where = "maintenance.readiness.filed" if filed.name else "maintenance.readiness.not_filed"
    notes = [words(where, name=filed.name if filed else "")]
    if state.paper is not states.Paper.NONE:
        notes.append(words(f"maintenance.readiness.paper.{state.paper.value}"))
    body = replace(
        _findings(frame, state),
        notes=tuple(notes),
        verdict=verdict(HEALTH[stands], words(f"readiness.verdict.{stands.value}"), counts),
    )
    may_carry = work_of(frame).may_export and filed is not None and bool(filed.name)
    printable = filed is not None and state.paper is not states.Paper.PRINTING
    key = "maintenance.readiness.print"
    choices = (
        look_again(frame, under_way=False),
        act(frame, "maintenance.to_stick", tech.ReportToStickChosen(), Icon.NEXT, enabled=may_carry),
        Choice(words(key), on.PrintChosen(), Icon.PRINT, Role.PRIMARY, enabled=printable),
    )
    return page(frame, "readiness", body, *choices)


def _findings(frame: Frame, state: states.ShowingReport) -> StatusList:
    order = list(Verdict)
    findings = sorted(state.look.findings, key=lambda each: -order.index(each.verdict))
    rows = tuple(row_of(frame.words, finding) for finding in findings)
    size = ROWS_ON_A_PAGE[frame.visit.session.settings.text_size]
    return status_list(frame.words, rows, "", state.page, size)


def _count(findings: Iterable[Finding], verdict: Verdict) -> int:
    return sum(finding.verdict is verdict for finding in findings)


def _no_report(frame: Frame, state: states.ShowingReport, what: tech.Trouble) -> View:
    """Return the page of checks that came to no report: why, and nothing to do but make them again."""
    words, why = frame.words, trouble(frame.words, what, "upkeep")
    said = words(f"maintenance.readiness.{'no_report' if state.look.is_whole else 'not_whole'}")
    body = replace(_findings(frame, state), verdict=verdict(Health.FAILED, said, why.label, why.advice))
    again = replace(look_again(frame, under_way=False), role=Role.PRIMARY)
    return page(frame, "readiness", body, again)
