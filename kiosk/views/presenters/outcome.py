"""The screens after an order: being taken down, being sent, and how it stands.

In effect, recorded and not yet in effect, refused: three marks that differ in words, shape and colour.
"""

from kiosk.domain.policy import Policy
from kiosk.domain.transaction import Effective, Pending, Rejected, Transaction, TransactionKind
from kiosk.flows import events as on
from kiosk.flows import outcome as states
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.outcome import Receipt
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Choice, Fact, Icon, Instruction, Mark, Outcome, Picture, Role, View
from kiosk.views.presenters.printing import failed
from kiosk.views.words import Words


def recording(frame: Frame, state: states.Recording) -> View:
    """On its way to the disk: nothing is promised yet."""
    body = Instruction(Picture.WAITING, frame.words("recording.text"))
    return frame.view("recording", body, back=False, home=False)


def not_recorded(frame: Frame, state: states.NotRecorded) -> View:
    """Nothing was taken down, or nobody can say so."""
    words, hotline = frame.words, frame.visit.policy.hotline
    uncertain = state.reason == "uncertain"
    key = "not_recorded.uncertain" if uncertain else "not_recorded.refused"
    accounts = frame.accounts("unconfirmed" if uncertain else "untouched")
    points = (*words.all(f"{key}.points"), *accounts) if uncertain else accounts
    body = Instruction(Picture.CALL, words(f"{key}.text"), points, emphasis=hotline)
    understood, title = frame.confirm("choice.understood"), words(f"{key}.title")
    return frame.view("not_recorded", body, understood, title=title, back=False, home=False)


def sending(frame: Frame, state: states.Sending) -> View:
    """Taken down; the backend is being told."""
    body = Instruction(Picture.WAITING, frame.words("sending.text"))
    return frame.view("sending", body, back=False, home=False)


def showing(frame: Frame, state: states.ShowingOutcome) -> View:
    """How it stands, its number, what it means, and what became of the paper."""
    words, transaction = frame.words, state.transaction
    headline, facts = standing(words, transaction)
    body = Outcome(
        mark=mark_of(transaction),
        headline=headline,
        number_label=words("outcome.number"),
        number=transaction.receipt_number,
        facts=(*_which_card(words, transaction), *facts),
        notes=consequences(words, transaction, frame.visit.policy, states.bank_of(frame.visit, transaction)),
        qr=state.code,
        paper=_paper(frame, state.receipt),
        call=urgent(words, transaction, frame.visit.policy, states.bank_of(frame.visit, transaction)),
    )
    name = f"outcome_{transaction.kind.value}_{mark_of(transaction).value}"
    return frame.view(
        name, body, _print(frame, state), frame.confirm("choice.finish"),
        title=words(f"outcome.title.{transaction.kind.value}"), back=False, home=False,
    )  # fmt: skip


def _which_card(words: Words, transaction: Transaction) -> tuple[Fact, ...]:
    """Return the card a loss was reported of; one that was refused is about none."""
    lost = transaction.kind is TransactionKind.LOSS_REPORT and not isinstance(transaction.state, Rejected)
    if not lost or not transaction.card_masked:
        return ()
    return (Fact(words("slip.card"), transaction.card_masked),)


def standing(words: Words, transaction: Transaction) -> tuple[str, tuple[Fact, ...]]:
    """Return the headline of a transaction's state and its facts; the same on screen and paper."""
    kind = transaction.kind
    captured = Fact(words("outcome.captured_at"), words.moment(transaction.captured_at))
    match transaction.state:
        case Effective(acceptance):
            label, since = words.effect_fact(acceptance)
            number = Fact(words("outcome.acceptance_number"), acceptance.number)
            return words.in_effect(kind, acceptance), (number, Fact(label, since))
        case Rejected(code=code):
            key = f"rejected.{code}"
            reason = words(key) if words.has(key) else words("rejected.other")
            return words(f"outcome.rejected.{kind.value}"), (captured, Fact(words("outcome.reason"), reason))
        case Pending():
            return words(f"outcome.pending.{kind.value}"), (captured,)


def urgent(words: Words, transaction: Transaction, policy: Policy, bank: str) -> str:
    """Return the one thing to do now: to call, and once the loss report is in effect, to call the bank."""
    if transaction.kind is not TransactionKind.LOSS_REPORT:
        return ""
    if not isinstance(transaction.state, Effective):
        return words("outcome.call", hotline=policy.hotline)
    number = policy.bank_hotline(bank)
    return words("outcome.call_bank", bank=bank, hotline=number) if number else ""


def consequences(words: Words, transaction: Transaction, policy: Policy, bank: str) -> tuple[str, ...]:
    """Return what happened to the social security account, and what did not to the bank account.

    `bank` is the one on the card, whose telephone number is named where it is known.
    """
    kind, hotline = transaction.kind, policy.hotline
    number = policy.bank_hotline(bank) if kind is TransactionKind.LOSS_REPORT else ""
    call = words("outcome.bank", bank=bank, hotline=number) if number else ""
    match transaction.state:
        case Effective(acceptance):
            return words.effect_notes(kind, acceptance)
        case Pending():
            notes = words.all(f"outcome.notes.{kind.value}.pending")
            return (*notes, words(f"accounts.unconfirmed.{kind.value}") + call)
        case Rejected():
            *others, last = words.all(f"outcome.notes.{kind.value}.rejected", hotline=hotline)
            return (*others, last + call)


def mark_of(transaction: Transaction) -> Mark:
    """Return the mark of a transaction's state."""
    return {Effective: Mark.IN_EFFECT, Pending: Mark.RECORDED, Rejected: Mark.REFUSED}[
        type(transaction.state)
    ]


def _paper(frame: Frame, receipt: Receipt | SlipFailure) -> str:
    if isinstance(receipt, SlipFailure):
        return failed(frame, receipt)
    return frame.words(f"slip.{receipt.value}") if receipt is not Receipt.NOT_ASKED else ""


def _print(frame: Frame, state: states.ShowingOutcome) -> AnyChoice:
    words = frame.words
    can = frame.visit.conditions.can_print and state.receipt is not Receipt.PRINTING
    key = "choice.print_again" if state.receipt is Receipt.PRINTED else "choice.print"
    return Choice(words(key), on.PrintChosen(), Icon.PRINT, Role.SECONDARY, enabled=can)
