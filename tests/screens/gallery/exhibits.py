"""The exhibits of the gallery: every screen the flows can reach, once for each way it can look.

None is chosen by hand. The places are those of the walks through the flows (tests/flows), which a
test holds to reach every presenter; from each of them every touch is followed, because the walks follow one
touch for all that do the same, while each guide is a screen of its own. A screen is shown for each thing that
can be seen on it: figures and names apart.

The walks use the poorest person there can be. Here the same places are furnished as they are in the hall:
with the records the reference backend invents for a person who has been insured for years.
"""

import re
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from drivers.emulators.personas import persona
from kiosk.backend.emulator.seed import Living, Person, holdings_of
from kiosk.domain.contact import ADDRESS_MAX, ContactDetails, ContactField
from kiosk.domain.policy import Fee
from kiosk.domain.records import Profile, Records
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.conditions import Paper, SlipFailure
from kiosk.flows.contact_change import EnteringValue
from kiosk.flows.outcome import ShowingOutcome
from kiosk.flows.settings import Contrast, Settings, TextSize
from kiosk.flows.visit import Home
from kiosk.input.divisions import read_divisions
from kiosk.views.frame import Moment
from kiosk.views.models import (
    Body,
    ColourField,
    Comparison,
    Facts,
    Form,
    Guidance,
    Icon,
    Instruction,
    Keypad,
    Menu,
    Outcome,
    StatusList,
    Table,
    TextEntry,
    TouchGrid,
    View,
    choices_of,
)
from kiosk.views.present import Library, present
from kiosk.views.reading import text_of
from tests.flows import maintenance_walk
from tests.flows.hall import LIBRARY, NAME, NOW, NUMBER
from tests.flows.hall import RECORDS as POOR
from tests.flows.walk import places
from tests.receipts.samples import IN_EFFECT_BY_CWT as CODE
from tests.screens.gallery import compositions
from tests.screens.gallery.morning import in_the_morning

SETTINGS = on.LanguageChosen | on.TextSizeChosen | on.ContrastChosen
SECONDS_LEFT = 32.0  # of a countdown, where a screen has one
TODAY = date(2026, 11, 24)
EMPLOYER = "新乡市示例机械制造有限公司"
CONTACT = ContactDetails(
    "13803730000", persona("wang-xiuying").address or "", "453000", "wangxiuying@example.com"
)

# Invented, and as long as the card (25 characters, EF06) and the keyboards let them be.
LONGEST_NAME = "阿卜杜热合曼江·麦麦提图尔荪托合提阿西木江·㐂㛃䶮"
LONGEST_EMPLOYER = "新乡市示例高新技术产业开发区设备制造有限责任公司第二分公司"
LONGEST = ContactDetails(
    "037312345678",
    "河南省新乡市红旗区洪门镇平原路与新中大道交叉口东南角示例花园小区三期甲组团".ljust(ADDRESS_MAX, "号"),
    "453000",
    "a.very.long.name.that.fills.all.it.may@subdomain.example-city.cn".ljust(64, "n"),
)
LONGER = {
    ContactField.PHONE: "037387654321",
    ContactField.ADDRESS: LONGEST.address[::-1],
    ContactField.POSTCODE: "453999",
    ContactField.EMAIL: "another." + LONGEST.email[8:],
}


@dataclass(frozen=True)
class Exhibit:
    """A kiosk as it stands, and the name its pictures bear."""

    name: str
    kiosk: mode.Kiosk

    def view(self, settings: Settings) -> View:
        """Return what the kiosk shows to a visitor with these settings."""
        visit = self.kiosk.visit
        session = replace(visit.session, settings=settings)
        return screen(replace(self.kiosk, visit=replace(visit, session=session)))


