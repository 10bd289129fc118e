"""Throws arbitrary bytes at everything of the receipt printer that reads bytes.

    python -m benchmarks.fuzz_printer [inputs] [seed]

Three readers: the driver's reader of answers, the whole driver against a printer that answers nonsense, and
the emulator. Inputs are noise, commands with arbitrary parameters, real jobs with bytes changed, cut out,
repeated and cut into pieces of any size; at the end come 10 MB of noise at once. An exception ends the run
and names the seed. Memory may not grow by more than a few megabytes.
"""

import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from drivers.emulators.escpos_parser import COMMANDS
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.receipt_printer.device import NotPrinted, Printed, ReceiptPrinter
from drivers.receipt_printer.encoding import SlipEncoder
from drivers.receipt_printer.protocol import Answer, AnswerReader
from drivers.receipt_printer.slip import Columns, Image, Qr, Raster, Rule, Slip, Text, Title

FONT = Path(sys.prefix) / "share" / "fonts" / "NotoSansSC-Regular.ttf"
SLIP = Slip(
    (
        Title("登记回执（挂失尚未生效）"),
        Columns("姓名", "王㐂华"),
        Rule(),
        Text("请立即拨打 12333 办理口头挂失。"),
        Image(Raster(16, 16, bytes(32))),
        Qr("https://example.org/r/1"),
    )
)
ANSWERS = [b"\x12", b"\x1a", b"\x16", b"\x00", b"\x0f", b"\x37\x25\x00", b"\x14\x00\x00\x0f", b"\x72"]
NOISE_BYTES = 10_000_000
GROWTH_LIMIT_MB = 64


def mutated(good: bytes, chance: random.Random) -> bytes:
    """Return `good` as a bad line would bring it."""
    data = bytearray(good)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(4):
            case 0:
                data[at : at + 1] = chance.randbytes(1)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at:at] = data[at : at + chance.randint(1, 40)]
            case 3:
                data[at:at] = chance.randbytes(chance.randint(1, 8))
    return bytes(data)


def pieces(data: bytes, chance: random.Random) -> Iterator[bytes]:
    """Cut `data` as a serial line may: all at once, byte by byte, or anyhow."""
    longest = chance.choice([1, 7, 4096])
    while data:
        size = chance.randint(1, longest)
        yield data[:size]
        data = data[size:]


def drain(answers: Iterator[Answer]) -> None:
    for _ in answers:
        pass


class Babbling:
    """A line to a printer that answers nonsense to everything."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def write(self, data: bytes) -> None:
        pass

    def read(self, timeout_s: float) -> bytes:
        match self._chance.randrange(10):
            case 0:
                return b""
            case 1 | 2:
                return self._chance.randbytes(self._chance.randint(1, 8))
            case _:
                return self._chance.choice(ANSWERS)

    def discard_input(self) -> None:
        pass

    def close(self) -> None:
        pass


def fuzz_answers(inputs: int, chance: random.Random) -> None:
    reader = AnswerReader()
    for _ in range(inputs):
        if chance.random() < 0.5:
            data = chance.randbytes(chance.randint(0, 24))
        else:
            data = mutated(b"".join(chance.choices(ANSWERS, k=4)), chance)
        for piece in pieces(data, chance):
            drain(reader.feed(piece))
    drain(reader.feed(chance.randbytes(NOISE_BYTES)))


def fuzz_driver(inputs: int, chance: random.Random) -> None:
    printer = ReceiptPrinter(lambda: Babbling(chance), print_timeout_s=3.0)
    slip = Slip((Text("回执"),))
    for _ in range(inputs):
        assert isinstance(printer.print(slip), Printed | NotPrinted)
        printer.status()


def fuzz_emulator(inputs: int, chance: random.Random) -> None:
    prefixes = list(COMMANDS)
    job = SlipEncoder(font=FONT).encode(SLIP)
    emulator = ReceiptPrinterEmulator(keep_slips=10)
    for _ in range(inputs):
        match chance.randrange(8):
            case 0:
                data = mutated(job, chance)
            case 1 | 2:
                data = chance.randbytes(chance.randint(0, 40))
            case 3:
                data = b"\x1b@\x1c&"  # not for ever inside one command
            case _:
                command = chance.choice(prefixes)
                data = command + chance.randbytes(chance.randint(0, 12))
        for piece in pieces(data, chance):
            emulator.receive(piece)
        emulator.take_outgoing()
    emulator.receive(chance.randbytes(NOISE_BYTES))


def main(arguments: list[str]) -> int:
    inputs = int(arguments[0]) if arguments else 1_000_000
    seed = int(arguments[1]) if len(arguments) > 1 else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    readers: list[tuple[str, Callable[[int, random.Random], None], int]] = [
        ("answers", fuzz_answers, inputs),
        ("driver", fuzz_driver, inputs // 10),  # an input here is a whole conversation
        ("emulator", fuzz_emulator, inputs),
    ]
    good = True
    for name, fuzz, count in readers:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        start = time.perf_counter()
        fuzz(count, random.Random(seed))
        growth_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        took = time.perf_counter() - start
        print(f"{name:>9}: {count:>9,} inputs  {took:>7.1f} s  peak memory +{growth_mb:.0f} MB", flush=True)
        good = good and growth_mb < GROWTH_LIMIT_MB
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
