"""Proves what the outbox promises of kills and power cuts, and that the proof could fail.

    python -m benchmarks.prove_durability [--kills 10000] [--cuts 5000] [--seed 1]

Writes benchmarks/results/durability.json, and ends with 1 if anything was lost, doubled or damaged.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.offline_queue.kills import Books, kill
from tests.offline_queue.power_cut.cuts import FULL, NORMAL, OFF, Verdict, cut_power, record

MEMORY = Path("/dev/shm")
RESULTS = Path(__file__).with_name("results") / "durability.json"


def prove_kills(folder: Path, kills: int, seed: int, *, receipt_first: bool = False) -> Books:
    started = time.monotonic()
    books = kill(folder / "lives", kills, seed, receipt_first=receipt_first)
    shutil.rmtree(folder / "lives")
    print(
        f"{'receipts before rows' if receipt_first else 'kills':22}{books.kills:>8} kills"
        f"{books.salvages:>6} salvages{books.key_changes:>6} new keys{books.bundles:>6} bundles"
        f"{books.receipts:>9} receipts{books.effects:>8} effects{books.answers_lost:>7} answers lost"
        f"{len(books.faults):>6} faults   {time.monotonic() - started:6.0f} s",
        flush=True,
    )
    return books


def prove_cuts(folder: Path, name: str, synchronous: int, cuts: int, seed: int) -> Verdict:
    started = time.monotonic()
    place = folder / name.replace(" ", "-")  # no blanks: LD_PRELOAD takes them for commas
    verdict = cut_power(record(place, synchronous), place / "image", cuts, seed)
    print(
        f"{'power, ' + name:22}{verdict.cuts:>8} cuts {verdict.acknowledged:>9} acknowledged"
        f"{verdict.lost:>8} lost in {verdict.cuts_with_losses} cuts, {verdict.damaged} damaged"
        f"   {time.monotonic() - started:6.0f} s",
        flush=True,
    )
    return verdict


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=10_000)
    parser.add_argument("--cuts", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    # The cut disk is simulated, and may as well lie in memory; the killed processes have a real one.
    memory = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="power-cuts-", dir=memory) as name:
        folder = Path(name)
        full = prove_cuts(folder, "synchronous FULL", FULL, asked.cuts, asked.seed)
        normal = prove_cuts(folder, "lowered to NORMAL", NORMAL, asked.cuts // 10, asked.seed)
        off = prove_cuts(folder, "lowered to OFF", OFF, asked.cuts // 10, asked.seed)
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        folder = Path(name)
        early = prove_kills(folder, max(50, asked.kills // 100), asked.seed, receipt_first=True)
        books = prove_kills(folder, asked.kills, asked.seed)
    RESULTS.parent.mkdir(exist_ok=True)
    found = {"kills": books, "receipts before rows": early, "FULL": full, "NORMAL": normal, "OFF": off}
    RESULTS.write_text(json.dumps({name: asdict(one) for name, one in found.items()}, indent=1))
    for fault in books.faults + full.examples:
        print(fault)
    could_fail = normal.lost and off.damaged and early.faults
    if not could_fail:
        print("the proof did not notice a lowered durability")
    return 0 if could_fail and full.is_clean and not books.faults else 1


if __name__ == "__main__":
    sys.exit(main())
