from hypothesis import given
from hypothesis import strategies as st

from drivers.errors import DeviceDisconnected, DeviceSilent, NoDevice
from drivers.social_security_card.reader import (
    CardInserted,
    CardRemoved,
    MuteCardInserted,
    ReaderConnected,
    ReaderLost,
)
from drivers.social_security_card.slot_history import Empty, Occupied, SlotHistory, Unusable

EMPTY = Empty("A", counter=4)
CARD = Occupied("A", counter=5, atr=b"\x3b\x00")


def told(*sights):
    history = SlotHistory()
    return [event for sight in sights for event in history.see(sight)]


def test_a_card_that_lay_there_before_the_kiosk_started_is_inserted():
    assert told(CARD) == [ReaderConnected("A"), CardInserted(1, b"\x3b\x00")]


def test_the_same_sight_twice_is_told_once():
    assert told(EMPTY, EMPTY, CARD, CARD) == [ReaderConnected("A"), CardInserted(1, b"\x3b\x00")]


def test_a_swap_between_two_looks_is_a_removal_and_an_insertion():
    swapped = Occupied("A", counter=7, atr=CARD.atr)
    assert told(CARD, swapped)[2:] == [CardRemoved(1), CardInserted(2, CARD.atr)]


def test_a_mute_card_that_answers_after_all_is_a_new_one():
    assert told(EMPTY, Occupied("A", 5, b""), CARD)[1:] == [
        MuteCardInserted(1),
        CardRemoved(1),
        CardInserted(2, CARD.atr),
    ]


def test_a_card_that_came_without_moving_the_counter_is_looked_at_again():
    half_written = Occupied("A", EMPTY.counter, CARD.atr)
    assert told(EMPTY, half_written, CARD) == told(EMPTY, CARD)
    assert told(CARD, Empty("A", CARD.counter), Empty("A", 6)) == told(CARD, Empty("A", 6))


def test_another_reader_in_place_of_ours_takes_the_card_with_it():
    other = Occupied("B", counter=1, atr=CARD.atr)
    assert told(CARD, other)[2:] == [CardRemoved(1), ReaderConnected("B"), CardInserted(2, CARD.atr)]


def test_a_lost_reader_is_told_again_only_for_another_reason():
    reasons = [NoDevice("no reader"), NoDevice("no reader"), DeviceDisconnected("pcscd stopped")]
    assert [type(event.fault) for event in told(*map(Unusable, reasons))] == [NoDevice, DeviceDisconnected]


def test_only_the_card_in_the_slot_has_a_session():
    history = SlotHistory()
    history.see(CARD)
    assert history.card_of(1) == CARD
    assert history.card_of(2) is None
    history.see(Unusable(DeviceSilent("no answer")))
    assert history.card_of(1) is None
    assert isinstance(history.fault, DeviceSilent)


SIGHTS = st.one_of(
    st.builds(Unusable, st.sampled_from([NoDevice("none"), DeviceSilent("silent")])),
    st.builds(Empty, st.sampled_from("AB"), st.integers(0, 3)),
    st.builds(Occupied, st.sampled_from("AB"), st.integers(0, 3), st.sampled_from([b"", b"\x3b"])),
)


@given(st.lists(SIGHTS))
def test_whatever_is_seen_the_story_told_makes_sense(sights):
    connected, session = None, 0
    in_slot = False
    for event in told(*sights):
        match event:
            case ReaderConnected(name):
                assert not in_slot
                assert connected != name
                connected = name
            case ReaderLost():
                assert not in_slot
                connected = None
            case CardInserted(number, _) | MuteCardInserted(number):
                assert connected is not None
                assert not in_slot
                assert number == session + 1
                session, in_slot = number, True
            case CardRemoved(number):
                assert in_slot
                assert number == session
                in_slot = False
