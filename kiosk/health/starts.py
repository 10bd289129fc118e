"""How often the kiosk was started, and how often it had not been told to end: power cuts, crashes, hangs.

    begin: starts + 1; if the last run never said that it ended, unasked + 1
    end:   said in the file, on the way out

The counts are kept in the kiosk's folder and survive restarts; losing the file costs only the counts.
"""

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kiosk.private_files import write_private

FILE = "starts.json"


@dataclass(frozen=True, slots=True)
class Starts:
    """The counts. `running`: a run has begun and not ended; `last_was_unasked`: the one before it."""

    starts: int = 0
    unasked: int = 0
    running: bool = False
    last_was_unasked: bool = False

    @classmethod
    def read(cls, folder: Path) -> "Starts":
        """Return the counts in the kiosk's folder; none when there is no file that can be read."""
        try:
            told = json.loads((folder / FILE).read_bytes())
        except (OSError, ValueError):
            return cls()
        match told:
            case {
                "starts": int(starts), "unasked": int(unasked),
                "running": bool(running), "last_was_unasked": bool(last),
            }:  # fmt: skip
                return cls(starts, unasked, running, last)
        return cls()

    def write(self, folder: Path) -> None:
        """Keep the counts. Raises OSError."""
        write_private(folder / FILE, json.dumps(asdict(self)).encode())


def begin(folder: Path) -> Starts:
    """Note that a run begins, and return the counts with it. Raises OSError."""
    before = Starts.read(folder)
    now = Starts(before.starts + 1, before.unasked + before.running, True, before.running)
    now.write(folder)
    return now


def end(folder: Path) -> None:
    """Note that the run ends because it was told to. Raises OSError."""
    replace(Starts.read(folder), running=False).write(folder)
