"""The password (Art 24): every sequence of up to eight outcomes, walked through whole visits.

    right  wrong  lost (the service says so)  late  never answered  card pulled  power cut  a try elsewhere
    back  away

A contact change asks for the password twice, so both places are walked. `Account` counts the tries as card
and backend do; `heard` is what the visit has been told of that count. A card tells nothing before its first
wrong try, so that one can't be warned of. What the program does by itself is checked at every single step.
"""

import pickle
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from kiosk.domain.contact import ContactField
from kiosk.domain.policy import PasswordVerifier, Policy
from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.contact_change import ConfirmingByPassword, EditingContact, ReviewingChange
from kiosk.flows.events import BackendFault, CardFault, ServiceName
from kiosk.flows.identification import EnteringPassword, LoadingRecords, NotServed, OpeningVisit
from kiosk.flows.outcome import NotRecorded, Recording
from kiosk.flows.password import PasswordEntry, Phase
from kiosk.flows.secret import Secret
from kiosk.flows.visit import Home, TakingCard
from kiosk.views.models import Keypad, choices_of
from tests.flows.hall import (
    CARDS,
    CHIP,
    LIBRARY,
    NAME,
    NUMBER,
    RECORDS,
    opened,
    screen_of,
    view_of,
)

TRIES = 6
DEPTH = 8
PASSWORD = "864209"
HALF = PASSWORD[:3]
VERIFY = (do.VerifyPasswordOnCard, do.VerifyPasswordAtBackend)


@dataclass(frozen=True)
class Account:
    """The counter on the card or at the backend."""

    wrong_in_a_row: int = 0

    @property
    def tries_left(self) -> int:
        return TRIES - self.wrong_in_a_row

    def tried(self, *, right: bool) -> "Account":
        if self.tries_left == 0:
            return self
        return Account(0 if right else self.wrong_in_a_row + 1)


@dataclass(frozen=True)
class Scene:
    """A kiosk between two outcomes, and what the model knows of it."""

    kiosk: mode.Kiosk
    account: Account = Account()
    heard: int = TRIES  # the tries left, by all this visit was told
    told: bool = False  # card or backend has said so: what was not told is at most so many
    sworn: bool = False  # the citizen has said: spend the last one
    elsewhere: bool = False  # tries were spent elsewhere since this visit heard of them
    unanswered: do.Effect | None = None  # a VERIFY that nobody has answered yet

    @property
    def entry(self) -> PasswordEntry | None:
        """The password entry on the screen."""
        state = self.kiosk.visit.state
        return state.entry if isinstance(state, EnteringPassword | ConfirmingByPassword) else None

    @property
    def is_entering(self) -> bool:
        return self.entry is not None and self.entry.phase is Phase.ENTERING

    @property
    def number(self) -> int:
        return self.kiosk.visit.session.number

    @property
    def known_by(self) -> object:
        """Return what tells this scene from others: all but how many visits there were before."""
        visit = self.kiosk.visit
        session = replace(visit.session, number=0)
        seen = (self.kiosk.mode, visit.state, session, visit.conditions)
        return seen, self.account, self.heard, self.told, self.sworn, self.elsewhere


# --- one step, and what must hold in it ----------------------------------------------------------


def take(scene: Scene, event: on.Event) -> Scene:
    """Give the kiosk an event. A VERIFY comes only of six digits and the citizen's word."""
    stepped = mode.step(scene.kiosk, event)
    verifies = [effect for effect in stepped.effects if isinstance(effect, VERIFY)]
    for verify in verifies:
        assert isinstance(event, on.Confirmed)
        assert scene.entry is not None
        assert verify.password == scene.entry.digits == Secret(PASSWORD)
        assert scene.unanswered is None, "one VERIFY is ordered while another has no answer"
        assert scene.heard != 0
        assert scene.heard != 1 or scene.sworn, "the last try is spent without the citizen's word"
        by_card = scene.kiosk.visit.policy.verified_by is PasswordVerifier.CARD
        assert isinstance(verify, VERIFY[0] if by_card else VERIFY[1])
    assert len(verifies) <= 1
    after = replace(scene, kiosk=stepped.kiosk, unanswered=verifies[0] if verifies else scene.unanswered)
    others = [effect for effect in stepped.effects if not isinstance(effect, VERIFY)]
    if not after.is_entering:
        visit = stepped.kiosk.visit
        held: list[object] = [visit.state, others]
        if scene.is_entering or visit.session is not scene.kiosk.visit.session:  # else it was looked through
            held.append(replace(visit.session, records=None))
        assert HALF.encode() not in pickle.dumps(held), "digits outlive their use"
    if after.number != scene.number:
        return replace(after, heard=TRIES, told=False, sworn=False, elsewhere=False, unanswered=None)
    return after


