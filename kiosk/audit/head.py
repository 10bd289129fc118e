"""Where the log begins and ends, signed: what makes a cut tail or a missing beginning visible.

The files hold the chain, this small file its ends. It is replaced each time lines have reached the disk, and
says `closed` when the kiosk was stopped in good order: then nothing may follow.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.private_files import write_private

NAME = "head.json"
_HEAD, _LINE = b"kiosk audit head\0", b"kiosk audit line\0"


@dataclass(frozen=True, slots=True)
class Head:
    """The ends of the chain: the first line kept and what it is linked to; the last line and its link.

    An empty log has `last_line == first_line - 1`.
    """

    kiosk: str
    first_line: int
    first_previous: bytes
    last_line: int
    last_link: bytes
    closed: bool = False

    def signed_by(self, key: Ed25519PrivateKey) -> bytes:
        """Return the file's content."""
        signature = key.sign(_HEAD + self._text())
        return json.dumps({**json.loads(self._text()), "signature": signature.hex()}).encode()

    def _text(self) -> bytes:
        content = {
            "kiosk": self.kiosk,
            "first_line": self.first_line,
            "first_previous": self.first_previous.hex(),
            "last_line": self.last_line,
            "last_link": self.last_link.hex(),
            "closed": self.closed,
        }
        return json.dumps(content).encode()


def read_head(folder: Path, key: Ed25519PublicKey) -> Head | None:
    """Return the signed ends of the log in a folder; None when they are missing or not this kiosk's word."""
    try:
        content = json.loads((folder / NAME).read_bytes())
        head = Head(
            kiosk=str(content["kiosk"]),
            first_line=int(content["first_line"]),
            first_previous=bytes.fromhex(content["first_previous"]),
            last_line=int(content["last_line"]),
            last_link=bytes.fromhex(content["last_link"]),
            closed=bool(content["closed"]),
        )
        key.verify(bytes.fromhex(content["signature"]), _HEAD + head._text())
    except (OSError, ValueError, KeyError, TypeError, InvalidSignature):
        return None
    return head


def write_head(folder: Path, head: Head, key: Ed25519PrivateKey) -> None:
    """Replace the ends of the log. Raises OSError."""
    write_private(folder / NAME, head.signed_by(key))


def sign_line(key: Ed25519PrivateKey, kiosk: str, number: int, link: bytes) -> bytes:
    """Return the signature of a line, and so of all before it."""
    return key.sign(_line_text(kiosk, number, link))


def is_signed(key: Ed25519PublicKey, signature: bytes, kiosk: str, number: int, link: bytes) -> bool:
    """Whether this is the kiosk's signature of that line."""
    try:
        key.verify(signature, _line_text(kiosk, number, link))
    except InvalidSignature:
        return False
    return True


def key_id(key: Ed25519PublicKey) -> str:
    """Return the short name a key goes by in the log."""
    return key.public_bytes_raw()[:8].hex()


def _line_text(kiosk: str, number: int, link: bytes) -> bytes:
    return _LINE + f"{kiosk} {number} ".encode() + link
