"""Every state of every flow, and every slip, finds its words in every language, and no words are left over.

Each state's own type tells which values it can hold: a new state, or a new member of an enum, is rendered
here without a change.
"""

import dataclasses
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from enum import EnumType
from itertools import product
from pathlib import Path
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints

from drivers.receipt_printer.protocol import Paper as Roll
from kiosk.backend.message import Code
from kiosk.domain.cards import CardState, OwnCard, ProductionStage
from kiosk.domain.contact import ADDRESS_MAX, ContactDetails, ContactField
from kiosk.domain.faults import FAULTS, Severity
from kiosk.domain.findings import CHECKS, MEASURES, Finding, Measured
from kiosk.domain.guides import Guide
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
from kiosk.domain.policy import OfflineLossReport, Policy
from kiosk.domain.readiness import Report
from kiosk.domain.records import (
    Benefit,
    Contribution,
    Insurance,
    InsuranceRecord,
    MedicalAccount,
    Notice,
    Participation,
    PensionYear,
    Profile,
    Records,
)
from kiosk.domain.reference import Fee, Reference, ServicePoint
from kiosk.domain.transaction import (
    ClockQuality,
    Pending,
    Rejected,
    Transaction,
    TransactionKind,
    TransactionState,
)
from kiosk.domain.withdrawal import Withdrawal
from kiosk.flows import events as on
from kiosk.flows import mode as modes
from kiosk.flows.conditions import Conditions, Paper, PinPad
from kiosk.flows.events import Keyboard
from kiosk.flows.maintenance import room
from kiosk.flows.maintenance.events import FaultChosen
from kiosk.flows.outcome import NotRecorded
from kiosk.flows.secret import Secret
from kiosk.flows.settings import Contrast, Settings, TextSize
from kiosk.flows.text_entry import KEYBOARDS, Composition, Division, TextEntry
from kiosk.flows.visit import Holder, Home, Session, State, TakingCard, Visit
from kiosk.health.readiness_page import write_pdf
from kiosk.input.divisions import Divisions
from kiosk.views.frame import Moment
from kiosk.views.health import fault_text, finding_text
from kiosk.views.models import View, choices_of
from kiosk.views.present import PRESENTERS, Library, present
from kiosk.views.presenters.refusals import GUIDES, refusal_of
from kiosk.views.slips import write
from kiosk.views.words import Words, load_words
from tests.effect.backends_word import KEY, in_effect
from tests.evidence.every_sentence import tell_evidence
from tests.views.maintenance_samples import MAINTENANCE_SAMPLES, WORKS

FONTS = Path(sys.prefix) / "share" / "fonts"
LANGUAGES = Policy("", "").languages

