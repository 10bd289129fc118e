"""A log on the desk, written by the kiosk's own code, and the hands of whoever wants to alter it."""

from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.audit.events import VisitBegan
from kiosk.audit.files import files_in
from kiosk.audit.head import Head
from kiosk.audit.log import FILE_BYTES, AuditLog
from kiosk.audit.verification import Verdict, verify
from tests.bench import HeldClock


@dataclass
class Desk:
    folder: Path
    clock: HeldClock = field(default_factory=HeldClock)
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def open(self, file_bytes: int = FILE_BYTES) -> AuditLog:
        return AuditLog.open(self.folder, "0012", self.key, self.clock.wall, file_bytes)

    def tell(self, log: AuditLog, count: int) -> None:
        for _ in range(count):
            self.clock.forward(1)
            log.append(self.clock.wall, VisitBegan(visit=log.head.last_line, first="awaiting_card"))

    def written(self, count: int, file_bytes: int = FILE_BYTES) -> None:
        """Leave a log of so many lines and one signature, closed in good order."""
        log = self.open(file_bytes)
        self.tell(log, count)
        log.close(self.clock.wall)

    def crash(self, log: AuditLog) -> None:
        """End as SIGKILL does: nothing is closed in good order."""
        import os  # noqa: PLC0415

        os.close(log._file)
        os.close(log._lock)

    def verify(self, ends: Head | None = None) -> Verdict:
        return verify(self.folder, self.key.public_key(), ends)

    @property
    def file(self) -> Path:
        (file,) = files_in(self.folder)
        return file

    @property
    def lines(self) -> list[bytes]:
        return self.file.read_bytes().splitlines(keepends=True)

    def put_back(self, lines: list[bytes]) -> None:
        self.file.write_bytes(b"".join(lines))
