"""The readiness report, evidence, and whatever goes onto a stick."""

from collections.abc import Iterable
from dataclasses import replace

from kiosk.domain.findings import CHECKS, Finding, Verdict, worst
from kiosk.domain.receipt_number import DIGITS
from kiosk.flows import events as on
from kiosk.flows.maintenance import carrying as carrying_states
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import evidence as evidence_states
from kiosk.flows.maintenance import readiness as readiness_states
from kiosk.flows.maintenance.events import Page, Span, What
from kiosk.flows.maintenance.readiness import Paper
from kiosk.flows.settings import TextSize
from kiosk.views.frame import Frame
from kiosk.views.models import (
    Body,
    Choice,
    Fact,
    Facts,
    Health,
    Icon,
    Instruction,
    Keypad,
    Menu,
    Picture,
    Role,
    StatusList,
    View,
)
from kiosk.views.presenters.maintenance.findings import HEALTH, row_of
from kiosk.views.presenters.maintenance.pages import (
    act,
    look_again,
    page,
    status_list,
    trouble,
    try_again,
    verdict,
    work_of,
)
from kiosk.views.presenters.password import digit_keys

ROWS_ON_A_PAGE = {TextSize.NORMAL: 8, TextSize.LARGE: 6, TextSize.LARGER: 4, TextSize.ELDER: 4}


def examining(frame: Frame, state: readiness_states.Examining) -> View:
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


def report(frame: Frame, state: readiness_states.ShowingReport) -> View:
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
    if state.paper is not Paper.NONE:
        notes.append(words(f"maintenance.readiness.paper.{state.paper.value}"))
    body = replace(
        _findings(frame, state),
        notes=tuple(notes),
        verdict=verdict(HEALTH[stands], words(f"readiness.verdict.{stands.value}"), counts),
    )
    may_carry = work_of(frame).may_export and filed is not None and bool(filed.name)
    printable = filed is not None and state.paper is not Paper.PRINTING
    key = "maintenance.readiness.print"
    choices = (
        look_again(frame, under_way=False),
        act(frame, "maintenance.to_stick", tech.ReportToStickChosen(), Icon.NEXT, enabled=may_carry),
        Choice(words(key), on.PrintChosen(), Icon.PRINT, Role.PRIMARY, enabled=printable),
    )
    return page(frame, "readiness", body, *choices)


def _findings(frame: Frame, state: readiness_states.ShowingReport) -> StatusList:
    order = list(Verdict)
    findings = sorted(state.look.findings, key=lambda each: -order.index(each.verdict))
    rows = tuple(row_of(frame.words, finding) for finding in findings)
    size = ROWS_ON_A_PAGE[frame.visit.session.settings.text_size]
    return status_list(frame.words, rows, "", state.page, size)


def _count(findings: Iterable[Finding], verdict: Verdict) -> int:
    return sum(finding.verdict is verdict for finding in findings)


def _no_report(frame: Frame, state: readiness_states.ShowingReport, what: tech.Trouble) -> View:
    """Return the page of checks that came to no report: why, and nothing to do but make them again."""
    words, why = frame.words, trouble(frame.words, what, "upkeep")
    said = words(f"maintenance.readiness.{'no_report' if state.look.is_whole else 'not_whole'}")
    body = replace(_findings(frame, state), verdict=verdict(Health.FAILED, said, why.label, why.advice))
    again = replace(look_again(frame, under_way=False), role=Role.PRIMARY)
    return page(frame, "readiness", body, again)


def choosing_evidence(frame: Frame, state: evidence_states.ChoosingEvidence) -> View:
    """Of a receipt, or of a time. It leaves the kiosk, so it is for supervisors."""
    words, supervised = frame.words, work_of(frame).may_export
    receipt = Choice(
        words("maintenance.evidence.receipt"),
        tech.EvidenceOfReceiptChosen(),
        Icon.RECEIPT,
        detail=words("maintenance.evidence.receipt_detail"),
        enabled=supervised,
    )
    spans = tuple(
        Choice(
            words(f"maintenance.evidence.span.{span.value}"),
            tech.SpanChosen(span),
            Icon.CLOCK,
            enabled=supervised,
        )
        for span in Span
    )
    lead = words("maintenance.evidence.lead" if supervised else "maintenance.for_supervisors")
    return page(frame, "evidence", Menu((receipt, *spans), lead))


def entering_receipt(frame: Frame, state: evidence_states.EnteringReceipt) -> View:
    """Eleven digits."""
    words, typed = frame.words, len(state.digits)
    keypad = Keypad(
        label=words("receipt_lookup.label"),
        shown=state.digits,
        length=DIGITS,
        keys=digit_keys(frame, typed, DIGITS),
        secret=False,
        groups=(4, 6, 1),
        note=words("maintenance.evidence.note"),
        warning=words("receipt_lookup.problem.mistyped") if state.mistyped else "",
    )
    confirm = frame.confirm("maintenance.evidence.make", enabled=typed == DIGITS and not state.mistyped)
    title = words("maintenance.evidence.title")
    return page(frame, "evidence_receipt", keypad, confirm, title=title, up=Page.EVIDENCE)


def carrying(frame: Frame, state: carrying_states.Carrying) -> View:
    """How far it is; then what is on the stick, or why nothing is."""
    words = frame.words
    up = {What.OUTBOX: Page.OUTBOX, What.EVIDENCE: Page.EVIDENCE, What.REPORT: Page.OVERVIEW}[state.what]
    choices = (try_again(frame, tech.LookAgainChosen()),) if state.trouble is not None else ()
    body: Body
    if state.trouble is not None:
        part = "outbox" if state.what is What.OUTBOX else "upkeep"
        body = StatusList((), verdict=trouble(words, state.trouble, part))
    elif state.done is None:
        body = Instruction(
            Picture.WAITING,
            words(f"maintenance.carrying.{state.stage.value}"),
            words.all("maintenance.carrying.points"),
            emphasis=words("maintenance.carrying.percent", percent=state.percent),
            sign=Icon.NONE,
            done=state.percent / 100,
        )
    else:
        facts = (
            Fact(words("maintenance.carrying.file"), state.done.file),
            Fact(words(f"maintenance.carrying.count.{state.what.value}"), str(state.done.count)),
        )
        done = verdict(Health.WELL, words("maintenance.carrying.done"))
        body = Facts(facts, words.all(f"maintenance.carrying.notes.{state.what.value}"), verdict=done)
    title = words(f"maintenance.carrying.title.{state.what.value}")
    return page(frame, f"carrying.{state.what.value}", body, *choices, title=title, up=up)
