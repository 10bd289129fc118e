"""Throws bytes at every decoder of the serial devices: nothing but the declared errors may come back.

    fuzz_serial.py [--inputs 1000000] [--seed N] [--noise-mb 10]

Each input is a random mutation of something real: truncated, repeated, flipped, spliced, or plain noise;
readers of frames get it in random pieces. The random numbers come from the printed seed, so a failure can be
repeated. Then one uninterrupted stream of noise goes through each frame reader, to see its time and memory.
"""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from drivers.control_socket import answer_line
from drivers.emulators.id_card_reader import IdCard, IdCardReaderEmulator
from drivers.emulators.personas import PERSONAS
from drivers.emulators.pin_pad import PinPadEmulator
from drivers.id_card_reader import document as documents
from drivers.id_card_reader import protocol as sdt
from drivers.pin_pad import protocol as pads
from drivers.pin_pad.pad import Entry, EntryCancelled, EntryFinished

CARDS = [IdCard.of_persona(one) for one in PERSONAS]
BLOCKS = [sdt.BaseBlock(card.text, card.photo, b"f" * 64) for card in CARDS]
SDT_FRAMES = [
    *(sdt.encode_request(command) for command in sdt.Command),
    *(sdt.encode_answer(status, bytes(4)) for status in sdt.Status),
    sdt.encode_answer(sdt.Status.OK, sdt.encode_base_block(BLOCKS[0], with_fingerprint=False)),
]
PAD_FRAMES = [
    *(pads.encode_request(command) for command in (pads.KEYS_ON, pads.KEYS_OFF, pads.INFORMATION)),
    *(pads.encode_answer(code, b"text") for code in (0x60, *pads.ReturnCode)),
    b"246810\r",
    b"13\x085\x1b",
]


@dataclass(frozen=True)
class Target:
    """A decoder, real things to mutate, and the errors it may raise."""

    name: str
    samples: Sequence[bytes]
    decode: Callable[[bytes, Random], object]
    declared: tuple[type[Exception], ...] = ()


def pieces(data: bytes, random: Random) -> Iterator[bytes]:
    at = 0
    while at < len(data):
        size = random.choice((1, 3, 17, len(data)))
        yield data[at : at + size]
        at += size


def sdt_frames(data: bytes, random: Random) -> None:
    reader = sdt.FrameReader()
    for piece in pieces(data, random):
        for body in reader.feed(piece):
            try:
                answer = sdt.decode_answer(body)
                sdt.decode_base_block(answer.data, with_fingerprint=random.random() < 0.5)
            except sdt.BadAnswer:
                pass


def pad_stream(data: bytes, random: Random) -> None:
    reader, entry = pads.PadReader(), Entry(4, 6)
    for piece in pieces(data, random):
        for received in reader.feed(piece):
            if isinstance(received, pads.KeyByte) and received.byte in pads.KEYS:
                event = entry.press(pads.KEYS[received.byte])
                if isinstance(event, EntryFinished | EntryCancelled):
                    entry = Entry(4, 6)


def emulated(make: Callable[[], IdCardReaderEmulator | PinPadEmulator]) -> Callable[[bytes, Random], None]:
    def hear(data: bytes, random: Random) -> None:
        emulator = make()
        for piece in pieces(data, random):
            emulator.receive(piece)
            emulator.take_outgoing()

    return hear


TARGETS = (
    Target("ID reader: frames and blocks", SDT_FRAMES, sdt_frames),
    Target(
        "ID reader: base block",
        [sdt.encode_base_block(BLOCKS[0], with_fingerprint=finger) for finger in (False, True)],
        lambda data, random: sdt.decode_base_block(data, with_fingerprint=random.random() < 0.5),
        (sdt.BadAnswer,),
    ),
    Target(
        "ID card: text block",
        [card.text for card in CARDS],
        lambda data, random: documents.decode_text_block(fitted(data, 256, random)),
        (documents.MalformedDocument, documents.UnknownDocumentKind),
    ),
    Target(
        "ID card: new address",
        [documents.encode_new_address("河南省新乡市卫滨区平原路369号")],
        lambda data, random: documents.decode_new_address(fitted(data, 70, random)),
        (documents.MalformedDocument,),
    ),
    Target(
        "ID reader: SAM number",
        [sdt.encode_sam_number("05.03-20120315-0001234567-0123456789")],
        lambda data, random: sdt.decode_sam_number(data),
        (sdt.BadAnswer,),
    ),
    Target("PIN pad: frames, keys, entry", PAD_FRAMES, pad_stream),
    Target("emulator: ID reader", SDT_FRAMES[:8], emulated(IdCardReaderEmulator)),
    Target("emulator: PIN pad", PAD_FRAMES, emulated(PinPadEmulator)),
    Target(
        "emulator: control line",
        [b'{"do": "press", "args": {"digits": "246810"}}', b'{"do": "hands"}', b"[1, null, {}]"],
        lambda data, random: answer_line({"press": PinPadEmulator().press}, data),
    ),
)