def taken(scene: Scene, *events: on.Event) -> Scene:
    for event in events:
        scene = take(scene, event)
    return scene


# --- what the citizen, the card and the backend do ----------------------------------------------


def at_rest(scene: Scene) -> Scene:
    """Let everything happen up to the next password, or to the end of the visit."""
    for _ in range(20):
        match scene.kiosk.visit.state:
            case OpeningVisit():
                scene = visit_opened(scene)
            case LoadingRecords():
                scene = take(scene, on.RecordsReceived(scene.number, RECORDS))
            case EditingContact():
                keys = (on.KeyPressed(digit) for digit in "453000")
                chosen = on.FieldChosen(ContactField.POSTCODE)
                scene = taken(scene, chosen, *keys, on.Confirmed(), on.Confirmed())
            case ReviewingChange():
                scene = take(scene, on.Confirmed())
            case Recording():
                scene = take(scene, on.TransactionNotRecorded(scene.number, "disk"))
            case NotRecorded():
                scene = away(scene)
            case TakingCard():
                scene = taken(scene, on.CardRemoved(), on.TimedOut())
            case _:
                return scene
    raise AssertionError(f"no rest at {scene.kiosk.visit.state}")


def visit_opened(scene: Scene) -> Scene:
    by_card = scene.kiosk.visit.policy.verified_by is PasswordVerifier.CARD
    tries_left = None if by_card else scene.account.tries_left
    if tries_left == 0:
        return take(scene, on.QuestionFailed(scene.number, BackendFault.PASSWORD_LOCKED))
    told = on.VisitOpened(scene.number, "token", NAME, NUMBER, CARDS, (), tries_left)
    if tries_left is not None:
        scene = replace(scene, heard=tries_left, told=True, elsewhere=False)
    return take(scene, told)


def arrived(scene: Scene) -> Scene:
    """Somebody comes with the card and wants to change contact details."""
    chosen = on.ServiceChosen(ServiceName.CONTACT_CHANGE)
    return at_rest(taken(scene, chosen, on.CardInserted(), on.CardRead(CHIP)))


def away(scene: Scene) -> Scene:
    """The citizen has had enough, and takes the card along."""
    scene = take(scene, on.Confirmed() if isinstance(scene.kiosk.visit.state, NotServed) else on.WentHome())
    assert isinstance(scene.kiosk.visit.state, TakingCard)
    scene = taken(scene, on.CardRemoved(), on.TimedOut())
    assert isinstance(scene.kiosk.visit.state, Home)
    return scene


def ordered(scene: Scene, *, right: bool) -> Scene:
    """The citizen enters six digits and says so, after a warning if there is one; they are tried."""
    assert scene.entry is not None
    if scene.entry.phase is Phase.WARNED:
        scene = replace(take(scene, on.Confirmed()), sworn=True)
    scene = taken(scene, *(on.KeyPressed(digit) for digit in PASSWORD), on.Confirmed())
    assert scene.unanswered is not None
    return replace(scene, account=scene.account.tried(right=right))


def verdict(before: Scene, after: Scene, *, right: bool) -> on.Event:
    """Return how card or backend answer."""
    if before.account.tries_left == 0 or after.account.tries_left == 0:
        return on.PasswordLocked(after.number)
    return (
        on.PasswordAccepted(after.number)
        if right
        else on.PasswordWrong(after.number, after.account.tries_left)
    )


