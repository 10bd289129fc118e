"""The screens of the own records: the list of topics, and each topic.

What the backend does not offer is told as such, and an empty list is 本市无记录: neither means not insured.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.domain.cards import CardState, OwnCard, ProductionStage
from kiosk.domain.citizen_number import masked_number
from kiosk.domain.contact import ContactField, masked_contact
from kiosk.domain.measures.handing_out import handed_out_by
from kiosk.domain.records import Notice, Records
from kiosk.flows import events as on
from kiosk.flows import records as states
from kiosk.flows.events import ServiceName, Topic
from kiosk.views.frame import Frame
from kiosk.views.models import (
    AnyChoice,
    Bar,
    Body,
    Choice,
    Fact,
    Facts,
    Icon,
    Instruction,
    Menu,
    Picture,
    Role,
    Table,
    View,
)
from kiosk.views.presenters.contributions import by_year_choice, last_months
from kiosk.views.presenters.outcome import mark_of, standing
from kiosk.views.presenters.paging import choices_on_a_page, paged, turning, turns
from kiosk.views.presenters.printing import printable
from kiosk.views.words import BEIJING, Words, amount

ROWS = 6  # of a table that fit every screen and text size
FACTS = 6  # of insurances
CARDS = 2  # with all that is told of each
BARS = 10  # years in a chart
_ICONS = {
    Topic.WHO_I_AM: Icon.PERSON,
    Topic.INSURANCES: Icon.SHIELD,
    Topic.CONTRIBUTIONS: Icon.COINS,
    Topic.PENSION: Icon.CHART,
    Topic.MEDICAL: Icon.MEDICAL,
    Topic.BENEFITS: Icon.RECORDS,
    Topic.CARD: Icon.CARD,
    Topic.TRANSACTIONS: Icon.RECEIPT,
}
_STAGES = tuple(stage for stage in ProductionStage if stage is not ProductionStage.COLLECTED_BY_HOLDER)


def choosing_topic(frame: Frame, state: states.ChoosingTopic) -> View:
    """What would you like to see, or do?"""
    words = frame.words
    shown, page, pages = paged(tuple(_ICONS.items()), state.page, choices_on_a_page(frame))
    items: tuple[AnyChoice, ...] = tuple(
        Choice(words(f"topic.{topic.value}.title"), on.TopicChosen(topic), icon) for topic, icon in shown
    )
    menu = Menu(items, " ".join(_notices(frame)) or words("choosing_topic.lead"))
    loss = on.ServiceChosen(ServiceName.LOSS_REPORT)
    change = on.ServiceChosen(ServiceName.CONTACT_CHANGE)
    choices: list[AnyChoice] = [*turning(words, page, pages)]
    if page == pages:  # what else can be done stands behind the last of what can be seen
        if frame.visit.policy.loss_report_enabled:
            choices.append(Choice(words("choosing_topic.loss_report"), loss, Icon.LOSS))
        choices.append(Choice(words("choosing_topic.contact_change"), change, Icon.CONTACT))
    return frame.view("choosing_topic", menu, *choices)


def showing_topic(frame: Frame, state: states.ShowingTopic) -> View:
    """One topic, and the choice to have it on paper."""
    records = frame.visit.session.records
    shown: Shown = (_not_offered(frame.words), ())
    if records is not None:
        shown = _BODIES[state.topic](frame, records, state)
    body, choices = shown
    title = frame.words(f"topic.{state.topic.value}.title")
    view = frame.view(f"topic_{state.topic.value}", body, *choices, title=title, private=True)
    return printable(frame, view, state.paper)


def state_of(words: Words, card: OwnCard) -> str:
    """Return how a card stands, and since when where that is not as it should be."""
    state = words(f"card_state.{card.state.value}")
    if card.state is CardState.NORMAL or card.state_since is None:
        return state
    return words("card_state.since", state=state, since=words.day(card.state_since))


def progress_of(words: Words, stage: ProductionStage) -> str:
    """Return how far a card has come between the window and its holder (Art 5)."""
    name = words(f"stage.{stage.value}")
    if stage not in _STAGES:
        return name
    return words("topic.card.progress", stage=name, step=_STAGES.index(stage) + 1, steps=len(_STAGES))


def collecting(words: Words, records: Records) -> tuple[str, ...]:
    """Return where a card that is ready is handed out; both ways only where that is open (Art 11)."""
    if not any(card.stage is ProductionStage.READY_FOR_COLLECTION for card in records.cards):
        return ()
    by = handed_out_by(records.profile.region)
    return (words(f"topic.card.collect.{by.value if by else 'either'}"),)


def _notices(frame: Frame) -> tuple[str, ...]:
    holder = frame.visit.session.holder
    told = (Notice.INITIAL_PASSWORD, Notice.NOT_ACTIVATED)
    return tuple(
        frame.words(f"notice.{notice.value}") for notice in told if holder and notice in holder.notices
    )


Shown = tuple[Body, tuple[AnyChoice, ...]]
"""A topic's body, and what else can be chosen there."""


