"""Prints slips for days, as fast as they go, with every mishap on the way.

    python -m benchmarks.soak_printer [slips]

The production driver prints through pyserial on a pty. Every so often something happens in the middle of a
slip: paper out, cover, jam, power cut, cable pulled. Each slip must be printed or its loss reported, and the
one after a mishap must come out whole. At the end there are no more threads or file descriptors than after
the first few hundred slips, and hardly more memory.
"""

import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path

from benchmarks.bench_printer import FONT, RECEIPT
from benchmarks.footprint import footprint, print_growth
from drivers.emulators.pty_host import PtyHost
from drivers.emulators.receipt_printer import ReceiptPrinterEmulator
from drivers.receipt_printer.device import NotPrinted, Printed, ReceiptPrinter
from drivers.serial_port import SerialPort

MISHAPS = (
    ("run_out_of_paper", "refill"),
    ("open_cover", "close_cover"),
    ("jam", "clear_jam"),
    ("cut_power", "power_on"),
)
MISHAP_EVERY = 50  # slips; half-way between two mishaps somebody pulls the cable
WARM_UP = 300
ALLOWED_GROWTH_KIB = 4096  # pictures of slips come and go


def main(arguments: list[str]) -> int:
    slips = int(arguments[0]) if arguments else 10_000
    outcomes: Counter[str] = Counter()
    emulator = ReceiptPrinterEmulator(keep_slips=5)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        host = PtyHost(emulator, Path(folder) / "printer", baud=115_200)
        open_port = partial(SerialPort, host.link, 115_200)
        with host, ReceiptPrinter(open_port, font=FONT, answer_timeout_s=0.5, print_timeout_s=5.0) as printer:
            before = footprint()
            for number in range(1, slips + 1):
                if number == WARM_UP:
                    before = footprint()
                strike, mend = MISHAPS[number // MISHAP_EVERY % len(MISHAPS)]
                if number % MISHAP_EVERY == 0:
                    getattr(emulator, strike)(after_bytes=20 + number % 900)
                if number % MISHAP_EVERY == MISHAP_EVERY // 2:
                    host.unplug()
                outcome = printer.print(RECEIPT)
                outcomes[outcome.reason.word if isinstance(outcome, NotPrinted) else "printed"] += 1
                if isinstance(outcome, NotPrinted):
                    host.plug_in()
                    getattr(emulator, mend)()
                    again = printer.print(RECEIPT)
                    assert isinstance(again, Printed), (number, strike, outcome, again)
                assert emulator.last_slip.cut
                assert emulator.last_slip.qr_codes
            after = footprint()
    took = time.perf_counter() - start
    print(f"{slips:,} slips in {took:.0f} s: {dict(outcomes.most_common())}")
    print_growth(slips, before, after)
    print(f"complaints of the printer: {len(emulator.complaints)}")
    return 1 if after.has_outgrown(before, ALLOWED_GROWTH_KIB) or emulator.complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
