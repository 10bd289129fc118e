"""Measures the outbox beside raw SQLite and other queues of the same durability, in one process.

    python -m benchmarks.bench_outbox [--rounds 20] [--rows 100000]

Rounds are shuffled; a ratio is the median over the rounds, so that a disk's mood touches both sides of it.
Demands are made where each round opens the file again. In the last scene every file stays open all the time,
so that the others have laid out their WAL too, and what sealing and linking cost shows: that is told, and
nothing demanded.
Prints a table, writes benchmarks/results/outbox.json, and ends with 1 if a demand is missed.
"""

import argparse
import gc
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from queue import SimpleQueue

from benchmarks.outbox_peers import ANSWER, QUEUES, Fact, Ours, Queue, RawSqlite, make_fact
from offline_queue import Couriers, Delivered, Entry, NeverArrived, Outcome, Sender
from tests.offline_queue.power_cut.syncs import count_syncs

RESULTS = Path(__file__).with_name("results") / "outbox.json"
BLOCK = 50  # operations of each kind, of each queue, in each round
PATIENCE_S = 1.0  # a queue that needs longer for a block is not asked for the rest of it
COURIERS = 8

Figures = dict[str, float]


class Demands:
    """What must hold, and whether it does."""

    def __init__(self) -> None:
        self.missed: list[str] = []

    def check(self, what: str, value: float, limit: float, *, at_least: bool = False) -> None:
        holds = value >= limit if at_least else value <= limit
        sign = ">=" if at_least else "<="
        print(f"  {'ok    ' if holds else 'MISSED'}  {what}: {value:.2f} ({sign} {limit:g})")
        if not holds:
            self.missed.append(what)


@dataclass(frozen=True)
class Scene:
    """So many entries pending, or done and kept; opened anew for each round, or kept open for all of them."""

    title: str
    rows: int
    settled: bool = False
    long_run: bool = False


def side_by_side(folder: Path, scene: Scene, rounds: int) -> dict[str, Figures]:
    """Put, and claim and settle, all queues in turn."""
    kinds = {kind.name: kind for kind in QUEUES if kind.keeps_settled or not scene.settled}
    queues: dict[str, Queue] = {}
    for name, kind in kinds.items():
        (folder / name).mkdir(parents=True)
        queues[name] = kind(folder / name)
        queues[name].fill(scene.rows, settled=scene.settled)
    puts: dict[str, list[list[float]]] = {name: [] for name in kinds}
    claims: dict[str, list[list[float]]] = {name: [] for name in kinds}
    for number in range(rounds):
        for name in random.sample(sorted(kinds), len(kinds)):
            if not scene.long_run:
                queues[name].close()
                queues[name] = kinds[name](folder / name)
            facts = [make_fact(10**6 + number * BLOCK + n) for n in range(BLOCK)]
            puts[name].append(timed(partial(put_next, queues[name], iter(facts))))
            claims[name].append(timed(queues[name].claim_and_settle))
    print(f"\n{scene.title:28}{'put p50':>9}{'p99 us':>9}{'/s':>7}", end="")
    print(f"{'claim+settle p50':>19}{'p99 us':>9}{'/s':>7}")
    figures: dict[str, Figures] = {}
    for name, queue in queues.items():
        queue.close()
        put, claim = quantiles(puts[name]), quantiles(claims[name])
        figures[name] = {
            **{f"put_{key}": value for key, value in put.items()},
            **{f"claim_settle_{key}": value for key, value in claim.items()},
            "ours_over_this_put_p50": over(puts[Ours.name], puts[name]),
            "ours_over_this_claim_settle_p50": over(claims[Ours.name], claims[name]),
        }
        print(f"  {name:26}{put['p50_us']:>9.0f}{put['p99_us']:>9.0f}{put['per_s']:>7.0f}", end="")
        print(f"{claim['p50_us']:>19.0f}{claim['p99_us']:>9.0f}{claim['per_s']:>7.0f}", flush=True)
    shutil.rmtree(folder)
    return figures


