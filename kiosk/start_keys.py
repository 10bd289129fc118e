"""The keys a kiosk can't start without, tried before anything else is: a bad one is named, as in kiosk.toml.

Receipts are signed with one, technicians let in and the audit log signed with the other. The outbox's own is
none of them: a kiosk without it starts, says so, and takes nothing down.
"""

from collections.abc import Iterator

import offline_queue.errors
from kiosk.config import Config
from kiosk.maintenance_key import MaintenanceKey
from kiosk.receipts.errors import UnusableKey
from kiosk.receipts.keys import SigningKey


def unusable_keys(config: Config) -> Iterator[str]:
    """Yield a line for each, with the key of kiosk.toml that names it, and what is wrong."""
    try:
        if config.receipts.signing_key_file is not None:
            SigningKey.from_file(config.receipts.signing_key_file)
    except UnusableKey as error:
        yield f"receipts.signing_key_file: {error}"
    try:
        MaintenanceKey.at(config.maintenance_key_file)
    except offline_queue.errors.UnusableKey as error:
        yield f"maintenance.key_file: {error}"
    except OSError as error:  # there was none, and it could not be made
        yield f"maintenance.key_file: {error.filename}: {error.strerror}"
