"""A kiosk in its hall, people who come to it, and what the backend says of them: for walks through flows."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from kiosk.domain.cards import CardState, ChipCard, OwnCard
from kiosk.domain.contact import ContactDetails
from kiosk.domain.policy import Policy
from kiosk.domain.records import (
    Contribution,
    Insurance,
    InsuranceRecord,
    MedicalAccount,
    Participation,
    PensionYear,
    Profile,
    Records,
)
from kiosk.domain.reference import Reference, ServicePoint
from kiosk.domain.transaction import ClockQuality
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.conditions import Paper
from kiosk.input.divisions import Divisions
from kiosk.views.frame import Moment
from kiosk.views.models import View
from kiosk.views.present import Library, present
from kiosk.views.reading import text_of
from kiosk.views.words import load_words

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
LANGUAGES = Policy("", "").languages
PLACES = Divisions({"410000": "河南省", "410700": "新乡市", "410702": "红旗区"}, {"410702": ("洪门镇",)})
LIBRARY = Library({language: load_words(language) for language in LANGUAGES}, lambda: PLACES)

NAME, NUMBER = "王秀英", "410702194803120029"
CHIP = ChipCard("4107001234567890", "410700", "A00000001", NUMBER, NAME, "2.00")
CARDS = (
    OwnCard("A00000001", CardState.NORMAL, "中国银行", date(2019, 1, 2)),
    OwnCard("A00000002", CardState.SEALED, "", None),
)
PROFILE = Profile(NAME, NUMBER, "410700", "", ContactDetails("13800000000"), "1")
RECORDS = Records(
    PROFILE,
    insurances=(InsuranceRecord(Insurance.UNEMPLOYMENT, Participation.ACTIVE, date(2018, 3, 1), ""),),
    contributions=tuple(
        Contribution(date(2026, month, 1), Insurance.UNEMPLOYMENT, 300000, 900, 2100, paid=month < 11)
        for month in range(11, 0, -1)
    ),
    pension=(PensionYear(2025, 100, 10, 110, 12),),
    medical=(MedicalAccount(date(2026, 11, 1), 5000),),
    benefits=None,
    cards=CARDS,
    transactions=None,
)

REFERENCE = Reference(tuple(ServicePoint(f"窗口{number}", "示例路 1 号") for number in range(5)))
WORKING = (
    on.CardReaderChanged(ready=True), on.IdReaderChanged(ready=True), on.PrinterChanged(True, Paper.FULL),
    on.LinkChanged(online=True), on.OutboxChanged(0, 0), on.ClockChecked(ClockQuality.SYNCHRONISED),
    on.InputMethodReady(ready=True), on.VoiceReady(ready=True), on.ReferenceRead(REFERENCE),
)  # fmt: skip
"""Everything works."""


def opened(policy: Policy, sensed: Iterable[on.Event] = WORKING) -> mode.Kiosk:
    """Return a kiosk that has just come into service in these surroundings."""
    kiosk = mode.starting(policy, frozenset({"all"}))
    for event in (*sensed, on.ServiceReady("all")):
        kiosk = mode.step(kiosk, event).kiosk
    return kiosk


def view_of(kiosk: mode.Kiosk, language: str | None = None) -> View:
    """Return the screen of a kiosk, in the visitor's language or another."""
    settings = kiosk.visit.session.settings
    library = LIBRARY
    if language is not None and language != settings.language:
        library = Library({settings.language: LIBRARY.words[language]}, LIBRARY.divisions)
    return present(kiosk, library, Moment(NOW))


def screen_of(kiosk: mode.Kiosk, language: str | None = None) -> str:
    """Return every word on the screen of a kiosk."""
    return text_of(view_of(kiosk, language))
