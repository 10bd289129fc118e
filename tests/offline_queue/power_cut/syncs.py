"""How often the outbox waits for the disk, seen from outside its process by the shim.

python -m tests.offline_queue.power_cut.syncs FOLDER
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from offline_queue import Delivered, NewEntry, Outbox, Vault
from tests.offline_queue.power_cut.cuts import watched
from tests.offline_queue.power_cut.replay import read_recording

COUNTED = 25  # operations of each kind; too few for a checkpoint


def count_syncs(folder: Path) -> tuple[float, float]:
    """How many syncs one put and one settle of a claimed entry cost, in a new folder."""
    log = watched("tests.offline_queue.power_cut.syncs", folder)
    syncs: list[int] = []
    for record in read_recording(log):
        if record.kind == "o" and record.path.endswith("mark"):
            syncs.append(0)
        elif record.kind in "sd" and syncs:
            syncs[-1] += 1
    puts, settles, _ = syncs
    return puts / COUNTED, settles / COUNTED


def work(disk: Path) -> None:
    outbox = Outbox.open(disk / "outbox.db", Vault.from_key(bytes(32)), owner="kiosk-07")
    (disk / "put-mark").touch()
    for number in range(COUNTED):
        payload = os.urandom(986)
        fact = (f"key-{number}", "fact", f"person-{number}", payload, datetime.now(UTC), "synchronised")
        outbox.put(NewEntry(*fact))
    (disk / "settle-mark").touch()
    while entry := outbox.claim():
        outbox.settle(entry.key, Delivered(b"receipt"))
    (disk / "end-mark").touch()
    outbox.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]))
