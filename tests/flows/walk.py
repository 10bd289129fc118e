"""Everything that can happen at the kiosk, walked: what hands, cards, devices, time and the backend can do.

From a kiosk that has just come into service every event is taken in every state, the answers of the backend
whether they were asked for or not, until nothing new comes of it. So a walk covers more than what can happen,
and what holds in all of its places holds in the hall. Four things keep it finite:

- one key stands for those that do the same, and a text that leads nowhere new is looked at and left
- a walk keeps to the surroundings it began in, but for the link, the printer and the cards in the readers
- every visit is called the first
- nobody knocks where a hall differs in what it offers to citizens only
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, cached_property
from itertools import product

from kiosk.domain.cards import CardState
from kiosk.domain.contact import ContactDetails, ContactField
from kiosk.domain.guides import Guide
from kiosk.domain.measures.security import Tries
from kiosk.domain.policy import OfflineLossReport, PasswordVerifier, Policy
from kiosk.domain.records import Notice, Records
from kiosk.domain.technician import Role
from kiosk.domain.transaction import (
    ClockQuality,
    Effective,
    Pending,
    Rejected,
    Transaction,
    TransactionKind,
    TransactionState,
)
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows import records as records_flow
from kiosk.flows.conditions import Paper, PinPad, SlipFailure
from kiosk.flows.contact_change import ConfirmingByPassword, EditingContact, EnteringValue, ReviewingChange
from kiosk.flows.events import BackendFault, CardFault, ServiceName
from kiosk.flows.guides import ListingServicePoints, ShowingGuide
from kiosk.flows.identification import AwaitingCard, CardTrouble, EnteringPassword, NotServed, ReadingCard
from kiosk.flows.loss_report import AwaitingIdCard, IdCardTrouble
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance import room
from kiosk.flows.outcome import NotRecorded, Recording, Sending, ShowingOutcome
from kiosk.flows.receipt_lookup import EnteringReceiptNumber
from kiosk.flows.records import ShowingTopic, ShowingYear
from kiosk.flows.secret import Secret
from kiosk.flows.settings import TextSize
from kiosk.flows.text_entry import COMPOSING, longest
from kiosk.flows.visit import Farewell, Home, Session, State, StillThere, TakingCard, Visit
from kiosk.views.models import AnyChoice, View, choices_of
from tests.effect.backends_word import in_effect
from tests.flows.hall import CARDS, CHIP, NAME, NOW, NUMBER, RECORDS, REFERENCE, WORKING, opened, view_of

MINE, OTHERS = "01930000-0000-7000-8000-000000000001", "01930000-0000-7000-8000-000000000002"
"""Keys: of the visitor's own transaction, and of one that nobody asked for."""
RECEIPTS = {MINE: "0001-000001-3", OTHERS: "0001-000002-1"}
EARLIER = datetime(2026, 11, 20, 8, 0, tzinfo=NOW.tzinfo)
SOMEBODY_ELSE = "410702198001011234"
VISIT = 1


def transaction(key: str, kind: TransactionKind, state: TransactionState) -> Transaction:
    """Return a transaction as the backend and the ledger tell of it."""
    return Transaction(
        key, RECEIPTS[key], kind, EARLIER, ClockQuality.UNCHECKED, "0001", "王*英", "410702**********29",
        state, "*****0001", ((ContactField.PHONE, "138****0000", "139****0021"),),
    )  # fmt: skip


def states(key: str) -> tuple[TransactionState, ...]:
    """Return every way a transaction can stand."""
    now, before = (
        in_effect("2026000042", NOW, key=key),
        in_effect("2026000007", EARLIER, key=key, already=True),
    )
    return (Pending(), Rejected("stale"), Rejected("never_heard_of"), now, before)