def put_next(queue: Queue, facts: Iterator[Fact]) -> None:
    queue.put(next(facts))


def timed(operation: Callable[[], None]) -> list[float]:
    """How long each of a block of operations took, in seconds."""
    times = []
    for _ in range(BLOCK):
        started = time.perf_counter()
        operation()
        times.append(time.perf_counter() - started)
        if sum(times) > PATIENCE_S:
            break
    return times


def quantiles(rounds: list[list[float]]) -> Figures:
    times = [time for times in rounds for time in times]
    return {
        "p50_us": statistics.median(times) * 1e6,
        "p99_us": statistics.quantiles(times, n=100)[98] * 1e6,
        "per_s": 1 / statistics.mean(times),
    }


def over(rounds: list[list[float]], base: list[list[float]]) -> float:
    pairs = zip(rounds, base, strict=True)
    return statistics.median(statistics.median(own) / statistics.median(other) for own, other in pairs)


def measure_claim(folder: Path, rows: int) -> tuple[float, float]:
    """The p50 of a claim alone, in microseconds: with hardly any entry pending, and with so many."""
    medians = []
    for count in (500, rows):
        (folder / f"claim-{count}").mkdir(parents=True)
        queue = Ours(folder / f"claim-{count}")
        queue.fill(count, settled=False)
        times = []
        for _ in range(400):
            started = time.perf_counter()
            entry = queue.outbox.claim()
            times.append(time.perf_counter() - started)
            assert entry is not None
            queue.outbox.settle(entry.key, Delivered(ANSWER))
        queue.close()
        medians.append(statistics.median(times) * 1e6)
    return medians[0], medians[1]