@cache
def exhibits() -> tuple[Exhibit, ...]:
    """Return every exhibit, the first of each screen in foul weather too if that shows, and what shows a
    person's name, employer or contact details once more for the person with the longest.
    """
    first: dict[str, mode.Kiosk] = {}
    numbers = Counter[str]()
    shown = []
    found = _found()
    for title, kiosk in (*found, *_pages_of_elders(found)):
        first.setdefault(title, kiosk)
        numbers[title] += 1
        shown.append(Exhibit(f"{title}.{numbers[title]}", kiosk))
    foul = [Exhibit(f"{name}.foul", foul_weather(kiosk)) for name, kiosk in first.items() if shows_it(kiosk)]
    long = [Exhibit(f"{each.name}.long", lengthened(each.kiosk)) for each in shown]
    told = [each for each, usual in zip(long, shown, strict=True) if words_of(each) != words_of(usual)]
    return (*shown, *foul, *told)


def words_of(exhibit: Exhibit) -> str:
    """Return every word of an exhibit."""
    return text_of(screen(exhibit.kiosk))


def screen(kiosk: mode.Kiosk) -> View:
    """Return what a kiosk shows."""
    return present(kiosk, Library(LIBRARY.words, read_divisions), Moment(NOW, SECONDS_LEFT))


def title_of(kiosk: mode.Kiosk, view: View) -> str:
    """Return the name of a kiosk's screen; of the many pages of maintenance, with that of the page."""
    if not isinstance(kiosk.mode, mode.Maintenance):
        return view.name
    return f"{view.name}_{re.sub('(?<!^)(?=[A-Z])', '_', type(kiosk.state).__name__).lower()}"


def foul_weather(kiosk: mode.Kiosk) -> mode.Kiosk:
    """Return the kiosk with everything at once that one may be told of: no link and reports that wait for it,
    no paper, an ID card reader that has gone, and a technician who came in vain.
    """
    visit = kiosk.visit
    conditions = replace(visit.conditions, online=False, pending=12, printer=False, paper=Paper.OUT)
    if isinstance(visit.state, Home):  # elsewhere a journey ends with the reader it needs
        conditions = replace(conditions, id_reader=False)
    in_vain = mode.InService(kept_waiting=True) if isinstance(kiosk.mode, mode.InService) else kiosk.mode
    return replace(kiosk, mode=in_vain, visit=replace(visit, conditions=conditions))


def shows_it(kiosk: mode.Kiosk) -> bool:
    """Whether a screen shows the weather: those out of service and most of maintenance don't."""
    return screen(foul_weather(kiosk)) != screen(kiosk)


def lengthened(kiosk: mode.Kiosk) -> mode.Kiosk:
    """Return the kiosk with the person before it who has the longest of everything."""
    visit = kiosk.visit
    session, state = visit.session, visit.state
    if session.records is not None:
        profile = replace(
            session.records.profile, name=LONGEST_NAME, employer=LONGEST_EMPLOYER, contact=LONGEST
        )
        session = replace(session, records=replace(session.records, profile=profile))
    if isinstance(state, EnteringValue) and state.entry.composition.candidates:
        state = compositions.behind(state, compositions.LONGEST, LONGEST.value(state.entry.of))
    elif isinstance(draft := getattr(state, "draft", None), ContactDetails) and draft != CONTACT:
        changed = CONTACT.changes_to(draft)
        state = replace(state, draft=replace(LONGEST, **{of.value: LONGER[of] for of in changed}))
    return replace(kiosk, visit=replace(visit, session=session, state=state))


@dataclass(frozen=True)
class Pose:
    """An exhibit in a look: one picture to be taken."""

    look: str  # zh_CN.elder.high
    exhibit: str
    view: View


def poses(only: Sequence[str] = ()) -> list[Pose]:
    """Return every exhibit in every look, look by look, or only those with all these parts in their names."""
    return [
        Pose(name_of(settings), exhibit.name, exhibit.view(settings))
        for settings in looks()
        for exhibit in exhibits()
        if all(part in f"{name_of(settings)}/{exhibit.name}" for part in only)
    ]


