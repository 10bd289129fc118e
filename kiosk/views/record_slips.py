"""The own records on paper: every topic of the screen, and any year of contributions.

Names and numbers are masked, and every slip says that it proves nothing. What the backend does not offer
and what is not on record here are told apart, as on the screen.
"""

from collections.abc import Callable, Mapping

from drivers.receipt_printer.slip import Align, Blank, Columns, Line, Rule, Size, Text, Title
from kiosk.domain.citizen_number import masked_name, masked_number
from kiosk.domain.contact import ContactField, masked_contact
from kiosk.domain.paper import ContributionsSlip, RecordsSlip
from kiosk.domain.records import Contribution, Profile
from kiosk.views.presenters.contributions import months_of, paid_of, shares_of, summary_of, title_of_year
from kiosk.views.presenters.outcome import standing
from kiosk.views.presenters.paging import paged
from kiosk.views.presenters.records import ROWS, collecting, progress_of, state_of
from kiosk.views.words import Words, amount


def records_lines(slip: RecordsSlip, words: Words) -> list[Line]:
    """Return the lines of a topic."""
    body = _TOPICS[slip.topic](slip, words)
    return [*_head(words, slip.records.profile, words(f"topic.{slip.topic}.title")), *body]


def contributions_lines(slip: ContributionsSlip, words: Words) -> list[Line]:
    """Return the lines of a year's contributions to one insurance."""
    lines: list[Line] = []
    for each in slip.contributions:
        own, employers = amount(each.own_fen), amount(each.employer_fen)
        shares = words(
            "contributions.shares_of_base", base=amount(each.base_fen), own=own, employer=employers
        )
        lines += _month((each,), shares, words)
    title = title_of_year(words, slip.insurance, slip.year)
    return [*_head(words, slip.profile, title), *_summed(lines, slip.contributions, words)]


def _head(words: Words, profile: Profile, title: str) -> list[Line]:
    return [
        Title(title),
        Text(words("records.not_proof"), bold=True, align=Align.CENTER),
        Blank(),
        Columns(words("fact.name"), masked_name(profile.name)),
        Columns(words("fact.number"), masked_number(profile.number)),
        Rule(),
    ]


def _who_i_am(slip: RecordsSlip, words: Words) -> list[Line]:
    profile = slip.records.profile
    lines: list[Line] = [Columns(words("fact.employer"), profile.employer)] if profile.employer else []
    for field in ContactField:
        value = masked_contact(field, profile.contact.value(field))
        lines.append(Columns(words(f"fact.{field.value}"), value or words("fact.none")))
    return lines


def _insurances(slip: RecordsSlip, words: Words) -> list[Line]:
    records = slip.records
    lines: list[Line] = []
    for record in records.insurances:
        lines.append(Text(words(f"insurance.{record.insurance.value}"), bold=True))
        since = words("topic.insurances.since", since=words.month(record.since))
        lines.append(Columns(since, words(f"participation.{record.participation.value}")))
    return [*lines, _small(words("topic.insurances.note"))] if lines else _none_here(words)


def _contributions(slip: RecordsSlip, words: Words) -> list[Line]:
    records = slip.records
    lines: list[Line] = []
    for of_month in months_of(records.contributions):
        own, employers = map(amount, shares_of(of_month))
        lines += _month(of_month, words("contributions.shares", own=own, employer=employers), words)
    return _summed(lines, records.contributions, words)


def _month(contributions: tuple[Contribution, ...], shares: str, words: Words) -> list[Line]:
    month = words.month(contributions[0].month)
    left = words("contributions.month", month=month, paid=paid_of(words, contributions))
    return [Columns(left, words.money(sum(shares_of(contributions)))), _small(shares)]


def _summed(lines: list[Line], contributions: tuple[Contribution, ...], words: Words) -> list[Line]:
    return [*lines, Rule(), Text(summary_of(words, contributions))] if lines else _none_here(words)


def _pension(slip: RecordsSlip, words: Words) -> list[Line]:
    records = slip.records
    if records.pension is None:
        return _not_offered(words)
    lines: list[Line] = []
    for each in records.pension:
        year = words("format.year", year=each.year)
        lines.append(Columns(year, words.money(each.balance_fen)))
        lines.append(
            _small(
                words(
                    "topic.pension.year",
                    months=words("format.months", months=each.months),
                    paid_in=words.money(each.paid_in_fen),
                    interest=words.money(each.interest_fen),
                )
            )
        )
    return lines or _none_here(words)


def _medical(slip: RecordsSlip, words: Words) -> list[Line]:
    records = slip.records
    if records.medical is None:
        return _not_offered(words)
    lines: list[Line] = [
        Columns(words("topic.medical.as_of", day=words.day(each.as_of)), words.money(each.balance_fen))
        for each in records.medical
    ]
    return lines or _none_here(words)


def _benefits(slip: RecordsSlip, words: Words) -> list[Line]:
    records = slip.records
    if records.benefits is None:
        return _not_offered(words)
    lines: list[Line] = []
    for each in records.benefits:
        lines.append(Columns(words.month(each.month), words.money(each.amount_fen)))
        lines.append(_small(words(f"insurance.{each.insurance.value}")))
    return lines or _none_here(words)


def _card(slip: RecordsSlip, words: Words) -> list[Line]:
    records = slip.records
    lines: list[Line] = []
    for card in records.cards:
        number = words("topic.card.number", number=card.masked, bank=card.bank)
        lines += [Text(number, bold=True), Text(state_of(words, card))]
        if card.issued_on is not None:
            lines.append(Columns(words("topic.card.issued_on"), words.day(card.issued_on)))
        if card.stage is not None:
            lines.append(Columns(words("topic.card.stage"), progress_of(words, card.stage)))
    if not lines:
        return _none_here(words)
    notes = (*collecting(words, records), *words.all("topic.card.notes"))
    return [*lines, Rule(), *(_small(note) for note in notes)]


def _transactions(slip: RecordsSlip, words: Words) -> list[Line]:
    if slip.records.transactions is None:
        return _not_offered(words)
    shown, page, pages = paged(slip.records.transactions, slip.page, ROWS)
    lines: list[Line] = []
    for one in shown:
        headline, facts = standing(words, one)
        lines += [Blank(12)] if lines else []
        lines += [Text(headline, bold=True), Columns(words("outcome.number"), one.receipt_number)]
        lines += [Columns(fact.label, fact.value) for fact in facts]
    if pages > 1:
        lines += [Rule(), Text(words("format.page", page=page, pages=pages), align=Align.CENTER)]
    return lines or [Text(words("topic.transactions.none"))]


_TOPICS: Mapping[str, Callable[[RecordsSlip, Words], list[Line]]] = {
    "who_i_am": _who_i_am,
    "insurances": _insurances,
    "contributions": _contributions,
    "pension": _pension,
    "medical": _medical,
    "benefits": _benefits,
    "card": _card,
    "transactions": _transactions,
}


def _not_offered(words: Words) -> list[Line]:
    return [Text(words("records.not_offered"))]


def _none_here(words: Words) -> list[Line]:
    return [Text(words("records.none_here"))]


def _small(text: str) -> Text:
    return Text(text, size=Size.NORMAL)
