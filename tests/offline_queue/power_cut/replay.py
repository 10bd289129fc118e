"""A disk rebuilt from a recording, as a power cut may leave it.

What was synced is there. Of what was written since, any 512-byte sectors may be there, in any combination;
of the names made, changed and removed since their folder was synced, the first so many.
"""

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

SECTOR = 512
_HEAD = struct.Struct("=cQQQ")


class Record(NamedTuple):
    """One call the shim has seen."""

    kind: str
    file: int
    offset: int
    content: bytes

    @property
    def path(self) -> str:
        return self.content.decode()


def read_recording(path: Path) -> list[Record]:
    content, at, records = path.read_bytes(), 0, []
    while at < len(content):
        kind, file, offset, length = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        records.append(Record(kind.decode(), file, offset, content[at : at + length]))
        at += length
    return records


@dataclass(eq=False)
class File:
    """The bytes that are safe, and what was done to them since; a write has content, a truncation none."""

    safe: bytearray = field(default_factory=bytearray)
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        for offset, content in self.since:
            change(self.safe, offset, content)
        self.since.clear()

    def after_cut(self, chance: random.Random, in_order: bool) -> bytes:
        left = bytearray(self.safe)
        sectors = [piece for offset, content in self.since for piece in torn(offset, content)]
        if in_order:
            survivors = sectors[: chance.randrange(len(sectors) + 1)]
        else:
            luck = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
            survivors = [piece for piece in sectors if chance.random() < luck]
        for offset, content in survivors:
            change(left, offset, content)
        return bytes(left)


def torn(offset: int, content: bytes | None) -> Iterator[tuple[int, bytes | None]]:
    """What was done, in pieces that happen wholly or not at all."""
    if content is None:
        yield offset, None
        return
    start = 0
    while start < len(content):
        end = min(len(content), start + SECTOR - (offset + start) % SECTOR)
        yield offset + start, content[start:end]
        start = end


def change(target: bytearray, offset: int, content: bytes | None) -> None:
    if content is None:
        del target[offset:]
        target.extend(bytes(offset - len(target)))
        return
    target.extend(bytes(max(0, offset - len(target))))
    target[offset : offset + len(content)] = content


class Naming(NamedTuple):
    """A file got a name, lost one, or (both at once) has another now."""

    lost: str | None
    got: str | None
    file: File | None

    @property
    def folder(self) -> str:
        return (self.got or self.lost or "").rpartition("/")[0]

    def apply(self, names: dict[str, File]) -> None:
        if self.lost is not None:
            names.pop(self.lost, None)
        if self.got is not None and self.file is not None:
            names[self.got] = self.file


class Disk:
    """Files and their names, as the recording goes on."""

    def __init__(self) -> None:
        self._files: dict[int, File] = {}  # by the number the shim gave; used again after a file is gone
        self._names: dict[str, File] = {}
        self._safe_names: dict[str, File] = {}
        self._since: list[Naming] = []

    def play(self, record: Record) -> None:
        match record.kind:
            case "o":
                if record.path not in self._names:
                    self._files[record.file] = File()
                    self._name(Naming(None, record.path, self._files[record.file]))
            case "w":
                self._files[record.file].since.append((record.offset, record.content))
            case "t":
                self._files[record.file].since.append((record.offset, None))
            case "s":
                self._files[record.file].sync()
            case "u":
                self._name(Naming(record.path, None, None))
            case "r":
                source, target = record.path.split("\0")
                self._name(Naming(source, target, self._names[source]))
            case "d":
                for naming in self._since:
                    if naming.folder == record.path:
                        naming.apply(self._safe_names)
                self._since = [naming for naming in self._since if naming.folder != record.path]

    def _name(self, naming: Naming) -> None:
        naming.apply(self._names)
        self._since.append(naming)

    def after_cut(self, chance: random.Random, *, in_order: bool) -> dict[str, bytes]:
        """The files a machine finds when the power comes back, by path."""
        names = dict(self._safe_names)
        for folder in sorted({naming.folder for naming in self._since}):
            since = [naming for naming in self._since if naming.folder == folder]
            for naming in since[: chance.randrange(len(since) + 1)]:
                naming.apply(names)
        return {path: file.after_cut(chance, in_order) for path, file in names.items()}
