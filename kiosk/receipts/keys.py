"""Keys: the one a kiosk signs with, and those that receipts are verified with.

A signing key is a PKCS #8 PEM file that only its owner may read (`openssl pkey` reads it too). It signs
receipts, and under a heading of their own the kiosk's readiness reports (kiosk/health/readiness.py). A
public key is one line, short enough to hang in the hall:

    0001 ed25519 1f2e3d4c5b6a7988 64-hexadecimal-digits
    kiosk, algorithm, key id, key

The key id is the beginning of the key's SHA-256, so a slip of the finger in copying is found.
"""

import hashlib
import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from kiosk.receipts.errors import UnusableKey

KEY_ID_SIZE = 8
_LARGEST_KEY_FILE = 4096


@dataclass(frozen=True, slots=True)
class Algorithm:
    """A way to sign. `number` is the one in COSE's register, `key_size` that of a public key in bytes.

    `fits(public key, signature, message)` says whether the signature is of this message by this key.
    """

    number: int
    name: str
    key_size: int
    fits: Callable[[bytes, bytes, bytes], bool]


def _ed25519_fits(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


ED25519 = Algorithm(-19, "ed25519", 32, _ed25519_fits)  # RFC 9864; the older -8 leaves the curve open

# Where the national algorithms are required, SM2 with SM3 (GB/T 32918) is one more row. COSE has no number
# for it: -65537 is kept for it here, the first of those below -65536 that are for private use.
ALGORITHMS: Mapping[int, Algorithm] = MappingProxyType({each.number: each for each in (ED25519,)})


@dataclass(frozen=True, slots=True)
class PublicKey:
    """What one kiosk's receipts are verified with. `str` is its line. Not a secret."""

    kiosk: str
    algorithm: Algorithm
    key: bytes

    @property
    def key_id(self) -> bytes:
        """The name it goes by in a receipt."""
        return _key_id(self.key)

    def __str__(self) -> str:
        return f"{self.kiosk} {self.algorithm.name} {self.key_id.hex()} {self.key.hex()}"

    @classmethod
    def parse(cls, line: str) -> "PublicKey":
        """Return the key of a line. Raises ValueError, naming what is wrong with it."""
        words = line.split()
        if len(words) != 4:
            raise ValueError("not kiosk, algorithm, key id and key")
        kiosk, name, key_id, digits = words
        if not re.fullmatch("[0-9]{4}", kiosk):
            raise ValueError("a kiosk's number has four digits")
        algorithm = next((each for each in ALGORITHMS.values() if each.name == name.lower()), None)
        if algorithm is None:
            raise ValueError(f"unknown algorithm {name}")
        if not re.fullmatch(f"[0-9A-Fa-f]{{{2 * algorithm.key_size}}}", digits):
            raise ValueError(f"the key is not {2 * algorithm.key_size} hexadecimal digits")
        public = cls(kiosk, algorithm, bytes.fromhex(digits))
        if public.key_id.hex() != key_id.lower():
            raise ValueError("the key id is not that of the key: one of them is mistyped")
        return public


class SigningKey:
    """A kiosk's own key. Its `repr` shows the key id only."""

    algorithm = ED25519

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self._public = private.public_key().public_bytes_raw()
        self.key_id = _key_id(self._public)

    def __repr__(self) -> str:
        return f"SigningKey({self.key_id.hex()})"

    @classmethod
    def from_file(cls, path: Path) -> "SigningKey":
        """Return the key in a file. Raises UnusableKey if anybody else could read or change it."""
        try:
            private = load_pem_private_key(_read_secret(path), password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise UnusableKey(f"{path}: not an unencrypted private key in PEM") from None
        if not isinstance(private, Ed25519PrivateKey):
            raise UnusableKey(f"{path}: not an Ed25519 key")
        return cls(private)

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message, 64 bytes: always the same for the same message."""
        return self._private.sign(message)

    def public(self, kiosk: str) -> PublicKey:
        """Return the public key, as that of this kiosk."""
        return PublicKey(kiosk, self.algorithm, self._public)


def write_new_signing_key(path: Path) -> None:
    """Make a key in a new file that only this user may read. Raises FileExistsError."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())


def read_public_keys(path: Path) -> dict[bytes, PublicKey]:
    """Return the keys in a file by their ids: a line for each, empty ones and those after # passed over.

    Raises UnusableKey, naming the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UnusableKey(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UnusableKey(f"{path}: not a text") from None
    keys: dict[bytes, PublicKey] = {}
    for place, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            public = PublicKey.parse(line)
        except ValueError as error:
            raise UnusableKey(f"{path}, line {place}: {error}") from None
        if keys.setdefault(public.key_id, public) != public:
            raise UnusableKey(f"{path}, line {place}: two kiosks with one key")
    if not keys:
        raise UnusableKey(f"{path}: no key in it")
    return keys


def _key_id(public: bytes) -> bytes:
    return hashlib.sha256(public).digest()[:KEY_ID_SIZE]


def _read_secret(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            content = file.read(_LARGEST_KEY_FILE)
    except OSError as error:
        raise UnusableKey(f"{path}: {error.strerror}") from None
    if status.st_uid not in (os.geteuid(), 0):
        raise UnusableKey(f"{path}: owned by another user")
    if excess := stat.S_IMODE(status.st_mode) & ~0o600:
        raise UnusableKey(f"{path}: permissions must be 0600 or 0400, {excess:04o} is too much")
    return content
