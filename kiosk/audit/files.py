"""The files of a log: one after the other, each named by its first line, 000000001.jsonl."""

from collections.abc import Iterator
from pathlib import Path

from kiosk.audit.line import Line


def file_of(folder: Path, first_line: int) -> Path:
    """Return where the file beginning with this line is."""
    return folder / f"{first_line:09d}.jsonl"


def files_in(folder: Path) -> list[Path]:
    """Return the files of a log, oldest first."""
    return sorted(folder.glob("[0-9]*.jsonl"), key=first_line_of)


def first_line_of(file: Path) -> int:
    """Return the number of the first line of a file, by its name."""
    return int(file.stem) if file.stem.isdigit() else 0


def lines_in(file: Path) -> Iterator[Line]:
    """Return the lines of a file; the last may be torn. Raises OSError."""
    with file.open("rb") as content:
        for raw in content:
            yield Line(raw.removesuffix(b"\n"))
