"""Evidence, and whatever else goes onto a stick."""

from kiosk.domain.receipt_number import DIGITS
from kiosk.flows.maintenance import carrying as carrying_states
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import evidence as evidence_states
from kiosk.flows.maintenance.events import Page, Span, What
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
    StatusList,
    View,
)
from kiosk.views.presenters.maintenance.pages import page, trouble, try_again, verdict, work_of
from kiosk.views.presenters.password import digit_keys


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
