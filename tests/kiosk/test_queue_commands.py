"""`kiosk queue` on the files of a kiosk that isn't running: what waits, never who told it."""

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from drivers.emulators.personas import persona
from kiosk.__main__ import app

LOSER = "wang-xiuying"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A kiosk that took down a loss while the backend was silent, and was switched off."""
    with Bench(tmp_path) as bench:
        bench.backend.go_offline()
        bench.wait(10)
        bench.touch("社保卡挂失")
        bench.place_id_card(LOSER)
        bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    path = tmp_path / "kiosk.toml"
    path.write_text(
        f"""\
[kiosk]
id = "0012"
site = "大厅"
data_dir = "{tmp_path / "data"}"
[backend]
url = "http://127.0.0.1:9"
[id_card_reader]
port = "/dev/null"
[receipt_printer]
port = "/dev/null"
[outbox]
key_file = "{tmp_path / "outbox.key"}"
""",
        encoding="utf-8",
    )
    return path


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


def test_the_list_tells_number_kind_and_state_and_nobodys_data(config: Path) -> None:
    status, output = run("queue", "list", "--config", str(config))
    assert status == 0
    assert "0012-000001-4  loss_report  pending" in output
    for private in (persona(LOSER).name, persona(LOSER).holder_number, persona(LOSER).card_number):
        assert private not in output


def test_an_entry_is_shown_by_the_number_on_its_receipt(config: Path) -> None:
    status, output = run("queue", "show", "0012-000001-4", "--config", str(config))
    assert status == 0
    assert json.loads(output)["state"] == "pending"


def test_the_chain_is_verified(config: Path) -> None:
    assert run("queue", "verify", "--config", str(config)) == (0, "1 rows, unbroken\n")


def test_a_number_nobody_knows_is_told_in_plain_words(config: Path) -> None:
    status, output = run("queue", "show", "0012-999999-9", "--config", str(config))
    assert status == 2
    assert "no entry" in output


def test_a_bad_configuration_is_named_mistake_by_mistake(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text("[kiosk]\nid = 'x'\n", encoding="utf-8")
    status, output = run("config", "check", str(path))
    assert status == 2
    assert "kiosk.id" in output
    assert "backend: " in output
