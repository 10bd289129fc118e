import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from kiosk.receipts.errors import UnusableKey
from kiosk.receipts.keys import PublicKey, SigningKey, read_public_keys, write_new_signing_key
from tests.receipts.samples import KEY, OTHER_KEY

LINE = str(KEY.public("0001"))


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "receipts.key"
    write_new_signing_key(path)
    return path


def test_a_new_key_is_its_owners_alone_and_never_overwritten(key_file: Path) -> None:
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o400
    before = key_file.read_bytes()
    with pytest.raises(FileExistsError):
        write_new_signing_key(key_file)
    assert key_file.read_bytes() == before


def test_a_new_key_signs_what_its_public_key_fits(key_file: Path) -> None:
    key = SigningKey.from_file(key_file)
    public = PublicKey.parse(str(key.public("0001")))
    signature = key.sign(b"message")
    assert public.algorithm.fits(public.key, signature, b"message")
    assert not public.algorithm.fits(public.key, signature, b"another")
    assert not public.algorithm.fits(public.key, signature[:-1], b"message")
    assert not public.algorithm.fits(public.key, b"", b"message")
    assert SigningKey.from_file(key_file).key_id == key.key_id == public.key_id


@pytest.mark.parametrize("mode", [0o440, 0o404, 0o644, 0o700, 0o620, 0o602])
def test_a_key_that_others_could_read_or_change_is_not_used(key_file: Path, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(UnusableKey, match="is too much"):
        SigningKey.from_file(key_file)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_of_another_user_is_not_used(key_file: Path) -> None:
    os.chown(key_file, 12345, -1)
    with pytest.raises(UnusableKey, match="another user"):
        SigningKey.from_file(key_file)


def pem(private: Ed25519PrivateKey | ec.EllipticCurvePrivateKey, passphrase: bytes = b"") -> bytes:
    encryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not an unencrypted private key"),
        (b"0f" * 32, "not an unencrypted private key"),
        (pem(Ed25519PrivateKey.generate())[:-40], "not an unencrypted private key"),
        (pem(Ed25519PrivateKey.generate(), b"passphrase"), "not an unencrypted private key"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "not an Ed25519 key"),
    ],
    ids=["empty", "a seed in hex", "cut off", "with a passphrase", "another kind"],
)
def test_a_file_that_is_no_signing_key_is_named_without_what_is_in_it(
    tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "receipts.key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(UnusableKey, match=why) as caught:
        SigningKey.from_file(path)
    assert not content or content.decode()[:20] not in str(caught.value)


def test_a_missing_key_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableKey, match="No such file"):
        SigningKey.from_file(tmp_path / "receipts.key")


def test_the_repr_of_a_signing_key_shows_its_id_only() -> None:
    assert repr(KEY) == f"SigningKey({KEY.key_id.hex()})"


def test_a_public_key_is_one_line_that_can_be_typed_in_capitals() -> None:
    assert LINE == (
        "0001 ed25519 56475aa75463474c 03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    )
    assert PublicKey.parse(LINE) == PublicKey.parse(f"  {LINE.upper()} \n") == KEY.public("0001")


def test_every_slip_of_the_finger_in_a_public_key_is_found() -> None:
    start = LINE.index(KEY.key_id.hex())
    for place in range(start, len(LINE)):
        if LINE[place] != " ":
            wrong = "0" if LINE[place] != "0" else "1"
            with pytest.raises(ValueError, match="mistyped"):
                PublicKey.parse(LINE[:place] + wrong + LINE[place + 1 :])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("", "not kiosk, algorithm"),
        (LINE + " more", "not kiosk, algorithm"),
        (LINE.replace("0001", "001"), "four digits"),
        (LINE.replace("ed25519", "sm2"), "unknown algorithm sm2"),
        (LINE[:-1], "64 hexadecimal digits"),
        (LINE[:-1] + "g", "64 hexadecimal digits"),
    ],
)
def test_a_line_that_is_no_public_key_is_refused(line: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        PublicKey.parse(line)


def test_a_list_of_keys_is_read_by_their_ids(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"# 大厅\n{LINE}\n\n  # 分厅\n{OTHER_KEY.public('0002')}\n{LINE}\n", encoding="utf-8")
    keys = read_public_keys(path)
    assert {key.kiosk for key in keys.values()} == {"0001", "0002"}
    assert keys[KEY.key_id] == KEY.public("0001")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no key in it"),
        (b"# nothing\n", "no key in it"),
        (f"{LINE}\n{LINE[:-1]}\n".encode(), "line 2"),
        (f"{LINE}\n{KEY.public('0002')}\n".encode(), "line 2: two kiosks with one key"),
        (b"\xff\xfe", "not a text"),
    ],
)
def test_a_list_with_a_mistake_is_not_used_and_the_line_is_named(
    tmp_path: Path, content: bytes, why: str
) -> None:
    path = tmp_path / "keys"
    path.write_bytes(content)
    with pytest.raises(UnusableKey, match=why):
        read_public_keys(path)


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnusableKey, match="No such file"):
        read_public_keys(tmp_path / "keys")