TRANSACTIONS = tuple(
    transaction(key, kind, state)
    for kind, key in product(TransactionKind, (MINE, OTHERS))
    for state in states(key)
)
WITHOUT_ACCEPTANCE, WITH_ACCEPTANCE = (
    replace(RECORDS, transactions=tuple(each for each in TRANSACTIONS if told(each)))
    for told in (
        lambda each: not isinstance(each.state, Effective),
        lambda each: each.key == MINE or not isinstance(each.state, Effective),
    )
)
"""Records with the own transactions in them."""

# --- what can happen ------------------------------------------------------------------------------


def _answers() -> Iterator[on.Answer]:
    yield from (on.PinEntryStarted(VISIT), on.PinKeyPressed(VISIT, digits=3), on.PinTooShort(VISIT))
    yield from (on.PinEntered(VISIT, Secret("111111")), on.PinEntered(VISIT, Secret("111")))
    yield from (on.PinEntryCancelled(VISIT), on.PinEntryTimedOut(VISIT), on.PinEntryFailed(VISIT))
    yield from (on.PasswordAccepted(VISIT), on.PasswordLocked(VISIT), on.PasswordOutcomeUnknown(VISIT))
    yield from (on.PasswordWrong(VISIT, tries_left) for tries_left in (3, 1))
    lost = replace(CARDS[0], state=CardState.CANCELLED)
    for cards, notices, tries_left in (
        (CARDS, (), None),
        (CARDS[:1], (Notice.INITIAL_PASSWORD, Notice.NOT_ACTIVATED), 6),
        ((lost,), (), 1),
        (CARDS, (Notice.GO_TO_WINDOW,), None),
    ):
        yield on.VisitOpened(VISIT, "token", NAME, NUMBER, cards, notices, tries_left)
    yield from (on.QuestionFailed(VISIT, fault) for fault in BackendFault)
    yield from (on.RecordsReceived(VISIT, records) for records in (WITHOUT_ACCEPTANCE, WITH_ACCEPTANCE))
    for year in (2026, 2025):
        yield on.ContributionsReceived(VISIT, RECORDS.insurances[0].insurance, year, RECORDS.contributions)
    recorded = (each for each in TRANSACTIONS if each.key == MINE and each.state == Pending())
    yield from (on.TransactionRecorded(VISIT, each) for each in recorded)
    yield on.TransactionNotRecorded(VISIT, "disk")
    yield from (on.TransactionAnswered(VISIT, each) for each in TRANSACTIONS)
    yield from (on.ReceiptNotHere(VISIT, number) for number in RECEIPTS.values())
    yield on.SlipPrinted(VISIT)
    yield on.SlipNotPrinted(VISIT, SlipFailure.PAPER_OUT, begun=False)
    yield on.SlipNotPrinted(VISIT, SlipFailure.OUTCOME_UNKNOWN, begun=True)
    yield on.ReceiptSigned(VISIT, "6BF8M5")
    yield on.Composed(VISIT, "ni", ("你", "泥"), has_previous=True, has_next=True)
    yield on.Composed(VISIT, "v", ())
    yield from (on.Composed(VISIT, "", (), committed="路" * length) for length in (1, 70))


def _sensed() -> Iterator[on.Event]:
    blank = replace(CHIP, card_number=None, holder_number=None, holder_name=None)
    other = replace(CHIP, holder_number=SOMEBODY_ELSE)
    abroad = replace(CHIP, region="110000")
    yield from (on.CardInserted(), on.CardRemoved())
    yield from (on.CardRead(card) for card in (CHIP, blank, other, abroad))
    yield from (on.CardNotUsable(fault) for fault in CardFault)
    yield from (on.IdCardRead(NAME, number, expired=False) for number in (NUMBER, SOMEBODY_ELSE))
    yield from (on.IdCardRead(NAME, NUMBER, expired=True, address="红旗区"), on.IdCardNotUsable())
    yield from (on.IdCardNoticed(lying=False), on.IdCardNoticed(lying=True))
    yield from (on.LinkChanged(online=False), on.LinkChanged(online=True), on.TimedOut())


