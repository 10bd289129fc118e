from dataclasses import replace

import pytest
import segno
from hypothesis import example, given

from benchmarks.receipt_mutations import mutants
from kiosk.receipts import base45
from kiosk.receipts.claim import Claim, InEffect, Refused, Unanswered
from kiosk.receipts.cose import Sign1
from kiosk.receipts.errors import (
    ReceiptForged,
    ReceiptRefused,
    ReceiptUnreadable,
    UnknownAlgorithm,
    UnknownKiosk,
    UnknownVersion,
)
from kiosk.receipts.keys import SigningKey
from kiosk.receipts.qr_text import LONGEST, PREFIX, sign, verify
from tests.receipts.samples import IN_EFFECT, IN_EFFECT_BY_CWT, KEY, KEYS, OTHER_KEY, PRINTED, claims

TEXT = sign(IN_EFFECT, KEY)
PENDING = replace(IN_EFFECT, standing=Unanswered())
LONGEST_CLAIMS = [
    replace(IN_EFFECT, standing=InEffect("X" * 32, PRINTED.at), rules="X" * 16),
    replace(IN_EFFECT, standing=Refused("x" * 40), rules="X" * 16),
]


def opened(text: str) -> Sign1:
    return Sign1.decode(base45.decode(text.removeprefix(PREFIX)))


def closed(sign1: Sign1) -> str:
    return PREFIX + base45.encode(sign1.encode())


def signed(payload: bytes, key: SigningKey = KEY) -> str:
    """Return the text of any payload, with a good signature."""
    unsigned = Sign1(key.algorithm.number, key.key_id, payload)
    return closed(replace(unsigned, signature=key.sign(unsigned.signed)))


def test_another_library_writes_the_same_receipt_byte_by_byte() -> None:
    assert TEXT == IN_EFFECT_BY_CWT
    assert verify(IN_EFFECT_BY_CWT, KEYS) == IN_EFFECT


@given(claims())
@example(LONGEST_CLAIMS[0])
@example(LONGEST_CLAIMS[1])
def test_what_a_kiosk_signs_is_verified_and_fits_a_qr_code_of_version_10(claim: Claim) -> None:
    text = sign(claim, KEY)
    assert verify(text, KEYS) == claim
    assert len(text) <= LONGEST
    symbol = segno.make_qr(text.encode(), error="M", boost_error=False, mask=0)
    assert symbol.mode == "alphanumeric"
    assert int(symbol.version) <= 10


def test_ten_thousand_mutated_texts_are_all_refused() -> None:
    # `make prove-receipts` goes through 100,000.
    for mutant in mutants([TEXT, sign(PENDING, KEY)], count=10_000, seed=145):
        with pytest.raises(ReceiptRefused):
            verify(mutant, KEYS)


def test_every_single_changed_character_is_noticed() -> None:
    for place, right in enumerate(TEXT):
        for wrong in base45.ALPHABET.replace(right, ""):
            with pytest.raises(ReceiptRefused):
                verify(TEXT[:place] + wrong + TEXT[place + 1 :], KEYS)


@pytest.mark.parametrize(
    "text",
    ["", "XXR1:", "XXR2:" + TEXT[5:], TEXT.lower(), TEXT[5:], " " + TEXT, TEXT + "\n", TEXT[:-3], TEXT * 2,
     "HTTPS://EXAMPLE.ORG/", "0001-000123-1", PREFIX + "0" * (LONGEST - len(PREFIX))],
)  # fmt: skip
def test_what_is_no_receipt_is_unreadable(text: str) -> None:
    with pytest.raises(ReceiptUnreadable):
        verify(text, KEYS)


def test_a_text_too_long_for_a_receipts_qr_code_is_not_looked_into() -> None:
    with pytest.raises(ReceiptUnreadable, match="longer than 311"):
        verify(signed(bytes(200)), KEYS)


def test_a_pending_receipt_cannot_be_made_one_in_effect() -> None:
    pending = opened(sign(PENDING, KEY))
    with pytest.raises(ReceiptForged):
        verify(closed(replace(pending, payload=IN_EFFECT.encode())), KEYS)


def test_a_signature_is_of_one_receipt_only() -> None:
    with pytest.raises(ReceiptForged):
        verify(closed(replace(opened(TEXT), signature=opened(sign(PENDING, KEY)).signature)), KEYS)


@pytest.mark.parametrize("signature", [b"", bytes(64), bytes(63), bytes(65)])
def test_a_receipt_without_a_true_signature_is_forged(signature: bytes) -> None:
    with pytest.raises(ReceiptForged):
        verify(closed(replace(opened(TEXT), signature=signature)), KEYS)


def test_a_kiosks_key_signs_for_that_kiosk_only() -> None:
    with pytest.raises(ReceiptForged, match="kiosk 0002 in the name of another"):
        verify(sign(IN_EFFECT, OTHER_KEY), KEYS)


def test_a_receipt_cannot_name_another_kiosks_key() -> None:
    with pytest.raises(ReceiptForged):
        verify(closed(replace(opened(TEXT), key_id=OTHER_KEY.key_id)), KEYS)


def test_a_key_that_is_not_listed_is_named() -> None:
    with pytest.raises(UnknownKiosk, match=KEY.key_id.hex()):
        verify(TEXT, {OTHER_KEY.key_id: OTHER_KEY.public("0002")})


@pytest.mark.parametrize("number", [-8, -7, 0, -65537, -(2**70)])
def test_an_algorithm_this_program_does_not_know_is_named(number: int) -> None:
    with pytest.raises(UnknownAlgorithm, match=str(number)) as caught:
        verify(closed(replace(opened(TEXT), algorithm=number)), KEYS)
    assert caught.value.number == number


def test_a_receipt_is_checked_with_the_algorithm_of_the_kiosks_key_and_no_other() -> None:
    listed = KEY.public("0001")
    another = replace(listed, algorithm=replace(listed.algorithm, number=-65537, fits=lambda *_: True))
    with pytest.raises(ReceiptForged, match="another algorithm"):
        verify(TEXT, {KEY.key_id: another})


def test_a_signed_text_that_claims_nothing_is_unreadable() -> None:
    with pytest.raises(ReceiptUnreadable):
        verify(signed(b"claim"), KEYS)
    with pytest.raises(ReceiptUnreadable):
        verify(signed(IN_EFFECT.encode() + b"\0"), KEYS)


def test_a_receipt_newer_than_this_program_is_said_to_be_so_once_its_signature_fits() -> None:
    newer = IN_EFFECT.encode().replace(b"\x8a\x01", b"\x8a\x02", 1)
    with pytest.raises(UnknownVersion):
        verify(signed(newer), KEYS)
    with pytest.raises(ReceiptForged):
        verify(closed(replace(opened(TEXT), payload=newer)), KEYS)
