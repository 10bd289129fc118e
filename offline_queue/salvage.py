"""Out of a damaged file, whatever can still be read and vouched for; the rest is named.

    1  the damaged file, with its WAL, is copied aside as it is, for whoever wants to look into it
    2  a fresh file is written beside it, from the rows that can be read and whose seals hold, and from
       second copies where they cannot; numbers that appear in neither are noted as gaps
    3  the fresh file takes the place of the damaged one

A crash during 1 or 2 starts over; a crash during 3 is finished at the next opening. An entry whose outcome
is lost becomes pending again: its key is looked up before it is sent, so nothing happens twice.

What became of the file is written beside it (salvage.json): a technician hears of it, whatever was restarted
since, until somebody has taken the folder away.
"""

import json
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from offline_queue import chain
from offline_queue.chain import Chain, Origin
from offline_queue.clock import Moment
from offline_queue.copies import Copies, publish, sync
from offline_queue.database import LOCK_WAIT_S, connect, migrate, reported
from offline_queue.entry import Entry, NewEntry
from offline_queue.errors import Damage, OutboxError, StorageFailure
from offline_queue.record import SELECT_ENTRIES, SELECT_WITHOUT_OUTCOMES, EntryRow, read_entry
from offline_queue.vault import Vault

# If not even the last number given is known, numbering goes on from the seconds since then: more than
# any kiosk has ever given, and more than last time this happened.
NUMBERS_BEGAN = datetime(2020, 1, 1, tzinfo=UTC)


REPORT = "salvage.json"

# Nothing that was kept aside is ever deleted by the program. A disk that has damaged so many files is given
# up instead: the outbox stays shut until somebody has looked, and has taken them away.
MOST_ASIDE = 10


@dataclass(frozen=True, slots=True)
class Salvage:
    """What became of a damaged file. `lost` are the owner's numbers that are missing, from and to."""

    at: datetime
    cause: str
    kept_aside: Path
    saved: int
    from_copies: int
    lost: tuple[tuple[int, int], ...]

    @property
    def numbers_lost(self) -> int:
        """How many numbers are missing."""
        return sum(last - first + 1 for first, last in self.lost)


@dataclass(frozen=True, slots=True)
class _Source:
    """What one file still has to say. `last_seq` is what its head said, if it could be read."""

    entries: dict[str, Entry]
    last_seq: int | None


def salvage(
    path: Path, vault: Vault, owner: str, now: Moment, *, copies: Copies | None, cause: Damage
) -> Salvage:
    """Replace a damaged file by a fresh one. Raises StorageFailure, and then the file is as it was.

    Raises Damage if MOST_ASIDE damaged files lie beside it already.
    """
    with reported():
        lie_there = kept_aside(path)
    if len(lie_there) >= MOST_ASIDE:
        raise Damage(f"{cause}; {MOST_ASIDE} damaged files lie beside it already, to be taken away")
    fresh = path.with_name(path.name + ".salvaging")
    with reported(), _kept_aside(path) as aside:
        damaged = _read(path, vault)
        found = [damaged, *_copies(copies, vault)]
        entries: dict[str, Entry] = {}
        for source in found:
            entries = source.entries | entries
        last_seq = max(source.last_seq or 0 for source in found)
        if damaged.last_seq is None:
            last_seq = max(last_seq, int((now.wall - NUMBERS_BEGAN).total_seconds()))
        lost = _write_fresh(fresh, vault, owner, now, entries=entries.values(), last_seq=last_seq)
        from_copies = len(entries) - len(damaged.entries)
        salvaged = Salvage(now.wall, str(cause), aside, len(entries), from_copies, lost)
        _write_report(salvaged)
        publish(fresh, _salvaged(path))
        finish(path)
    return salvaged


def kept_aside(path: Path) -> list[Salvage]:
    """What was salvaged from the damaged files that still lie beside an outbox, oldest first."""
    folders = [folder for folder in path.parent.glob(f"{path.name}.damaged-*") if folder.suffix != ".partial"]
    reports = [report for folder in folders if (report := _read_report(folder)) is not None]
    return sorted(reports, key=lambda salvaged: (salvaged.at, salvaged.kept_aside))


def finish(path: Path) -> None:
    """Put a salvaged file into place, if there is one. Raises StorageFailure."""
    with reported():
        if _salvaged(path).exists():
            # The damaged file's WAL must go first: SQLite would replay it into the fresh file.
            _remove_journals(path)
            sync(path.parent)
            publish(_salvaged(path), path)


def _salvaged(path: Path) -> Path:
    return path.with_name(path.name + ".salvaged")


def _remove_journals(path: Path) -> None:
    for suffix in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


