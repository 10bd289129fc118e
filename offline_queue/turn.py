"""Whose turn it is with an outbox file: one process at a time opens it, salvages it, replaces it.

SQLite's own lock cannot see to that, since a damaged file is salvaged while it is closed: a second process
would salvage it as well, and put its copy over the one the first has begun to use.
"""

import fcntl
import os
import time
from pathlib import Path
from typing import IO

from offline_queue.database import LOCK_WAIT_S, reported
from offline_queue.errors import InUse

_LOOK_AGAIN_S = 0.05


def take_turn(outbox: Path) -> IO[bytes]:
    """Wait a moment for the turn, and have it until what is returned is closed. Raises InUse, StorageFailure.

    The file beside the outbox stays: whoever removed it could take a turn that somebody else has.
    """
    with reported():
        descriptor = os.open(
            outbox.with_name(f"{outbox.name}.turn"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
        )
    turn = os.fdopen(descriptor, "rb")
    give_up_at = time.monotonic() + LOCK_WAIT_S
    while True:
        try:
            fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= give_up_at:
                turn.close()
                raise InUse("another process has the outbox open") from None
            time.sleep(_LOOK_AGAIN_S)
        else:
            return turn