def heard(scene: Scene, answer: on.Event) -> Scene:
    """The answer arrives."""
    match answer:
        case on.PasswordAccepted():
            left, told = TRIES, False
        case on.PasswordWrong(tries_left=tries_left):
            left, told = tries_left, True
        case on.PasswordLocked():
            left, told = 0, True
        case _:  # lost: it counts as spent
            left, told = max(scene.heard - 1, 0), scene.told
    clear = not isinstance(answer, on.PasswordOutcomeUnknown)
    elsewhere = scene.elsewhere and not clear
    after = replace(scene, heard=left, told=told, sworn=False, elsewhere=elsewhere, unanswered=None)
    return at_rest(take(after, answer))


def fiddled_with(scene: Scene) -> None:
    """Nothing that hands can do orders another VERIFY while one has no answer."""
    keys = [on.KeyPressed(digit) for digit in PASSWORD]
    back = (on.WentBack(), on.Confirmed(), on.Confirmed())
    for before in ((), (on.Confirmed(),), back, (on.TimedOut(), on.MoreTimeWanted())):
        taken(scene, *before, *keys, on.Confirmed(), on.Confirmed())


def dropped(scene: Scene, answer: on.Event) -> Scene:
    """An answer to a visit that is over changes nothing."""
    assert take(scene, answer) == scene
    return scene


def outcomes(scene: Scene) -> Iterator[tuple[str, Scene]]:
    """Yield everything that may happen next, by name."""
    elsewhere = replace(scene, account=scene.account.tried(right=False), elsewhere=True)
    yield "a try elsewhere", elsewhere
    if isinstance(scene.kiosk.visit.state, Home):
        yield "arrived", arrived(scene)
        return
    fresh = opened(scene.kiosk.visit.policy)
    yield "power cut", Scene(fresh, scene.account)
    yield "pulled", take(scene, on.CardRemoved())
    yield "away", away(scene)
    yield "idle", taken(scene, on.TimedOut(), on.TimedOut(), on.CardRemoved(), on.TimedOut())
    if scene.entry is None or scene.entry.phase not in {Phase.ENTERING, Phase.WARNED}:
        return
    if any(isinstance(choice.event, on.WentBack) for choice in choices_of(view_of(scene.kiosk))):
        yield "back", at_rest(take(scene, on.WentBack()))
    for right in (True, False):
        asked = ordered(scene, right=right)
        answer = verdict(scene, asked, right=right)
        lost = on.PasswordOutcomeUnknown(asked.number)
        late = take(asked, on.TimedOut())
        fiddled_with(late)
        yield "right" if right else "wrong", heard(asked, answer)
        yield "lost", heard(asked, lost)
        yield "late", heard(late, answer)
        yield "late and lost", heard(late, lost)
        yield "never answered", dropped(away(late), answer)
        yield "pulled as it is checked", dropped(take(asked, on.CardRemoved()), answer)
        yield "power cut as it is checked", Scene(fresh, asked.account)
    if scene.entry.phase is Phase.ENTERING:
        half = taken(scene, *(on.KeyPressed(digit) for digit in HALF))
        yield "pulled half typed", take(half, on.CardRemoved())


# --- what must hold at rest ----------------------------------------------------------------------

WINDOW = {"zh_CN": ("窗口", "社保卡", "身份证"), "en": ("window", "social security card", "ID card")}


def stand(scene: Scene) -> None:
    """Hold a scene against what the citizen must be told, and against events that nobody expects."""
    kiosk = scene.kiosk
    if scene.told and not scene.elsewhere:
        assert scene.heard <= scene.account.tries_left, "more tries are promised than there are"
    for language, words in LIBRARY.words.items():
        screen = screen_of(kiosk, language)
        offers_digits = isinstance(view_of(kiosk).body, Keypad)
        key = "password.tries_left" if scene.told else "password.tries_at_most"
        told = words(key, tries=scene.heard).strip() in screen
        match scene.entry:
            case None:
                assert not offers_digits
            case PasswordEntry(Phase.ENTERING):
                assert scene.heard > 1 or scene.sworn
                assert offers_digits
                assert told, f"{scene.heard} tries are left and nobody says so"
            case PasswordEntry(Phase.WARNED):
                assert scene.heard == 1
                assert words("password.last_try.text") in screen
                assert not offers_digits
            case PasswordEntry(phase):
                assert scene.heard == 0
                assert phase in {Phase.LOCKED, Phase.UNANSWERED}
                assert not offers_digits
                assert WINDOW[language][0] in screen
        locked = scene.entry is not None and scene.entry.phase is Phase.LOCKED
        if locked or isinstance(kiosk.visit.state, NotServed):
            assert all(word in screen for word in WINDOW[language]), "locked leads to the window"
            assert scene.account.tries_left == 0, "locked is said of an account that is not"
    for event in unexpected(scene):
        after = take(scene, event)
        answered = on.PasswordAccepted | on.PasswordWrong | on.PasswordLocked
        if isinstance(event, answered) and (scene.entry is None or scene.entry.phase is not Phase.UNANSWERED):
            assert after == scene, "an answer nobody waits for says nothing"


