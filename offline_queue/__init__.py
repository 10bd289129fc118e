"""A durable outbox: what was put in is on disk, and reaches the backend once in effect. See README.md."""

from offline_queue.bundle import Address, Bundle, Identity, open_bundle, seal_bundle
from offline_queue.clock import Clock, Moment, SystemClock
from offline_queue.couriers import Couriers
from offline_queue.entry import Entry, NewEntry, State
from offline_queue.hand_carry import export_bundle, import_bundle
from offline_queue.opening import OpeningReport, verify_file
from offline_queue.outbox import Outbox
from offline_queue.outcome import (
    Delivered,
    Final,
    Finding,
    NeverArrived,
    NotNow,
    Offline,
    Outcome,
    Rejected,
    Unknown,
    Unsendable,
)
from offline_queue.salvage import Salvage
from offline_queue.sender import Backoff, Link, Sender, TurnReport
from offline_queue.space import Limits, Obstacle
from offline_queue.summary import Summary
from offline_queue.upkeep import Habits, Upkeep, UpkeepReport
from offline_queue.vault import Vault, write_new_key_file
from offline_queue.verification import Verification

__all__ = [
    "Address",
    "Backoff",
    "Bundle",
    "Clock",
    "Couriers",
    "Delivered",
    "Entry",
    "Final",
    "Finding",
    "Habits",
    "Identity",
    "Limits",
    "Link",
    "Moment",
    "NeverArrived",
    "NewEntry",
    "NotNow",
    "Obstacle",
    "Offline",
    "OpeningReport",
    "Outbox",
    "Outcome",
    "Rejected",
    "Salvage",
    "Sender",
    "State",
    "Summary",
    "SystemClock",
    "TurnReport",
    "Unknown",
    "Unsendable",
    "Upkeep",
    "UpkeepReport",
    "Vault",
    "Verification",
    "export_bundle",
    "import_bundle",
    "open_bundle",
    "seal_bundle",
    "verify_file",
    "write_new_key_file",
]
