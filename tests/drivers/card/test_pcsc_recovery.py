"""The reader behind the real pcscd, when pcscd and other programs do what they do in the field."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from smartcard import scard

from drivers.emulators.pcscd import PSAM_SLOT, USER_SLOT, VirtualPcscd
from drivers.emulators.personas import persona
from drivers.emulators.psam import PsamEmulator
from drivers.emulators.vpcd import VirtualSlot
from drivers.errors import DeviceDisconnected, DeviceSilent, DeviceStatus, NoDevice, PortInUse
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.errors import CardAbsent, CardWasReset
from drivers.social_security_card.password import Verified
from drivers.social_security_card.pcsc import LONGEST_LOOK_S, PcscCardReader, PcscConnection
from drivers.social_security_card.pcsc_calls import CardHandle
from drivers.social_security_card.psam import PsamSlot, is_psam
from drivers.social_security_card.reader import CardInserted, CardRemoved, ReaderConnected, ReaderLost
from drivers.social_security_card.slot_history import Occupied

pytestmark = pytest.mark.pcscd

PATIENCE_S = 10.0


def fault_of(reader: PcscCardReader):
    event = reader.wait_for_change(PATIENCE_S)
    assert isinstance(event, ReaderLost), event
    return event.fault


def test_a_kiosk_that_starts_before_pcscd_finds_the_reader_when_it_comes(watching):
    with closing(VirtualPcscd()) as pcscd:
        pcscd.use_in_this_process()
        reader = watching()
        assert isinstance(fault_of(reader), DeviceDisconnected)
        pcscd.start()
        assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)


def test_a_reader_plugged_in_later_is_found_and_one_taken_away_is_missed(pcscd, watching):
    pcscd.stop()
    pcscd.unplug()
    pcscd.start()
    reader = watching()
    assert isinstance(fault_of(reader), NoDevice)

    pcscd.stop()
    pcscd.plug_in()
    pcscd.start()
    # Between the two pcscds there may or may not have been a look.
    event = reader.wait_for_change(PATIENCE_S)
    while event != ReaderConnected(USER_SLOT):
        assert isinstance(event, ReaderLost)
        event = reader.wait_for_change(PATIENCE_S)

    pcscd.unplug()
    pcscd.kill()
    assert isinstance(fault_of(reader), DeviceDisconnected)
    pcscd.start()
    assert isinstance(fault_of(reader), NoDevice)


def test_a_reader_is_found_by_part_of_its_name_and_missed_by_its_name(pcscd, watching):
    assert watching("PCD 00 01").wait_for_change(PATIENCE_S) == ReaderConnected(PSAM_SLOT)
    missing = fault_of(watching("ACR38U"))
    assert isinstance(missing, NoDevice)
    assert "ACR38U" in missing.reason


def test_pcscd_may_be_killed_as_often_as_it_likes(pcscd, watching):
    reader = watching()
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    threads = threading.active_count()
    for _ in range(5):
        pcscd.kill()
        assert isinstance(fault_of(reader), DeviceDisconnected)
        pcscd.start()
        assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    assert threading.active_count() == threads


def test_a_frozen_pcscd_costs_the_reader_until_it_goes_on(pcscd, watching, slot, chip):
    reader = watching()
    slot.insert(chip)
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    inserted = reader.wait_for_change(PATIENCE_S)
    assert isinstance(inserted, CardInserted)
    with closing(reader.connect(inserted)) as connection:
        pcscd.stall()
        with pytest.raises(DeviceSilent):
            connection.transmit(b"\x00\xa4\x04\x00")
        assert isinstance(reader.wait_for_change(PATIENCE_S), CardRemoved)
        assert fault_of(reader).status is DeviceStatus.OFFLINE
        pcscd.resume()
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    again = reader.wait_for_change(PATIENCE_S)
    with closing(reader.connect(again)) as connection:
        assert SocialSecurityCard(connection).read().name == "王秀英"


def test_a_card_that_hangs_is_got_rid_of_by_restarting_pcscd(pcscd, watching, slot, chip):
    reader = watching()
    slot.insert(chip)
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    inserted = reader.wait_for_change(PATIENCE_S)
    threads = threading.active_count()
    with closing(reader.connect(inserted)) as connection:
        slot.hang_on_next_apdu()
        with pytest.raises(DeviceSilent):
            connection.transmit(b"\x00\xa4\x04\x00")
        assert isinstance(reader.wait_for_change(PATIENCE_S), CardRemoved)
        assert isinstance(fault_of(reader), DeviceSilent)
        while_it_hangs = reader.wait_for_change(LONGEST_LOOK_S + 0.1)
        assert while_it_hangs is None, "pcscd goes on saying that all is well; we know better"
        pcscd.kill()
        pcscd.start()
        event = reader.wait_for_change(PATIENCE_S)
        if isinstance(event, ReaderLost):  # it may have looked while there was no pcscd
            event = reader.wait_for_change(PATIENCE_S)
    assert event == ReaderConnected(USER_SLOT)
    slot.pull()
    assert threading.active_count() == threads - 1, "only the virtual card's thread has gone as well"


def test_a_card_another_program_holds_is_reported_busy_and_the_reader_goes_on(pcscd, watching, slot, chip):
    ours, others = watching(), watching()
    slot.insert(chip)
    cards = []
    for reader in (ours, others):
        assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
        cards.append(reader.wait_for_change(PATIENCE_S))
    with closing(others.connect(cards[1])):
        with pytest.raises(PortInUse) as caught:
            ours.connect(cards[0])
        assert caught.value.status is DeviceStatus.BUSY
    with closing(ours.connect(cards[0])) as connection:
        assert SocialSecurityCard(connection).read().name == "王秀英"


def test_a_card_another_program_has_reset_is_read_all_the_same_and_in_ours_nobody_resets_it(
    pcscd, watching, slot, chip
):
    reader = watching()
    slot.insert(chip)
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    inserted = reader.wait_for_change(PATIENCE_S)
    with another_program() as (_, reset):
        assert reset() == scard.SCARD_S_SUCCESS
    with closing(reader.connect(inserted)) as connection:
        assert SocialSecurityCard(connection).read().name == "王秀英"
        with another_program() as (refused, _):
            assert refused[0] == scard.SCARD_E_SHARING_VIOLATION
        assert SocialSecurityCard(connection).verify(persona("wang-xiuying").password) == Verified()


def test_a_reset_under_an_open_connection_is_told_as_one(pcscd, watching, slot, chip):
    reader = watching()
    slot.insert(chip)
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    assert isinstance(reader.wait_for_change(PATIENCE_S), CardInserted)
    with another_program() as (first, _), another_program() as (_, reset):
        assert reset() == scard.SCARD_S_SUCCESS
        with pytest.raises(CardWasReset) as caught:
            CardHandle(*first[1:]).transmit(b"\x00\xa4\x02\x00\x02\xef\x05")
    assert caught.value.status is DeviceStatus.BUSY


@contextmanager
def another_program() -> Iterator[tuple[tuple[int, int, int], Callable[[], int]]]:
    """Ask for the card as other programs do, shared: result, handle, protocol; and the way to reset it."""
    either = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
    _, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
    connected = scard.SCardConnect(context, USER_SLOT, scard.SCARD_SHARE_SHARED, either)

    def reset() -> int:
        _, handle, _ = connected
        return scard.SCardReconnect(handle, scard.SCARD_SHARE_SHARED, either, scard.SCARD_RESET_CARD)[0]

    yield connected, reset
    scard.SCardReleaseContext(context)  # and with it the card


def test_a_psam_in_the_second_slot_is_detected_beside_the_citizens_card(pcscd, watching, slot, chip):
    psam = VirtualSlot(pcscd.open_slot, 1)
    psam.insert(PsamEmulator())
    slot.insert(chip)
    found = {}
    for name in (USER_SLOT, PSAM_SLOT):
        reader = watching(name)
        assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(name)
        with closing(reader.connect(reader.wait_for_change(PATIENCE_S))) as connection:
            found[name] = is_psam(connection)
    assert found == {USER_SLOT: False, PSAM_SLOT: True}
    module = PsamSlot(watching(PSAM_SLOT))
    assert module.fault() is None
    assert module.atr == PsamEmulator().power_on()
    psam.pull()


def test_a_card_that_came_before_we_noticed_is_not_taken_for_the_one_we_saw(pcscd, watching, slot, chip):
    reader = watching()
    slot.insert(chip)
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    inserted = reader.wait_for_change(PATIENCE_S)
    seen_before = Occupied(USER_SLOT, counter=0xFFFF, atr=inserted.atr)
    with pytest.raises(CardAbsent):
        PcscConnection(seen_before, 1.0, pytest.fail, pytest.fail)
    with closing(reader.connect(inserted)) as connection:
        assert connection.atr == inserted.atr


def test_a_stopped_reader_leaves_no_thread(pcscd):
    threads = threading.active_count()
    reader = PcscCardReader(None, transmit_timeout_s=1.0)
    assert reader.wait_for_change(PATIENCE_S) == ReaderConnected(USER_SLOT)
    reader.stop()
    assert threading.active_count() == threads
