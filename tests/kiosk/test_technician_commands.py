"""`kiosk technicians`: at a terminal, as whoever adds a colleague does it."""

import re
from pathlib import Path

import pyotp
import pytest
from typer.testing import CliRunner

from kiosk.__main__ import app
from kiosk.audit.files import files_in, lines_in
from kiosk.config import load_config
from kiosk.domain.technician import Role
from kiosk.flows.secret import Secret
from kiosk.maintenance_key import MaintenanceKey
from kiosk.technicians.attempts import Attempts
from kiosk.technicians.door import Door
from kiosk.technicians.roster import read_roster
from tests.bench import HeldClock
from tests.kiosk.standing import standing_kiosk
from tests.kiosk.terminal import Terminal

PIN, CARD = "73914682", "410700D15600000500010748FFFFFFFF"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return standing_kiosk(tmp_path)


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


def add(config: Path, name: str, *options: str) -> tuple[str, str]:
    """Add a technician at a terminal; return the telephone's secret and all that was shown."""
    with Terminal("technicians", "add", name, *options, "--config", str(config)) as terminal:
        for question in ("PIN, at least 8 digits: ", "Repeat for confirmation: "):
            terminal.wait_for(question)
            terminal.type(PIN)
        if "--card" in options:
            terminal.wait_for("(卡识别码): ")
            terminal.type(CARD)
        shown = terminal.wait_for("shows now: ")
        secret = re.search(r"secret=([A-Z2-7]{32})", shown)
        assert secret is not None
        terminal.type(pyotp.TOTP(secret[1]).now())
        assert terminal.status() == 0, terminal.shown
        return secret[1], terminal.shown


def test_who_was_added_comes_in_and_neither_pin_nor_card_was_shown_or_kept(config: Path) -> None:
    secret, shown = add(config, "张工", "--role", "supervisor", "--card")
    assert PIN not in shown
    assert CARD not in shown
    assert "▄" in shown  # the QR code
    loaded, clock = load_config(config), HeldClock()
    key = MaintenanceKey.at(loaded.maintenance_key_file)
    attempts = Attempts.at(config.parent / "attempts.json", lambda: clock.steady)
    door = Door(loaded.technicians_file, key, attempts, lambda: clock.wall)
    assert door.name_of_card(CARD) == "张工"
    code = pyotp.TOTP(secret).at(clock.wall)
    assert door.admit("张工", Secret(PIN), Secret(code)) is Role.SUPERVISOR
    content = b"".join(path.read_bytes() for path in loaded.kiosk.data_dir.rglob("*") if path.is_file())
    for kept in (PIN, CARD, secret):
        assert kept.encode() not in content


def test_adding_and_disabling_stand_in_the_audit_log(config: Path) -> None:
    add(config, "张工")
    assert run("technicians", "disable", "张工", "--config", str(config)) == (0, "张工 stays out\n")
    assert run("technicians", "list", "--config", str(config)) == (0, "张工  technician  disabled\n")
    assert run("technicians", "disable", "张工", "--undo", "--config", str(config))[0] == 0
    lines = [line.content for file in files_in(load_config(config).audit_dir) for line in lines_in(file)]
    told = [(line["event"], line.get("disabled")) for line in lines if line.get("name") == "张工"]
    assert told == [
        ("technician_added", None), ("technician_disabled", True), ("technician_disabled", False),
    ]  # fmt: skip
    assert run("audit", "verify", "--config", str(config))[0] == 0


def test_a_telephone_that_took_the_wrong_secret_or_time_is_found_before_anybody_is_added(
    config: Path,
) -> None:
    result = CliRunner().invoke(
        app, ["technicians", "add", "张工", "--config", str(config)], input=f"{PIN}\n{PIN}\n12\n"
    )
    assert result.exit_code == 2
    assert "compare the clocks" in result.output
    assert read_roster(load_config(config).technicians_file) == ()


def test_a_weak_pin_is_refused_in_plain_words(config: Path) -> None:
    result = CliRunner().invoke(
        app, ["technicians", "add", "张工", "--config", str(config)], input="12345678\n12345678\n"
    )
    assert (result.exit_code, "too easily guessed" in result.output) == (2, True)


def test_a_name_that_is_there_is_not_added_twice_by_mistake(config: Path) -> None:
    add(config, "张工")
    status, output = run("technicians", "add", "张工", "--config", str(config))
    assert (status, "--again" in output) == (2, True)
    before = read_roster(load_config(config).technicians_file)
    add(config, "张工", "--again")
    (after,) = read_roster(load_config(config).technicians_file)
    assert (after.name, after.pin != before[0].pin) == ("张工", True)


def test_nobody_is_disabled_who_is_not_there(config: Path) -> None:
    assert run("technicians", "disable", "李工", "--config", str(config)) == (2, "no technician 李工\n")