def _changes() -> Iterator[on.Event]:
    yield from (on.CardReaderChanged(ready=False), on.CardReaderChanged(ready=True))
    yield from (on.IdReaderChanged(ready=False), on.IdReaderChanged(ready=True))
    yield from (on.OutboxChanged(2, 1, "full"), on.OutboxChanged(0, 0))
    yield from (on.PinPadChanged(PinPad.FAILED), on.PinPadChanged(PinPad.NONE))
    yield from (on.ClockChecked(ClockQuality.UNCHECKED), on.InputMethodReady(ready=False))
    yield from (on.ReferenceRead(REFERENCE), on.NumbersChecked(in_order=False))
    yield from (on.VoiceReady(ready=False), on.ServiceFailed("voice"))
    yield from (on.ServiceReady("all"), on.ServiceFailed("printer"))
    yield from (
        on.TransactionSettled(number, accepted=number == RECEIPTS[MINE]) for number in RECEIPTS.values()
    )
    yield from (on.TechniciansListed(("张工",)), on.TechnicianCardShown("张工"))
    ticket = tech.Ticket(VISIT, 1)
    yield on.TechnicianAdmitted("张工", Role.TECHNICIAN, ticket)
    yield on.TechnicianRefused("张工", 15.0, ticket)


HANDS: tuple[on.Event, ...] = (
    on.Confirmed(), on.WentBack(), on.WentHome(), on.PrintChosen(), on.Erased(), on.MoreTimeWanted(),
    on.BrandTouched(), on.ScreenTouched(), on.IdAddressChosen(), on.RingMoved("确定"),
)  # fmt: skip
"""Touches that may come too late, when the screen is another one already."""
SENSED, CHANGES, ANSWERS = tuple(_sensed()), tuple(_changes()), tuple(_answers())
PRINTER = on.PrinterChanged(False, Paper.OUT), on.PrinterChanged(True, Paper.FULL)
LATE = tuple(replace(answer, visit=VISIT - 1) for answer in ANSWERS)
"""The same answers to a visit that is over."""


# --- where it leads -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A kiosk in a state, and the keys of the transactions whose acceptance has come in this visit."""

    kiosk: mode.Kiosk
    accepted: frozenset[str] = frozenset()
    before: "Place | None" = field(default=None, repr=False, compare=False)
    by: on.Event | None = field(default=None, compare=False)

    @property
    def state(self) -> object:
        """Where the visit is, or the kiosk when it serves nobody."""
        return self.kiosk.state

    @property
    def session(self) -> Session:
        return self.kiosk.visit.session

    def view(self, language: str | None = None) -> View:
        """Return what is on the screen."""
        return self._own_view if language is None else view_of(self.kiosk, language)

    @cached_property
    def _own_view(self) -> View:
        return view_of(self.kiosk)

    def after(self, event: on.Event) -> tuple["Place", tuple[do.Effect, ...]]:
        """Return where an event leads, and what is to be done."""
        stepped = mode.step(self.kiosk, event)
        if stepped.kiosk is self.kiosk:
            return self, stepped.effects
        visit, accepted = stepped.kiosk.visit, self.accepted
        if visit.session.number != VISIT:
            first = replace(visit, session=replace(visit.session, number=VISIT))
            return Place(replace(stepped.kiosk, visit=first), frozenset(), self, event), stepped.effects
        # An answer that changes nothing was not heard, and entitles to nothing.
        if stepped.kiosk != self.kiosk:
            accepted |= accepted_in(event)
        return Place(stepped.kiosk, accepted, self, event), stepped.effects

    def way(self) -> str:
        """Return how one comes here, for whoever reads a failure."""
        came = "" if self.before is None else self.before.way()
        by = "" if self.by is None else type(self.by).__name__
        return f"{came}\n  {by} -> {type(self.state).__name__}"


def accepted_in(event: on.Event) -> frozenset[str]:
    """Return the keys of the transactions an event brings the acceptance of."""
    match event:
        case on.TransactionAnswered(transaction=told):
            brought = (told,)
        case on.RecordsReceived(records=Records(transactions=tuple(told))):
            brought = told
        case _:
            return frozenset()
    return frozenset(each.key for each in brought if isinstance(each.state, Effective))


