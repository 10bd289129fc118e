"""Opening evidence at the recipient's: whose it is, whether it is whole, and whether the log in it is."""

from itertools import pairwise

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.audit.head import is_signed
from kiosk.audit.line import Line, NotALine
from kiosk.evidence.content import Evidence, UnreadableEvidence, unpack
from kiosk.evidence.selection import pieces_of
from offline_queue.bundle import Address, Identity
from offline_queue.errors import UnreadableBundle


def open_evidence(sealed: bytes, recipient: Identity, sender: Address) -> Evidence:
    """Return evidence made by this kiosk for this recipient. Raises UnreadableEvidence, saying why."""
    try:
        return unpack(recipient.open_from(sender, sealed))
    except UnreadableBundle as error:
        raise UnreadableEvidence(str(error)) from None


def first_flaw(evidence: Evidence) -> str | None:
    """Return the first line that is not as it was written, or not signed; None when all are."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(evidence.about.audit_key))
        for piece in pieces_of(evidence.lines):
            flaw = _flaw_in(piece, evidence.about.kiosk, key)
            if flaw is not None:
                return flaw
    except (NotALine, ValueError):
        return "a line that is none"
    return None


def _flaw_in(piece: list[Line], kiosk: str, key: Ed25519PublicKey) -> str | None:
    signed_to = 0
    for before, line in pairwise(piece):
        if not line.follows(before.link):
            return f"line {line.number} was changed"
        if line.event == "log_signed":
            signature = bytes.fromhex(str(line.content.get("signature")))
            if not is_signed(key, signature, kiosk, before.number, before.link):
                return f"the signature in line {line.number} is not the kiosk's"
            signed_to = line.number
    return None if signed_to == piece[-1].number else f"line {piece[-1].number} is not signed"
