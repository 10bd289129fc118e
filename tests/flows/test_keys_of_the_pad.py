"""The PIN pad in every state of a visit: its keys are on for a password only, and one press is one order."""

from functools import cache

from kiosk.flows import effects as do
from kiosk.flows import events as on
from kiosk.flows.contact_change import ConfirmingByPassword
from kiosk.flows.identification import EnteringPassword
from kiosk.flows.password import Keys, PasswordEntry, Phase
from kiosk.flows.secret import Secret
from kiosk.flows.visit import StillThere
from tests.flows.walk import Place, events_in, walks

VERIFY = (do.VerifyPasswordOnCard, do.VerifyPasswordAtBackend)
ENDED_BY_PAD = (on.PinEntered, on.PinEntryCancelled, on.PinEntryTimedOut, on.PinEntryFailed)
LISTENING = {Keys.PAD_STARTING, Keys.PAD_ON}


def entry_of(place: Place) -> PasswordEntry | None:
    """Return the password entry on the screen, or behind the question whether somebody is there."""
    state = place.kiosk.visit.state
    if isinstance(state, StillThere):
        state = state.resume
    return state.entry if isinstance(state, EnteringPassword | ConfirmingByPassword) else None


def listens(place: Place) -> bool:
    entry = entry_of(place)
    return entry is not None and entry.phase is Phase.ENTERING and entry.keys in LISTENING


@cache
def steps() -> tuple[tuple[Place, on.Event, Place, tuple[do.Effect, ...]], ...]:
    """Return every step from every place of the walks around a password on the pad."""
    walked = [walks()[name] for name in ("password on a PIN pad", "password on a PIN pad again")]
    return tuple(
        (place, event, *place.after(event))
        for walk in walked
        for place in walk.places.values()
        if entry_of(place) is not None
        for event in events_in(place)
    )


def test_the_keys_go_on_when_the_pad_is_to_be_used_and_off_on_every_way_out() -> None:
    ways_out = 0
    for before, event, after, effects in steps():
        starts = any(isinstance(effect, do.StartPinEntry) for effect in effects)
        ends = any(isinstance(effect, do.CancelPinEntry | do.CloseVisit) for effect in effects)
        if listens(after) and not listens(before):
            assert starts, after.way()
        if listens(before) and not listens(after):
            ways_out += 1
            assert ends or isinstance(event, ENDED_BY_PAD), f"the keys stay on{after.way()}"
        if starts:
            assert listens(after), f"keys are on for nothing{after.way()}"
    assert ways_out > 50


def test_a_password_is_ordered_to_be_verified_by_the_pads_confirm_key_or_the_screens() -> None:
    orders = 0
    for before, event, after, effects in steps():
        for order in effects:
            if not isinstance(order, VERIFY):
                continue
            entry = entry_of(before)
            assert entry is not None
            if isinstance(event, on.PinEntered):
                orders += 1
                assert entry.keys is Keys.PAD_ON, f"of an entry that nobody is in{after.way()}"
                assert order.password == event.password == Secret("111111")
            else:
                assert isinstance(event, on.Confirmed)
                assert order.password == entry.digits
            assert "111" not in repr((order, after.kiosk.visit.state, event))
    assert orders > 0


def test_what_a_pad_says_that_was_not_asked_changes_nothing() -> None:
    for place in walks()["before it opens"].places.values():
        for event in (on.PinEntered(1, Secret("111111")), on.PinEntryCancelled(1), on.PinKeyPressed(1, 3)):
            _, effects = place.after(event)
            assert not any(isinstance(effect, VERIFY) for effect in effects), place.way()
            assert place.after(event)[0].session.holder == place.session.holder, place.way()
