"""Entries on a stick: what a dead kiosk still had to tell, carried to the backend by hand.

A bundle is sealed for one recipient (HPKE, RFC 9180) and signed by the kiosk it comes from (Ed25519), so
whoever carries it can neither read nor change it. Each entry keeps its key, owner and number: what had
arrived before does no harm when it comes again.

    magic | sender's verifying key | signature of all the rest | sealed content (JSON)

The keys are derived from the vault's key, so a kiosk's key file is all that is needed to open its bundles
and to make them, on any machine.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from offline_queue.chain import Origin
from offline_queue.entry import Entry, NewEntry
from offline_queue.errors import UnreadableBundle
from offline_queue.vault import derive, read_key_file

MAGIC = b"outbox bundle 1\n"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY_SIZE = 32
_SIGNATURE_SIZE = 64


@dataclass(frozen=True, slots=True)
class Address:
    """The public half of an identity: whom to seal for, and whose signature to believe."""

    sealing_key: bytes
    verifying_key: bytes

    def __str__(self) -> str:
        return (self.sealing_key + self.verifying_key).hex()

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read what str() wrote. Raises ValueError."""
        keys = bytes.fromhex(text.strip())
        if len(keys) != 2 * _KEY_SIZE:
            raise ValueError("an address is 128 hexadecimal digits")
        return cls(keys[:_KEY_SIZE], keys[_KEY_SIZE:])


class Identity:
    """Who makes and opens bundles: the key pairs that go with a vault's key."""

    def __init__(self, key: bytes) -> None:
        self._opening = X25519PrivateKey.from_private_bytes(derive(key, "bundle opening"))
        self._signing = Ed25519PrivateKey.from_private_bytes(derive(key, "bundle signing"))
        self.address = Address(
            self._opening.public_key().public_bytes_raw(), self._signing.public_key().public_bytes_raw()
        )

    @classmethod
    def from_file(cls, path: Path) -> "Identity":
        """The identity that goes with the key in a file. Raises UnusableKey."""
        return cls(read_key_file(path))

    def seal_for(self, recipient: Address, content: bytes) -> bytes:
        """A signed bundle that only the recipient can open."""
        public = X25519PublicKey.from_public_bytes(recipient.sealing_key)
        sealed = _SUITE.encrypt(content, public, info=MAGIC + self.address.verifying_key)
        signed = MAGIC + self.address.verifying_key + sealed
        return MAGIC + self.address.verifying_key + self._signing.sign(signed) + sealed

    def open_from(self, sender: Address, bundle: bytes) -> bytes:
        """The content of a bundle made by `sender` for this identity. Raises UnreadableBundle."""
        head = MAGIC + sender.verifying_key
        signature = bundle[len(head) : len(head) + _SIGNATURE_SIZE]
        sealed = bundle[len(head) + _SIGNATURE_SIZE :]
        if not bundle.startswith(MAGIC):
            raise UnreadableBundle("not a bundle")
        if not bundle.startswith(head):
            raise UnreadableBundle("made by somebody else")
        try:
            Ed25519PublicKey.from_public_bytes(sender.verifying_key).verify(signature, head + sealed)
            return _SUITE.decrypt(sealed, self._opening, info=head)
        except InvalidSignature:
            raise UnreadableBundle("the signature is wrong") from None
        except (InvalidTag, ValueError):
            raise UnreadableBundle("sealed for somebody else") from None


def signer_of(sealed: bytes) -> bytes:
    """The verifying key a bundle says it can be verified with: whose it may be. Raises UnreadableBundle."""
    key = sealed[len(MAGIC) : len(MAGIC) + _KEY_SIZE]
    if not sealed.startswith(MAGIC) or len(key) != _KEY_SIZE:
        raise UnreadableBundle("not a bundle")
    return key


@dataclass(frozen=True, slots=True)
class Carried:
    """One entry in a bundle: where its number comes from, and the fact."""

    origin: Origin
    new: NewEntry


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle says: whose outbox it comes from, when it was made, and up to which number."""

    owner: str
    made_at: datetime
    last_seq: int
    entries: tuple[Carried, ...]


def carried(entry: Entry) -> Carried:
    """A pending entry, ready to be carried."""
    assert entry.person is not None
    assert entry.payload is not None
    new = NewEntry(
        key=entry.key,
        kind=entry.kind,
        person=entry.person,
        payload=entry.payload,
        captured_at=entry.captured_at,
        clock_quality=entry.clock_quality,
        urgent=entry.urgent,
    )
    return Carried(Origin(entry.owner, entry.seq), new)


def seal_bundle(bundle: Bundle, sender: Identity, recipient: Address) -> bytes:
    """Write a bundle that only the recipient can open."""
    content = {
        "owner": bundle.owner,
        "made_at": bundle.made_at.isoformat(),
        "last_seq": bundle.last_seq,
        "entries": [_to_json(entry) for entry in bundle.entries],
    }
    return sender.seal_for(recipient, json.dumps(content, ensure_ascii=False).encode())


def open_bundle(sealed: bytes, recipient: Identity, sender: Address) -> Bundle:
    """Read a bundle from this sender. Raises UnreadableBundle."""
    content = json.loads(recipient.open_from(sender, sealed))
    return Bundle(
        owner=content["owner"],
        made_at=datetime.fromisoformat(content["made_at"]),
        last_seq=content["last_seq"],
        entries=tuple(_from_json(entry) for entry in content["entries"]),
    )


def _to_json(entry: Carried) -> dict[str, str | int | bool]:
    return {
        "owner": entry.origin.owner,
        "seq": entry.origin.seq,
        "key": entry.new.key,
        "kind": entry.new.kind,
        "person": entry.new.person,
        "payload": b64encode(entry.new.payload).decode(),
        "urgent": entry.new.urgent,
        "captured_at": entry.new.captured_at.isoformat(),
        "clock_quality": entry.new.clock_quality,
    }


def _from_json(entry: dict[str, Any]) -> Carried:
    new = NewEntry(
        key=entry["key"],
        kind=entry["kind"],
        person=entry["person"],
        payload=b64decode(entry["payload"]),
        captured_at=datetime.fromisoformat(entry["captured_at"]),
        clock_quality=entry["clock_quality"],
        urgent=entry["urgent"],
    )
    return Carried(Origin(entry["owner"], entry["seq"]), new)
