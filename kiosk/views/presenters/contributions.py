"""The screens of the contributions: the last 12 months, and any year of any insurance.

What was paid is told with the own share, the employer's, and whether it has arrived.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from kiosk.domain.records import Contribution, Insurance, Records
from kiosk.flows import events as on
from kiosk.flows import records as states
from kiosk.views.frame import Frame
from kiosk.views.models import AnyChoice, Bar, Choice, Icon, Instruction, Menu, Picture, Table, View
from kiosk.views.presenters.paging import choices_on_a_page, paged, turning, turns
from kiosk.views.presenters.printing import printable
from kiosk.views.words import Words, amount

MONTHS = 6  # in a table that fits every screen and text size
_ICONS = {
    Insurance.EMPLOYEE_PENSION: Icon.CHART,
    Insurance.RESIDENT_PENSION: Icon.CHART,
    Insurance.UNEMPLOYMENT: Icon.BRIEFCASE,
    Insurance.WORK_INJURY: Icon.INJURY,
    Insurance.EMPLOYEE_MEDICAL: Icon.MEDICAL,
    Insurance.RESIDENT_MEDICAL: Icon.MEDICAL,
    Insurance.MATERNITY: Icon.PEOPLE,
}


def last_months(frame: Frame, records: Records, page: int) -> Table:
    """Return the last 12 months of all insurances together: a row is a month."""
    words = frame.words
    rows = [
        (words.month(of_month[0].month), *map(amount, shares_of(of_month)), paid_of(words, of_month))
        for of_month in months_of(records.contributions)
    ]
    table = _table(words, records.contributions, rows, page)
    return replace(table, columns=words.all("contributions.columns"))


def by_year_choice(frame: Frame, records: Records) -> tuple[AnyChoice, ...]:
    """Return the way to single years, for whoever has an insurance on record."""
    if not records.insurances:
        return ()
    return (Choice(frame.words("contributions.by_year"), on.ContributionsChosen(), Icon.CHART),)


def choosing_insurance(frame: Frame, state: states.ChoosingInsurance) -> View:
    """Contributions to which insurance?"""
    words, records = frame.words, frame.visit.session.records
    kinds = tuple(dict.fromkeys(each.insurance for each in records.insurances)) if records else ()
    shown, page, pages = paged(kinds, state.page, choices_on_a_page(frame))
    items: tuple[AnyChoice, ...] = tuple(
        Choice(words(f"insurance.{kind.value}"), on.InsuranceChosen(kind), _ICONS[kind]) for kind in shown
    )
    menu = Menu(items, words("choosing_insurance.lead"))
    return frame.view("choosing_insurance", menu, *turning(words, page, pages))


def choosing_year(frame: Frame, state: states.ChoosingYear) -> View:
    """Contributions of which year? From this year back to the one the insurance began in."""
    words, records, this_year = frame.words, frame.visit.session.records, frame.moment.now.year
    began = [
        each.since.year
        for each in (records.insurances if records else ())
        if each.insurance is state.insurance
    ]
    years = range(this_year, min([this_year, *began]) - 1, -1)
    shown, page, pages = paged(years, state.page, choices_on_a_page(frame))
    items: tuple[AnyChoice, ...] = tuple(
        Choice(words("format.year", year=year), on.YearChosen(year), Icon.CALENDAR) for year in shown
    )
    menu = Menu(items, words("choosing_year.lead", insurance=words(f"insurance.{state.insurance.value}")))
    return frame.view("choosing_year", menu, *turning(words, page, pages))


def asking_for_year(frame: Frame, state: states.AskingForYear) -> View:
    """A moment."""
    body = Instruction(Picture.WAITING, frame.words("asking_for_year.text"))
    return frame.view("asking_for_year", body, back=False)


def year_not_shown(frame: Frame, state: states.YearNotShown) -> View:
    """No answer about this year; another try is one touch away, and so is everything else."""
    words, hotline = frame.words, frame.visit.policy.hotline
    points = words.all("year_not_shown.points", hotline=hotline)
    body = Instruction(Picture.CALL, words("year_not_shown.text"), points)
    return frame.view("year_not_shown", body, frame.confirm("year_not_shown.again"))


def showing_year(frame: Frame, state: states.ShowingYear) -> View:
    """One year of one insurance, and the choice to have it on paper: a row is what was paid for a month."""
    words, asked = frame.words, state.asked
    rows = [
        (
            words("format.chart_month", month=each.month),
            *map(amount, (each.base_fen, *shares_of((each,)))),
            paid_of(words, (each,)),
        )
        for each in state.contributions
    ]
    table = _table(words, state.contributions, rows, state.page)
    table = replace(table, columns=words.all("contributions.columns_of_year"))
    title = title_of_year(words, asked.insurance, asked.year)
    view = frame.view("showing_year", table, title=title, private=True)
    return printable(frame, view, state.paper)


def title_of_year(words: Words, insurance: Insurance, year: int) -> str:
    """Return what a year's contributions are called, on screen and paper."""
    named = words(f"insurance.{insurance.value}")
    return words("contributions.of_year", insurance=named, year=words("format.year", year=year))


def months_of(contributions: tuple[Contribution, ...]) -> list[tuple[Contribution, ...]]:
    """Return the contributions of each month together, in the order given."""
    return [tuple(group) for _, group in groupby(contributions, key=lambda each: each.month)]


def shares_of(contributions: Iterable[Contribution]) -> tuple[int, int]:
    """Return the own shares and the employer's, in fen."""
    own, employers = 0, 0
    for each in contributions:
        own, employers = own + each.own_fen, employers + each.employer_fen
    return own, employers


def summary_of(words: Words, contributions: tuple[Contribution, ...]) -> str:
    """Return what the months come to, and how much of it has not arrived; the same on screen and paper."""
    missing = sum(shares_of(each for each in contributions if not each.paid))
    return words(
        "contributions.summary_unpaid" if missing else "contributions.summary",
        months=len(months_of(contributions)),
        total=words.money(sum(shares_of(contributions))),
        unpaid=words.money(missing),
    )


def paid_of(words: Words, contributions: Iterable[Contribution]) -> str:
    """Return whether all of it has arrived, in a word."""
    return words("fact.paid" if all(each.paid for each in contributions) else "fact.unpaid")


def _table(
    words: Words, contributions: tuple[Contribution, ...], rows: Sequence[tuple[str, ...]], page: int
) -> Table:
    """Return a page of rows, with a bar for each month and what all of them come to."""
    shown, page, pages = paged(rows, page, MONTHS)
    back, forth = turns(words, page, pages)
    return Table(
        columns=(),
        rows=tuple(shown),
        page=page,
        pages=pages,
        turn_back=back,
        turn_on=forth,
        page_words=words("format.page", page=page, pages=pages) if pages > 1 else "",
        summary=summary_of(words, contributions) if rows else "",
        empty="" if rows else words("records.none_here"),
        notes=(words("records.not_proof"),),
        chart=tuple(_bar(words, of_month) for of_month in reversed(months_of(contributions))),
        marked=frozenset(at for at, row in enumerate(shown) if row[-1] == words("fact.unpaid")),
    )


def _bar(words: Words, of_month: tuple[Contribution, ...]) -> Bar:
    total = sum(shares_of(of_month))
    label = words("format.chart_month", month=of_month[0].month)
    return Bar(label, total / 100, words.money(total), hollow=not all(each.paid for each in of_month))