class Walk:
    """All places one can come to from a kiosk, by their keys, and all slips that are printed on the way.

    With `within` only places in these states are gone on from, and what lies one step beyond is still seen.
    What is `never` to happen in this hall is not taken.
    """

    def __init__(
        self,
        kiosk: mode.Kiosk,
        *services: ServiceName,
        within: tuple[type[State], ...] = (),
        never: tuple[type[on.Event], ...] = (),
    ) -> None:
        self._services = services or tuple(ServiceName)
        self._within = within
        self._never = never
        self.places: dict[object, Place] = {}
        self.slips: dict[tuple[do.Effect, frozenset[str]], Place] = {}
        self._waiting: deque[Place] = deque()
        self._look(Place(kiosk), follow=True)
        while self._waiting:
            self._go_on(self._waiting.popleft())

    def _go_on(self, place: Place) -> None:
        for event in events_in(place):
            if isinstance(event, self._never):
                continue
            if isinstance(place.state, Home | Farewell) and not self._is_walked(event):
                continue
            after, effects = place.after(event)
            for effect in effects:
                if isinstance(effect, do.PrintSlip):
                    self.slips.setdefault((effect, after.accepted), after)
            if after is place:
                continue
            inside = not self._within or type(after.state) in self._within
            self._look(after, follow=inside and leads_on(after.state))

    def _is_walked(self, event: on.Event) -> bool:
        match event:
            case on.ServiceChosen(service):
                return service in self._services
            case on.CardInserted():
                return ServiceName.RECORDS in self._services
        return True

    def _look(self, place: Place, *, follow: bool) -> None:
        key = key_of(place)
        if key not in self.places:
            self.places[key] = place
            if follow:
                self._waiting.append(place)


def events_in(place: Place) -> Iterator[on.Event]:
    """Yield every event that may come in a place; one for those that do the same."""
    touches = [choice.event for choice in choices_of(place.view()) if stands_for_all(place, choice)]
    yield from touches
    yield from (hand for hand in HANDS if hand not in touches)
    yield from SENSED
    if isinstance(place.state, PRINTING):
        yield from PRINTER
    if isinstance(place.state, BETWEEN_VISITS):
        yield from CHANGES
    # An answer wakes the state behind the question, where all of them are taken.
    if isinstance(place.state, StillThere):
        yield ANSWERS[0]
        return
    kind = TransactionKind.LOSS_REPORT
    if place.session.service is ServiceName.CONTACT_CHANGE:
        kind = TransactionKind.CONTACT_CHANGE
    for answer in ANSWERS:
        if not isinstance(answer, on.TransactionRecorded) or answer.transaction.kind is kind:
            yield answer


TYPED = {
    ContactField.PHONE: ("13903730021", "037312345678"),
    ContactField.POSTCODE: ("453000",),
    ContactField.EMAIL: ("a@b.cn",),
    ContactField.ADDRESS: ("河南省", "河南省新乡市", "河南省新乡市红旗区", "河南省新乡市红旗区洪门镇"),
}
PRINTING = (Home, ShowingOutcome, Sending, ShowingTopic, ShowingYear, ShowingGuide, ListingServicePoints)
WHEREVER = (
    EditingContact, EnteringValue, ReviewingChange, ShowingTopic, ShowingYear, ShowingGuide,
    ListingServicePoints,
)  # fmt: skip
WITHOUT_HOLDER = (
    NotServed, CardTrouble, AwaitingCard, ReadingCard, AwaitingIdCard, IdCardTrouble, Recording, NotRecorded,
)  # fmt: skip
BETWEEN_VISITS = (Home, TakingCard, mode.Starting, mode.OutOfService)
GUIDES = {Guide.UN_LOSS, Guide.FEES, Guide.COMPLAINTS, Guide.SERVICE_POINTS}