NOW = datetime(2025, 1, 2, 3, 4, tzinfo=UTC)
MONTH = date(2025, 1, 1)
CONTACT = ContactDetails("13800000000", "河南省新乡市红旗区", "453000", "zhang@example.com")
PLACES = Divisions({"410000": "河南省", "410700": "新乡市"}, {})
CARDS = (
    *(OwnCard("A00000001", state, "中国银行", MONTH) for state in CardState),
    *(OwnCard("A00000002", CardState.IN_PRODUCTION, "", None, stage=stage) for stage in ProductionStage),
    OwnCard("A00000003", CardState.LOSS_REPORTED, "", MONTH, state_since=MONTH),
)
PROFILE = Profile("张三", "410702199001011234", "410702", "某公司", CONTACT, "1")
EMPTY = Records(PROFILE, (), (), (), None, (), (), None)
RECORDS = (
    replace(
        EMPTY,
        insurances=tuple(
            InsuranceRecord(insurance, participation, MONTH, "")
            for insurance, participation in product(Insurance, Participation)
        ),
        contributions=tuple(
            Contribution(date(2024, month, 1), Insurance.MATERNITY, 1, 1, 1, paid=month > 6)
            for month in range(12, 0, -1)
        ),
        pension=(PensionYear(2024, 1, 1, 1, 12),),
        medical=(MedicalAccount(MONTH, 1),),
        benefits=(Benefit(MONTH, Insurance.UNEMPLOYMENT, 1),),
        cards=CARDS,
    ),
    replace(EMPTY, pension=None, benefits=None),
    replace(EMPTY, medical=(), transactions=()),
)
POLICIES = (
    Policy("hall", "0001", loss_report_enabled=False),
    Policy("hall", "0001"),
    Policy(
        "hall", "0001", fees=(Fee("card", 1, "document", date(2030, 1, 1)),),
        complaint_text="complaints", bank_hotlines={"中国银行": "bank hotline"},
        offline_loss_report=OfflineLossReport.REFUSE,
        reference=Reference((ServicePoint("window", "street"), ServicePoint("window"))),
    ),
)  # fmt: skip
TRANSACTIONS = tuple(
    Transaction(
        KEY, "0001-000001-1", kind, NOW, clock, "0001", "张*", "4107***", state, CARDS[0].masked,
        tuple((each, "", "after") for each in ContactField),
    )
    for kind, clock, state in product(
        TransactionKind,
        ClockQuality,
        (
            Pending(),
            in_effect("1", NOW),
            in_effect("1", NOW, already=True),
            *(Rejected(code.text) for code in Code),
        ),
    )
)  # fmt: skip
TYPED = {
    ContactField.PHONE: ("", "13", "0080239209"),
    ContactField.ADDRESS: ("", "a", "a\nb", "a" * (ADDRESS_MAX + 1)),
    ContactField.POSTCODE: ("", "4"),
    ContactField.EMAIL: ("", "a"),
}
ENTRIES = (
    TextEntry(ContactField.ADDRESS, "", Keyboard.PINYIN, Composition("v")),
    TextEntry(ContactField.ADDRESS, "", Keyboard.PINYIN, Composition("ni", ("你",))),
    *(
        TextEntry(of, text, keyboard, divisions=divisions)
        for of, typed in TYPED.items()
        for text, keyboard, divisions in product(typed, KEYBOARDS[of], ((), (Division("410000", "河南省"),)))
    ),
)
RECORDS = (replace(RECORDS[0], transactions=TRANSACTIONS), *RECORDS[1:])
IN_OTHER_REGIONS = tuple(  # a county, and an area of which the law doesn't say who hands cards out
    replace(RECORDS[0], profile=replace(PROFILE, region=region)) for region in ("410724", "410771")
)
SERVICES = (None, *on.ServiceName)  # what a visitor of each of the surroundings came for
YEARS = (RECORDS[0].contributions, RECORDS[0].contributions[:3])  # with months not paid, and without
# Where a type says too little of what its values are.
SAMPLES: Mapping[object, tuple[object, ...]] = {
    str: ("",),
    int: (1, 2),
    Secret: (Secret(),),
    State: (Home(),),
    TakingCard: (TakingCard(), TakingCard(1), TakingCard(id_card=True), TakingCard(1, id_card=True)),
    OwnCard: CARDS,
    ContactDetails: (CONTACT, ContactDetails()),
    TextEntry: ENTRIES,
    Transaction: TRANSACTIONS,
    NotRecorded: (NotRecorded("uncertain"), NotRecorded("disk")),
    TransactionState | None: (None,),  # what the last paper said changes no words on the screen
    **MAINTENANCE_SAMPLES,
}


def values(of: object) -> tuple[object, ...]:
    """Return the values of a type on which words may depend: all members, both truths, every mixture."""
    if of in SAMPLES:
        return SAMPLES[of]
    if of is NoneType:
        return (None,)
    if of is bool:
        return (False, True)
    if isinstance(of, EnumType):
        return tuple(of)
    if isinstance(of, UnionType):
        return tuple(value for part in get_args(of) for value in values(part))
    if (collection := get_origin(of)) is not None:
        return (collection(),)
    hints = get_type_hints(of)
    return tuple(
        of(*parts) for parts in product(*(values(hints[each.name]) for each in dataclasses.fields(of)))
    )


def surroundings() -> Iterator[Visit]:
    """Yield visits in which everything works, and nothing, with every setting."""
    settings = [
        Settings("", size, contrast, voice=size is TextSize.ELDER)
        for size, contrast in zip(TextSize, Contrast, strict=True)
    ]
    working = Conditions(True, True, True, online=True, pinyin=True, voice=True, pin_pad=PinPad.READY,
        clock=ClockQuality.SYNCHRONISED)  # fmt: skip
    alike = [replace(working, paper=paper) for paper in Paper]
    closed = (None, *Withdrawal)
    ended = Conditions(card_reader=True, failed_services=("printer",), card_present=True)
    for number, conditions in enumerate([*alike, Conditions(pending=2), ended]):
        holder = Holder("张三", PROFILE.number, cards=CARDS, notices=tuple(Notice)[:number])
        records = (*RECORDS, None)[number % 4]
        session = Session(
            1, settings[number % 4], SERVICES[number], holder=holder, records=records,
            id_address="红旗区" if number else "",
        )  # fmt: skip
        around = replace(conditions, withdrawn=closed[number % len(closed)])
        yield Visit(session, Home(), around, POLICIES[number % 3])


