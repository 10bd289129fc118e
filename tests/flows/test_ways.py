"""Nobody is left standing: every touch does something, the way out is near, and time alone leads home."""

from collections.abc import Iterator
from typing import get_args

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows import mode
from kiosk.flows.identification import LoadingRecords, NotServed, OpeningVisit, ReadingCard
from kiosk.flows.journeys import STATES
from kiosk.flows.loss_report import FindingCards
from kiosk.flows.maintenance import room
from kiosk.flows.outcome import NotRecorded, Receipt, Recording, Sending, ShowingOutcome
from kiosk.flows.records import OnPaper
from kiosk.flows.settings import Contrast, Settings, TextSize
from kiosk.flows.visit import (
    EXTENSIONS,
    Farewell,
    Home,
    MachineTime,
    PersonsDiffer,
    StillThere,
    TakingCard,
    left_behind,
)
from kiosk.views.models import AnyChoice, Keypad, Menu, choices_of
from kiosk.views.present import PRESENTERS
from kiosk.views.presenters.paging import CHOICES_ELDER
from tests.flows import maintenance_walk
from tests.flows.walk import ANSWERS, CHANGES, HANDS, LATE, PRINTER, SENSED, Place
from tests.flows.walk import places as all_places

CLOSED = mode.Starting | mode.OutOfService
SETTINGS = on.LanguageChosen | on.TextSizeChosen | on.ContrastChosen | on.VoiceChosen
ONLY_OUT = {
    "still_there", "password_locked", "password_unanswered", "password_again_locked",
    "password_again_unanswered",
    "reading_card", "password_verifying", "password_again_verifying", "opening_visit", "loading_records",
    "asking_for_year", "loss_finding_cards", "receipt_looking_up",
}  # fmt: skip
"""Screens that lead only out: what was before them is gone, or a question is on its way."""
A_MINUTE_S = 60
TIMES = 6  # that time may pass before the kiosk is free again


def places() -> Iterator[Place]:
    """Yield every place of every walk but the door to maintenance, where walks end."""
    return (place for place in all_places() if not isinstance(place.kiosk.mode, mode.Maintenance))


def one_of_each_state() -> Iterator[Place]:
    """Yield the first place of each state."""
    seen: set[type] = set()
    for place in places():
        if type(place.state) not in seen:
            seen.add(type(place.state))
            yield place


def choices(place: Place) -> tuple[AnyChoice, ...]:
    """Return what can be touched, but for the settings."""
    return tuple(each for each in choices_of(place.view()) if not isinstance(each.event, SETTINGS))


def is_over(place: Place) -> bool:
    """Whether the visitor is forgotten: nothing is left to do but take the card."""
    return isinstance(place.state, Home | Farewell | TakingCard | CLOSED)


def left_alone(place: Place) -> Place:
    """Return where time leads. A card left in the reader is waited for: the kiosk keeps none (Art 9)."""
    for _ in range(TIMES):
        if place.kiosk.timeout is not None:
            place, _ = place.after(on.TimedOut())
    if isinstance(place.state, TakingCard):
        assert left_behind(place.kiosk.visit.conditions), "a card is waited for that is not there"
        taken, _ = place.after(on.CardRemoved())[0].after(on.IdCardNoticed(lying=False))
        place, _ = taken.after(on.TimedOut())
    if isinstance(place.kiosk.mode, mode.Maintenance):  # a technician waited
        place, _ = place.after(on.TimedOut())
    return place


# --- touches ---------------------------------------------------------------------------------------


def test_every_touch_on_every_screen_does_something() -> None:
    for place in places():
        for choice in choices_of(place.view()):
            after, effects = place.after(choice.event)
            assert effects or after.kiosk != place.kiosk, f"{choice.text!r} does nothing{place.way()}"


def test_a_touch_that_asks_for_nothing_shows_on_the_screen() -> None:
    """Once for each screen by its name: what differs beyond it is text."""
    seen: set[tuple[str, str]] = set()
    for place in places():
        view = place.view()
        for choice in choices_of(view):
            if (view.name, choice.text) in seen:
                continue
            seen.add((view.name, choice.text))
            after, effects = place.after(choice.event)
            assert effects or after.view() != view, f"{choice.text!r} shows nothing{place.way()}"


def test_the_way_out_is_at_most_two_touches_away() -> None:
    for place in places():
        offered = choices(place)
        if is_over(place) or not offered:
            continue  # a screen without choices is left by time, or by the card
        near = [place.after(choice.event)[0] for choice in offered]
        far = (one.after(choice.event)[0] for one in near for choice in choices(one))
        assert any(map(is_over, near)) or any(map(is_over, far)), place.way()


def test_the_way_back_stands_wherever_the_way_out_does() -> None:
    for place in places():
        view = place.view()
        if view.home is None or view.name in ONLY_OUT:
            assert view.back is None, place.way()
        else:
            assert view.back is not None, place.way()


def test_where_the_way_out_does_not_stand_the_one_way_on_is_it() -> None:
    for place in places():
        view = place.view()
        if view.home is None and view.choices and not is_over(place):
            after, _ = place.after(view.choices[-1].event)
            assert is_over(after), place.way()


def test_the_elder_mode_offers_four_things_to_pick_from_at_most() -> None:
    for place in places():
        if isinstance(place.view().body, Menu):
            body = place.after(on.TextSizeChosen(TextSize.ELDER))[0].view().body
            assert isinstance(body, Menu)
            assert len(body.items) <= CHOICES_ELDER, place.way()


