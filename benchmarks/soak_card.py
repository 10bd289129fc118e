"""A long day of the card reader: cards come and go under the real pcscd, and nothing may grow.

    soak_card.py [--cycles 10000] [--readers 8]

pcscd looks for a card only every 0.4 s, so one slot takes more than three hours for 10,000 cards. Here eight
virtual readers with two slots each stand under one pcscd; each slot has a production driver and a citizen
of its own. In every cycle a card is put in, read, its password tried, and pulled. Now and then it is pulled
in the middle of an exchange, or hangs.

In the first tenth pcscd is killed again and again. After that one pcscd lives to the end, and is watched
like this process: threads, file descriptors and memory, every thousand cycles.
"""

import argparse
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

from benchmarks.footprint import Footprint, footprint
from drivers.emulators.pcscd import VirtualPcscd, slot_name
from drivers.emulators.pcscd_room import SLOTS
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

ROUNDS_PER_KILL = 3
VISITS_PER_HANG = 30
VISITS_PER_PULL = 10
CYCLES_PER_SAMPLE = 1000
PATIENCE_S = 20.0
QUIET_S = 1.5
HANGS_AFTER_S = 2.0  # a busy machine takes its time, and is no card that hangs
SETTLING_SAMPLES = 1  # before anything is compared: allocators and caches fill up in the beginning
ALLOWED_GROWTH_KIB = 2048  # some fifty threads, each with a heap of its own that wavers

Sample = tuple[int, Footprint, Footprint]
"""After how many cycles: what this process holds, and what pcscd holds."""


class SoakFailed(Exception):
    """Something else happened than what hands and faults had led to."""


class Seat:
    """A slot, the driver at it, and the citizens that come to it one after the other."""

    def __init__(self, pcscd: VirtualPcscd, number: int, hangs_after_s: float) -> None:
        self.slot = VirtualSlot(pcscd.open_slot, number)
        self.reader = PcscCardReader(slot_name(number), hangs_after_s)
        self.number = number
        self.visits = 0
        self.expect(ReaderConnected)

    def visit(self) -> None:
        """One cycle: put in, read, try the password, perhaps a fault, pull."""
        one = PERSONAS[(self.visits + self.number) % len(PERSONAS)]
        hangs, leaves_early = self.visits % VISITS_PER_HANG == 0, self.visits % VISITS_PER_PULL == 0
        self.slot.insert(SocialSecurityCardEmulator(one))
        inserted = self.expect(CardInserted)
        assert isinstance(inserted, CardInserted)
        with closing(self.reader.connect(inserted)) as connection:
            card = SocialSecurityCard(connection)
            if card.read().holder_number != one.holder_number or card.verify(one.password) != Verified():
                raise SoakFailed(f"visit {self.visits}: not the card of {one.key}")
            if hangs:
                self.slot.hang_on_next_apdu()
                self.must_fail(card, DeviceSilent)
            elif leaves_early:
                self.slot.pull_during_next_apdu()
                self.must_fail(card, CardAbsent)
        self.slot.pull()
        self.expect(CardRemoved)
        if hangs:
            self.expect(ReaderLost)
            self.expect(ReaderConnected)
            self.see_the_last_of_it()
        self.visits += 1

    def see_the_last_of_it(self) -> None:
        """A card that hung and was pulled may be shown once more, until pcscd looks again."""
        while (event := self.reader.wait_for_change(QUIET_S)) is not None:
            if not isinstance(event, CardInserted | CardRemoved):
                raise SoakFailed(f"visit {self.visits}: {event} after a card that hung")

    def must_fail(self, card: SocialSecurityCard, how: type[DeviceError]) -> None:
        try:
            card.read()
        except how:
            return
        raise SoakFailed(f"visit {self.visits}: no {how.__name__}")

    def next_event(self) -> ReaderEvent:
        event = self.reader.wait_for_change(PATIENCE_S)
        if event is None:
            raise SoakFailed(f"visit {self.visits}: nothing happened in the reader")
        return event

    def expect(self, kind: type[ReaderEvent]) -> ReaderEvent:
        event = self.next_event()
        if not isinstance(event, kind):
            raise SoakFailed(f"visit {self.visits}: {event} instead of {kind.__name__}")
        return event

    def see_pcscd_die(self) -> None:
        self.expect(ReaderLost)

    def see_pcscd_return(self) -> None:
        while not isinstance(self.next_event(), ReaderConnected):
            pass

    def leave(self) -> None:
        self.reader.stop()


def soak(
    cycles: int,
    readers: int,
    cycles_per_sample: int = CYCLES_PER_SAMPLE,
    hangs_after_s: float = HANGS_AFTER_S,
) -> tuple[list[Sample], int]:
    """Return what was held each time, from the last start of pcscd on, and how often pcscd was killed."""
    samples: list[Sample] = []
    kills = done = 0
    with (
        VirtualPcscd(readers) as pcscd,
        ThreadPoolExecutor(readers * SLOTS, thread_name_prefix="citizen") as citizens,
    ):
        pcscd.use_in_this_process()
        seats = list(citizens.map(lambda number: Seat(pcscd, number, hangs_after_s), range(readers * SLOTS)))

        def all_at_once(step: Callable[[Seat], None]) -> None:
            for _ in citizens.map(step, seats):
                pass

        def round_of_visits() -> int:
            all_at_once(Seat.visit)
            return len(seats)

        while done < max(1, cycles // 10):
            pcscd.kill()
            kills += 1
            all_at_once(Seat.see_pcscd_die)
            pcscd.start()
            all_at_once(Seat.see_pcscd_return)
            for _ in range(ROUNDS_PER_KILL):
                done += round_of_visits()
        while done < cycles or len(samples) <= SETTLING_SAMPLES:
            done += round_of_visits()
            if done // cycles_per_sample > (done - len(seats)) // cycles_per_sample or done >= cycles:
                samples.append((done, footprint(), footprint(pcscd.process_id)))
        all_at_once(Seat.leave)
    return samples, kills


def has_grown(samples: list[Sample]) -> bool:
    """Whether the last sample of either process holds more than the first that counts."""
    (_, ours, theirs), (_, ours_late, theirs_late) = samples[SETTLING_SAMPLES], samples[-1]
    return ours_late.has_outgrown(ours, ALLOWED_GROWTH_KIB) or theirs_late.has_outgrown(theirs)


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cycles", type=int, default=10_000)
    options.add_argument("--readers", type=int, default=8)
    chosen = options.parse_args()
    began_at = time.monotonic()
    samples, kills = soak(chosen.cycles, chosen.readers)
    took_s = time.monotonic() - began_at
    print(f"{samples[-1][0]:,} cycles in {took_s:.0f} s, pcscd killed {kills} times in the first tenth")
    for cycles, ours, pcscds in samples:
        print(f"{cycles:>8,}: here {_in_words(ours)}; pcscd {_in_words(pcscds)}")
    return 1 if has_grown(samples) else 0


def _in_words(held: Footprint) -> str:
    return f"{held.threads} threads, {held.descriptors} descriptors, {held.memory_kib:,} KiB"


if __name__ == "__main__":
    sys.exit(main())