SERVING = modes.InService | modes.EnteringMaintenance


def modes_of(state: State | modes.Mode) -> tuple[modes.Mode, ...]:
    """Return the modes of the kiosk in which a state is shown."""
    if isinstance(state, modes.Starting | modes.OutOfService):
        return (state,)
    if isinstance(state, room.STATES):
        return tuple(modes.Maintenance(replace(work, state=state)) for work in WORKS)
    if isinstance(state, Home):
        return (modes.InService(), modes.InService(kept_waiting=True), modes.EnteringMaintenance())
    return (modes.InService(),)


def views(library: Library, language: str) -> Iterator[View]:
    for visit, kind in product(surroundings(), PRESENTERS):
        settings = replace(visit.session.settings, language=language)
        for state in values(kind):
            for mode in modes_of(state):
                inside = visit.at(state if isinstance(mode, SERVING) else visit.state, settings=settings)
                yield present(modes.Kiosk(mode, inside), library, Moment(NOW, seconds_left=10.0))


def print_everything(words: Words) -> None:
    contents = (
        *(
            TransactionReceipt(transaction, copy=copy)
            for transaction, copy in product(TRANSACTIONS, (False, True))
        ),
        *(RecordsSlip(records, topic.value) for records, topic in product(RECORDS, on.Topic)),
        *(ReadinessSlip(report, filed) for report, filed in product(REPORTS, ("", "readiness-0001"))),
        *(RecordsSlip(elsewhere, "card") for elsewhere in IN_OTHER_REGIONS),
        *(ContributionsSlip(PROFILE, Insurance.MATERNITY, 2024, months) for months in YEARS),
        SampleSlip(),
        *(GuideSlip(guide) for guide in Guide),
        ServicePointsSlip(POLICIES[1].reference, 1),
        *(GuideSlip(guide, refusal_of(fault)) for fault, guide in GUIDES.items()),
        GuideSlip(Guide.SERVICE_POINTS, "reader_gone"),
    )
    for content, policy, clock in product(contents, POLICIES, ClockQuality):
        write(content, words, policy, PrintedAt(NOW, clock, "0001", "hall"), code="XXR1:0")


REPORTS = tuple(
    Report("0001", "hall", NOW, NOW, (Finding(CHECKS[0], faults), Finding(CHECKS[1], skipped=True)))
    for faults in ((), FAULTS[:1], tuple(fault for fault in FAULTS if fault.severity is Severity.SOON))
)


def tell_health(words: Words) -> None:
    for fault in FAULTS:
        fault_text(words, fault)
    for check in CHECKS:
        finding_text(words, Finding(check))
    for found in (Finding(CHECKS[0], skipped=True), *(Finding(CHECKS[0], (fault,)) for fault in FAULTS)):
        finding_text(words, found)
    for key_id in ("", "0123456789abcdef"):
        write_pdf(REPORTS[1], words, FONTS, key_id)
    for name in MEASURES:
        for value in [roll.value for roll in Roll] if name == "paper" else (1,):
            finding_text(words, Finding(CHECKS[0], measured=(Measured(name, value),) * 2))


@dataclass
class Consulted(Mapping[str, str | tuple[str, ...]]):
    """A catalogue that remembers which words it was asked for."""

    texts: Mapping[str, str | tuple[str, ...]]
    asked: set[str] = field(default_factory=set)

    def __getitem__(self, key: str) -> str | tuple[str, ...]:
        self.asked.add(key)
        return self.texts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def left_over(language: str) -> set[str]:
    """Return the keys that no screen and no slip in this language asks for. Raises MissingWords."""
    catalogue = Consulted(load_words(language).texts)
    words = Words(language, catalogue)
    for _ in views(Library({language: words}, lambda: PLACES), language):
        pass
    print_everything(words)
    tell_health(words)
    tell_evidence(words)
    return set(catalogue) - catalogue.asked


def test_every_screen_and_slip_finds_its_words_and_no_words_are_left_over() -> None:
    # The name of a language stands only on the screens of the others.
    assert set.intersection(*(left_over(language) for language in LANGUAGES)) == set()


def test_english_words_on_what_can_be_touched_are_short_enough_for_large_type() -> None:
    # A bank's name, a place's name, the meaning of a fault in a list.
    named_elsewhere = on.CardChosen | on.DivisionChosen | FaultChosen
    long = {
        choice.text
        for view in views(Library({"en": load_words("en")}, lambda: PLACES), "en")
        for choice in choices_of(view)
        if len(choice.text) > 24 and not isinstance(choice.event, named_elsewhere)
    }
    assert long == set()
