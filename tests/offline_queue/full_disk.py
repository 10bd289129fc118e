"""Runs in a mount namespace of its own, on a file system of 12 MB that it fills to the last byte."""

import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from offline_queue import Delivered, Limits, NewEntry, Obstacle, Outbox, State, Vault
from offline_queue.errors import DiskFull, ReadOnly

DISK = Path(sys.argv[1])
VAULT = Vault.from_key(bytes(32))
NUMBERS = count()


def new_entry() -> NewEntry:
    return NewEntry(
        key=f"key-{next(NUMBERS)}",
        kind="contact_change",
        person=f"person-{next(NUMBERS)}",
        payload=bytes(3000),
        captured_at=datetime.now(UTC),
        clock_quality="synchronised",
    )


def open_outbox() -> Outbox:
    return Outbox.open(DISK / "outbox.db", VAULT, owner="kiosk-07", limits=Limits(free_bytes=100_000))


outbox = open_outbox()
outbox.put(new_entry())
assert outbox.accepts_new() is None

filler = DISK / "filler"
with filler.open("wb", buffering=0) as file:
    try:
        while True:
            file.write(bytes(1000))
    except OSError:
        pass
assert outbox.accepts_new() is Obstacle.DISK_FULL, "refused before the citizen invests time"

put = 1
while True:
    try:
        outbox.put(new_entry())
    except DiskFull:
        break
    put += 1
assert len(outbox.entries()) == put, "what was refused was not recorded, and what was recorded is there"
assert outbox.verify().first_break is None

outbox.close()
outbox = open_outbox()
assert len(outbox.entries(State.PENDING)) == put, "it opens on a full disk"

for entry in outbox.entries(State.PENDING):
    outbox.settle(entry.key, Delivered(b"receipt"))
assert outbox.summary().pending == 0, "settling goes on, on the ballast"
assert not (DISK / "outbox.db.ballast").exists(), "which was given up for it"
assert outbox.accepts_new() is Obstacle.DISK_FULL

filler.unlink()
assert outbox.accepts_new() is None, "room again, and the ballast is taken again"
outbox.put(new_entry())
outbox.close()

subprocess.run(["mount", "-o", "remount,ro", str(DISK)], check=True)
with pytest.raises(ReadOnly) as refused:
    open_outbox()
assert refused.value.word == "read_only"
sys.stdout.write("survived")
