"""What every `CardReader` promises: the one behind the real pcscd, and the one in this process."""

import pytest

from drivers.emulators.personas import PERSONAS
from drivers.emulators.social_security_card import ALL_TRIES, VARIANTS, SocialSecurityCardEmulator
from drivers.errors import DeviceError, DeviceSilent, DeviceStatus, PortInUse
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.errors import CardAbsent, CardUnreadable
from drivers.social_security_card.password import VerificationUnknown, Verified
from drivers.social_security_card.reader import (
    CardInserted,
    CardRemoved,
    MuteCardInserted,
    ReaderConnected,
    ReaderLost,
)


def test_a_card_put_in_and_taken_out_is_told_as_one_session(world, chip):
    inserted = world.insert(chip)
    assert inserted.atr == chip.power_on()

    world.hands.pull()
    assert world.next_event() == CardRemoved(inserted.session)


def test_two_cards_with_the_same_atr_are_two_sessions(world, chip):
    first = world.insert(chip)
    world.hands.pull()
    world.hands.insert(SocialSecurityCardEmulator(chip.persona))

    assert world.next_event() == CardRemoved(first.session)
    second = world.expect(CardInserted)
    assert second.atr == first.atr
    assert second.session != first.session


def test_a_mute_card_is_told_as_such(world, chip):
    world.hands.insert(SocialSecurityCardEmulator(chip.persona, VARIANTS["mute"]))
    mute = world.expect(MuteCardInserted)
    world.hands.pull()
    assert world.next_event() == CardRemoved(mute.session)


def test_a_card_is_ours_alone_until_we_let_it_go(world, chip, connect):
    inserted = world.insert(chip)
    connection = connect(world, inserted)
    with pytest.raises(PortInUse):
        world.reader.connect(inserted)

    connection.close()
    connection.close()
    connect(world, inserted)


def test_a_card_is_read_and_its_password_tried_and_forgotten_when_we_let_it_go(world, chip, connect):
    inserted = world.insert(chip)
    connection = connect(world, inserted)
    card = SocialSecurityCard(connection)
    assert card.read().name == "王秀英"
    assert card.verify("246810") == Verified()
    assert chip.is_verified

    connection.close()
    connect(world, inserted)
    assert not chip.is_verified


def test_the_next_card_is_not_taken_for_the_one_before(world, chip):
    inserted = world.insert(chip)
    world.hands.pull()
    world.expect(CardRemoved)
    with pytest.raises(CardAbsent):
        world.reader.connect(inserted)
    world.insert(SocialSecurityCardEmulator(PERSONAS[1]))
    with pytest.raises(CardAbsent):
        world.reader.connect(inserted)


def test_a_card_pulled_while_it_tries_the_password_leaves_the_outcome_unknown(world, chip, connect):
    card = SocialSecurityCard(connect(world, world.insert(chip)))
    card.read()
    seen = chip.commands
    # SELECT comes first; the try is counted, and its answer lost with the card.
    original, chip.transmit = chip.transmit, lambda command: _pull_at_verify(world, chip, original, command)

    outcome = card.verify("000000")

    assert isinstance(outcome, VerificationUnknown)
    assert isinstance(outcome.cause, CardAbsent)
    assert outcome.cause.status is DeviceStatus.USER_ERROR
    assert chip.tries_left == ALL_TRIES - 1, "the card was told once"
    assert chip.commands == seen + 2
    world.expect(CardRemoved)


def _pull_at_verify(world, chip, transmit, command):
    if command[1] == 0xA4:
        answer = transmit(command)
        world.hands.pull_during_next_apdu()
        return answer
    return transmit(command)


def test_an_answer_without_a_status_word_makes_a_card_unreadable(world, chip, connect):
    connection = connect(world, world.insert(chip))
    world.hands.garble_next_apdu()
    with pytest.raises(CardUnreadable):
        SocialSecurityCard(connection).read()
    assert SocialSecurityCard(connection).read().region == "410700"


def test_a_card_that_never_answers_costs_the_reader_until_it_is_pulled(world, chip, connect):
    inserted = world.insert(chip)
    connection = connect(world, inserted)
    world.hands.hang_on_next_apdu()
    with pytest.raises(DeviceSilent):
        SocialSecurityCard(connection).read()

    assert world.next_event() == CardRemoved(inserted.session)
    lost = world.expect(ReaderLost)
    assert isinstance(lost.fault, DeviceSilent)
    with pytest.raises(DeviceSilent):
        world.reader.connect(inserted)
    with pytest.raises(DeviceSilent):
        connection.transmit(b"\x00\xa4\x04\x00")

    world.hands.pull()
    world.expect(ReaderConnected)


def test_a_card_that_answers_late_is_taken_for_a_new_one(world, chip, connect):
    inserted = world.insert(chip)
    connection = connect(world, inserted)
    world.hands.hang_on_next_apdu()
    with pytest.raises(DeviceSilent):
        SocialSecurityCard(connection).read()
    world.expect(CardRemoved, ReaderLost)

    world.hands.answer_late()
    again = world.expect(ReaderConnected, CardInserted)
    assert again.session != inserted.session
    assert SocialSecurityCard(connect(world, again)).read().name == "王秀英"


def test_a_lost_reader_takes_card_and_connection_with_it_and_comes_back(world, chip, connect):
    inserted = world.insert(chip)
    connection = connect(world, inserted)

    world.lose_reader()
    lost = world.expect(CardRemoved, ReaderLost)
    assert lost.fault.status is DeviceStatus.NO_DEVICE
    with pytest.raises(DeviceError):
        connection.transmit(b"\x00\xa4\x04\x00")
    with pytest.raises(type(lost.fault)):
        world.reader.connect(inserted)

    world.restore_reader()
    world.expect(ReaderConnected)
    if world.hands.chip is None:  # vpcd lost its card; a real reader, and ours, still hold it
        world.hands.insert(chip)
    again = world.expect(CardInserted)
    assert SocialSecurityCard(connect(world, again)).read().name == "王秀英"


def test_waiting_ends_when_woken(world):
    world.reader.wake()
    assert world.reader.wait_for_change(60) is None


def test_looking_without_waiting_finds_nothing_when_nothing_happened(world):
    assert world.reader.wait_for_change(0) is None