def fitted(data: bytes, size: int, random: Random) -> bytes:
    """Most of the time the right size: the wrong one is refused at the door."""
    return data if random.random() < 0.05 else (data + bytes(size))[:size]


def mutated(samples: Sequence[bytes], random: Random) -> bytes:
    data = bytearray(random.choice(samples))
    for _ in range(random.randint(0, 4)):
        at = random.randrange(len(data) + 1)
        match random.randrange(7):
            case 0:
                del data[at:]
            case 1 if at < len(data):
                data[at] ^= 1 << random.randrange(8)
            case 2:
                data[at : at + random.randrange(9)] = random.randbytes(random.randrange(9))
            case 3:
                data[at:at] = random.choice(samples)
            case 4:
                data *= random.randint(2, 3)
                del data[4096:]
            case 5:
                return random.randbytes(random.randrange(300))
            case _:
                del data[at : at + random.randrange(30)]
    return bytes(data)


def fuzz(target: Target, inputs: int, seed: int) -> bool:
    random = Random(f"{seed} {target.name}")
    refused, slowest_s, began_at = 0, 0.0, time.perf_counter()
    for number in range(inputs):
        data = mutated(target.samples, random)
        before = time.perf_counter()
        try:
            target.decode(data, random)
        except target.declared:
            refused += 1
        except Exception as error:  # noqa: BLE001 - whatever is undeclared is the finding
            print(f"{target.name}: input {number} of seed {seed} raised {error!r}:\n  {data.hex()}")
            return False
        slowest_s = max(slowest_s, time.perf_counter() - before)
    took_s = time.perf_counter() - began_at
    print(f"{target.name:30} {inputs:>9,} {refused:>9,} {slowest_s * 1000:>9.1f} ms {took_s:>6.0f} s")
    return True


def noise(name: str, feed: Callable[[bytes], object], sample: bytes, megabytes: int, seed: int) -> None:
    random = Random(f"{seed} {name}")
    stretch = (sample or random.randbytes(1 << 16)) * ((1 << 20) // (len(sample) or 1 << 16))
    for at in range(0, 1 << 20, 4096):  # the memory, on one megabyte: measuring it costs time
        if not at:
            tracemalloc.start()
        feed(stretch[at : at + 4096])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    began_at = time.perf_counter()
    for _ in range(megabytes):
        for at in range(0, len(stretch), 4096):
            feed(stretch[at : at + 4096])
    took_s = time.perf_counter() - began_at
    wire_s = megabytes * (1 << 20) * 10 / sdt.FACTORY_BAUD
    print(
        f"{name:48} {megabytes} MB {took_s:>6.1f} s ({wire_s:.0f} s on the wire), peak {peak / 1024:.0f} KiB"
    )


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--inputs", type=int, default=1_000_000)
    options.add_argument("--noise-mb", type=int, default=10)
    options.add_argument("--seed", type=int, default=time.time_ns() & 0xFFFFFFFF)
    chosen = options.parse_args()
    print(f"seed {chosen.seed}")
    print(f"{'':30} {'inputs':>9} {'refused':>9} {'slowest':>12} {'in all':>8}")
    findings = sum(not fuzz(target, chosen.inputs, chosen.seed) for target in TARGETS)
    for label, sample in (
        ("random bytes", b""),
        ("preambles only", sdt.PREAMBLE),
        ("the worst: false frames of the greatest length", sdt.PREAMBLE + b"\x09\xff"),
    ):
        reader = sdt.FrameReader()
        noise(
            label, lambda data, reader=reader: list(reader.feed(data)), sample, chosen.noise_mb, chosen.seed
        )
    pad_reader = pads.PadReader()
    noise(
        "PIN pad, random bytes",
        lambda data: sum(1 for _ in pad_reader.feed(data)),
        b"",
        chosen.noise_mb,
        chosen.seed,
    )
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
