"""Out of one outbox and into another by hand: a bundle as a file on a stick.

    export_bundle   what is pending here -> a sealed and signed file; it stays pending here
    import_bundle   such a file -> pending here, each entry once, looked up by its key before it is sent

Either may be done again: nothing takes effect twice, whoever had delivered what.
"""

import os
from collections.abc import Callable
from pathlib import Path

from offline_queue.bundle import Address, Bundle, Identity, open_bundle, seal_bundle
from offline_queue.copies import publish
from offline_queue.database import reported
from offline_queue.errors import UnreadableBundle
from offline_queue.outbox import Outbox

Progress = Callable[[int, int], None]
"""Told how many entries are done, of how many; the last call says all of all."""


def export_bundle(
    outbox: Outbox, sender: Identity, recipient: Address, path: Path, progress: Progress | None = None
) -> Bundle:
    """Write what is pending into a new file that only the recipient can open.

    As `write_bundle`. Raises FileExistsError, StorageFailure, Damage.
    """
    bundle = outbox.bundle_up(progress)
    write_bundle(bundle, sender, recipient, path)
    return bundle


def write_bundle(bundle: Bundle, sender: Identity, recipient: Address, path: Path) -> None:
    """Seal a bundle, sign it, and write it into a new file.

    The file appears under its name when it is whole and on disk; one that is there already is not touched.
    Raises FileExistsError, StorageFailure.
    """
    sealed = seal_bundle(bundle, sender, recipient)
    if path.exists():
        raise FileExistsError(f"{path} is there already")
    partial = path.with_name(path.name + ".partial")
    try:
        with reported():
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(sealed)
            publish(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def import_bundle(outbox: Outbox, recipient: Identity, sender: Address, path: Path) -> tuple[Bundle, int]:
    """Take over what a bundle from this sender holds, all or none; how many entries were not here yet.

    Raises UnreadableBundle, StorageFailure.
    """
    try:
        sealed = path.read_bytes()
    except OSError as error:
        raise UnreadableBundle(f"{path}: {error.strerror}") from None
    bundle = open_bundle(sealed, recipient, sender)
    return bundle, outbox.take_in(bundle)
