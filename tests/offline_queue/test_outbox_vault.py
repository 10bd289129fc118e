"""Keys, seals and links, with either family of algorithms."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_queue import Vault, write_new_key_file
from offline_queue.errors import SealBroken, UnusableKey
from offline_queue.vault import CIPHERS

KEY = bytes(range(32))


@pytest.fixture(params=CIPHERS)
def any_vault(request) -> Vault:
    return Vault.from_key(KEY, request.param)


def test_what_is_sealed_opens_in_its_place_only(any_vault):
    sealed = any_vault.seal(b"secret", b"entry 1")
    assert b"secret" not in sealed
    assert any_vault.open(sealed, b"entry 1") == b"secret"
    with pytest.raises(SealBroken):
        any_vault.open(sealed, b"entry 2")


def test_the_same_value_is_never_sealed_the_same_way(any_vault):
    assert any_vault.seal(b"secret", b"") != any_vault.seal(b"secret", b"")


@given(flip=st.integers(0, 8 * (12 + 6 + 16) - 1), name=st.sampled_from(sorted(CIPHERS)))
def test_any_flipped_bit_breaks_the_seal(flip, name):
    vault = Vault.from_key(KEY, name)
    sealed = bytearray(vault.seal(b"secret", b"place"))
    sealed[flip // 8] ^= 1 << flip % 8
    with pytest.raises(SealBroken):
        vault.open(bytes(sealed), b"place")


@pytest.mark.parametrize("length", [0, 1, 11, 12, 27])
def test_a_seal_cut_short_is_broken(any_vault, length):
    with pytest.raises(SealBroken):
        any_vault.open(any_vault.seal(b"secret", b"")[:length], b"")


def test_another_key_or_cipher_opens_nothing_and_has_another_name():
    vaults = [Vault.from_key(key, name) for key in (KEY, bytes(32)) for name in CIPHERS]
    sealed = vaults[0].seal(b"secret", b"")
    for other in vaults[1:]:
        with pytest.raises(SealBroken):
            other.open(sealed, b"")
    assert len({vault.key_id for vault in vaults}) == len(vaults)


def test_a_link_depends_on_key_predecessor_and_row(any_vault):
    link, seal = any_vault.link(b"before", b"row")
    assert any_vault.link(b"before", b"row") == (link, seal)
    assert len({link, seal, *any_vault.link(b"other", b"row"), *any_vault.link(b"before", b"rox")}) == 6


def test_a_new_key_file_is_private_and_random_and_never_overwrites(tmp_path):
    write_new_key_file(tmp_path / "a")
    write_new_key_file(tmp_path / "b")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o400
    assert Vault.from_file(tmp_path / "a").key_id != Vault.from_file(tmp_path / "b").key_id
    with pytest.raises(FileExistsError):
        write_new_key_file(tmp_path / "a")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700, 0o644])
def test_a_key_file_that_others_could_read_is_refused(tmp_path, mode):
    write_new_key_file(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(UnusableKey, match="permissions"):
        Vault.from_file(tmp_path / "key")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_key_file_of_another_user_is_refused(tmp_path):
    write_new_key_file(tmp_path / "key")
    os.chown(tmp_path / "key", 12345, 12345)
    with pytest.raises(UnusableKey, match="another user"):
        Vault.from_file(tmp_path / "key")


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "zz" * 32, "密" * 64])
def test_a_malformed_key_file_is_refused_without_quoting_it(tmp_path, text):
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o400)
    with pytest.raises(UnusableKey) as refused:
        Vault.from_file(path)
    assert not text or text not in str(refused.value)


def test_a_missing_key_file_and_an_unknown_cipher_are_named(tmp_path):
    with pytest.raises(UnusableKey, match="No such file"):
        Vault.from_file(tmp_path / "key")
    with pytest.raises(UnusableKey, match="rot13"):
        Vault.from_key(KEY, "rot13")


def test_a_systemd_credential_serves_as_key(tmp_path, monkeypatch):
    (tmp_path / "outbox-key").write_text(KEY.hex())
    (tmp_path / "outbox-key").chmod(0o440)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert Vault.from_credential("outbox-key").key_id == Vault.from_key(KEY).key_id
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    with pytest.raises(UnusableKey):
        Vault.from_credential("outbox-key")


def test_no_key_shows_in_a_vaults_representation():
    assert KEY.hex() not in repr(Vault.from_key(KEY))
