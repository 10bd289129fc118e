"""`kiosk config check` looks at the files a kiosk.toml names too, and names every trouble at once."""

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app


class Installed:
    """A kiosk.toml with every file it can name, as a technician leaves it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.toml = folder / "kiosk.toml"
        self.files = {
            name: self.file(name)
            for name in ("ca.pem", "kiosk.pem", "kiosk.key", "outbox.key", "receipts.key", "technicians.json")
        }
        (folder / "fonts").mkdir()
        (folder / "copies").mkdir()
        (folder / "data").mkdir()
        self.toml.write_text(
            f"""\
[kiosk]
id = "0001"
site = "大厅"
data_dir = "{folder / "data"}"
[display]
fonts_dir = "{folder / "fonts"}"
[backend]
url = "https://backend.example"
ca_file = "{folder / "ca.pem"}"
client_cert = "{folder / "kiosk.pem"}"
client_key = "{folder / "kiosk.key"}"
[id_card_reader]
port = "{folder / "reader"}"
[receipt_printer]
port = "{folder / "printer"}"
[outbox]
key_file = "{folder / "outbox.key"}"
backup_dir = "{folder / "copies"}"
[receipts]
signing_key_file = "{folder / "receipts.key"}"
[maintenance]
technicians_file = "{folder / "technicians.json"}"
""",
            encoding="utf-8",
        )

    def file(self, name: str) -> Path:
        path = self.folder / name
        path.write_bytes(b"something")
        path.chmod(0o600)
        return path

    def check(self) -> tuple[int, str]:
        result = CliRunner().invoke(app, ["config", "check", str(self.toml)])
        return result.exit_code, result.output


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path)


def test_a_file_that_names_only_what_is_there_is_good(installed: Installed) -> None:
    assert installed.check() == (0, f"{installed.toml}: good\n")


@pytest.mark.parametrize(
    ("file", "key"),
    [
        ("ca.pem", "backend.ca_file"),
        ("kiosk.pem", "backend.client_cert"),
        ("kiosk.key", "backend.client_key"),
        ("outbox.key", "outbox.key_file"),
        ("receipts.key", "receipts.signing_key_file"),
    ],
)
def test_a_missing_and_an_empty_file_are_named_with_their_key(
    installed: Installed, file: str, key: str
) -> None:
    installed.files[file].write_bytes(b"")
    status, output = installed.check()
    assert status == 2
    assert f"  {key}: {installed.folder / file} is empty" in output
    installed.files[file].unlink()
    assert f"  {key}: {installed.folder / file}: No such file" in installed.check()[1]


@pytest.mark.parametrize("file", ["kiosk.key", "outbox.key", "receipts.key", "technicians.json"])
def test_a_secret_that_others_may_read_is_named(installed: Installed, file: str) -> None:
    installed.files[file].chmod(0o640)
    status, output = installed.check()
    assert status == 2
    assert f"{installed.folder / file} may be used by others" in output
    assert "0040 is too much" in output


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_secret_of_another_user_is_named_unless_that_user_is_the_kiosk(installed: Installed) -> None:
    os.chown(installed.files["outbox.key"], 12_345, -1)
    assert "outbox.key belongs to another user" in installed.check()[1]
    os.chown(installed.folder / "data", 12_345, -1)
    assert installed.check()[0] == 0


def test_what_the_kiosk_makes_itself_need_not_be_there_yet(installed: Installed) -> None:
    installed.files["technicians.json"].unlink()
    assert installed.check()[0] == 0


def test_every_trouble_is_named_at_once(installed: Installed) -> None:
    installed.files["ca.pem"].unlink()
    installed.files["outbox.key"].chmod(0o644)
    (installed.folder / "copies").rmdir()
    (installed.folder / "fonts").rmdir()
    installed.file("fonts")
    for name in ("reader", "printer"):
        (installed.folder / name).symlink_to("/dev/null")
    status, output = installed.check()
    assert status == 2
    for key in ("backend.ca_file", "outbox.key_file", "outbox.backup_dir", "display.fonts_dir"):
        assert f"  {key}: " in output
    assert "receipt_printer.port: " in output
    assert "is the device of id_card_reader" in output