@contextmanager
def slow_backend() -> Iterator[int]:
    command = [sys.executable, "-m", "benchmarks.slow_backend"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.terminate()


def drain(folder: Path, entries: int, persons: int, couriers: int) -> tuple[float, bool, float]:
    """Seconds to send so many entries, whether each person's came in order, and MB of memory gained."""
    folder.mkdir(parents=True)
    queue = Ours(folder)
    with queue.outbox._chain.in_one_transaction():
        for number in range(entries):
            queue.put(make_fact(number) | {"person": f"person-{number % persons}"})
    local = threading.local()
    with slow_backend() as port:

        def ask(verb: str, path: str, body: bytes | None = None) -> bytes:
            if not hasattr(local, "connection"):
                local.connection = HTTPConnection("127.0.0.1", port, timeout=10)
            local.connection.request(verb, path, body)
            return bytes(local.connection.getresponse().read())

        def deliver(entry: Entry) -> Outcome:
            return Delivered(ask("PUT", f"/facts/{entry.key}", entry.payload))

        sender = Sender(queue.outbox, deliver, lambda _: NeverArrived(), at_once=max(1, couriers))
        gc.collect()
        before, started = resident_mb(), time.perf_counter()
        if couriers:
            drain_with_couriers(sender, couriers)
        else:
            sender.turn()
        seconds, gained = time.perf_counter() - started, resident_mb() - before
        assert queue.outbox.summary().pending == 0
        in_order = json.loads(ask("GET", "/order"))["in_order"]
    queue.close()
    return seconds, in_order, gained


def drain_with_couriers(sender: Sender, count: int) -> None:
    done: SimpleQueue[tuple[Entry, Outcome]] = SimpleQueue()
    couriers = Couriers(sender.ask, lambda entry, outcome: done.put((entry, outcome)), count=count)
    on_their_way = 0
    while True:
        while entry := sender.claim():
            couriers.carry(entry)
            on_their_way += 1
        if not on_their_way:
            break
        sender.conclude(*done.get())
        on_their_way -= 1
    couriers.close(wait_s=5)


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def measure_opening(folder: Path, rows: int, *, settled: bool) -> float:
    """Seconds to open a file of so many rows and verify each of them; the median of five."""
    folder.mkdir(parents=True)
    queue = Ours(folder)
    queue.fill(rows // 2 if settled else rows, settled=settled)
    queue.close()
    times = []
    for _ in range(5):
        started = time.perf_counter()
        queue = Ours(folder)
        times.append(time.perf_counter() - started)
        assert queue.outbox.opening.salvage is None
        queue.close()
    return statistics.median(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--drained", type=int, default=1000)
    asked = parser.parse_args()
    rows, results, demands = asked.rows, {}, Demands()
    scenes = (
        Scene("nothing pending", 0),
        Scene(f"{rows:,} pending", rows),
        Scene(f"{rows:,} settled, kept", rows, settled=True),
        Scene("in one long run", 0, long_run=True),
    )
    with tempfile.TemporaryDirectory(prefix="bench-outbox-") as name:
        folder = Path(name)
        for scene in scenes:
            results[scene.title] = side_by_side(folder / "side", scene, asked.rounds)
        claim_us, claim_among_many_us = measure_claim(folder / "claim", rows)
        syncs = count_syncs(folder / "syncs")
        serial_s, _, _ = drain(folder / "serial", asked.drained, asked.drained, 0)
        drained_s, _, gained_mb = drain(folder / "many", asked.drained, asked.drained, COURIERS)
        _, in_order, _ = drain(folder / "order", asked.drained, asked.drained // 4, COURIERS)
        opening_s = {
            f"{rows:,} pending": measure_opening(folder / "pending", rows, settled=False),
            f"{rows // 2:,} entries and their outcomes": measure_opening(folder / "kept", rows, settled=True),
        }
    results["more"] = {
        "claim_p50_us": claim_us,
        "claim_p50_us_among_many": claim_among_many_us,
        "syncs_per_put": syncs[0],
        "syncs_per_settle": syncs[1],
        "drain_serial_s": serial_s,
        "drain_couriers_s": drained_s,
        "drain_memory_gained_mb": gained_mb,
        **{f"opening_s, {what}": seconds for what, seconds in opening_s.items()},
    }
    print(
        f"\ndrain of {asked.drained} entries at 50 ms each: {serial_s:.1f} s one by one,"
        f" {drained_s:.1f} s with {COURIERS} couriers; memory {gained_mb:+.1f} MB"
    )
    print("demands")
    for scene in scenes:
        for name, figures in results[scene.title].items():
            if scene.long_run:
                put, claim = figures["ours_over_this_put_p50"], figures["ours_over_this_claim_settle_p50"]
                print(
                    f"  told    {scene.title}: over {name}: put p50 {put:.2f}, claim and settle {claim:.2f}"
                )
            elif name == RawSqlite.name:
                demands.check(f"{scene.title}: put p50 over {name}", figures["ours_over_this_put_p50"], 1.25)
            elif not name.startswith("raw") and name != Ours.name:
                for what in ("put", "claim_settle"):
                    demands.check(
                        f"{scene.title}: {what} p50 over {name}", figures[f"ours_over_this_{what}_p50"], 1
                    )
    demands.check(f"claim p50 among {rows:,} pending over few pending", claim_among_many_us / claim_us, 2)
    demands.check("syncs per put", syncs[0], 1)
    demands.check("syncs per settle", syncs[1], 1)
    demands.check("drain with couriers, times faster than one by one", serial_s / drained_s, 4, at_least=True)
    demands.check("memory gained in the drain, MB", gained_mb, 20)
    demands.check("every person's entries came in order", float(in_order), 1, at_least=True)
    for what, seconds in opening_s.items():
        demands.check(f"opening and verifying {what}, s", seconds, 1)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results | {"missed": demands.missed}, indent=1))
    return 1 if demands.missed else 0


if __name__ == "__main__":
    sys.exit(main())