def stands_for_all(place: Place, choice: AnyChoice) -> bool:
    """Whether a touch is followed for others that do the same."""
    match place.state, choice.event:
        case _, on.LanguageChosen() | on.TextSizeChosen() | on.ContrastChosen() | on.VoiceChosen():
            return False
        case _, on.GuideChosen(guide):
            return guide in GUIDES
        case _, on.YearChosen(year):
            return year == NOW.year
        case EnteringPassword() | ConfirmingByPassword(), on.KeyPressed(key):
            return key == "1"
        case EnteringReceiptNumber(digits), on.KeyPressed(key):
            wanted = RECEIPTS[MINE].replace("-", "")
            return wanted.startswith(digits + key) or (len(digits) == len(wanted) - 1 and key == "0")
        case EnteringValue(entry=entry), on.KeyPressed(key):
            composing = entry.keyboard in COMPOSING
            return is_wanted(entry.of, entry.text + key) or (composing and key in "n6s")
    return True


def leads_on(state: object) -> bool:
    """Whether anything new can come of a state: not of a text that nobody wanted.

    Maintenance is walked apart (tests/flows/maintenance_walk.py).
    """
    if isinstance(state, room.STATES):
        return False
    match state:
        case EnteringValue(draft, entry):
            full = longest(entry.of, entry.text)
            wanted = is_wanted(entry.of, entry.text) or len(entry.text) in {full, full - 1}
            return wanted and draft == drafts(entry.of)[0]
        case EditingContact(draft):
            return any(draft in drafts(of) for of in ContactField)
        case ReviewingChange(draft):
            return draft in drafts(ContactField.PHONE)
    return True


def is_wanted(of: ContactField, text: str) -> bool:
    """Whether a text is on the way to one that will do: an address place by place, all else key by key."""
    if of is ContactField.ADDRESS:
        return text in {"", *TYPED[of]}
    return any(typed.startswith(text) for typed in TYPED[of])


def drafts(of: ContactField) -> tuple[ContactDetails, ...]:
    """Return the contact details as they are, and with one field as it is wanted."""
    now = RECORDS.profile.contact
    return (now, *(now.with_value(of, text) for text in TYPED[of]))


def key_of(place: Place) -> object:
    """Return what tells a place from others."""
    now, state = place.kiosk.visit.conditions, place.kiosk.visit.state
    around = now.online and not isinstance(state, WHEREVER), now.can_print and isinstance(state, PRINTING)
    lying = now.id_card if isinstance(state, Home | AwaitingIdCard | TakingCard) else None
    closed = isinstance(place.kiosk.mode, mode.OutOfService) and now.card_present
    return type(place.kiosk.mode), _told_apart(place.kiosk.visit), around, lying, closed, place.accepted


def _told_apart(visit: Visit) -> object:
    state, session = visit.state, visit.session
    holder, records = session.holder, session.records
    match state:
        case Sending() | ShowingOutcome():
            known: object = None
        case _ if type(state) in WITHOUT_HOLDER:
            known = session.service
        case ConfirmingByPassword() | ReviewingChange():
            known = _few(session.tries)
        case EditingContact() | EnteringValue():
            known = None
        case _ if type(state) in records_flow.STATES:
            known = records is WITH_ACCEPTANCE
        case _:
            known = session.service, holder and (holder.cards, holder.notices), records is None
    return known, _of_state(state)


def _of_state(state: State) -> object:
    match state:
        case StillThere(resume):
            return StillThere, type(resume)
        case TakingCard(alarms, knocks) if knocks:
            return TakingCard, min(alarms, 1), True
        case ShowingOutcome():
            return state.transaction, state.receipt, state.looked_up
        case EnteringPassword(entry):
            return EnteringPassword, replace(entry, tries=_few(entry.tries))
        case ConfirmingByPassword(draft, entry):
            return draft, replace(entry, tries=_few(entry.tries))
        case ListingServicePoints(page=page, paper=paper):
            return ListingServicePoints, page, paper
        case EnteringValue(draft, entry, checked):
            text = entry.text if is_wanted(entry.of, entry.text) else len(entry.text)
            composing = bool(entry.composition.preedit), bool(entry.composition.candidates)
            return draft, entry.of, text, entry.keyboard, composing, entry.divisions, checked
    return state


