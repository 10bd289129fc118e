"""Sticks: what is carried out of the kiosk by hand. Written, synced, read back and compared."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Ticket, Trouble
from kiosk.private_files import sync_folder
from kiosk.services.upkeep import Undone

CHUNK = 256 * 1024

Sticks = Callable[[], tuple[Path, ...]]
"""Returns the folders of the sticks that are in now."""


def mounted_below(folder: Path | None) -> tuple[Path, ...]:
    """Return the file systems that are mounted in a folder; none when no folder is configured."""
    if folder is None or not folder.is_dir():
        return ()
    return tuple(sorted(each for each in folder.iterdir() if each.is_dir() and os.path.ismount(each)))


def stick(sticks: Sticks) -> Path:
    """Return the stick that is in. Raises Undone when there is none."""
    found = sticks()
    if not found:
        raise Undone(Trouble.NO_STICK)
    return found[0]


def carry(file: Path, folder: Path, ticket: Ticket) -> Iterator[tech.Carried]:
    """Copy a file onto a stick, telling under the order's ticket how far it is.

    It appears under its name when it is whole. Raises Undone.
    """
    target = folder / file.name
    partial = target.with_name(f"{target.name}.partial")
    size, done, written = max(1, file.stat().st_size), 0, hashlib.sha256()
    try:
        with file.open("rb") as source, partial.open("wb") as copy:
            while chunk := source.read(CHUNK):
                copy.write(chunk)
                written.update(chunk)
                done += len(chunk)
                yield tech.Carried(ticket, min(99, 100 * done // size))
            copy.flush()
            os.fsync(copy.fileno())
        if hashlib.sha256(partial.read_bytes()).digest() != written.digest():
            raise Undone(Trouble.STICK_FAILED)
        partial.replace(target)
        sync_folder(folder)
    except OSError:
        raise Undone(Trouble.STICK_FAILED) from None
    finally:
        with suppress(OSError):  # the stick may be gone
            partial.unlink(missing_ok=True)  # half a copy is nobody's, and takes the next one's room
    yield tech.Carried(ticket, 100)
