"""The text of a receipt's QR code: a claim, signed.

    XXR1: base45( COSE_Sign1( claim ) )

Only the characters of a QR code's alphanumeric mode, and never more than fit version 10 at level M, which
is 33 mm wide on paper. Each claim has exactly one text for a key; any other text is refused.
"""

from collections.abc import Mapping
from dataclasses import replace

from kiosk.receipts import base45
from kiosk.receipts.claim import Claim
from kiosk.receipts.cose import Sign1
from kiosk.receipts.errors import ReceiptForged, ReceiptUnreadable, UnknownAlgorithm, UnknownKiosk
from kiosk.receipts.keys import ALGORITHMS, PublicKey, SigningKey

PREFIX = "XXR1:"
"""Xinxiang, receipt, first form."""

LONGEST = 311
"""Characters in a QR code of version 10-M (ISO/IEC 18004, table 7)."""


def sign(claim: Claim, key: SigningKey) -> str:
    """Return the text for the QR code of a receipt."""
    unsigned = Sign1(key.algorithm.number, key.key_id, claim.encode())
    sign1 = replace(unsigned, signature=key.sign(unsigned.signed))
    return PREFIX + base45.encode(sign1.encode())


def verify(text: str, keys: Mapping[bytes, PublicKey]) -> Claim:
    """Return what a text claims, when one of these keys' kiosks signed it. `keys` are by key id.

    Raises ReceiptUnreadable, UnknownAlgorithm, UnknownKiosk, ReceiptForged or UnknownVersion: all of them
    are ReceiptRefused.
    """
    sign1 = _scanned(text)
    if sign1.algorithm not in ALGORITHMS:
        raise UnknownAlgorithm(sign1.algorithm)
    key = keys.get(sign1.key_id)
    if key is None:
        raise UnknownKiosk(sign1.key_id)
    if sign1.algorithm != key.algorithm.number:
        raise ReceiptForged("signed by another algorithm than the kiosk's")
    if not key.algorithm.fits(key.key, sign1.signature, sign1.signed):
        raise ReceiptForged("the signature does not fit")
    try:
        claim = Claim.decode(sign1.payload)
    except ValueError as error:
        raise ReceiptUnreadable(str(error)) from None
    if claim.kiosk != key.kiosk:
        raise ReceiptForged(f"signed by kiosk {key.kiosk} in the name of another")
    return claim


def _scanned(text: str) -> Sign1:
    if not text.startswith(PREFIX):
        raise ReceiptUnreadable(f"no text that begins with {PREFIX}")
    if len(text) > LONGEST:
        raise ReceiptUnreadable(f"longer than {LONGEST} characters")
    try:
        return Sign1.decode(base45.decode(text.removeprefix(PREFIX)))
    except ValueError as error:
        raise ReceiptUnreadable(str(error)) from None
