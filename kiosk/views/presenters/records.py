"""The screens of the own records: the list of topics, and each topic."""

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

from kiosk.domain.citizen_number import masked_number
from kiosk.domain.contact import ContactField, masked_contact
from kiosk.domain.records import Contribution, Notice, Records
from kiosk.flows import events as on
from kiosk.flows import records as states
from kiosk.flows.conditions import SlipFailure
from kiosk.flows.events import ServiceName, Topic
from kiosk.flows.records import OnPaper
from kiosk.views.frame import Frame
from kiosk.views.models import (
    AnyChoice,
    Bar,
    Body,
    Choice,
    Fact,
    Facts,
    Icon,
    Menu,
    Role,
    Table,
    View,
)
from kiosk.views.words import Words

ROWS = 6  # of a table that fit every screen and text size
_ICONS = {
    Topic.WHO_I_AM: Icon.PERSON,
    Topic.INSURANCES: Icon.SHIELD,
    Topic.CONTRIBUTIONS: Icon.COINS,
    Topic.PENSION: Icon.CHART,
    Topic.MEDICAL: Icon.MEDICAL,
    Topic.BENEFITS: Icon.RECEIPT,
    Topic.CARD: Icon.CARD,
}
T = TypeVar("T")


def choosing_topic(frame: Frame, state: states.ChoosingTopic) -> View:
    """What would you like to see, or change?"""
    words = frame.words
    items: list[AnyChoice] = [
        Choice(words(f"topic.{topic.value}.title"), on.TopicChosen(topic), icon)
        for topic, icon in _ICONS.items()
    ]
    change = on.ServiceChosen(ServiceName.CONTACT_CHANGE)
    items.append(Choice(words("choosing_topic.contact_change"), change, Icon.CONTACT))
    menu = Menu(tuple(items), " ".join(_notices(frame)) or words("choosing_topic.lead"))
    return frame.view("choosing_topic", menu, back=False)


def showing_topic(frame: Frame, state: states.ShowingTopic) -> View:
    """One topic, and the choice to have it on paper."""
    words, records = frame.words, frame.visit.session.records
    key = f"topic.{state.topic.value}"
    body: Body = Facts((), (words("records.not_offered"),))
    if records is not None:
        body = _body(words, records, state)
    return frame.view(
        f"topic_{state.topic.value}",
        body,
        *_print_choice(frame, state.paper),
        title=words(f"{key}.title"),
        private=True,
    )


def paper_words(words: Words, paper: object) -> str:
    """Return what became of a slip, in words; nothing when it wasn't asked for."""
    if isinstance(paper, SlipFailure):
        return words(f"slip.failed.{paper.value}")
    return (
        words(f"slip.{paper.value}")
        if isinstance(paper, OnPaper) and words.has(f"slip.{paper.value}")
        else ""
    )


def _print_choice(frame: Frame, paper: OnPaper | SlipFailure) -> tuple[AnyChoice, ...]:
    words = frame.words
    if paper is OnPaper.PRINTING:
        text, enabled = words("slip.printing"), False
    elif paper is OnPaper.PRINTED:
        text, enabled = words("choice.printed"), True
    else:
        text, enabled = words("choice.print"), frame.visit.conditions.can_print
    detail = paper_words(words, paper) if isinstance(paper, SlipFailure) else ""
    return (Choice(text, on.PrintChosen(), Icon.PRINT, Role.PRIMARY, detail=detail, enabled=enabled),)


def _notices(frame: Frame) -> tuple[str, ...]:
    holder = frame.visit.session.holder
    told = (Notice.INITIAL_PASSWORD, Notice.NOT_ACTIVATED)
    return tuple(
        frame.words(f"notice.{notice.value}") for notice in told if holder and notice in holder.notices
    )


def _body(words: Words, records: Records, state: states.ShowingTopic) -> Body:
    match state.topic:
        case Topic.WHO_I_AM:
            return _who_i_am(words, records, revealed=state.revealed)
        case Topic.INSURANCES:
            return _insurances(words, records)
        case Topic.CONTRIBUTIONS:
            return _contributions(words, records, state.page)
        case Topic.PENSION:
            return _pension(words, records, state.page)
        case Topic.MEDICAL:
            return _medical(words, records)
        case Topic.BENEFITS:
            return _benefits(words, records, state.page)
        case Topic.CARD:
            return _card(words, records)


def _who_i_am(words: Words, records: Records, *, revealed: bool) -> Facts:
    profile = records.profile
    facts = [
        Fact(words("fact.name"), profile.name),
        Fact(words("fact.number"), profile.number if revealed else masked_number(profile.number)),
    ]
    if profile.employer:
        facts.append(Fact(words("fact.employer"), profile.employer))
    for field in ContactField:
        value = profile.contact.value(field)
        shown = value if revealed else masked_contact(field, value)
        facts.append(Fact(words(f"fact.{field.value}"), shown or words("fact.none")))
    key = "choice.hide" if revealed else "choice.reveal"
    return Facts(
        tuple(facts),
        (words("topic.who_i_am.note"),),
        reveal=Choice(words(key), on.Revealed(), Icon.EYE, Role.QUIET),
    )


