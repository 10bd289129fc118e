"""`kiosk audit verify`, on the files alone and beside a running kiosk."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from drivers.control_socket import RequestRefused, ask
from kiosk.__main__ import app
from kiosk.audit.events import TechnicianDisabled, VisitBegan
from kiosk.audit.events_page import page
from kiosk.audit.files import files_in
from kiosk.audit_desk import tell
from kiosk.config import Config, load_config
from kiosk.control import control_path
from tests.kiosk.standing import running, standing_kiosk

PAGE = Path(__file__).parents[2] / "docs" / "events.md"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return standing_kiosk(tmp_path)


@pytest.fixture
def config(file: Path) -> Config:
    """A kiosk that was started once, told four things, and stopped."""
    config = load_config(file)
    with running(config) as kiosk:
        for visit in range(1, 5):
            kiosk.tell(datetime.now(UTC), VisitBegan(visit=visit, first="reading_card"))
    return config


def verify(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["audit", "verify", *words])
    return result.exit_code, result.output


def change_a_line(config: Config) -> None:
    (log,) = files_in(config.audit_dir)
    log.write_bytes(log.read_bytes().replace(b'"visit":3', b'"visit":7'))


def test_an_untouched_log_is_told_as_such(file: Path, config: Config) -> None:
    assert verify("--config", str(file)) == (0, "7 lines as they were written: 1 to 7\n")


def test_a_changed_line_is_named_and_the_exit_status_tells(file: Path, config: Config) -> None:
    change_a_line(config)
    status, output = verify("--config", str(file))
    assert (status, "BROKEN: line 4 was changed" in output) == (1, True)


def test_it_works_while_the_kiosk_runs(file: Path, config: Config) -> None:
    with running(config) as kiosk:
        kiosk.tell(datetime.now(UTC), VisitBegan(visit=1, first="reading_card"))
        assert verify("--config", str(file)) == (0, "9 lines as they were written: 1 to 9\n")
        change_a_line(config)
        assert verify("--config", str(file))[0] == 1


def test_older_files_put_back_under_a_running_kiosk_are_found(file: Path, config: Config) -> None:
    older = config.audit_dir.with_name("older")
    shutil.copytree(config.audit_dir, older)  # taken before the kiosk starts: nothing is half written in it
    with running(config) as kiosk:
        kiosk.tell(datetime.now(UTC), VisitBegan(visit=5, first="reading_card"))
        assert verify("--config", str(file))[0] == 0
        shutil.copytree(older, config.audit_dir, dirs_exist_ok=True)
        status, output = verify("--config", str(file))
        assert (status, "cut off" in output) == (1, True)


def test_what_is_done_from_a_shell_is_told_through_the_running_kiosk(file: Path, config: Config) -> None:
    with running(config):
        tell(config, TechnicianDisabled(name="张工", disabled=True))
    assert "technician_disabled" in files_in(config.audit_dir)[0].read_text()
    assert verify("--config", str(file))[0] == 0


def test_nothing_else_can_be_told_from_a_shell(config: Config) -> None:
    with running(config), pytest.raises(RequestRefused, match="not told from a shell"):
        ask(control_path(config), "audit tell", event="visit_began", content='{"visit":1,"first":"home"}')


def test_a_copy_is_verified_anywhere_with_the_public_key(file: Path, config: Config, tmp_path: Path) -> None:
    key = CliRunner().invoke(app, ["audit", "public-key", "--config", str(file)]).output
    copy = tmp_path / "copy"
    shutil.copytree(config.audit_dir, copy)
    assert verify("--folder", str(copy), "--key", key)[0] == 0
    assert verify("--folder", str(copy), "--key", "00" * 32)[0] == 1
    status, output = verify("--folder", str(copy), "--key", "nonsense")
    assert (status, "64 hexadecimal digits" in output) == (2, True)


def test_a_kiosk_that_has_never_run_is_told_plainly(file: Path) -> None:
    status, output = verify("--config", str(file))
    assert (status, "has never run" in output) == (2, True)


def test_the_page_of_events_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "kiosk audit events > docs/events.md"


def test_every_event_and_field_on_the_page_has_a_meaning() -> None:
    for line in page().splitlines():
        if line.startswith("- `"):
            assert line.split(": ", 1)[1].strip(), line
