"""What a process holds: its threads, file descriptors and memory. A soak notes it early and late."""

import gc
import os
import time
from pathlib import Path
from typing import NamedTuple

ALLOWED_GROWTH_KIB = 1024  # what the allocator keeps for itself wavers
LOOKS, LOOK_INTERVAL_S = 5, 0.01


class Footprint(NamedTuple):
    """What one process holds."""

    threads: int
    descriptors: int
    memory_kib: int

    def has_outgrown(self, earlier: "Footprint", allowed_kib: int = ALLOWED_GROWTH_KIB) -> bool:
        """Whether more is held than before: any thread, any descriptor, more memory than wavers."""
        more = self.threads > earlier.threads or self.descriptors > earlier.descriptors
        return more or self.memory_kib > earlier.memory_kib + allowed_kib


def footprint(process: int | None = None) -> Footprint:
    """Return what a process holds at rest; without a number, this one, its garbage collected.

    The least of a few looks: a thread that has been let go takes a moment to end, and is no growth.
    """
    if process is None:
        gc.collect()
    looks = []
    for _ in range(LOOKS):
        looks.append(_look(process or os.getpid()))
        time.sleep(LOOK_INTERVAL_S)
    return Footprint(*map(min, zip(*looks, strict=True)))


def _look(process: int) -> Footprint:
    folder = Path("/proc", str(process))
    status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
    descriptors = sum(1 for _ in (folder / "fd").iterdir())
    return Footprint(int(status["Threads"]), descriptors, int(status["VmRSS"].split()[0]))


def print_growth(cycles: int, before: Footprint, after: Footprint) -> None:
    """Print a line for each thing held."""
    for what, then, now in zip(Footprint._fields, before, after, strict=True):
        print(f"{what:12} {then:>8,} -> {now:>8,} after {cycles:,} cycles")