def unexpected(scene: Scene) -> Iterator[on.Event]:
    """Yield what devices, backend, time and hands may do at any moment."""
    for visit in (scene.number, scene.number - 1):
        yield from (on.PasswordAccepted(visit), on.PasswordWrong(visit, 3), on.PasswordLocked(visit))
        yield from (on.PasswordOutcomeUnknown(visit), on.QuestionFailed(visit, BackendFault.UNREACHABLE))
        yield from (on.RecordsReceived(visit, RECORDS), on.SlipPrinted(visit))
        yield on.VisitOpened(visit, "token", NAME, NUMBER, CARDS, (), 6)
    yield from (on.Confirmed(), on.Erased(), on.KeyPressed("7"), on.WentBack(), on.WentHome())
    yield from (on.TimedOut(), on.MoreTimeWanted(), on.LanguageChosen("en"), on.PrintChosen())
    yield from (on.CardInserted(), on.CardRead(CHIP), on.CardNotUsable(CardFault.UNREADABLE))
    yield from (on.CardReaderChanged(ready=False), on.CardReaderChanged(ready=True), on.CardRemoved())
    yield from (on.IdCardRead(NAME, NUMBER, expired=False), on.IdCardRead("李", "4107", expired=False))
    yield from (on.LinkChanged(online=False), on.LinkChanged(online=True), on.ServiceFailed("cards"))
    yield from (on.TechnicianCardShown("张工"), on.ServiceReady("cards"))


# --- the proofs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("verifier", PasswordVerifier)
def test_no_sequence_of_outcomes_spends_a_try_the_citizen_did_not_order(verifier: PasswordVerifier) -> None:
    """Sequences that lead to the same scene are walked on together, and counted apart."""
    scenes: dict[object, Scene] = {}
    following: dict[object, tuple[object, ...]] = {}

    def known(scene: Scene) -> object:
        key = scene.known_by
        if key not in scenes:
            scenes[key] = scene
            stand(scene)
        return key

    sequences = Counter({known(Scene(opened(Policy("hall", "0001", verified_by=verifier)))): 1})
    for _ in range(DEPTH):
        longer: Counter[object] = Counter()
        for key, count in sequences.items():
            if key not in following:
                following[key] = tuple(known(after) for _, after in outcomes(scenes[key]))
            for after in following[key]:
                longer[after] += count
        sequences = longer
    assert sequences.total() > 20_000_000
    reached = {scene.entry.phase for scene in scenes.values() if scene.entry}
    assert reached == {Phase.ENTERING, Phase.WARNED, Phase.LOCKED, Phase.UNANSWERED}


def typed(digits: str) -> Scene:
    return taken(arrived(Scene(opened(Policy("hall", "0001")))), *(on.KeyPressed(digit) for digit in digits))


def test_five_digits_are_given_to_nobody_and_a_seventh_is_not_taken() -> None:
    assert take(typed(PASSWORD[:5]), on.Confirmed()) == typed(PASSWORD[:5])
    assert typed(PASSWORD + "7") == typed(PASSWORD)


def test_digits_show_in_no_repr() -> None:
    half, whole = typed(HALF), typed(PASSWORD)
    for shown in (half, whole, take(whole, on.Confirmed()).unanswered):
        assert HALF not in repr(shown)
    assert "4" not in repr(on.KeyPressed("4"))
