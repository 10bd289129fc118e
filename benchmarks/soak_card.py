"""A long day of the card reader: cards come and go under the real pcscd, and nothing may grow.

    soak_card.py [--cycles 10000]

Both slots of the virtual reader are used at once; in each cycle a card is put in, read, its password tried,
and pulled. Now and then the card is pulled in the middle, hangs, or pcscd is killed. After a warm-up the
threads, file descriptors and memory of this process are noted; at the end they must be what they were.

pcscd looks for a card every 0.4 s, so 10,000 cycles take more than an hour, nearly all of it waiting.
"""

import argparse
import sys
import time
from contextlib import closing

from benchmarks.soak_serial import ALLOWED_GROWTH_KIB, Footprint, footprint
from drivers.emulators.pcscd import PSAM_SLOT, USER_SLOT, VirtualPcscd
from drivers.emulators.personas import PERSONAS
from drivers.emulators.social_security_card import SocialSecurityCardEmulator
from drivers.emulators.vpcd import VirtualSlot
from drivers.errors import DeviceError, DeviceSilent
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.errors import CardAbsent
from drivers.social_security_card.password import Verified
from drivers.social_security_card.pcsc import PcscCardReader
from drivers.social_security_card.reader import (
    CardInserted,
    CardRemoved,
    ReaderConnected,
    ReaderEvent,
    ReaderLost,
)

WARM_UP_ROUNDS = 20
ROUNDS_PER_KILL = 50
ROUNDS_PER_HANG = 30
ROUNDS_PER_PULL = 10
PATIENCE_S = 10.0
HANGS_AFTER_S = 0.2


class Seat:
    """A reader, its slot, and the citizens that come to it one after the other."""

    def __init__(self, pcscd: VirtualPcscd, name: str, number: int) -> None:
        self.slot = VirtualSlot(pcscd.open_slot, number)
        self.reader = PcscCardReader(name, HANGS_AFTER_S)
        self.visits = number  # so that the two see different people
        self.expect(ReaderConnected)

    def next_event(self) -> ReaderEvent:
        event = self.reader.wait_for_change(PATIENCE_S)
        if event is None:
            raise SystemExit(f"visit {self.visits}: nothing happened in the reader")
        return event

    def expect(self, kind: type[ReaderEvent]) -> ReaderEvent:
        event = self.next_event()
        if not isinstance(event, kind):
            raise SystemExit(f"visit {self.visits}: {event} instead of {kind.__name__}")
        return event

    def insert(self) -> None:
        self.slot.insert(SocialSecurityCardEmulator(PERSONAS[self.visits % len(PERSONAS)]))

    def visit(self) -> None:
        one = PERSONAS[self.visits % len(PERSONAS)]
        inserted = self.expect(CardInserted)
        assert isinstance(inserted, CardInserted)
        with closing(self.reader.connect(inserted)) as connection:
            card = SocialSecurityCard(connection)
            if card.read().holder_number != one.holder_number or card.verify(one.password) != Verified():
                raise SystemExit(f"visit {self.visits}: not the card of {one.key}")
            if self.visits % ROUNDS_PER_HANG == 0:
                self.slot.hang_on_next_apdu()
                self.must_fail(card, DeviceSilent)
            elif self.visits % ROUNDS_PER_PULL == 0:
                self.slot.pull_during_next_apdu()
                self.must_fail(card, CardAbsent)

    def must_fail(self, card: SocialSecurityCard, how: type[DeviceError]) -> None:
        try:
            card.read()
        except how:
            return
        raise SystemExit(f"visit {self.visits}: no {how.__name__}")

    def leave(self) -> None:
        self.slot.pull()
        if self.visits % ROUNDS_PER_HANG == 0:
            self.expect(CardRemoved)
            self.expect(ReaderLost)
            self.expect(ReaderConnected)
        else:
            self.expect(CardRemoved)
        self.visits += 1

    def see_pcscd_die(self) -> None:
        self.expect(ReaderLost)

    def see_pcscd_return(self) -> None:
        while not isinstance(self.next_event(), ReaderConnected):
            pass


def soak(rounds: int, warm_up_rounds: int = WARM_UP_ROUNDS) -> tuple[Footprint, Footprint]:
    """Return the footprint after the warm-up, and after as many more rounds of two visits each."""
    with VirtualPcscd() as pcscd:
        pcscd.use_in_this_process()
        seats = [Seat(pcscd, USER_SLOT, 0), Seat(pcscd, PSAM_SLOT, 1)]
        for number in range(warm_up_rounds + rounds):
            if number == warm_up_rounds:
                before = footprint()
            if number % ROUNDS_PER_KILL == 0:
                pcscd.kill()
                for seat in seats:
                    seat.see_pcscd_die()
                pcscd.start()
                for seat in seats:
                    seat.see_pcscd_return()
            for step in (Seat.insert, Seat.visit, Seat.leave):
                for seat in seats:
                    step(seat)
        after = footprint()
        for seat in seats:
            seat.reader.stop()
    return before, after


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cycles", type=int, default=10_000)
    rounds = options.parse_args().cycles // 2
    began_at = time.monotonic()
    before, after = soak(rounds)
    took_s = time.monotonic() - began_at
    print(f"{2 * rounds:,} cycles in {took_s:.0f} s, pcscd killed {rounds // ROUNDS_PER_KILL} times")
    for what, then, now in zip(Footprint._fields, before, after, strict=True):
        print(f"{what:12} {then:>8,} -> {now:>8,}")
    grown = after.threads > before.threads or after.descriptors > before.descriptors
    return 1 if grown or after.memory_kib > before.memory_kib + ALLOWED_GROWTH_KIB else 0


if __name__ == "__main__":
    sys.exit(main())
