"""A durable outbox: what was put in is on disk, and reaches the backend once in effect. See README.md."""

from offline_queue.clock import Clock, Moment, SystemClock
from offline_queue.couriers import Couriers
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.outbox import Outbox, Summary
from offline_queue.outcome import Delivered, Final, NeverArrived, NotNow, Offline, Outcome, Rejected, Unknown
from offline_queue.sender import Backoff, Link, Sender, TurnReport
from offline_queue.space import Limits, Obstacle
from offline_queue.vault import Vault, write_new_key_file

__all__ = [
    "Backoff",
    "Clock",
    "Couriers",
    "Delivered",
    "Entry",
    "Final",
    "Limits",
    "Link",
    "Moment",
    "NeverArrived",
    "NewEntry",
    "NotNow",
    "Obstacle",
    "Offline",
    "Outbox",
    "Outcome",
    "Rejected",
    "Sender",
    "State",
    "Summary",
    "SystemClock",
    "TurnReport",
    "Unknown",
    "Vault",
    "write_new_key_file",
]
