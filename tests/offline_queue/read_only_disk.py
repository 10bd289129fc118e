"""Runs in a mount namespace of its own, on an ext4 that turns read-only while the outbox is open.

That is what Linux does with a disk it has found an error on (ext4(5), `errors=remount-ro`). The error is
the kernel's own: whoever writes to `trigger_fs_error` says that there is one.
"""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from offline_queue import Delivered, Limits, NewEntry, Obstacle, Outbox, State, Vault
from offline_queue.errors import ReadOnly, StorageFailure

IMAGE, DISK = Path(sys.argv[1]), Path(sys.argv[2])
VAULT = Vault.from_key(bytes(32))


def new_entry(key: str) -> NewEntry:
    return NewEntry(
        key=key,
        kind="contact_change",
        person="person",
        payload=bytes(3000),
        captured_at=datetime.now(UTC),
        clock_quality="synchronised",
    )


def open_outbox() -> Outbox:
    return Outbox.open(DISK / "outbox.db", VAULT, owner="kiosk-07", limits=Limits(free_bytes=100_000))


def mount() -> None:
    subprocess.run(["mount", "-o", "loop,errors=remount-ro", IMAGE, DISK], check=True)


mount()
outbox = open_outbox()
outbox.put(new_entry("a"))
outbox.put(new_entry("b"))
assert outbox.claim() is not None

device = Path(subprocess.check_output(["findmnt", "-no", "SOURCE", DISK], text=True).strip()).name
Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("a test says so")

assert outbox.accepts_new() is Obstacle.READ_ONLY, "refused before the citizen invests time"
with pytest.raises(StorageFailure):
    outbox.put(new_entry("c"))
with pytest.raises(StorageFailure):
    outbox.settle("a", Delivered(b"receipt"))
assert [entry.key for entry in outbox.entries(State.PENDING)] == ["a", "b"], (
    "what was taken in is still there"
)
assert outbox.accepts_new() is Obstacle.READ_ONLY
outbox.close()
with pytest.raises(ReadOnly):
    open_outbox()

subprocess.run(["umount", DISK], check=True)
subprocess.run(["fsck.ext4", "-y", IMAGE], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
mount()
outbox = open_outbox()
assert outbox.opening.salvage is None, "nothing was broken"
assert [entry.key for entry in outbox.entries(State.PENDING)] == ["a", "b"]
outbox.settle("a", Delivered(b"receipt"))
outbox.put(new_entry("c"))
assert outbox.verify().first_break is None
outbox.close()
subprocess.run(["umount", DISK], check=True)
sys.stdout.write("survived")
