"""How long it takes to read an ID card, against the time its bytes need on the wire.

    bench_id_reader.py [--reads 30]

The emulator on the pty is paced: bytes take the time of 115200 baud, and nothing else takes any. So the ratio
is what the driver, pyserial, the kernel and the emulator add. The floor is computed from the bytes counted in
the same run. A real reader also thinks between question and answer; that is in no figure here.
"""

import argparse
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from drivers.emulators.id_card_reader import IdCard, IdCardReaderEmulator
from drivers.emulators.personas import persona
from drivers.emulators.pty_host import PtyHost
from drivers.id_card_reader.device import CardRead, IdCardReader
from drivers.id_card_reader.protocol import FACTORY_BAUD
from drivers.serial_port import SerialPort

BITS_PER_BYTE = 10


@dataclass
class CountingPort:
    """A serial port that counts the bytes both ways."""

    port: SerialPort
    counted: int = field(default=0)

    def write(self, data: bytes) -> None:
        self.counted += len(data)
        self.port.write(data)

    def read(self, timeout_s: float) -> bytes:
        arrived = self.port.read(timeout_s)
        self.counted += len(arrived)
        return arrived

    def discard_input(self) -> None:
        self.port.discard_input()

    def close(self) -> None:
        self.port.close()


def measure(reads: int, *, with_fingerprint: bool, paced: bool) -> tuple[float, list[float]]:
    """Return the wire time of one read and the measured times, in seconds."""
    emulator = IdCardReaderEmulator()
    card = IdCard(IdCard.of_persona(persona("wang-xiuying")).text, fingerprint=bytes(1024))
    with (
        tempfile.TemporaryDirectory() as folder,
        PtyHost(emulator, Path(folder, "reader"), baud=FACTORY_BAUD, paced=paced) as host,
    ):
        port = CountingPort(SerialPort(host.link, FACTORY_BAUD))
        reader = IdCardReader(lambda: port, with_fingerprint=with_fingerprint)
        times, bytes_carried = [], 0
        for _ in range(reads):
            reader.poll()
            emulator.place(card)
            port.counted, began_at = 0, time.perf_counter()
            outcome = reader.poll()
            times.append(time.perf_counter() - began_at)
            bytes_carried += port.counted
            assert isinstance(outcome, CardRead)
            emulator.lift()
        reader.close()
    return bytes_carried / reads * BITS_PER_BYTE / FACTORY_BAUD, times


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--reads", type=int, default=30)
    reads = options.parse_args().reads
    print(f"{reads} reads each, {FACTORY_BAUD} baud; find, select and read of one card")
    print(f"{'':26} {'wire':>9} {'median':>9} {'slowest':>9}  ratio of the median")
    for label, with_fingerprint in (("text and photo", False), ("and fingerprint", True)):
        wire_s, times = measure(reads, with_fingerprint=with_fingerprint, paced=True)
        median_s = statistics.median(times)
        print(
            f"{label:26} {wire_s * 1000:>6.1f} ms {median_s * 1000:>6.1f} ms {max(times) * 1000:>6.1f} ms  "
            f"{median_s / wire_s:.3f}"
        )
    _, times = measure(reads, with_fingerprint=False, paced=False)
    median_ms, slowest_ms = statistics.median(times) * 1000, max(times) * 1000
    print(f"{'without any wire time':26} {'-':>9} {median_ms:>6.1f} ms {slowest_ms:>6.1f} ms")


if __name__ == "__main__":
    main()
