from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass

import pytest

from drivers.emulators.card_slot import CardHands, CardSlotEmulator
from drivers.emulators.pcscd import USER_SLOT, VirtualPcscd
from drivers.emulators.personas import persona
from drivers.emulators.social_security_card import SocialSecurityCardEmulator
from drivers.emulators.vpcd import VirtualSlot
from drivers.social_security_card.connection import CardConnection
from drivers.social_security_card.pcsc import PcscCardReader
from drivers.social_security_card.reader import CardInserted, CardReader, ReaderConnected, ReaderEvent

PATIENCE_S = 10.0
HANGS_AFTER_S = 0.3


@dataclass
class World:
    """A card reader, and all that hands can do to it."""

    reader: CardReader
    hands: CardHands
    lose_reader: Callable[[], None]
    restore_reader: Callable[[], None]

    def next_event(self) -> ReaderEvent:
        event = self.reader.wait_for_change(PATIENCE_S)
        assert event is not None, "nothing happened in the reader"
        return event

    def expect(self, *kinds: type[ReaderEvent]) -> ReaderEvent:
        """Take as many events, in this order; return the last."""
        for kind in kinds:
            event = self.next_event()
            assert isinstance(event, kind), f"{event} instead of {kind.__name__}"
        return event

    def insert(self, chip) -> CardInserted:
        self.hands.insert(chip)
        event = self.next_event()
        assert isinstance(event, CardInserted)
        return event


@pytest.fixture
def pcscd() -> Iterator[VirtualPcscd]:
    with VirtualPcscd() as daemon:
        daemon.use_in_this_process()
        yield daemon


@pytest.fixture
def slot(pcscd) -> Iterator[VirtualSlot]:
    slot = VirtualSlot(pcscd.open_slot)
    yield slot
    slot.pull()


@pytest.fixture
def watching() -> Iterator[Callable[[str | None], PcscCardReader]]:
    """Make readers that are stopped with the test."""
    with ExitStack() as made:

        def watching(name: str | None = None) -> PcscCardReader:
            reader = PcscCardReader(name, HANGS_AFTER_S)
            made.callback(reader.stop)
            return reader

        yield watching


@pytest.fixture
def chip() -> SocialSecurityCardEmulator:
    return SocialSecurityCardEmulator(persona("wang-xiuying"))


@pytest.fixture
def pcsc_world(pcscd, slot, watching) -> World:
    world = World(watching(USER_SLOT), slot, pcscd.kill, pcscd.start)
    world.expect(ReaderConnected)
    return world


@pytest.fixture
def in_process_world() -> World:
    slot = CardSlotEmulator()
    world = World(slot, slot, slot.unplug_reader, slot.plug_in_reader)
    world.expect(ReaderConnected)
    return world


@pytest.fixture(params=["in process", pytest.param("pcscd", marks=pytest.mark.pcscd)])
def world(request) -> World:
    return request.getfixturevalue("pcsc_world" if request.param == "pcscd" else "in_process_world")


@pytest.fixture
def connect() -> Iterator[Callable[[World, CardInserted], CardConnection]]:
    """Open connections that are closed with the test."""
    with ExitStack() as opened:
        yield lambda world, card: opened.enter_context(closing(world.reader.connect(card)))
