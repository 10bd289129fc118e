"""Writes the outbox file that stands for the schema of this version: once, when the version is released.

    .venv/bin/python -m tests.offline_queue.released.make tests/offline_queue/released/schema_1.db

A released file is never written again: every later version must open it as it is.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from offline_queue import Delivered, Moment, NewEntry, Outbox, Rejected, Vault

KEY = b"the key of the released files..."
OWNER = "kiosk-07"


def moment() -> Moment:
    return Moment(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), 1000.0, "boot-1")


def make(path: Path) -> None:
    outbox = Outbox.open(path.with_suffix(".new"), Vault.from_key(KEY), owner=OWNER, clock=moment)
    for number, urgent in enumerate((False, True, False, False, False), 1):
        outbox.put(
            NewEntry(
                key=f"key-{number}",
                kind="loss_report" if urgent else "contact_change",
                person=f"person-{number}",
                payload=f"payload {number}".encode(),
                captured_at=moment().wall,
                clock_quality="synchronised",
                urgent=urgent,
            )
        )
    outbox.settle("key-1", Delivered(b"receipt 1"))
    outbox.settle("key-3", Rejected("stale", "changed elsewhere"))
    outbox.postpone("key-4", "http_503", 60, doubtful=True)
    outbox.settle("key-5", Rejected("stale"))
    outbox.retry("key-5")
    outbox.backup(path)
    outbox.close()
    for leftover in path.parent.glob(f"{path.stem}.new*"):
        leftover.unlink()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