def name_of(settings: Settings) -> str:
    """Return the name of a look."""
    return f"{settings.language}.{settings.text_size.value}.{settings.contrast.value}"


def looks() -> Iterator[Settings]:
    """Yield what the gallery is seen in: each language, for young and old, by day, in high contrast and in
    one of the dark palettes, which differ in nothing but their colours; and the sizes between by day."""
    dark = (Contrast.DARK, Contrast.HIGH_DARK)
    for language, darkness in zip(LIBRARY.words, (dark, dark[::-1]), strict=True):
        yield from (Settings(language, size) for size in (TextSize.LARGE, TextSize.LARGER))
        for size, dark_one in zip((TextSize.NORMAL, TextSize.ELDER), darkness, strict=True):
            for contrast in (Contrast.LIGHT, Contrast.HIGH, dark_one):
                yield Settings(language, size, contrast)


def _found() -> list[tuple[str, mode.Kiosk]]:
    """Walk, furnish, and touch what the walk leaves to one of a kind; keep what shows something new."""
    citizens = [place.kiosk for place in places()]
    in_vain = [kiosk for begun in citizens for kiosk in _after_waiting_in_vain(begun)]
    walked = (furnished(kiosk) for kiosk in (*citizens, *in_vain, *maintenance_walk.kiosks()))
    seen_by = [(kiosk, screen(kiosk)) for kiosk in walked]
    waiting = deque(sorted(seen_by, key=lambda each: _plain_and_full(each[1])))
    found: list[tuple[str, mode.Kiosk]] = []
    seen: set[object] = set()
    while waiting:
        kiosk, view = waiting.popleft()
        title = title_of(kiosk, view)
        new = {("told", *told(view)), *((title, feature) for feature in features(view))} - seen
        if not new:
            continue
        seen |= new
        found.append((title, kiosk))
        touches = (choice.event for choice in choices_of(view) if not isinstance(choice.event, SETTINGS))
        beyond = [furnished(mode.step(kiosk, touch).kiosk) for touch in touches]
        waiting.extend((each, screen(each)) for each in beyond)
    return sorted(found, key=lambda each: each[0])


def _pages_of_elders(found: Sequence[tuple[str, mode.Kiosk]]) -> Iterator[tuple[str, mode.Kiosk]]:
    """Yield the pages of lists that have so many in the elder mode alone, where fewer are on each."""
    known = [kiosk.visit.state for _, kiosk in found]
    for title, kiosk in found:
        page = mode.step(kiosk, on.TextSizeChosen(TextSize.ELDER)).kiosk
        while isinstance((view := screen(page)).body, Menu) and (onward := _onward(view)):
            page = mode.step(page, onward).kiosk
            if page.visit.state not in known:
                known.append(page.visit.state)
                yield title, page


def _onward(view: View) -> on.PageTurned | None:
    """Return what turns to the next page, if there is one."""
    turns = (each.event for each in view.choices if each.icon is Icon.NEXT)
    return next((event for event in turns if isinstance(event, on.PageTurned)), None)


def _after_waiting_in_vain(kiosk: mode.Kiosk) -> Iterator[mode.Kiosk]:
    """Yield the kiosk once a technician has waited too long, and when the visit is over. No walk waits."""
    if isinstance(kiosk.mode, mode.EnteringMaintenance):
        for event in (on.LimitReached(), on.CardRemoved(), on.TimedOut()):
            kiosk = mode.step(kiosk, event).kiosk
            yield kiosk


def told(view: View) -> tuple[bool, tuple[str, ...]]:
    """Return the banners of a screen, wherever it is: all together at home, and all together elsewhere."""
    return view.name in {"home", "home_more"}, tuple(banner.text for banner in view.banners)


def _plain_and_full(view: View) -> tuple[int, int]:
    """Order by what stands around the body, then by how much stands in it: the plainest frame comes first."""
    return len(view.banners), -len(text_of(view))