@contextmanager
def _kept_aside(path: Path) -> Iterator[Path]:
    """Keep the damaged file aside; not for good if nothing comes of it: it is tried again, on a full disk."""
    aside = _keep_aside(path)
    try:
        yield aside
    except (OSError, sqlite3.DatabaseError, OutboxError):
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _keep_aside(path: Path) -> Path:
    numbered = (path.with_name(f"{path.name}.damaged-{number}") for number in count(1))
    aside = next(folder for folder in numbered if not folder.exists())
    partial = aside.with_name(aside.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    for suffix in ("", "-wal", "-journal"):
        part = path.with_name(path.name + suffix)
        if part.exists():
            shutil.copy2(part, partial / part.name)
            sync(partial / part.name)
    publish(partial, aside)
    return aside


def _write_report(salvaged: Salvage) -> None:
    report = {
        "at": salvaged.at.isoformat(),
        "cause": salvaged.cause,
        "saved": salvaged.saved,
        "from_copies": salvaged.from_copies,
        "lost": salvaged.lost,
    }
    partial = salvaged.kept_aside / f"{REPORT}.partial"
    partial.write_text(json.dumps(report, indent=1), encoding="utf-8")
    publish(partial, salvaged.kept_aside / REPORT)


def _read_report(folder: Path) -> Salvage | None:
    """What the report says; a folder without one that can be understood is named all the same.

    None if somebody has just taken the folder away.
    """
    try:
        report = json.loads((folder / REPORT).read_text(encoding="utf-8"))
        return Salvage(
            datetime.fromisoformat(report["at"]).astimezone(UTC),
            str(report["cause"]),
            folder,
            int(report["saved"]),
            int(report["from_copies"]),
            tuple((int(first), int(last)) for first, last in report["lost"]),
        )
    except (OSError, ValueError, TypeError, LookupError):
        try:
            at = datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        except FileNotFoundError:
            return None
        return Salvage(at, "not written down", folder, 0, 0, ())


def _copies(copies: Copies | None, vault: Vault) -> Iterator[_Source]:
    """What the second copies have to say: nothing, where their disk has gone."""
    paths: list[Path] = []
    with suppress(StorageFailure):
        paths = copies.newest_first() if copies else []
    for path in paths:
        try:
            yield _read(path, vault)
        except sqlite3.DatabaseError as fault:
            _pass_on_if_locked(fault)


def _read(path: Path, vault: Vault) -> _Source:
    """Raises sqlite3.OperationalError if somebody has the file open: its rows are not given up for that."""
    with closing(sqlite3.connect(path, timeout=LOCK_WAIT_S, isolation_level=None)) as connection:
        # Exclusive: the WAL is read without a -shm file. Read-only would not replay the WAL at all.
        with suppress(sqlite3.DatabaseError):
            connection.execute("PRAGMA locking_mode = exclusive")
        entries = {entry.key: entry for entry in _entries(connection, vault)}
        return _Source(entries, _number(connection, "SELECT seq FROM head"))


def _entries(connection: sqlite3.Connection, vault: Vault) -> Iterator[Entry]:
    """Row by row: a row on a damaged page must not cost the others."""
    last = max(
        _number(connection, "SELECT position FROM head") or 0,
        _number(connection, "SELECT max(position) FROM entries") or 0,
    )
    for position in range(1, last + 1):
        entry = _entry(connection, vault, position, SELECT_ENTRIES)
        entry = entry or _entry(connection, vault, position, SELECT_WITHOUT_OUTCOMES)
        if entry is not None:
            yield entry


def _entry(connection: sqlite3.Connection, vault: Vault, position: int, query: str) -> Entry | None:
    try:
        row = connection.execute(query + "WHERE e.position = ?", (position,)).fetchone()
        entry = None if row is None else read_entry(vault, EntryRow._make(row))
    except Exception as fault:  # noqa: BLE001  whatever a damaged row makes of itself, it is not an entry
        _pass_on_if_locked(fault)
        return None
    # Without a person, only an outcome vouches for the entry.
    return entry if entry and (entry.person is not None or entry.outcome is not None) else None


def _number(connection: sqlite3.Connection, query: str) -> int | None:
    try:
        row = connection.execute(query).fetchone()
    except sqlite3.DatabaseError as fault:
        _pass_on_if_locked(fault)
        return None
    return row[0] if row is not None and isinstance(row[0], int) else None


def _pass_on_if_locked(fault: Exception) -> None:
    if getattr(fault, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise fault


def _write_fresh(
    path: Path, vault: Vault, owner: str, now: Moment, *, entries: Iterable[Entry], last_seq: int
) -> tuple[tuple[int, int], ...]:
    """Write a new file, and return the numbers that are missing in it, from and to."""
    path.unlink(missing_ok=True)
    _remove_journals(path)
    own = {entry.seq: entry for entry in entries if entry.owner == owner}
    # After somebody put back an old file, a number may have been given twice.
    others = [entry for entry in entries if own.get(entry.seq) is not entry]
    with closing(connect(path)) as connection:
        migrate(connection)
        chain.begin(connection, vault, owner)
        fresh = Chain(connection, vault, owner)
        with fresh.in_one_transaction():
            for _, entry in sorted(own.items()):
                _add(fresh, entry)
            fresh.skip_to(last_seq, now)
            for entry in sorted(others, key=lambda entry: entry.position):
                _add(fresh, entry)
        gaps = connection.execute("SELECT first_seq, last_seq FROM gaps ORDER BY position")
        return tuple((first, last) for first, last in gaps)


def _add(fresh: Chain, entry: Entry) -> None:
    new = NewEntry(
        key=entry.key,
        kind=entry.kind,
        person=entry.person or "forgotten",
        payload=entry.payload or b"",
        captured_at=entry.captured_at,
        clock_quality=entry.clock_quality,
        urgent=entry.urgent,
    )
    position = fresh.adopt(new, Origin(entry.owner, entry.seq), entry.recorded).position
    if entry.outcome is not None and entry.settled is not None:
        fresh.add_outcome(position, entry.outcome, entry.settled)
    if entry.person is None:
        fresh.forget(position)
