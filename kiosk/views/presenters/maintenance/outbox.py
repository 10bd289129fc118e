"""The outbox on the screen: counts and ages, entries by number and state, and what can be done."""

from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import outbox as states
from kiosk.flows.maintenance.events import Page
from kiosk.views.frame import Frame
from kiosk.views.models import Body, Choice, Health, Icon, Instruction, Picture, Role, StatusList, Table, View
from kiosk.views.presenters.maintenance.pages import act, page, trouble, try_again, verdict, work_of
from kiosk.views.presenters.paging import paged, turns
from kiosk.views.words import Words

LINES_ON_A_PAGE = 8
_HOUR_S, _MINUTE_S, _DAY_H = 3600, 60, 24


def outbox(frame: Frame, state: states.Outbox) -> View:
    """Who told what is nowhere here."""
    words, told = frame.words, state.told
    if state.trouble is not None:
        again = try_again(frame, tech.PageChosen(Page.OUTBOX))
        return page(frame, "outbox", StatusList((), verdict=trouble(words, state.trouble, "outbox")), again)
    lines, number, pages = paged(told.lines if told else (), state.page, LINES_ON_A_PAGE)
    back, onward = turns(words, number, pages)
    supervised, key = work_of(frame).may_export, "maintenance.outbox"
    waits, refused = bool(told and told.pending), bool(told and told.rejected)
    notes = (_counts(words, told),) if told else ()
    if supervised and waits:
        notes = (*notes, words(f"{key}.export_note"))
    columns = tuple(words(f"maintenance.outbox.{each}") for each in ("number", "kind", "age", "state"))
    body = Table(
        columns,
        tuple(_row(words, line) for line in lines),
        number,
        pages,
        back,
        onward,
        page_words=words("format.page", page=number, pages=pages),
        empty=words("maintenance.outbox.empty" if told else "maintenance.looking"),
        notes=(*notes, *words.all("maintenance.outbox.notes")),
        marked=frozenset(at for at, line in enumerate(lines) if line.rejected),
    )
    send = Choice(words(f"{key}.send_now"), tech.SendNowChosen(), Icon.CONFIRM, Role.PRIMARY, enabled=waits)
    choices = (
        act(frame, f"{key}.export", tech.ExportChosen(), Icon.NEXT, enabled=supervised and waits),
        act(frame, f"{key}.check", tech.ChainCheckChosen(), Icon.SHIELD),
        act(frame, f"{key}.retry_rejected", tech.RetryRejectedChosen(), Icon.RECEIPT, enabled=refused),
        send,
    )
    return page(frame, "outbox", body, *choices)


def _counts(words: Words, told: tech.OutboxTold) -> str:
    counts = words(
        "maintenance.outbox.counts", pending=told.pending, rejected=told.rejected, answered=told.effective
    )
    if told.oldest_s is None:
        return counts
    return words("maintenance.outbox.with_oldest", counts=counts, age=age(words, told.oldest_s))


def _row(words: Words, line: tech.OutboxLine) -> tuple[str, str, str, str]:
    reason = _reason(words, line.reason)
    stands = words("maintenance.outbox.rejected" if line.rejected else "maintenance.outbox.pending")
    state = words("maintenance.outbox.because", state=stands, reason=reason) if reason else stands
    key = f"maintenance.outbox.of.{line.kind}"
    kind = words(key) if words.has(key) else line.kind  # of another version of the program
    return line.receipt_number, kind, age(words, line.age_s), state


def _reason(words: Words, code: str) -> str:
    """Return a code in words. One that is not known here is told as it stands: somebody else may know it."""
    key = f"maintenance.outbox.reason.{code}"
    if words.has(key):
        return words(key)
    return words("maintenance.outbox.reason.other", code=code) if code else ""


def age(words: Words, seconds: int) -> str:
    """Return an age in the unit that says enough."""
    hours = seconds // _HOUR_S
    if hours >= 2 * _DAY_H:
        return words("maintenance.age.days", count=hours // _DAY_H)
    if hours >= 1:
        return words("maintenance.age.hours", count=hours)
    return words("maintenance.age.minutes", count=seconds // _MINUTE_S)


def checking_chain(frame: Frame, state: states.CheckingChain) -> View:
    """Whether every row is as it was written."""
    words, told = frame.words, state.told
    if state.trouble is not None:
        body: Body = StatusList((), verdict=trouble(words, state.trouble, "outbox"))
        return page(frame, "chain", body, try_again(frame, tech.ChainCheckChosen()), up=Page.OUTBOX)
    if told is None:
        body = Instruction(Picture.WAITING, words("maintenance.chain.walking"))
        return page(frame, "chain", body, up=Page.OUTBOX)
    rows = words("maintenance.chain.rows", count=told.rows)
    if told.first_break is None:
        whole = verdict(Health.WELL, words("maintenance.chain.whole"), rows)
        return page(frame, "chain", StatusList((), verdict=whole), up=Page.OUTBOX)
    supervised, notes = work_of(frame).may_export, words.all("maintenance.chain.notes")
    todo = "todo" if supervised else "todo_for_supervisors"
    fault = words(f"maintenance.chain.fault.{told.fault}")
    said = words("maintenance.chain.broken", at=told.first_break, fault=fault)
    broken = verdict(Health.FAILED, said, rows, words(f"maintenance.chain.{todo}"))
    export = Choice(
        words("maintenance.outbox.export"), tech.ExportChosen(), Icon.NEXT, Role.PRIMARY, enabled=supervised
    )
    return page(frame, "chain", StatusList((), notes=notes, verdict=broken), export, up=Page.OUTBOX)