def features(view: View) -> Iterator[object]:
    """Yield what there is to see on a screen, each thing once wherever it is: all but figures and names."""
    yield "around", view.back is None, view.home is None, view.step and view.step.number
    for choice in view.choices:
        yield "choice", choice.icon, choice.enabled
    yield from _within(view.body)


def _within(body: Body) -> Iterator[object]:
    match body:
        case Menu(items):
            yield len(items)
            yield from ((item.icon, item.enabled, bool(item.detail)) for item in items)
        case Instruction(picture, text, points):
            yield picture, text
            yield from points
        case Keypad():
            yield len(body.shown) in {0, body.length}, body.shown == "", body.warning
        case Form(fields):
            yield from ((each.label, bool(each.value), each.changed, each.problem) for each in fields)
        case TextEntry():
            yield from (bool(body.text), body.problem, (bool(body.turn_back), bool(body.turn_on)))
            yield bool(body.candidates), bool(body.unknown), len(body.rows)
        case Comparison(rows):
            yield from (row.label for row in rows)
        case Facts():
            yield body.verdict and body.verdict.health
            yield from (bool(each.state) for each in body.facts)
            yield body.reveal and body.reveal.text
        case Table():
            yield bool(body.rows), body.turn_back is None, body.turn_on is None
        case Outcome():
            yield from (body.headline, body.paper, bool(body.qr), *(each.label for each in body.facts))
        case Guidance():
            yield len(body.sections)
        case StatusList(rows):
            yield from ((row.health, bool(row.advice), row.choice is None) for row in rows)
            yield bool(rows), body.turn_back is None, body.turn_on is None
            yield body.verdict and body.verdict.health
        case TouchGrid(targets):
            yield any(target.chosen for target in targets)
        case ColourField(hue):
            yield hue


# --- how the hall is furnished --------------------------------------------------------------------


def furnished(kiosk: mode.Kiosk) -> mode.Kiosk:
    """Return the kiosk with a person of some wealth before it, and all the Bureau may have configured."""
    if isinstance(kiosk.mode, mode.Maintenance):
        kiosk = in_the_morning(kiosk)
    visit = kiosk.visit
    policy = replace(
        visit.policy,
        site="新乡市人力资源和社会保障局",
        kiosk="0012",
        bank_hotlines={"中国银行": "95566"},
        fees=(Fee("补换社保卡", 1234, "示例文号〔2026〕1 号", date(2030, 12, 31)),),
        complaint_text="新乡市人力资源和社会保障局（示例）",
    )
    session, state = visit.session, visit.state
    if session.records is not None:
        session = replace(session, records=replace(records(), transactions=session.records.transactions))
    draft = getattr(state, "draft", None)
    if isinstance(draft, ContactDetails):
        changed = POOR.profile.contact.changes_to(draft)
        for of, value in changed.items():
            draft = draft.with_value(of, value)
        kept = replace(CONTACT, **{of.value: value for of, value in changed.items()})
        state = replace(state, draft=kept)
    if isinstance(state, EnteringValue) and state.entry.composition.candidates:
        state = compositions.behind(state, compositions.USUAL, state.entry.text)
    if isinstance(state, ShowingOutcome) and isinstance(state.receipt, SlipFailure):
        state = replace(state, code=CODE)
    return replace(kiosk, visit=replace(visit, policy=policy, session=session, state=state))


@cache
def records() -> Records:
    """Return the records of one who has worked for years and has benefits now, so that no list is empty."""
    at_work, retired = (
        holdings_of(Person(NUMBER, NAME, (), employer=EMPLOYER, living=living), TODAY)
        for living in (Living.EMPLOYED, Living.RETIRED)
    )
    last_year = date(TODAY.year - 1, TODAY.month, 1)
    return Records(
        Profile(NAME, NUMBER, "410700", EMPLOYER, CONTACT, "1"),
        at_work.insurances,
        tuple(each for each in at_work.contributions if each.month > last_year),
        at_work.pension,
        at_work.medical,
        retired.benefits,
        POOR.cards,
        None,
    )
