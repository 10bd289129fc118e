"""Citizens' visits, one after the other, through the kiosk's own loop, flows, words and screens: records, an
address changed by pinyin, a loss report, a receipt looked up, guides. For the bench of the window.

What devices and backend would say comes as events; the pinyin engine is the kiosk's, and so is everything
from an event to the frame. Each visit has a look of its own: languages, text sizes and contrasts take turns.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, product
from typing import get_args

from kiosk.domain.contact import ContactField
from kiosk.domain.guides import Guide
from kiosk.domain.policy import Policy
from kiosk.domain.receipt_number import receipt_number
from kiosk.domain.transaction import ClockQuality, Pending, Transaction, TransactionKind
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.events import Keyboard, ServiceName, Topic
from kiosk.flows.settings import Contrast, Settings, TextSize
from kiosk.flows.visit import Home
from kiosk.input.divisions import read_divisions
from kiosk.input.rime import PinyinEngine
from kiosk.runtime import Clock, Runtime
from kiosk.services.input_method import InputMethod
from kiosk.views.models import View
from kiosk.views.present import Library, present
from tests.effect.backends_word import KEY, in_effect
from tests.flows.hall import CARDS, CHIP, LIBRARY, NAME, NUMBER, opened
from tests.screens.gallery.exhibits import records

KIOSK = "0001"
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TOUCHES = get_args(on.Touch)
LOOKS = tuple(
    Settings(language, size, contrast)
    for size, contrast, language in product(TextSize, Contrast, ("zh_CN", "en"))
)
Journey = Callable[[int], Iterator[on.Event]]


class Hall:
    """A kiosk's loop, and those who answer it: the input method, and the time in hand."""

    def __init__(self, show: Callable[[View], None]) -> None:
        self.seen: set[str] = set()
        self._show = show
        self._elapsed_s = 0.0
        self._input = InputMethod(PinyinEngine(), lambda _character: True)
        library = Library(LIBRARY.words, read_divisions)
        self.loop = Runtime(
            opened(Policy("新乡市人力资源和社会保障局", KIOSK)),
            mode.step,
            perform=self._perform,
            present=partial(_presented, library),
            show=self._shown,
            observe=lambda _event, _before, _after: None,
            clock=Clock(lambda: NOON + timedelta(seconds=self._elapsed_s), lambda: self._elapsed_s),
        )
        self.loop.turn()

    @property
    def visit(self) -> int:
        """Return the number of the visit under way."""
        return self.loop.kiosk.visit.session.number

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._elapsed_s += seconds

    def happens(self, event: on.Event) -> None:
        """Let something happen, and the loop take its turn."""
        self.loop.post(event)
        self.loop.turn()

    def _perform(self, effect: do.Effect) -> None:
        if isinstance(effect, do.Compose | do.CloseVisit):
            for event in self._input.perform(effect):
                self.loop.post(event)

    def _shown(self, view: View) -> None:
        self.seen.add(view.name)
        self._show(view)


def _presented(library: Library, kiosk: mode.Kiosk, moment: object) -> View:
    return present(kiosk, library, moment)


# --- journeys -------------------------------------------------------------------------------------


def _identified(visit: int) -> Iterator[on.Event]:
    yield from (on.CardInserted(), on.CardRead(CHIP))
    yield from (on.KeyPressed(digit) for digit in "246810")
    yield from (on.Confirmed(), on.PasswordAccepted(visit))
    yield on.VisitOpened(visit, "token", NAME, NUMBER, CARDS, (), 6)
    yield on.RecordsReceived(visit, records())


def _settled(visit: int, kind: TransactionKind) -> Iterator[on.Event]:
    told = Transaction(
        KEY, receipt_number(KIOSK, 1), kind, NOON, ClockQuality.SYNCHRONISED, KIOSK, "王*英",
        "410702**********29", Pending(), "*****0001",
        ((ContactField.ADDRESS, "河南省******", "河南省******"),),
    )  # fmt: skip
    yield on.TransactionRecorded(visit, told)
    yield on.TransactionAnswered(visit, replace(told, state=in_effect("2026000042", NOON)))
    yield on.SlipPrinted(visit)


def own_records(visit: int) -> Iterator[on.Event]:
    """Yield records looked at, and printed."""
    yield on.ServiceChosen(ServiceName.RECORDS)
    yield from _identified(visit)
    for topic in (Topic.PENSION, Topic.CONTRIBUTIONS):
        yield from (on.TopicChosen(topic), on.PrintChosen(), on.SlipPrinted(visit), on.WentBack())


