"""The words of every slip: what the driver's slip language is given to print.

Names and numbers are masked on paper. What the screen says of a transaction's effect the paper says in
the same words, from the same functions.
"""

from dataclasses import replace

from drivers.receipt_printer.slip import Align, Blank, Columns, Line, Qr, Rule, Size, Slip, Text, Title
from kiosk.domain.paper import (
    ContributionsSlip,
    GuideSlip,
    PrintedAt,
    ReadinessSlip,
    RecordsSlip,
    SampleSlip,
    ServicePointsSlip,
    TransactionReceipt,
)
from kiosk.domain.paper import Slip as Content
from kiosk.domain.policy import Policy
from kiosk.domain.transaction import ClockQuality, Effective, Pending, TransactionKind
from kiosk.views.models import Guidance
from kiosk.views.presenters.guides import guidance, service_points_on, where_is
from kiosk.views.presenters.outcome import consequences, standing, urgent
from kiosk.views.readiness_slip import readiness_lines
from kiosk.views.record_slips import contributions_lines, records_lines
from kiosk.views.words import Words

RARE_CHARACTERS = "喆堃䶮㛃𬭚"
"""Of names: two every printer has, and three that are drawn for it, as pictures."""


def write(content: Content, words: Words, policy: Policy, printed: PrintedAt, code: str = "") -> Slip:
    """Return the slip of a content, in the words of a language.

    `code` is the signed text of a receipt's QR code; without one the receipt has none.
    """
    match content:
        case RecordsSlip():
            lines = records_lines(content, words)
        case ContributionsSlip():
            lines = contributions_lines(content, words)
        case TransactionReceipt() as receipt:
            lines = _receipt(receipt, words, policy, code)
        case GuideSlip(guide) as asked:
            title = words(f"guide.{guide.key}.title")
            informed = replace(policy, reference=asked.reference)
            lines = _guide(guidance(words, asked, informed, printed.at), title)
        case ReadinessSlip() as readiness:
            lines = readiness_lines(readiness, words)
        case ServicePointsSlip() as asked_page:
            lines = _service_points(asked_page, words)
        case SampleSlip():
            lines = _test(words)
    return Slip((*lines, *_foot(words, policy, printed, lines)))


def _foot(words: Words, policy: Policy, printed: PrintedAt, said: list[Line]) -> list[Line]:
    lines: list[Line] = [
        Rule(),
        _small(words("slip.printed_at", at=words.moment(printed.at))),
        _small(words("slip.place", site=printed.site, kiosk=printed.kiosk)),
        _small(words("slip.hotline", hotline=policy.hotline)),
    ]
    unchecked = _small(words("slip.clock_unchecked"))
    if printed.clock is not ClockQuality.SYNCHRONISED and unchecked not in said:
        lines.append(unchecked)
    return lines


def _receipt(receipt: TransactionReceipt, words: Words, policy: Policy, code: str) -> list[Line]:
    transaction = receipt.transaction
    headline, facts = standing(words, transaction)
    if isinstance(transaction.state, Pending):
        headline = words(f"slip.pending_title.{transaction.kind.value}")
    lines: list[Line] = [Title(headline)]
    if receipt.copy:
        lines.append(Text(words("slip.copy"), bold=True, align=Align.CENTER))
    lines += [
        Blank(),
        Text(words("outcome.number"), size=Size.NORMAL, align=Align.CENTER),
        Text(transaction.receipt_number, bold=True, size=Size.DOUBLE, align=Align.CENTER),
        Blank(),
        Columns(words("slip.asked"), words(f"slip.kind.{transaction.kind.value}")),
        Columns(words("fact.name"), transaction.holder_masked_name),
        Columns(words("fact.number"), transaction.holder_masked_number),
    ]
    if transaction.kind is TransactionKind.LOSS_REPORT and transaction.card_masked:
        lines.append(Columns(words("slip.card"), transaction.card_masked))
    if isinstance(transaction.state, Effective):
        lines.append(Columns(words("outcome.captured_at"), words.moment(transaction.captured_at)))
    lines += [Columns(fact.label, fact.value) for fact in facts]
    if transaction.clock is not ClockQuality.SYNCHRONISED:
        lines.append(_small(words("slip.clock_unchecked")))
    if transaction.changes:
        lines.append(Rule())
        for field, before, after in transaction.changes:
            lines.append(Text(words(f"fact.{field.value}"), bold=True))
            lines.append(Columns(words("reviewing.before"), before or words("fact.none")))
            lines.append(Columns(words("reviewing.after"), after or words("fact.none")))
    lines.append(Rule())
    call = urgent(words, transaction, policy, receipt.bank)
    if call:
        lines.append(Text(call, bold=True))
    lines += [Text(sentence) for sentence in consequences(words, transaction, policy, receipt.bank)]
    if transaction.kind is TransactionKind.LOSS_REPORT and not policy.bank_hotline(receipt.bank):
        lines += [Columns(bank, hotline) for bank, hotline in policy.known_banks()]
    lines.append(_small(words(f"slip.basis.{transaction.kind.value}")))
    if code:
        lines += [Blank(), Qr(code), Text(words("slip.code"), size=Size.NORMAL, align=Align.CENTER)]
    return lines


def _guide(told: Guidance, title: str) -> list[Line]:
    lines: list[Line] = [Title(title), Blank(), Text(told.lead)]
    for heading, points in told.sections:
        lines += [Blank(12), Text(heading, bold=True)]
        lines += [Text(f"· {point}") for point in points]
    return [*lines, Blank(12), _small(told.article)]


def _service_points(asked: ServicePointsSlip, words: Words) -> list[Line]:
    lines: list[Line] = [Title(words("service_points.title"))]
    for point in service_points_on(asked.reference, asked.page)[0]:
        lines += [Blank(12), Text(point.name, bold=True), Text(where_is(words, point))]
    return lines


def _test(words: Words) -> list[Line]:
    """Everything a slip may hold once, for a technician's eyes and telephone."""
    title = words("maintenance.slip.title")
    return [
        Title(title),
        Blank(),
        Text(words("maintenance.slip.text")),
        Columns(words("maintenance.slip.rare"), RARE_CHARACTERS),
        Columns(words("maintenance.slip.columns"), "0123456789"),
        Rule(),
        Text(words("maintenance.slip.bold"), bold=True),
        Text(words("maintenance.slip.large"), size=Size.DOUBLE, align=Align.CENTER),
        Blank(),
        Qr(title),
        Text(words("maintenance.slip.code"), size=Size.NORMAL, align=Align.CENTER),
    ]


def _small(text: str) -> Text:
    return Text(text, size=Size.NORMAL)
