"""How many slips a roll of paper gave, and whether a receipt is owed: kept across restarts, of nobody.

    begin() -- printed() ... near_end() ... printed() -- begin()

A roll that was used up says how many slips its successor is good for. What can't be read counts from nothing,
and what can't be written is counted until the kiosk restarts: a count is worth no slip.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from kiosk.private_files import NotPrivate, read_private, write_private


@dataclass(frozen=True, slots=True)
class Count:
    """Slips from this roll, slips the last used-up roll gave, and the number of a receipt not on paper."""

    slips: int = 0
    near_end: bool = False
    last_roll: int | None = None
    unprinted: str = ""


_FILE = TypeAdapter(Count)


@dataclass(slots=True)
class PaperRoll:
    """The count in a file. Use `at`. Belongs to the printer's thread."""

    path: Path
    count: Count = field(default_factory=Count)

    @classmethod
    def at(cls, path: Path) -> "PaperRoll":
        """Return what the file tells."""
        roll = cls(path)
        with suppress(OSError, NotPrivate, ValidationError):
            roll.count = _FILE.validate_json(read_private(path))
        return roll

    def printed(self, receipt_number: str) -> None:
        """Count a slip. `receipt_number`: "" when it was no receipt."""
        owed = "" if receipt_number == self.count.unprinted else self.count.unprinted
        self._keep(replace(self.count, slips=self.count.slips + 1, unprinted=owed))

    def failed(self, receipt_number: str) -> None:
        """Remember the receipt that did not come out."""
        self._keep(replace(self.count, unprinted=receipt_number))

    def near_end(self) -> None:
        """The printer says that the roll is nearly, or quite, used up."""
        if not self.count.near_end:
            self._keep(replace(self.count, near_end=True))

    def begin(self) -> None:
        """A new roll is in. One that was taken out half used says nothing of the next."""
        last_roll = self.count.slips if self.count.near_end else self.count.last_roll
        self._keep(Count(last_roll=last_roll, unprinted=self.count.unprinted))

    def _keep(self, count: Count) -> None:
        self.count = count
        with suppress(OSError):
            write_private(self.path, _FILE.dump_json(count))
