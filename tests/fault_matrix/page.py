"""The fault matrix as a page of the documentation: `python -m tests.fault_matrix.page` writes it."""

from collections.abc import Iterator
from pathlib import Path

from tests.fault_matrix.table import MATRIX, MOMENTS, Fault, Moment

PAGE = Path(__file__).parents[2] / "docs" / "fault-matrix.md"

_BEGINNING = """# What goes wrong, and what then stands on the screen

Each cell is a whole visit on the [bench](testing.md): the fault strikes at that moment, the citizen goes
on as long as the screen lets them, and reads the sentence in the cell. The service's own check says what
stands in the first column: status, remedy, and a word of the detail; `kiosk doctor` tells the technician
the [fault code](fault-codes.md). Then the fault is mended, and the test goes on: every receipt number
that was shown is with the backend exactly once and nothing else is, nothing waits in the outbox, the next
visit is served to its end, and nothing is left to be done. One kiosk lives through all cells of a device.

— marks what cannot occur; the last column says why. A moment without a column is no moment of that
device: the visit has nothing to do with it there.

The table is `tests/fault_matrix/table.py`, run by `test_every_cell.py` beside it. This page is written from
it: `python -m tests.fault_matrix.page`.
"""


def page() -> str:
    """Return the page."""
    cells = sum(len(fault.read) for faults in MATRIX.values() for fault in faults)
    parts = [_BEGINNING, f"{cells} cells."]
    for device, faults in MATRIX.items():
        parts.append(f"## {device}\n\n" + "\n".join(_table(faults)))
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _table(faults: tuple[Fault, ...]) -> Iterator[str]:
    moments = [moment for moment in MOMENTS if any(moment in fault.read for fault in faults)]
    yield _row("fault: what the technician is told", *(moment.name for moment in moments), "— because")
    yield "|---" * (len(moments) + 2) + "|"
    for fault in faults:
        yield _row(_told(fault), *(_read(fault, moment) for moment in moments), fault.elsewhere)


def _read(fault: Fault, moment: Moment) -> str:
    return fault.read.get(moment, "—")


def _told(fault: Fault) -> str:
    remedy = f", {fault.remedy.value}" if fault.remedy else ""
    detail = f" ({fault.detail})" if fault.detail else ""
    return f"**{fault.name}**: {fault.status.value}{remedy}{detail}"


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
