"""The readiness report, evidence, and whatever goes onto a stick."""

from kiosk.domain.findings import CHECKS, Verdict, worst
from kiosk.domain.receipt_number import DIGITS
from kiosk.flows import events as on
from kiosk.flows.maintenance import carrying as carrying_states
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import evidence as evidence_states
from kiosk.flows.maintenance import readiness as readiness_states
from kiosk.flows.maintenance.events import Page, Span, What
from kiosk.flows.maintenance.readiness import Paper
from kiosk.views.frame import Frame
from kiosk.views.models import (
    Body,
    Choice,
    Fact,
    Facts,
    Icon,
    Instruction,
    Keypad,
    Menu,
    Picture,
    StatusList,
    View,
)
from kiosk.views.presenters.maintenance.findings import row_of
from kiosk.views.presenters.maintenance.pages import act, page, trouble, work_of
from kiosk.views.presenters.password import digit_keys
from kiosk.views.words import Words

TOLD = 9  # findings on the page: those that are not well first; the files and the slip have all


def examining(frame: Frame, state: readiness_states.Examining) -> View:
    """How many checks are made, and what the last one found."""
    words, findings = frame.words, state.look.findings
    lead = words("maintenance.readiness.progress", done=len(findings), of=len(CHECKS))
    rows = tuple(row_of(words, finding) for finding in findings[-TOLD:])
    title = words("maintenance.readiness.title")
    return page(frame, "examining", StatusList(rows, lead), title=title)


def report(frame: Frame, state: readiness_states.ShowingReport) -> View:
    """The verdict, what is not well, and where the report is."""
    words, order = frame.words, list(Verdict)
    findings = sorted(state.look.findings, key=lambda each: -order.index(each.verdict))
    rows = tuple(row_of(words, finding) for finding in findings[:TOLD])
    filed = state.filed
    lead = words(f"readiness.verdict.{worst(state.look.findings).value}")
    if not state.look.is_whole:
        lead = words("maintenance.readiness.not_whole")
    where = "maintenance.readiness.filing"
    if filed is not None:
        where = "maintenance.readiness.filed" if filed.name else "maintenance.readiness.not_filed"
    notes = [words(where, name=filed.name if filed else "")]
    if state.trouble is not None:
        notes = [trouble(words, state.trouble)]
    if state.paper is not Paper.NONE:
        notes.append(words(f"maintenance.readiness.paper.{state.paper.value}"))
    may_carry = work_of(frame).may_export and filed is not None and bool(filed.name)
    printable = filed is not None and state.paper is not Paper.PRINTING
    choices = (
        act(frame, "maintenance.look_again", tech.LookAgainChosen(), Icon.EYE),
        act(frame, "maintenance.to_stick", tech.ReportToStickChosen(), Icon.NEXT, enabled=may_carry),
        act(frame, "maintenance.readiness.print", on.PrintChosen(), Icon.PRINT, enabled=printable),
    )
    return page(frame, "readiness", StatusList(rows, lead, tuple(notes)), *choices)


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
        Choice(_span(words, span), tech.SpanChosen(span), Icon.CLOCK, enabled=supervised) for span in Span
    )
    lead = words("maintenance.evidence.lead" if supervised else "maintenance.for_supervisors")
    return page(frame, "evidence", Menu((receipt, *spans), lead))


def _span(words: Words, span: Span) -> str:
    unit, count = ("days", span.hours // 24) if span.hours > 24 else ("hours", span.hours)
    return words(f"maintenance.evidence.span.{unit}", count=count)


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
    again = act(frame, "maintenance.carrying.again", tech.LookAgainChosen(), Icon.CONFIRM)
    choices = (again,) if state.trouble is not None else ()
    body: Body
    if state.trouble is not None:
        body = Instruction(Picture.OUT_OF_SERVICE, trouble(words, state.trouble))
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
        body = Facts(facts, words.all(f"maintenance.carrying.notes.{state.what.value}"))
    title = words(f"maintenance.carrying.title.{state.what.value}")
    return page(frame, f"carrying.{state.what.value}", body, *choices, title=title, up=up)