def _insurances(words: Words, records: Records) -> Facts:
    facts = tuple(
        Fact(
            words(f"insurance.{record.insurance.value}"),
            words("topic.insurances.since", since=words.month(record.since)),
            words(f"participation.{record.participation.value}"),
        )
        for record in records.insurances
    )
    note = words("topic.insurances.note" if facts else "records.none_here")
    return Facts(facts, (note,))


def _contributions(words: Words, records: Records, page: int) -> Table:
    months = [
        (month, tuple(of_month))
        for month, of_month in groupby(records.contributions, key=lambda contribution: contribution.month)
    ]
    shown, page, pages = paged(months, page)
    rows = tuple(
        (
            words.month(month),
            words.money(sum(each.own_fen for each in of_month)),
            words.money(sum(each.employer_fen for each in of_month)),
            _paid(words, of_month),
        )
        for month, of_month in shown
    )
    total = sum(each.own_fen + each.employer_fen for each in records.contributions)
    return _table(
        words, "contributions", rows, page, pages,
        summary=words("topic.contributions.summary", months=len(months), total=words.money(total)),
        chart=tuple(
            Bar(
                words("format.chart_month", month=month),
                sum(each.own_fen + each.employer_fen for each in of_month) / 100,
                words.money(sum(each.own_fen + each.employer_fen for each in of_month)),
            )
            for month, of_month in reversed(months)
        ),
    )  # fmt: skip


def _paid(words: Words, contributions: tuple[Contribution, ...]) -> str:
    return words("fact.paid" if all(each.paid for each in contributions) else "fact.unpaid")


def _pension(words: Words, records: Records, page: int) -> Body:
    if records.pension is None:
        return Facts((), (words("records.not_offered"),))
    shown, page, pages = paged(records.pension, page)
    rows = tuple(
        (
            str(year.year),
            words("format.months", months=year.months),
            words.money(year.paid_in_fen),
            words.money(year.balance_fen),
        )
        for year in shown
    )
    bars = tuple(
        Bar(str(year.year), year.balance_fen / 100, words.money(year.balance_fen))
        for year in reversed(records.pension)
    )
    return _table(words, "pension", rows, page, pages, chart=bars)


def _medical(words: Words, records: Records) -> Facts:
    if records.medical is None:
        return Facts((), (words("records.not_offered"),))
    fact = Fact(words("topic.medical.balance"), words.money(records.medical.balance_fen))
    return Facts((fact,), (words("topic.medical.as_of", day=words.day(records.medical.as_of)),))


def _benefits(words: Words, records: Records, page: int) -> Body:
    if records.benefits is None:
        return Facts((), (words("records.not_offered"),))
    shown, page, pages = paged(records.benefits, page)
    rows = tuple(
        (words.month(each.month), words(f"insurance.{each.insurance.value}"), words.money(each.amount_fen))
        for each in shown
    )
    return _table(words, "benefits", rows, page, pages)


def _card(words: Words, records: Records) -> Facts:
    facts = []
    for card in records.cards:
        value = words("topic.card.number", number=card.masked, bank=card.bank)
        facts.append(Fact(words("topic.card.card"), value, words(f"card_state.{card.state.value}")))
        if card.stage is not None:
            facts.append(Fact(words("topic.card.stage"), words(f"stage.{card.stage.value}")))
    return Facts(tuple(facts), words.all("topic.card.notes") if facts else (words("records.none_here"),))


def paged(rows: Sequence[T], page: int, size: int = ROWS) -> tuple[Sequence[T], int, int]:
    """Return a page's rows, its number within bounds, and how many pages there are."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(1, page), pages)
    return rows[(page - 1) * size : page * size], page, pages


def turns(words: Words, page: int, pages: int) -> tuple[AnyChoice | None, AnyChoice | None]:
    """Return the choices to turn back and on, where there is a page to turn to."""
    back = Choice(words("choice.previous"), on.PageTurned(forward=False), Icon.PREVIOUS, Role.QUIET)
    forth = Choice(words("choice.next"), on.PageTurned(forward=True), Icon.NEXT, Role.QUIET)
    return (back if page > 1 else None), (forth if page < pages else None)


def _table(
    words: Words, topic: str, rows: tuple[tuple[str, ...], ...], page: int, pages: int, *,
    summary: str = "", chart: tuple[Bar, ...] = (),
) -> Table:  # fmt: skip
    back, forth = turns(words, page, pages)
    return Table(
        columns=words.all(f"topic.{topic}.columns"),
        rows=rows,
        page=page,
        pages=pages,
        turn_back=back,
        turn_on=forth,
        page_words=words("format.page", page=page, pages=pages) if pages > 1 else "",
        summary=summary if rows else "",
        empty="" if rows else words("records.none_here"),
        notes=(words("records.not_proof"),),
        chart=chart,
    )
