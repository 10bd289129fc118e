"""An outbox on the workbench: a clock in hand, a vault, and facts to put in."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from offline_queue import Moment, NewEntry, Outbox, Vault

OWNER = "kiosk-07"
MEMORY = Path("/dev/shm")


@dataclass
class HandClock:
    """A clock that moves only by hand; the wall can be set wrong without time passing."""

    wall: datetime = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    boottime_s: float = 1000.0
    boot_id: str = "boot-1"

    def __call__(self) -> Moment:
        return Moment(self.wall, self.boottime_s, self.boot_id)

    def wait(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.boottime_s += seconds

    def reboot(self, *, boot_id: str) -> None:
        self.boottime_s, self.boot_id = 5.0, boot_id


@contextmanager
def failing_disk() -> Iterator[None]:
    """Every write past the first bytes of a file fails, as on a disk that has given up."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory: an outbox syncs at every step, and what disks make of it is proved elsewhere."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        yield Path(folder)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def vault() -> Vault:
    return Vault.from_key(bytes(range(32)))


@pytest.fixture
def fact() -> Callable[..., NewEntry]:
    """Facts as a caller would record them, each with a key of its own."""
    numbers = count(1)

    def make(person: str = "person-a", payload: bytes = b"{}", **rest: object) -> NewEntry:
        fields = {
            "key": f"key-{next(numbers)}",
            "kind": "contact_change",
            "captured_at": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
            "clock_quality": "synchronised",
        }
        return NewEntry(person=person, payload=payload, **(fields | rest))

    return make


@pytest.fixture
def open_outbox(tmp_path: Path, vault: Vault, clock: HandClock) -> Iterator[Callable[..., Outbox]]:
    """Opens outboxes, by default the one in the test's own file, and closes what is left open."""
    opened: list[Outbox] = []

    def open_(path: Path = tmp_path / "outbox.db", **rest: object) -> Outbox:
        outbox = Outbox.open(path, **({"vault": vault, "owner": OWNER, "clock": clock} | rest))
        opened.append(outbox)
        return outbox

    yield open_
    for outbox in opened:
        outbox.close()


@pytest.fixture
def outbox(open_outbox: Callable[..., Outbox]) -> Outbox:
    return open_outbox()
