"""Throws bytes at everything that decodes what a card says: only the driver's own errors may come back.

    fuzz_card.py [--inputs 1000000] [--seed N]

Inputs are made as in fuzz_serial: random mutations of something real. A reading of a whole card counts as
ten inputs, because each of its exchanges may bring something wrong.
"""

import argparse
import sys
import time
from random import Random

from benchmarks.fuzz_serial import Target, fuzz, mutated
from drivers.emulators.card_slot import InProcessConnection
from drivers.emulators.personas import PERSONAS
from drivers.emulators.social_security_card import VARIANTS, SocialSecurityCardEmulator
from drivers.errors import DeviceError
from drivers.social_security_card.apdu import decode_response
from drivers.social_security_card.card import SocialSecurityCard
from drivers.social_security_card.errors import CardUnreadable
from drivers.social_security_card.password import decode_verification
from drivers.social_security_card.records import CardContents, Tag, decode_contents, split_record

COMMANDS_PER_READ = 10


class Overheard(InProcessConnection):
    """A connection that remembers what went over it."""

    def __init__(self, chip: SocialSecurityCardEmulator) -> None:
        super().__init__(chip)
        self.commands: list[bytes] = []
        self.answers: list[bytes] = []

    def transmit(self, command: bytes) -> bytes:
        self.commands.append(command)
        self.answers.append(super().transmit(command))
        return self.answers[-1]


class Unreliable(InProcessConnection):
    """A connection whose answers are often something else."""

    def __init__(self, chip: SocialSecurityCardEmulator, random: Random) -> None:
        super().__init__(chip)
        self._random = random

    def transmit(self, command: bytes) -> bytes:
        answer = super().transmit(command)
        return mutated([answer, *ANSWERS], self._random) if self._random.random() < 0.15 else answer


def overheard() -> Overheard:
    connection = Overheard(SocialSecurityCardEmulator(PERSONAS[4], VARIANTS["get-response"]))
    SocialSecurityCard(connection).read()
    SocialSecurityCard(connection).verify("112358")
    return connection


TAPE = overheard()
ANSWERS = sorted(set(TAPE.answers))
RECORDS = [answer[:-2] for answer in ANSWERS if len(answer) > 3]
VALUES = {record[0]: record[2:] for record in RECORDS}


def contents(data: bytes, random: Random) -> CardContents:
    read = decode_contents({**VALUES, random.choice(tuple(Tag)): data})
    for text in (read.name, read.holder_number, read.card_number):
        (text or "").encode()  # what is read must travel on, to the backend and to paper
    return read


def whole_card(data: bytes, random: Random) -> CardContents:
    variant = random.choice(tuple(VARIANTS.values()))
    card = SocialSecurityCard(
        Unreliable(SocialSecurityCardEmulator(random.choice(PERSONAS), variant), random)
    )
    card.verify("123456")
    return card.read()


def chip(data: bytes, random: Random) -> None:
    answer = random.choice(CHIPS).transmit(data)
    if not 2 <= len(answer) <= 258:
        raise AssertionError(f"a chip answered {len(answer)} bytes")


CHIPS = [SocialSecurityCardEmulator(PERSONAS[0], traits) for traits in VARIANTS.values()]
DECODERS = (
    Target("card: answer", ANSWERS, lambda data, random: decode_response(data), (CardUnreadable,)),
    Target(
        "card: answer to VERIFY",
        [b"\x90\x00", b"\x63\xc5", b"\x69\x83"],
        lambda data, random: decode_verification(decode_response(data)),
        (CardUnreadable,),
    ),
    Target("card: record", RECORDS, lambda data, random: split_record(data), (CardUnreadable,)),
    Target("card: contents", list(VALUES.values()), contents, (CardUnreadable,)),
    Target("emulator: chip", TAPE.commands, chip),
)
WHOLE_CARD = Target("card: whole", [b""], whole_card, (DeviceError,))


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--inputs", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=time.time_ns() % 1_000_000)
    chosen = options.parse_args()
    print(f"seed {chosen.seed}; columns: inputs, refused with a declared error, slowest, in all")
    good = [fuzz(target, chosen.inputs, chosen.seed) for target in DECODERS]
    good.append(fuzz(WHOLE_CARD, chosen.inputs // COMMANDS_PER_READ, chosen.seed))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
