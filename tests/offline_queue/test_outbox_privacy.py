"""Nothing a person said can be found in anything the outbox leaves on the disk or says aloud."""

import base64
import logging
from datetime import timedelta
from pathlib import Path

import pytest

from offline_queue import Delivered, Identity, Rejected, Sender, Unknown, Upkeep, Vault, seal_bundle
from offline_queue.errors import DuplicateKey, OutboxError

CANARIES = ("canary-410702199901010011", "金丝雀住址", "canary-answer", "canary-reason", "canary-fault")


def forms(canary: str) -> list[bytes]:
    """A value as it might be found: plain, wide, in hexadecimal, escaped, or in base 64 at any offset."""
    raw = canary.encode()
    escaped = canary.encode("unicode_escape")
    base64s = [base64.b64encode(bytes(shift) + raw)[4:-4] for shift in range(3)]
    return [raw, canary.encode("utf-16-le"), raw.hex().encode(), escaped, *base64s]


def assert_clean(where: str, content: bytes) -> None:
    for canary in CANARIES:
        for form in forms(canary):
            assert form not in content, f"{canary} is in {where}"


def test_the_search_itself_would_find_them():
    for canary in CANARIES:
        for carrier in (canary, canary.encode("utf-16-le"), base64.b64encode(b"xy" + canary.encode())):
            with pytest.raises(AssertionError):
                assert_clean("a carrier", carrier.encode() if isinstance(carrier, str) else carrier)


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_no_canary_is_found_on_disk_in_logs_or_in_words(
    tmp_path, open_outbox, fact, clock, caplog, capfd, cipher
):
    caplog.set_level(logging.DEBUG)
    said: list[object] = []
    vault = Vault.from_key(bytes(range(32)), cipher)
    outbox = open_outbox(vault=vault, copies=tmp_path / "copies")
    person, payload = CANARIES[0], f'{{"address": "{CANARIES[1]}"}}'.encode()
    facts = [fact(f"{person}{number % 5}", payload * 20, urgent=number % 3 == 0) for number in range(30)]
    said += facts + [outbox.put(new) for new in facts]

    answers = iter([Unknown("timeout"), Delivered(b"canary-answer"), Rejected("stale", "canary-reason")])

    def deliver(entry):
        try:
            return next(answers)
        except StopIteration:
            raise ValueError("canary-fault") from None

    sender = Sender(outbox, deliver, deliver, chance=lambda: 0.0)
    for _ in range(5):
        said.append(sender.turn())
        clock.wait(60)
    with pytest.raises(DuplicateKey) as refused:
        outbox.put(fact(person, payload, key="key-1"))
    said += [str(refused.value), outbox.summary(), outbox.entries(), sender.link, Upkeep(outbox).turn()]
    (tmp_path / "bundle").write_bytes(
        seal_bundle(outbox.bundle_up(), Identity(bytes(32)), Identity(b"x" * 32).address)
    )
    clock.wait(100)
    outbox.forget(timedelta(0))
    outbox.backup(tmp_path / "backup.db")
    outbox.close()
    page = bytearray((tmp_path / "outbox.db").read_bytes())
    page[3 * 4096 : 4 * 4096] = bytes(4096)
    (tmp_path / "outbox.db").write_bytes(page)
    outbox = open_outbox(vault=vault, copies=tmp_path / "copies")
    said.append(outbox.opening)
    assert outbox.opening.salvage is not None
    with pytest.raises(OutboxError) as unreadable:
        open_outbox(vault=Vault.from_key(bytes(32)), path=tmp_path / "backup.db")
    said.append(str(unreadable.value))

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    names = {path.name for path in files}
    assert {"outbox.db", "outbox.db-wal", "backup.db", "bundle", "outbox.db.ballast"} <= names
    for path in files:
        assert_clean(path.name, path.read_bytes())
    assert_clean("what was said", "\n".join(map(repr, said)).encode())
    assert_clean("the log", caplog.text.encode())
    assert_clean("the terminal", "".join(capfd.readouterr()).encode())


def test_no_temporary_files_are_made_elsewhere(tmp_path, open_outbox, fact, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for variable in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(variable, str(elsewhere))
    (tmp_path / "here").mkdir()
    outbox = open_outbox(tmp_path / "here" / "outbox.db")
    for _ in range(200):
        outbox.put(fact(payload=b"x" * 5000))
    outbox.verify()
    outbox.backup(tmp_path / "here" / "backup.db")
    assert list(Path(elsewhere).iterdir()) == []