def _few(tries: Tries) -> Tries:
    """Three tries left and more are the same here: tests/flows/test_password.py tells them apart."""
    return replace(tries, left=min(tries.left, 3))


# --- the halls that are walked --------------------------------------------------------------------

BANKS = {"中国银行": "95566"}
WITH_PIN_PAD = (*WORKING, on.PinPadChanged(PinPad.READY))
REFUSING = (*WORKING, on.OutboxChanged(9, 0, "full"))


CARD_PUT_IN = (on.ServiceChosen(ServiceName.CONTACT_CHANGE), on.CardInserted(), on.CardRead(CHIP))
CHANGED_PHONE = (
    on.PinEntryStarted(VISIT), on.PinEntered(VISIT, Secret("111111")), on.PasswordAccepted(VISIT),
    on.VisitOpened(VISIT, "token", NAME, NUMBER, CARDS, ()), on.RecordsReceived(VISIT, WITHOUT_ACCEPTANCE),
    on.FieldChosen(ContactField.PHONE), *map(on.KeyPressed, TYPED[ContactField.PHONE][0]),
    on.Confirmed(), on.Confirmed(),
)  # fmt: skip


def _taken(kiosk: mode.Kiosk, events: Iterable[on.Event]) -> mode.Kiosk:
    """Return the kiosk after these events."""
    for event in events:
        kiosk = mode.step(kiosk, event).kiosk
    return kiosk


@cache
def walks() -> Mapping[str, Walk]:
    """Walk each hall once: one where all is as it comes, and those where a service is not to be had."""
    common = Policy("hall", "0001", bank_hotlines=BANKS)
    switched_off = replace(common, loss_report_enabled=False)
    by_phone = replace(
        common,
        offline_loss_report=OfflineLossReport.REFUSE,
        verified_by=PasswordVerifier.BACKEND,
    )
    loss, change = ServiceName.LOSS_REPORT, ServiceName.CONTACT_CHANGE
    knocks = on.BrandTouched
    return {
        "all": Walk(opened(common)),
        "in the elder mode": Walk(
            _taken(opened(common), (on.TextSizeChosen(TextSize.ELDER),)), within=(Home,)
        ),
        "before it opens": Walk(
            mode.starting(common, frozenset({"all"})), ServiceName.RECEIPT_LOOKUP, within=BETWEEN_VISITS
        ),
        "the outbox takes no more": Walk(opened(common, REFUSING), loss, change, never=(knocks,)),
        "password on a PIN pad": Walk(
            _taken(opened(common, WITH_PIN_PAD), CARD_PUT_IN), within=(EnteringPassword, StillThere)
        ),
        "password on a PIN pad again": Walk(
            _taken(opened(common, WITH_PIN_PAD), (*CARD_PUT_IN, *CHANGED_PHONE)),
            within=(ConfirmingByPassword, ReviewingChange, StillThere),
        ),
        "no card reader": Walk(
            opened(common, (*WORKING, on.CardReaderChanged(ready=False))),
            change,
            never=(knocks, on.CardInserted, on.CardRead, on.CardNotUsable),
        ),
        "no ID card reader": Walk(
            opened(common, (*WORKING, on.IdReaderChanged(ready=False))),
            loss,
            never=(knocks, on.IdCardRead, on.IdCardNotUsable, on.IdCardNoticed),
        ),
        "no loss reports here": Walk(opened(switched_off), loss, never=(knocks,)),
        "no loss reports offline": Walk(opened(by_phone), loss, never=(knocks,)),
    }


def places() -> Iterator[Place]:
    """Yield every place of every walk."""
    for walk in walks().values():
        yield from walk.places.values()
