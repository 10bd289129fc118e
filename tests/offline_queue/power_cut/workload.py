"""What the recorded process does: all an outbox does to a disk, telling after each step that it is done.

python -m tests.offline_queue.power_cut.workload FOLDER SYNCHRONOUS
"""

import json
import os
import random
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from offline_queue import Delivered, Moment, NewEntry, Outbox, Rejected, State, Vault, database

OWNER = "kiosk-07"
KEYS = {"old": bytes(32), "new": bytes(range(32))}


def moment() -> Moment:
    return Moment(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), 1000.0, "boot-1")


def work(folder: Path) -> None:
    # Whoever reads this file has been told, and cannot be made to forget.
    told = os.open(folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    chance, numbers = random.Random(7), count(1)

    def tell(**what: str) -> None:
        os.write(told, json.dumps(what).encode() + b"\n")

    def open_outbox(key: str) -> Outbox:
        vault = Vault.from_key(KEYS[key])
        return Outbox.open(folder / "outbox.db", vault, owner=OWNER, clock=moment, copies=folder / "copies")

    def use(outbox: Outbox, steps: int) -> None:
        for _ in range(steps):
            key = f"key-{next(numbers)}"
            payload = chance.randbytes(chance.randrange(200, 2000))
            person = f"person-{chance.randrange(20)}"
            outbox.put(NewEntry(key, "contact_change", person, payload, moment().wall, "synchronised"))
            tell(put=key)
            if chance.random() < 0.4:
                entry = outbox.claim()
                assert entry is not None
                match chance.randrange(4):
                    case 0:
                        outbox.settle(entry.key, Rejected("stale"))
                        tell(settled=entry.key, state=State.REJECTED)
                    case 1:
                        outbox.postpone(entry.key, "http_500", 0.0, doubtful=True)
                    case _:
                        outbox.settle(entry.key, Delivered(b"receipt"))
                        tell(settled=entry.key, state=State.DELIVERED)

    outbox = open_outbox("old")
    tell(key="old")
    use(outbox, 120)
    outbox.take_second_copy()
    use(outbox, 20)
    outbox.close()
    outbox = open_outbox("old")
    use(outbox, 40)
    outbox.forget(timedelta(seconds=-1))  # whatever is settled: time stands still here
    use(outbox, 40)
    tell(key="either")
    outbox.change_key(Vault.from_key(KEYS["new"]))
    tell(key="new")
    use(outbox, 60)
    outbox.take_second_copy()
    use(outbox, 20)
    outbox.close()


if __name__ == "__main__":
    # So often that many cuts fall into a checkpoint.
    database.SETTINGS |= {"wal_autocheckpoint": 40, "synchronous": int(sys.argv[2])}
    work(Path(sys.argv[1]))