def _who_i_am(frame: Frame, records: Records, state: states.ShowingTopic) -> Shown:
    words, profile = frame.words, records.profile
    facts = [
        Fact(words("fact.name"), profile.name),
        Fact(words("fact.number"), profile.number if state.revealed else masked_number(profile.number)),
    ]
    if profile.employer:
        facts.append(Fact(words("fact.employer"), profile.employer))
    for field in ContactField:
        value = profile.contact.value(field)
        shown = value if state.revealed else masked_contact(field, value)
        facts.append(Fact(words(f"fact.{field.value}"), shown or words("fact.none")))
    key = "choice.hide" if state.revealed else "choice.reveal"
    reveal = Choice(words(key), on.Revealed(), Icon.HIDE if state.revealed else Icon.EYE, Role.QUIET)
    return Facts(tuple(facts), (words("topic.who_i_am.note"),), reveal=reveal), ()


def _insurances(frame: Frame, records: Records, state: states.ShowingTopic) -> Shown:
    words = frame.words
    if not records.insurances:
        return _none_here(words), ()
    shown, page, pages = paged(records.insurances, state.page, FACTS)
    facts = tuple(
        Fact(
            words(f"insurance.{record.insurance.value}"),
            words("topic.insurances.since", since=words.month(record.since)),
            words(f"participation.{record.participation.value}"),
        )
        for record in shown
    )
    return Facts(facts, (words("topic.insurances.note"),)), turning(words, page, pages)


def _contributions(frame: Frame, records: Records, state: states.ShowingTopic) -> Shown:
    return last_months(frame, records, state.page), by_year_choice(frame, records)


def _pension(frame: Frame, records: Records, state: states.ShowingTopic) -> Shown:
    words = frame.words
    if records.pension is None:
        return _not_offered(words), ()
    shown, page, pages = paged(records.pension, state.page, ROWS)
    rows = tuple(
        (
            words("format.year", year=year.year),
            str(year.months),
            amount(year.paid_in_fen),
            amount(year.balance_fen),
        )
        for year in shown
    )
    bars = tuple(
        Bar(str(year.year), year.balance_fen / 100, words.money(year.balance_fen))
        for year in reversed(records.pension[:BARS])
    )
    return _table(words, "pension", rows, page, pages, chart=bars), ()


def _medical(frame: Frame, records: Records, state: states.ShowingTopic) -> Shown:
    words = frame.words
    if records.medical is None:
        return _not_offered(words), ()
    if not records.medical:
        return _none_here(words), ()
    facts = tuple(
        Fact(words("topic.medical.as_of", day=words.day(account.as_of)), words.money(account.balance_fen))
        for account in records.medical
    )
    return Facts(facts, (words("records.not_proof"),)), ()


def _benefits(frame: Frame, records: Records, state: states.ShowingTopic) -> Shown:
    words = frame.words
    if records.benefits is None:
        return _not_offered(words), ()
    shown, page, pages = paged(records.benefits, state.page, ROWS)
    rows = tuple(
        (words.month(each.month), words(f"insurance.{each.insurance.value}"), amount(each.amount_fen))
        for each in shown
    )
    return _table(words, "benefits", rows, page, pages), ()


def _card(frame: Frame, records: Records, state: states.ShowingTopic) -> Shown:
    words = frame.words
    if not records.cards:
        return _none_here(words), ()
    shown, page, pages = paged(records.cards, state.page, CARDS)
    facts = []
    for card in shown:
        number = words("topic.card.number", number=card.masked, bank=card.bank)
        issued = card.issued_on and words("topic.card.issued", day=words.day(card.issued_on))
        usable = card.state is CardState.NORMAL
        facts.append(Fact(number, issued or "", state_of(words, card), heeded=not usable))
        if card.stage is not None:
            facts.append(Fact(words("topic.card.stage"), progress_of(words, card.stage)))
    sealed = any(card.state is CardState.SEALED for card in records.cards)
    window = (words("topic.card.sealed"),) if sealed else ()
    notes = (*window, *collecting(words, records), *words.all("topic.card.notes"))
    return Facts(tuple(facts), notes), turning(words, page, pages)


def _transactions(frame: Frame, records: Records, state: states.ShowingTopic) -> Shown:
    words = frame.words
    if records.transactions is None:
        return _not_offered(words), ()
    shown, page, pages = paged(records.transactions, state.page, ROWS)
    rows = tuple(
        (words.day(one.captured_at.astimezone(BEIJING).date()), standing(words, one)[0], one.receipt_number)
        for one in shown
    )
    table = _table(words, "transactions", rows, page, pages, empty=words("topic.transactions.none"))
    return replace(table, results=tuple(map(mark_of, shown))), ()


_BODIES: Mapping[Topic, Callable[[Frame, Records, states.ShowingTopic], Shown]] = {
    Topic.WHO_I_AM: _who_i_am,
    Topic.INSURANCES: _insurances,
    Topic.CONTRIBUTIONS: _contributions,
    Topic.PENSION: _pension,
    Topic.MEDICAL: _medical,
    Topic.BENEFITS: _benefits,
    Topic.CARD: _card,
    Topic.TRANSACTIONS: _transactions,
}


def _not_offered(words: Words) -> Body:
    return Instruction(Picture.GO_TO_WINDOW, words("records.not_offered"))


def _none_here(words: Words) -> Body:
    return Table((), (), empty=words("records.none_here"))


def _table(
    words: Words, topic: str, rows: tuple[tuple[str, ...], ...], page: int, pages: int, *,
    chart: tuple[Bar, ...] = (), empty: str = "",
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
        empty="" if rows else empty or words("records.none_here"),
        notes=(words("records.not_proof"),),
        chart=chart,
    )
