"""The files kiosk.toml names, looked at: are they there, can they be read, are secrets private?

For `kiosk config check`, which a technician runs before the kiosk does, as root or as the kiosk's own user.
Nothing of a file is read but its first byte, and a private one not even that.
"""

import stat
from collections.abc import Callable, Iterator
from os import geteuid
from pathlib import Path
from typing import TypeAlias

from kiosk.config import Config

Check: TypeAlias = Callable[[Path, frozenset[int]], str]
"""Returns what is wrong with a path, or "". Given the users who may own what is private."""


def mistakes_in_files(config: Config) -> tuple[str, ...]:
    """Return a line for each file that can't be used, with the key that names it."""
    owners = frozenset(_owners(config))
    found = [f"{key}: {wrong}" for key, path, check in _named(config) if (wrong := check(path, owners))]
    return (*found, *_one_device_twice(config))


def _named(config: Config) -> Iterator[tuple[str, Path, Check]]:
    files: tuple[tuple[str, Path | None, Check], ...] = (
        ("display.fonts_dir", config.display.fonts_dir, _folder),
        ("backend.ca_file", config.backend.ca_file, _readable),
        ("backend.client_cert", config.backend.client_cert, _readable),
        ("backend.client_key", config.backend.client_key, _private),
        ("outbox.key_file", config.outbox.key_file, _private),
        ("outbox.backup_dir", config.outbox.backup_dir, _folder),
        ("receipts.signing_key_file", config.receipts.signing_key_file, _private),
        ("voice.prompts_dir", config.voice.prompts_dir, _folder),
        # These two are made by the kiosk and by `kiosk technicians add`.
        ("maintenance.key_file", config.maintenance_key_file, _private_once_made),
        ("maintenance.technicians_file", config.technicians_file, _private_once_made),
    )
    for key, path, check in files:
        if path is not None:
            yield key, path, check


def _owners(config: Config) -> Iterator[int]:
    """Yield root, this user, and the kiosk's own user, whose is the folder of its data."""
    yield from (0, geteuid())
    try:
        yield config.kiosk.data_dir.stat().st_uid
    except OSError:
        return  # before the first start it is not there


def _folder(path: Path, _owners: frozenset[int]) -> str:
    try:
        return "" if stat.S_ISDIR(path.stat().st_mode) else f"{path} is no folder"
    except OSError as error:
        return f"{path}: {error.strerror}"


def _readable(path: Path, _owners: frozenset[int]) -> str:
    try:
        with path.open("rb") as file:
            return "" if file.read(1) else f"{path} is empty"
    except OSError as error:
        return f"{path}: {error.strerror}"


def _private(path: Path, owners: frozenset[int]) -> str:
    try:
        status = path.stat()
    except OSError as error:
        return f"{path}: {error.strerror}"
    if not stat.S_ISREG(status.st_mode):
        return f"{path} is no file"
    if status.st_uid not in owners:
        return f"{path} belongs to another user than root and the kiosk's"
    if excess := stat.S_IMODE(status.st_mode) & ~0o600:
        return f"{path} may be used by others, its permissions must be 0600: {excess:04o} is too much"
    return "" if status.st_size else f"{path} is empty"


def _private_once_made(path: Path, owners: frozenset[int]) -> str:
    try:
        path.lstat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return f"{path}: {error.strerror}"
    return _private(path, owners)


def _one_device_twice(config: Config) -> Iterator[str]:
    """Yield where two ports are two names of one device, as /dev/serial/by-id/... and /dev/ttyUSB0 may be."""
    seen: dict[Path, str] = {}
    for device, port in (
        ("id_card_reader", config.id_card_reader.port),
        ("receipt_printer", config.receipt_printer.port),
        ("pin_pad", config.pin_pad.port),
    ):
        if port is not None and (other := seen.setdefault(port.resolve(), device)) != device:
            yield f"{device}.port: {port} is the device of {other}"
