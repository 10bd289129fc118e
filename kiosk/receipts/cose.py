"""COSE_Sign1 (RFC 9052, section 4.2): a payload and one signature, written in only one way.

    18([<< {1: algorithm, 4: key id} >>, {}, payload, signature])

Algorithm and key id stand in the protected header, so the signature covers them; nothing may stand in the
unprotected one, and every length is in its shortest form (RFC 8949, 4.2.1). So there is no byte that could
be changed unnoticed.
"""

from dataclasses import dataclass

import cbor2


@dataclass(frozen=True, slots=True)
class Sign1:
    """A signed payload. `algorithm` is the number in COSE's register."""

    algorithm: int
    key_id: bytes
    payload: bytes
    signature: bytes = b""

    @property
    def signed(self) -> bytes:
        """The bytes that the signature is over."""
        return to_be_signed(self._protected, self.payload)

    def encode(self) -> bytes:
        """Return the bytes of the whole."""
        return cbor2.dumps(cbor2.CBORTag(18, [self._protected, {}, self.payload, self.signature]))

    @classmethod
    def decode(cls, content: bytes) -> "Sign1":
        """Return what the bytes say. Raises ValueError unless `encode` would write exactly these bytes."""
        try:
            match cbor2.loads(content):
                case cbor2.CBORTag(tag=18, value=[bytes(protected), _, bytes(payload), bytes(signature)]):
                    match cbor2.loads(protected):
                        case {1: int(algorithm), 4: bytes(key_id)}:
                            sign1 = cls(algorithm, key_id, payload, signature)
                            if sign1.encode() == content:
                                return sign1
        except cbor2.CBORError:
            pass
        raise ValueError("no COSE_Sign1 as it is written here")

    @property
    def _protected(self) -> bytes:
        return cbor2.dumps({1: self.algorithm, 4: self.key_id})


def to_be_signed(protected: bytes, payload: bytes) -> bytes:
    """Return the Sig_structure (RFC 9052, section 4.4) for an encoded header, without external data."""
    return cbor2.dumps(["Signature1", protected, b"", payload])
