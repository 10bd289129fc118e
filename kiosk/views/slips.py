"""The words of every slip: what the driver's slip language is given to print.

Names and numbers are masked on paper. What the screen says of a transaction's effect the paper says in
the same words, from the same functions.
"""

from collections.abc import Callable
from itertools import groupby

from drivers.receipt_printer.slip import Align, Blank, Columns, Line, Rule, Size, Slip, Text, Title
from kiosk.domain.citizen_number import masked_name, masked_number
from kiosk.domain.contact import ContactField, masked_contact
from kiosk.domain.paper import GuideSlip, PrintedAt, RecordsSlip, TransactionReceipt
from kiosk.domain.paper import Slip as Content
from kiosk.domain.policy import Policy
from kiosk.domain.records import Records
from kiosk.domain.transaction import ClockQuality, Effective, Pending, TransactionKind
from kiosk.views.presenters.guides import guidance
from kiosk.views.presenters.outcome import consequences, standing
from kiosk.views.words import Words


def write(content: Content, words: Words, policy: Policy, printed: PrintedAt) -> Slip:
    """Return the slip of a content, in the words of a language."""
    match content:
        case RecordsSlip(records, topic):
            lines = _records(records, topic, words)
        case TransactionReceipt() as receipt:
            lines = _receipt(receipt, words, policy)
        case GuideSlip(guide):
            lines = _guide(
                guide_words=guidance(words, guide, policy), title=words(f"guide.{guide.key}.title")
            )
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


def _receipt(receipt: TransactionReceipt, words: Words, policy: Policy) -> list[Line]:
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
    lines += [Text(sentence) for sentence in consequences(words, transaction, policy.hotline)]
    lines.append(_small(words(f"slip.basis.{transaction.kind.value}")))
    return lines


def _guide(guide_words: tuple[str, tuple[tuple[str, tuple[str, ...]], ...], str], title: str) -> list[Line]:
    lead, sections, article = guide_words
    lines: list[Line] = [Title(title), Blank(), Text(lead)]
    for heading, points in sections:
        lines += [Blank(12), Text(heading, bold=True)]
        lines += [Text(f"· {point}") for point in points]
    return [*lines, Blank(12), _small(article)]


def _records(records: Records, topic: str, words: Words) -> list[Line]:
    profile = records.profile
    body = _TOPICS[topic](records, words) or [Text(words("records.none_here"))]
    return [
        Title(words(f"topic.{topic}.title")),
        Text(words("records.not_proof"), bold=True, align=Align.CENTER),
        Blank(),
        Columns(words("fact.name"), masked_name(profile.name)),
        Columns(words("fact.number"), masked_number(profile.number)),
        Rule(),
        *body,
    ]


def _who_i_am(records: Records, words: Words) -> list[Line]:
    contact = records.profile.contact
    return [
        Columns(
            words(f"fact.{field.value}"), masked_contact(field, contact.value(field)) or words("fact.none")
        )
        for field in ContactField
    ]


def _insurances(records: Records, words: Words) -> list[Line]:
    lines: list[Line] = []
    for record in records.insurances:
        lines.append(Text(words(f"insurance.{record.insurance.value}"), bold=True))
        since = words("topic.insurances.since", since=words.month(record.since))
        lines.append(Columns(since, words(f"participation.{record.participation.value}")))
    return lines


def _contributions(records: Records, words: Words) -> list[Line]:
    lines: list[Line] = []
    for month, group in groupby(records.contributions, key=lambda contribution: contribution.month):
        of_month = tuple(group)
        own, employer = sum(each.own_fen for each in of_month), sum(each.employer_fen for each in of_month)
        lines.append(Columns(words.month(month), words.money(own + employer), bold=True))
        shares = words("topic.contributions.shares", own=words.money(own), employer=words.money(employer))
        lines.append(_small(shares))
    return lines


def _pension(records: Records, words: Words) -> list[Line]:
    if records.pension is None:
        return [Text(words("records.not_offered"))]
    return [Columns(str(year.year), words.money(year.balance_fen)) for year in records.pension]


def _medical(records: Records, words: Words) -> list[Line]:
    if records.medical is None:
        return [Text(words("records.not_offered"))]
    return [
        Columns(words("topic.medical.balance"), words.money(records.medical.balance_fen)),
        _small(words("topic.medical.as_of", day=words.day(records.medical.as_of))),
    ]


def _benefits(records: Records, words: Words) -> list[Line]:
    if records.benefits is None:
        return [Text(words("records.not_offered"))]
    lines: list[Line] = []
    for each in records.benefits:
        lines.append(Columns(words.month(each.month), words.money(each.amount_fen)))
        lines.append(_small(words(f"insurance.{each.insurance.value}")))
    return lines


def _card(records: Records, words: Words) -> list[Line]:
    lines: list[Line] = []
    for card in records.cards:
        lines.append(Columns(card.masked, words(f"card_state.{card.state.value}")))
        if card.stage is not None:
            lines.append(_small(words(f"stage.{card.stage.value}")))
    return lines


_TOPICS: dict[str, Callable[[Records, Words], list[Line]]] = {
    "who_i_am": _who_i_am,
    "insurances": _insurances,
    "contributions": _contributions,
    "pension": _pension,
    "medical": _medical,
    "benefits": _benefits,
    "card": _card,
}


def _small(text: str) -> Text:
    return Text(text, size=Size.NORMAL)
