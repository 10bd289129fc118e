"""Cuts the power at random points of a recorded run, and asks what is left of what had been acknowledged."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from offline_queue import Outbox, Vault, verify_file
from offline_queue.errors import Damage, KeyMismatch
from tests.offline_queue.power_cut.replay import Disk, Record, read_recording
from tests.offline_queue.power_cut.workload import KEYS, OWNER, moment

SHIM = Path(__file__).with_name("shim.c")
ROOT = Path(__file__).parents[3]
FULL, NORMAL, OFF = 2, 1, 0


@dataclass
class Verdict:
    """What so many cuts came to."""

    cuts: int = 0
    acknowledged: int = 0
    cuts_with_losses: int = 0
    lost: int = 0
    damaged: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.cuts_with_losses or self.damaged)


def record(folder: Path, synchronous: int) -> list[Record]:
    """Run the workload under the shim, in a new folder."""
    (folder / "disk" / "copies").mkdir(parents=True)
    return read_recording(watched("tests.offline_queue.power_cut.workload", folder, str(synchronous)))


def watched(module: str, folder: Path, *more: str) -> Path:
    """Run a module on a disk in this folder under the shim, and return where the recording is."""
    shim, log, disk = folder / "shim.so", folder / "recording", folder / "disk"
    disk.mkdir(parents=True, exist_ok=True)
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", shim, SHIM, "-ldl", "-lpthread"], check=True)
    watching = {"LD_PRELOAD": str(shim), "POWER_CUT_FOLDER": str(disk), "POWER_CUT_LOG": str(log)}
    command = [sys.executable, "-m", module, disk, *more]
    subprocess.run(command, check=True, cwd=ROOT, env=os.environ | watching)
    return log


def cut_power(recording: list[Record], folder: Path, cuts: int, seed: int) -> Verdict:
    """Cut at `cuts` random points; half of them let later writes survive without earlier ones."""
    chance = random.Random(seed)
    begun = next(at for at, record in enumerate(recording) if _told(record))
    verdict, disk, played = Verdict(), Disk(), 0
    told: dict[str, str] = {}
    for at in sorted(chance.randrange(begun + 1, len(recording) + 1) for _ in range(cuts)):
        for one in recording[played:at]:
            disk.play(one)
            for line in _told(one):
                told |= _acknowledged(line)
        played = at
        image = disk.after_cut(chance, in_order=bool(chance.randrange(2)))
        _look(verdict, image, told, folder)
    return verdict


def _told(record: Record) -> list[bytes]:
    # The workload writes nothing else in such lines, and each line in one write.
    return record.content.splitlines() if record.kind == "w" and record.content.startswith(b'{"') else []


def _acknowledged(line: bytes) -> dict[str, str]:
    match json.loads(line):
        case {"put": key}:
            return {key: "recorded"}
        case {"settled": key, "state": state}:
            return {key: state}
        case {"key": name}:
            return {"vault": name}
    raise ValueError(line)


def _look(verdict: Verdict, image: dict[str, bytes], told: dict[str, str], folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "copies").mkdir(parents=True)
    for path, content in image.items():
        place = folder / "copies" if Path(path).parent.name == "copies" else folder
        (place / Path(path).name).write_bytes(content)
    expected = {key: state for key, state in told.items() if key != "vault"}
    found, damaged = _found(folder / "outbox.db", told["vault"])
    damaged |= not all(_is_whole(copy) for copy in (folder / "copies").glob("*.db"))
    wrong = [key for key, state in expected.items() if state != "recorded" and found.get(key) != state]
    wrong += [key for key, state in expected.items() if state == "recorded" and key not in found]
    verdict.cuts += 1
    verdict.acknowledged += len(expected)
    verdict.damaged += damaged
    verdict.lost += len(wrong)
    verdict.cuts_with_losses += bool(wrong)
    if wrong or damaged:
        verdict.examples.append(f"cut {verdict.cuts}: {len(wrong)} lost, damaged: {damaged}")


def _found(path: Path, vault: str) -> tuple[Counter[str], bool]:
    """The state of each key after the power is back, and whether the file had to be salvaged."""
    for name in ("old", "new") if vault == "either" else (vault,):
        try:
            outbox = Outbox.open(path, Vault.from_key(KEYS[name]), owner=OWNER, clock=moment)
        except KeyMismatch:
            continue
        states = {entry.key: str(entry.state) for entry in outbox.entries(limit=10**6)}
        damaged = outbox.opening.salvage is not None
        outbox.close()
        return Counter(states), damaged
    return Counter(), True


def _is_whole(copy: Path) -> bool:
    """A second copy that has its name must be good, whenever the power went."""
    for key in KEYS.values():
        with suppress(KeyMismatch, Damage):
            return verify_file(copy, Vault.from_key(key), OWNER).first_break is None
    return False