def test_a_keypad_shows_all_that_was_typed() -> None:
    for place in places():
        body = place.view().body
        if isinstance(body, Keypad):
            assert len(body.shown) <= body.length == sum(body.groups), place.way()


# --- time ------------------------------------------------------------------------------------------


def test_time_alone_leads_home_from_everywhere() -> None:
    for place in places():
        last = left_alone(place)
        assert isinstance(last.state, Home | CLOSED), f"left at {type(last.state).__name__}{place.way()}"


def test_what_somebody_chose_to_read_by_is_gone_when_they_are() -> None:
    chosen = (
        on.LanguageChosen("en"), on.TextSizeChosen(TextSize.ELDER), on.ContrastChosen(Contrast.HIGH_DARK),
        on.VoiceChosen(wanted=True),
    )  # fmt: skip
    for place in one_of_each_state():
        reading = place
        for choice in chosen:
            reading, _ = reading.after(choice)
        settings = reading.session.settings
        assert settings == Settings("en", TextSize.ELDER, Contrast.HIGH_DARK, voice=True), place.way()
        assert left_alone(reading).session.settings == Settings(), place.way()


def test_elders_have_twice_the_time_and_machines_do_not() -> None:
    waiting = set()
    for place in places():
        given, elders = place.kiosk.timeout, place.after(on.TextSizeChosen(TextSize.ELDER))[0].kiosk.timeout
        if isinstance(given, MachineTime):
            waiting.add(type(place.state))
            assert elders == given, place.way()
        elif given is not None and not place.session.settings.elder:
            assert elders == 2 * given, place.way()
    assert {ReadingCard, OpeningVisit, LoadingRecords, FindingCards, Recording} <= waiting


def test_a_refusal_stands_long_enough_to_be_read() -> None:
    for place in places():
        if isinstance(place.state, PersonsDiffer | NotServed | NotRecorded):
            assert (place.kiosk.timeout or 0) >= A_MINUTE_S, place.way()


def test_whoever_is_still_there_goes_on_where_they_were() -> None:
    for place in places():
        asked, _ = place.after(on.TimedOut())
        if isinstance(asked.state, StillThere) and not isinstance(place.state, StillThere):
            visit = asked.after(on.MoreTimeWanted())[0].kiosk.visit
            before = place.kiosk.visit
            assert visit == before.at(before.state, extensions=before.session.extensions + 1), place.way()


def test_more_time_can_be_had_ten_times_and_more_but_not_for_ever() -> None:
    """Whoever only ever asks for more time does nothing else: the last of them ends by itself."""
    for start in one_of_each_state():
        place, waited = start, 0
        while isinstance((asked := place.after(on.TimedOut())[0]).state, StillThere):
            place, waited = asked.after(on.MoreTimeWanted())[0], waited + 1
            assert waited <= EXTENSIONS, place.way()
        assert waited == 0 or (waited >= 10 and is_over(asked)), place.way()


def test_whoever_does_something_has_all_their_time_again() -> None:
    for place in one_of_each_state():
        asked, _ = place.after(on.TimedOut())
        if isinstance(asked.state, StillThere) and not isinstance(place.state, StillThere):
            tired, _ = asked.after(on.MoreTimeWanted())
            assert tired.session.extensions == 1
            assert tired.after(on.LanguageChosen("en"))[0].session.extensions == 0


def test_time_never_breaks_off_what_is_being_printed_taken_down_or_sent() -> None:
    """It ends in a word about what became of it, never in a question or a goodbye."""
    busy = 0
    for place in places():
        state = place.state
        paper = getattr(state, "paper", None) or getattr(state, "receipt", None)
        if isinstance(state, Recording | Sending) or paper in {OnPaper.PRINTING, Receipt.PRINTING}:
            busy += 1
            told = place.after(on.TimedOut())[0].state
            assert isinstance(told, NotRecorded | ShowingOutcome | type(state)), place.way()
    assert busy


def test_a_key_of_the_pad_stops_the_voice() -> None:
    for place in one_of_each_state():
        pressed = on.PinKeyPressed(place.session.number, 1)
        listening, _ = place.after(on.VoiceChosen(True))
        if not isinstance(place.state, CLOSED) and not isinstance(place.kiosk.mode, mode.Maintenance):
            assert do.Hush() in listening.after(pressed)[1], place.way()
            assert do.Hush() not in place.after(pressed)[1], place.way()


def test_a_card_taken_while_the_reader_was_lost_is_not_waited_for() -> None:
    for place in places():
        if isinstance(place.state, TakingCard):
            lost, _ = place.after(on.CardReaderChanged(ready=False))[0].after(on.IdReaderChanged(ready=False))
            assert isinstance(left_alone(lost).state, Home | CLOSED)


# --- nothing is forgotten ---------------------------------------------------------------------------


def test_every_state_is_come_to_and_has_a_screen() -> None:
    assert set(PRESENTERS) == {*STATES, *get_args(CLOSED), *room.STATES}
    in_maintenance = {type(kiosk.state) for kiosk in maintenance_walk.kiosks()}
    assert {type(place.state) for place in places()} | in_maintenance == set(PRESENTERS)


def test_the_walk_takes_every_kind_of_event() -> None:
    offered = {type(choice.event) for place in places() for choice in choices_of(place.view())}
    taken = offered | {type(event) for event in (*HANDS, *SENSED, *CHANGES, *PRINTER, *ANSWERS)}
    assert taken | maintenance_walk.kinds_of_event() == set(get_args(on.Event))


def test_an_answer_to_a_visit_that_is_over_changes_nothing() -> None:
    for place in one_of_each_state():
        for answer in LATE:
            assert place.after(answer) == (place, ()), f"{answer}{place.way()}"
