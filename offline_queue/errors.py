"""What can go wrong with an outbox. No message carries a payload, a person or a key of the vault.

OutboxError
├── UnusableKey         the key file is missing, malformed, or open to others
├── SealBroken          a sealed value is not what was sealed, or not where it was sealed
├── OwnerMismatch       the file belongs to another kiosk
├── KeyMismatch         the file was sealed with another key or cipher
├── KeyChanged          the new key is in force, and not everything of the old one is gone
├── InUse               another process holds the file
├── NotDurable          SQLite did not accept a setting the promise rests on
├── Damage              the file is not what was written
├── StorageFailure      the disk does not take writes: read-only, or an I/O error
│   ├── DiskFull
│   └── ReadOnly        the file system has stopped taking writes at all
├── DuplicateKey        an entry with this key exists
├── UnknownKey          no entry has this key
├── AlreadySettled      the entry has another final outcome
├── Forgotten           the entry's payload is past its retention: it cannot be told again
└── UnreadableBundle    the bundle is damaged, forged, or meant for someone else
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class OutboxError(Exception):
    """Anything an outbox reports."""

    @property
    def word(self) -> str:
        """Its kind as a stable word, for catalogues of faults: `key_mismatch`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", type(self).__name__).lower()


class UnusableKey(OutboxError):
    """The key file is missing, malformed, or other users could read it."""


class SealBroken(OutboxError):
    """A sealed value was changed, moved to another row, or sealed with another key."""


class OwnerMismatch(OutboxError):
    """The file belongs to another owner; its numbering must not be continued here."""


class KeyMismatch(OutboxError):
    """The file was sealed with another key or another cipher."""


class KeyChanged(OutboxError):
    """The new key is in force, but the disk failed before all that was sealed with the old one was gone."""


class InUse(OutboxError):
    """Another process has the file open; ask that process."""


class NotDurable(OutboxError):
    """A setting read back from SQLite is not the one the promise of durability rests on."""


class Fault(StrEnum):
    """What is wrong with a row of the chain."""

    MISSING = "missing"
    CHANGED = "changed"
    SEAL_BROKEN = "seal_broken"
    MISNUMBERED = "misnumbered"
    WRONG_STATE = "wrong_state"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class Break:
    """The first row that is not as it was written."""

    position: int
    fault: Fault


class Damage(OutboxError):
    """The file is not what was written: SQLite says so, or the chain, and then `at` names the row."""

    def __init__(self, what: str | Break) -> None:
        self.at = what if isinstance(what, Break) else None
        super().__init__(what if self.at is None else f"row {self.at.position}: {self.at.fault}")


class StorageFailure(OutboxError):
    """The disk does not take writes any more."""


class DiskFull(StorageFailure):
    """There is no room for another row."""


class ReadOnly(StorageFailure):
    """The file system takes no writes at all: mounted so, or after an error."""


class DuplicateKey(OutboxError):
    """An entry with this key is already recorded."""


class UnknownKey(OutboxError):
    """No entry has this key."""


class AlreadySettled(OutboxError):
    """The entry already has a final outcome, and it is another one."""


class Forgotten(OutboxError):
    """Person and payload of the entry are past their retention, so it cannot be told again."""


class UnreadableBundle(OutboxError):
    """The bundle is damaged, not signed by whom it should be, or sealed for someone else."""
