"""Proves that no altered receipt is taken for a genuine one.

    python -m benchmarks.receipt_mutations [mutants] [seed]

Half of the mutants are texts changed as a misread or a pencil would change them, half are base45 of changed
bytes, so that changes reach every part of the structure. All must be refused; the reasons are counted.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kiosk.receipts import base45
from kiosk.receipts.claim import Refused, Unanswered
from kiosk.receipts.errors import ReceiptRefused
from kiosk.receipts.qr_text import PREFIX, sign, verify
from tests.receipts.samples import IN_EFFECT, KEY, KEYS


def mutants(texts: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """Yield so many texts, each one or two changes away from one of those given, and none of them."""
    chance, genuine = random.Random(seed), set(texts)
    while count:
        text = chance.choice(texts)
        for _ in range(chance.randint(1, 2)):
            text = chance.choice((_changed_text, _changed_bytes))(text, chance)
        if text not in genuine:
            count -= 1
            yield text


def _changed_text(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    match chance.randrange(4):
        case 0:
            return text[:at] + text[at + 1 :]
        case 1:
            return text[:at] + chance.choice(base45.ALPHABET) + text[at:]
        case 2:
            return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]
        case _:
            return text[:at] + chance.choice(base45.ALPHABET) + text[at + 1 :]


def _changed_bytes(text: str, chance: random.Random) -> str:
    try:
        content = bytearray(base45.decode(text.removeprefix(PREFIX)))
    except ValueError:
        return _changed_text(text, chance)
    at = chance.randrange(len(content))
    match chance.randrange(4):
        case 0:
            del content[at]
        case 1:
            content.insert(at, chance.randrange(256))
        case 2:
            content[at] = chance.randrange(256)
        case _:
            content[at] ^= 1 << chance.randrange(8)
    return PREFIX + base45.encode(bytes(content))


def main(count: int = 100_000, seed: int = 145) -> int:
    standings = (Unanswered(), IN_EFFECT.standing, Refused("stale"))
    texts = [sign(replace(IN_EFFECT, standing=each), KEY) for each in standings]
    refused: Counter[str] = Counter()
    began = time.perf_counter()
    for mutant in mutants(texts, count, seed):
        try:
            verify(mutant, KEYS)
        except ReceiptRefused as refusal:
            refused[type(refusal).__name__] += 1
        else:
            print(f"TAKEN FOR GENUINE (seed {seed}): {mutant}")
            return 1
    print(f"{count} mutants, seed {seed}: all refused, in {time.perf_counter() - began:.1f} s")
    for reason, times in refused.most_common():
        print(f"{times:8} {reason}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
