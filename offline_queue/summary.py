"""The outbox at a glance."""

import sqlite3
from dataclasses import dataclass

from offline_queue.database import reported
from offline_queue.entry import State

_COUNTS = """
    SELECT count(*) FILTER (WHERE o.state = 'delivered'), count(*) FILTER (WHERE o.state = 'rejected'),
           (SELECT coalesce(sum(last_seq - first_seq + 1), 0) FROM gaps)
    FROM outcomes AS o JOIN entries AS e ON e.position = o.entry AND e.outcome = o.position
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """How many entries are where.

    `failing`: pending entries whose last attempt failed. `lost`: numbers known to be missing since a
    damaged file was salvaged. `oldest_pending_s`: the age of the oldest pending entry; None if none is.
    """

    pending: int
    urgent: int
    failing: int
    delivered: int
    rejected: int
    lost: int
    last_seq: int
    oldest_pending_s: float | None


class Tally:
    """What is counted once, when a file is opened, and then kept up."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        with reported():
            delivered, rejected, self.lost = connection.execute(_COUNTS).fetchone()
        self.settled = {State.DELIVERED: delivered, State.REJECTED: rejected}
