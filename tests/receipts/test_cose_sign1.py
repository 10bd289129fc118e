import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.receipts.cose import Sign1, to_be_signed

GOOD = Sign1(-19, b"key", b"payload", b"signature")


def test_the_working_groups_example_is_signed_over_the_same_bytes() -> None:
    # cose-wg/Examples, eddsa-sig-01: a signature made by others, over a header of their own.
    protected, payload = bytes.fromhex("A201270300"), b"This is the content."
    public = bytes.fromhex("D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A")
    signature = bytes.fromhex(
        "7142FD2FF96D56DB85BEE905A76BA1D0B7321A95C8C4D3607C5781932B7AFB87"
        "11497DFA751BF40B58B3BCC32300B1487F3DB34085EEF013BF08F4A44D6FEF0D"
    )
    Ed25519PublicKey.from_public_bytes(public).verify(signature, to_be_signed(protected, payload))


def test_it_is_the_structure_of_the_rfc() -> None:
    assert cbor2.loads(GOOD.encode()) == cbor2.CBORTag(
        18, (cbor2.dumps({1: -19, 4: b"key"}), {}, b"payload", b"signature")
    )
    assert Sign1.decode(GOOD.encode()) == GOOD


HEADER = cbor2.dumps({1: -19, 4: b"key"})


@pytest.mark.parametrize(
    "content",
    {
        "nothing": b"",
        "another tag": cbor2.dumps(cbor2.CBORTag(98, [HEADER, {}, b"p", b"s"])),
        "no tag": cbor2.dumps([HEADER, {}, b"p", b"s"]),
        "three parts": cbor2.dumps(cbor2.CBORTag(18, [HEADER, {}, b"p"])),
        "five parts": cbor2.dumps(cbor2.CBORTag(18, [HEADER, {}, b"p", b"s", b""])),
        "a detached payload": cbor2.dumps(cbor2.CBORTag(18, [HEADER, {}, None, b"s"])),
        "an unprotected header": cbor2.dumps(cbor2.CBORTag(18, [HEADER, {4: b"key"}, b"p", b"s"])),
        "no header": cbor2.dumps(cbor2.CBORTag(18, [b"", {}, b"p", b"s"])),
        "no key id": cbor2.dumps(cbor2.CBORTag(18, [cbor2.dumps({1: -19}), {}, b"p", b"s"])),
        "an algorithm by name": cbor2.dumps(
            cbor2.CBORTag(18, [cbor2.dumps({1: "EdDSA", 4: b"key"}), {}, b"p", b"s"])
        ),
        "a parameter more": cbor2.dumps(
            cbor2.CBORTag(18, [cbor2.dumps({1: -19, 3: 0, 4: b"key"}), {}, b"p", b"s"])
        ),
        "parameters in another order": cbor2.dumps(
            cbor2.CBORTag(18, [cbor2.dumps({4: b"key", 1: -19}), {}, b"p", b"s"])
        ),
        "a long form of a length": GOOD.encode().replace(b"\x47payload", b"\x58\x07payload"),
        "an array without a length": b"\xd2\x9f" + GOOD.encode()[2:] + b"\xff",
        "a byte behind the end": GOOD.encode() + b"\0",
        "a byte less": GOOD.encode()[:-1],
    }.items(),
    ids=lambda named: named[0],
)
def test_bytes_that_are_not_written_as_here_are_refused(content: tuple[str, bytes]) -> None:
    with pytest.raises(ValueError, match="no COSE_Sign1"):
        Sign1.decode(content[1])
