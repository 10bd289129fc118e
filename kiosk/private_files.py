"""Files that only the kiosk's own user may read: checked when they are read, whole when they are written."""

import os
import stat
from pathlib import Path


class NotPrivate(Exception):
    """Somebody else could read or change the file; the message says how."""


def read_private(path: Path) -> bytes:
    """Return what is in a file that belongs to this user or root and is at most 0600.

    Raises NotPrivate, and OSError.
    """
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        if status.st_uid not in (os.geteuid(), 0):
            raise NotPrivate(f"{path}: owned by another user")
        if excess := stat.S_IMODE(status.st_mode) & ~0o600:
            raise NotPrivate(f"{path}: permissions must be 0600, {excess:04o} is too much")
        return file.read()


def write_private(path: Path, content: bytes) -> None:
    """Replace a file as a whole, on the disk before this returns: after a power cut it is the old or the new.

    Raises OSError.
    """
    private_folder(path.parent)
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def private_folder(folder: Path) -> None:
    """Make a folder that only this user may enter, unless it is there. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
