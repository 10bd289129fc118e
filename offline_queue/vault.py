"""Encryption at rest: one key, and the two things an outbox does with it.

seal   a value so that only this key opens it, and only in the place it was sealed for
link   rows into a chain that nobody without the key can forge

The key is 32 bytes, written as 64 hexadecimal digits in a file that only its owner may read, or handed
over by systemd (`LoadCredentialEncrypted=`). Each use has its own key, derived by HKDF (RFC 5869).
"""

import os
import stat
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers import algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from offline_queue.errors import SealBroken, UnusableKey

KEY_SIZE = 32
NONCE_SIZE = 12
TAG_SIZE = 16
LINK_SIZE = 16


class Cipher(Protocol):
    """A family of approved algorithms holding its own key: the place for a hardware module, too."""

    name: str

    def seal(self, plaintext: bytes, bound_to: bytes) -> bytes:
        """Encrypt and authenticate; `bound_to` is authenticated but not contained.

        The last TAG_SIZE bytes vouch for all of it.
        """

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """The plaintext. Raises SealBroken."""

    def digest(self, message: bytes) -> bytes:
        """A keyed digest of 32 bytes."""


class Aes256Gcm:
    """AES-256-GCM (NIST SP 800-38D) and HMAC-SHA256."""

    name = "aes-256-gcm"

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(derive(key, "seal"))
        self._hmac = HMAC(derive(key, "digest"), hashes.SHA256())

    def seal(self, plaintext: bytes, bound_to: bytes) -> bytes:
        """Nonce, ciphertext, tag."""
        nonce = os.urandom(NONCE_SIZE)
        return nonce + self._aead.encrypt(nonce, plaintext, bound_to)

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """The plaintext. Raises SealBroken."""
        try:
            return self._aead.decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], bound_to)
        except (InvalidTag, ValueError):
            raise SealBroken from None

    def digest(self, message: bytes) -> bytes:
        """HMAC-SHA256."""
        hmac = self._hmac.copy()
        hmac.update(message)
        return hmac.finalize()


class Sm4Gcm:
    """SM4-GCM (GB/T 32907, RFC 8998) and HMAC-SM3 (GB/T 32905), where national algorithms are required."""

    name = "sm4-gcm"

    def __init__(self, key: bytes) -> None:
        self._algorithm = algorithms.SM4(derive(key, "seal", 16, hashes.SM3()))
        self._hmac = HMAC(derive(key, "digest", 32, hashes.SM3()), hashes.SM3())

    def seal(self, plaintext: bytes, bound_to: bytes) -> bytes:
        """Nonce, ciphertext, tag."""
        nonce = os.urandom(NONCE_SIZE)
        encryptor = BlockCipher(self._algorithm, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound_to)
        return nonce + encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag

    def open(self, sealed: bytes, bound_to: bytes) -> bytes:
        """The plaintext. Raises SealBroken."""
        try:
            mode = modes.GCM(sealed[:NONCE_SIZE], sealed[-TAG_SIZE:])
            decryptor = BlockCipher(self._algorithm, mode).decryptor()
            decryptor.authenticate_additional_data(bound_to)
            return decryptor.update(sealed[NONCE_SIZE:-TAG_SIZE]) + decryptor.finalize()
        except (InvalidTag, ValueError):
            raise SealBroken from None

    def digest(self, message: bytes) -> bytes:
        """HMAC-SM3."""
        hmac = self._hmac.copy()
        hmac.update(message)
        return hmac.finalize()


CIPHERS: dict[str, type[Aes256Gcm] | type[Sm4Gcm]] = {cipher.name: cipher for cipher in (Aes256Gcm, Sm4Gcm)}


class Vault:
    """A key at work. `key_id` names the key without revealing it."""

    def __init__(self, cipher: Cipher) -> None:
        self.cipher_name = cipher.name
        self.key_id = cipher.digest(b"key id\0")[:8].hex()
        self.seal = cipher.seal
        self.open = cipher.open
        self._digest = cipher.digest

    @classmethod
    def from_key(cls, key: bytes, cipher_name: str = Aes256Gcm.name) -> "Vault":
        """A vault for a key of 32 bytes. Raises UnusableKey for another length or an unknown cipher."""
        if len(key) != KEY_SIZE:
            raise UnusableKey(f"the key must be {KEY_SIZE} bytes")
        if cipher_name not in CIPHERS:
            raise UnusableKey(f"unknown cipher {cipher_name!r}; known are {', '.join(CIPHERS)}")
        return cls(CIPHERS[cipher_name](key))

    @classmethod
    def from_file(cls, path: Path, cipher_name: str = Aes256Gcm.name) -> "Vault":
        """A vault for the key in a file. Raises UnusableKey if anybody else could read or change it."""
        return cls.from_key(read_key_file(path), cipher_name)

    @classmethod
    def from_credential(cls, name: str, cipher_name: str = Aes256Gcm.name) -> "Vault":
        """A vault for a credential of this systemd service. Raises UnusableKey."""
        return cls.from_key(read_credential(name), cipher_name)

    def link(self, previous: bytes, row: bytes) -> tuple[bytes, bytes]:
        """What ties a row to the link before it: its own link, and the seal that it is the last.

        Both are 16 bytes. The link stays in the row; the seal is kept only as long as no row follows, so
        nobody without the key can pass off an earlier row as the last.
        """
        digest = self._digest(b"link\0" + previous + row)
        return digest[:LINK_SIZE], digest[LINK_SIZE:]


def write_new_key_file(path: Path) -> None:
    """Make a random key in a new file that only this user may read. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(os.urandom(KEY_SIZE).hex() + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path, *, allowed: int = 0o600) -> bytes:
    """The 32 bytes of a key file. Raises UnusableKey, naming what is wrong with it."""
    try:
        with path.open(encoding="ascii") as file:
            status = os.fstat(file.fileno())
            text = file.read(2 * KEY_SIZE + 2)
    except OSError as error:
        raise UnusableKey(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise UnusableKey(f"{path}: not {2 * KEY_SIZE} hexadecimal digits") from None
    if status.st_uid not in (os.geteuid(), 0):
        raise UnusableKey(f"{path}: owned by another user")
    if excess := stat.S_IMODE(status.st_mode) & ~allowed:
        raise UnusableKey(f"{path}: permissions must be 0600 or 0400, {excess:04o} is too much")
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_SIZE:
        raise UnusableKey(f"{path}: not {2 * KEY_SIZE} hexadecimal digits")
    return key


def read_credential(name: str) -> bytes:
    """The 32 bytes of a key systemd has handed over (systemd.exec(5), CREDENTIALS_DIRECTORY).

    Raises UnusableKey.
    """
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        raise UnusableKey("systemd has handed over no credentials")
    # systemd grants the service's user access by an ACL, which shows as a group permission.
    return read_key_file(Path(folder) / name, allowed=0o640)


def derive(
    key: bytes, use: str, size: int = KEY_SIZE, algorithm: hashes.HashAlgorithm | None = None
) -> bytes:
    """The key for one use (HKDF, RFC 5869; SHA-256 unless another is named)."""
    info = f"offline_queue {use}".encode()
    return HKDF(algorithm=algorithm or hashes.SHA256(), length=size, salt=None, info=info).derive(key)
