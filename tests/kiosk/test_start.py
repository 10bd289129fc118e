"""A kiosk that cannot start says why in plain lines, and a command whose reader has gone says nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.receipts.keys import write_new_signing_key
from offline_queue import write_new_key_file

ROOT = Path(__file__).parents[2]


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    write_new_key_file(tmp_path / "outbox.key")
    write_new_signing_key(tmp_path / "receipts.key")
    write_new_key_file(tmp_path / "maintenance.key")
    path = tmp_path / "kiosk.toml"
    path.write_text(
        f'[kiosk]\nid = "0012"\nsite = "大厅"\ndata_dir = "{tmp_path / "data"}"\n'
        '[backend]\nurl = "http://127.0.0.1:9"\n'
        f'[id_card_reader]\nport = "{tmp_path / "none"}"\n[receipt_printer]\nport = "{tmp_path / "other"}"\n'
        f'[outbox]\nkey_file = "{tmp_path / "outbox.key"}"\n'
        f'[receipts]\nsigning_key_file = "{tmp_path / "receipts.key"}"\n'
        f'[maintenance]\nkey_file = "{tmp_path / "maintenance.key"}"\n',
        encoding="utf-8",
    )
    return path


def started(toml: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kiosk", "run", "--config", str(toml)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_keys_that_are_no_keys_or_open_to_others_are_named_in_one_list(toml: Path) -> None:
    (toml.parent / "receipts.key").chmod(0o600)
    (toml.parent / "receipts.key").write_text("a key that was torn")
    (toml.parent / "maintenance.key").chmod(0o644)
    ended = started(toml)
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        f"{toml} names keys that are not usable:",
        f"  receipts.signing_key_file: {toml.parent / 'receipts.key'}: not an unencrypted private key in PEM",
        (
            f"  maintenance.key_file: {toml.parent / 'maintenance.key'}: "
            "permissions must be 0600 or 0400, 0044 is too much"
        ),
    ]


@pytest.mark.parametrize("what", ["gone", "a folder"])
def test_a_key_that_can_not_be_read_is_named(toml: Path, what: str) -> None:
    key = toml.parent / "receipts.key"
    key.unlink()
    if what == "a folder":
        key.mkdir()
    ended = CliRunner().invoke(app, ["run", "--config", str(toml)])
    assert ended.exit_code == 2
    assert f"receipts.signing_key_file: {key}: " in ended.output


def test_a_folder_that_takes_no_key_is_named(toml: Path) -> None:
    (toml.parent / "data").write_text("a file where the kiosk's folder should be")
    toml.write_text(toml.read_text("utf-8").split("[maintenance]")[0], "utf-8")
    ended = CliRunner().invoke(app, ["run", "--config", str(toml)])
    assert ended.exit_code == 2
    assert f"maintenance.key_file: {toml.parent / 'data'}" in ended.output


def test_whoever_reads_only_the_first_line_of_a_doctor_hears_of_no_broken_pipe(toml: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)  # gone before the first word, as `head` is after its last
    command = [sys.executable, "-m", "kiosk", "doctor", "--config", str(toml)]
    ended = subprocess.run(
        command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, text=True, check=False, timeout=100
    )
    os.close(writing)
    assert ended.stderr == ""