def contact_change(visit: int) -> Iterator[on.Event]:
    """Yield another address, typed in pinyin, reviewed and recorded."""
    yield on.ServiceChosen(ServiceName.CONTACT_CHANGE)
    yield from _identified(visit)
    yield on.FieldChosen(ContactField.ADDRESS)
    yield from (on.Erased() for _ in range(3))
    for syllable in ("ping", "lu"):
        yield from (on.KeyPressed(letter) for letter in syllable)
        yield on.CandidateChosen(0)
    yield on.KeyboardChosen(Keyboard.HOUSE)
    yield from (on.KeyPressed("8"), on.KeyPressed("号"))
    yield from (on.Confirmed(), on.Confirmed(), on.Confirmed())
    yield from (on.KeyPressed(digit) for digit in "246810")
    yield from (on.Confirmed(), on.PasswordAccepted(visit))
    yield from _settled(visit, TransactionKind.CONTACT_CHANGE)


def loss_report(visit: int) -> Iterator[on.Event]:
    """Yield the card reported lost, by ID card."""
    yield on.ServiceChosen(ServiceName.LOSS_REPORT)
    yield on.IdCardRead(NAME, NUMBER, expired=False)
    yield on.VisitOpened(visit, "token", NAME, NUMBER, CARDS[:1], (), None)
    yield on.Confirmed()
    yield from _settled(visit, TransactionKind.LOSS_REPORT)


def receipt_lookup(visit: int) -> Iterator[on.Event]:
    """Yield a number that was mistyped, mended, and found."""
    number = receipt_number(KIOSK, 1)
    digits = [on.KeyPressed(digit) for digit in number if digit.isdigit()]
    slip = on.KeyPressed(str((int(digits[-1].key) + 1) % 10))
    yield on.ServiceChosen(ServiceName.RECEIPT_LOOKUP)
    yield from (*digits[:-1], slip, on.Confirmed(), on.Erased(), digits[-1], on.Confirmed())
    yield from list(_settled(visit, TransactionKind.LOSS_REPORT))[1:2]


def guides(visit: int) -> Iterator[on.Event]:
    """Yield three guides read and one printed."""
    yield on.ServiceChosen(ServiceName.GUIDES)
    first, *others = tuple(Guide)[:3]
    for guide in others:
        yield from (on.GuideChosen(guide), on.WentBack())
    yield from (on.GuideChosen(first), on.PrintChosen(), on.SlipPrinted(visit))


JOURNEYS: dict[Journey, frozenset[str]] = {
    own_records: frozenset({"password", "choosing_topic", "topic_pension", "topic_contributions"}),
    contact_change: frozenset({"entering_address_pinyin", "reviewing", "outcome_contact_change_in_effect"}),
    loss_report: frozenset({"loss_awaiting_id_card", "loss_explaining", "outcome_loss_report_in_effect"}),
    receipt_lookup: frozenset({"receipt_lookup", "outcome_loss_report_in_effect"}),
    guides: frozenset({"guides"}),
}
"""Every journey, and screens it must come by, or it went another way."""


def journey_in(hall: Hall, journey: Journey, look: Settings) -> Iterator[on.Event]:
    """Yield what happens in one visit from home to home, its look chosen first."""
    hall.seen.clear()
    if look.language != "zh_CN":
        yield on.LanguageChosen(look.language)
    for size in tuple(TextSize)[1 : tuple(TextSize).index(look.text_size) + 1]:
        yield on.TextSizeChosen(size)
    for contrast in tuple(Contrast)[1 : tuple(Contrast).index(look.contrast) + 1]:
        yield on.ContrastChosen(contrast)
    yield from journey(hall.visit)
    yield from (on.WentHome(), on.CardRemoved(), on.TimedOut())
    missing = (JOURNEYS[journey] | {"home", "farewell"}) - hall.seen
    if missing or not isinstance(hall.loop.kiosk.state, Home):
        raise AssertionError(f"{journey.__name__} missed {sorted(missing)}, and saw {sorted(hall.seen)}")


def visits(count: int, show: Callable[[View], None]) -> Iterator[int]:
    """Show every screen of so many visits; yield the number of each as it ends.

    Five journeys and 32 looks by turns: after 160 visits every journey was seen in every look.
    """
    hall = Hall(show)
    for number, journey, look in zip(range(count), cycle(JOURNEYS), cycle(LOOKS)):
        for event in journey_in(hall, journey, look):
            hall.happens(event)
        hall.wait(60)
        yield number
