"""The key of maintenance: one secret of this kiosk, and everything it is used for.

It seals the secrets of technicians' one-time codes, signs the audit log and evidence, and turns citizens'
and cards' numbers into marks that tell two apart and name nobody. Each use has a key of its own, derived by
HKDF (RFC 5869). It's no key of the outbox's, so either can be changed without the other.
"""

import hashlib
import hmac
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.private_files import private_folder
from offline_queue.bundle import Identity
from offline_queue.vault import Vault, derive, read_key_file, write_new_key_file

MARK_SIZE = 12  # bytes; two persons with one mark are never met


class MaintenanceKey:
    """The key at work."""

    def __init__(self, key: bytes) -> None:
        self.vault = Vault.from_key(derive(key, "maintenance secrets"))
        self.audit_signing = Ed25519PrivateKey.from_private_bytes(derive(key, "maintenance audit log"))
        self.evidence = Identity(derive(key, "maintenance evidence"))
        self._marking = derive(key, "maintenance marks")

    @classmethod
    def at(cls, path: Path) -> "MaintenanceKey":
        """Return the key in a file, which is made when there is none. Raises UnusableKey, and OSError."""
        private_folder(path.parent)
        with suppress(FileExistsError):
            write_new_key_file(path)
        return cls(read_key_file(path))

    def mark(self, kind: str, number: str) -> str:
        """Return what stands for a number: always the same for the same one, and nobody's without the key."""
        message = f"{kind}\0{number.upper()}".encode()
        return hmac.digest(self._marking, message, hashlib.sha256)[:MARK_SIZE].hex()
