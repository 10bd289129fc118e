"""A long day of the ID card reader and the PIN pad: nothing may grow.

    soak_serial.py [--cycles 10000]

Every cycle places a card, reads it over the real pyserial on a pty, lifts it, and enters a password; every
hundredth pulls both cables and puts them back. After a warm-up the threads, file descriptors and memory of
the process are noted; at the end they must be what they were.
"""

import argparse
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from benchmarks.footprint import Footprint, footprint, print_growth
from drivers.emulators.id_card_reader import IdCardReaderEmulator, document_of
from drivers.emulators.personas import PERSONAS
from drivers.emulators.pin_pad import FACTORY_BAUD as PAD_BAUD
from drivers.emulators.pin_pad import PinPadEmulator
from drivers.emulators.pty_host import PtyHost
from drivers.errors import DeviceError
from drivers.id_card_reader.device import CardRead, IdCardReader
from drivers.id_card_reader.protocol import FACTORY_BAUD as READER_BAUD
from drivers.pin_pad.device import Zt598
from drivers.pin_pad.pad import EntryFinished, Key, PadEvent
from drivers.serial_port import SerialPort

WARM_UP_CYCLES = 500
CYCLES_PER_UNPLUG = 100


def read_a_card(emulator: IdCardReaderEmulator, reader: IdCardReader, number: int) -> None:
    one = PERSONAS[number % len(PERSONAS)]
    emulator.place(one)
    outcome = reader.poll()
    if outcome != CardRead(document_of(one)):
        raise SystemExit(f"cycle {number}: {outcome} instead of the card of {one.key}")
    emulator.lift()
    reader.poll()


def enter_a_password(emulator: PinPadEmulator, pad: Zt598, number: int) -> None:
    digits = f"{number % 1_000_000:06d}"
    pad.start_entry(6, 6, timeout_s=30)
    emulator.press(digits)
    emulator.press_key(Key.CONFIRM)
    events: list[PadEvent] = []
    while not (events and isinstance(events[-1], EntryFinished)):
        events += pad.poll(timeout_s=5.0)
    if events[-1] != EntryFinished(digits):
        raise SystemExit(f"cycle {number}: other digits than were pressed")


def soak(cycles: int, warm_up_cycles: int = WARM_UP_CYCLES) -> tuple[Footprint, Footprint]:
    """Return the footprint after the warm-up, and after `cycles` more."""
    card_emulator, pad_emulator = IdCardReaderEmulator(), PinPadEmulator()
    with (
        tempfile.TemporaryDirectory() as folder,
        PtyHost(card_emulator, Path(folder, "reader"), baud=READER_BAUD) as reader_host,
        PtyHost(pad_emulator, Path(folder, "pad"), baud=PAD_BAUD) as pad_host,
    ):
        reader = IdCardReader(lambda: SerialPort(reader_host.link, READER_BAUD))
        pad = Zt598(lambda: SerialPort(pad_host.link, PAD_BAUD))
        for number in range(warm_up_cycles + cycles):
            if number == warm_up_cycles:
                before = footprint()
            if number % CYCLES_PER_UNPLUG == 0:
                for host, ask in ((reader_host, reader.poll), (pad_host, pad.check)):
                    host.unplug()
                    with suppress(DeviceError):
                        ask()
                    host.plug_in()
            read_a_card(card_emulator, reader, number)
            enter_a_password(pad_emulator, pad, number)
        after = footprint()
        reader.close()
        pad.close()
    return before, after


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cycles", type=int, default=10_000)
    cycles = options.parse_args().cycles
    began_at = time.monotonic()
    before, after = soak(cycles)
    took_s = time.monotonic() - began_at
    print(f"{cycles:,} cycles in {took_s:.0f} s, {cycles // CYCLES_PER_UNPLUG} unplugs of each device")
    print_growth(cycles, before, after)
    return 1 if after.has_outgrown(before) else 0


if __name__ == "__main__":
    sys.exit(main())
