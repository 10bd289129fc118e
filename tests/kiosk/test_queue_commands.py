"""`kiosk queue`, of a kiosk that runs and of one that doesn't: what waits, never who told it."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import Bench

from drivers.control_socket import ControlSocket
from drivers.emulators.personas import persona
from kiosk.__main__ import app
from kiosk.backend.delivery import Delivery
from kiosk.config import load_config
from kiosk.control import control_path, queue_hands
from kiosk.outbox_file import identity_of, open_outbox
from kiosk.services import routes
from kiosk.services.ledger import Ledger
from kiosk.threads import ThreadedCrew
from offline_queue import Address, Identity, NewEntry, State, open_bundle, verify_file
from offline_queue.clock import SystemClock
from offline_queue.errors import KeyMismatch
from offline_queue.vault import Vault, write_new_key_file
from tests.backend.test_backend_client_faults import hurried

LOSER = "wang-xiuying"
PRIVATE = (persona(LOSER).name, persona(LOSER).holder_number, persona(LOSER).card_number)
RECIPIENT = Identity(b"r" * 32)
NOBODY = "http://127.0.0.1:9"

Run = Callable[..., tuple[int, str]]


def write_config(folder: Path, kiosk: str = "0012", more: str = "") -> Path:
    path = folder / f"kiosk-{kiosk}.toml"
    path.write_text(
        f"""\
[kiosk]
id = "{kiosk}"
site = "大厅"
data_dir = "{folder / "data"}"
[backend]
url = "{NOBODY}"
[id_card_reader]
port = "/dev/null"
[receipt_printer]
port = "/dev/zero"
[outbox]
key_file = "{folder / "outbox.key"}"
{more}
""",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A kiosk that took down a loss while the backend was silent, and was switched off."""
    with Bench(tmp_path) as bench:
        bench.backend.go_offline()
        bench.wait(10)
        bench.touch("社保卡挂失")
        bench.place_id_card(LOSER)
        bench.touch("打不了电话，在此登记", "我知道尚未生效，登记")
    return write_config(tmp_path, more=f'recipient = "{RECIPIENT.address}"')


@pytest.fixture(params=["running", "switched off"])
def either(request: pytest.FixtureRequest, config: Path) -> Iterator[Path]:
    """The same kiosk, asked through its control socket, or on its files."""
    if request.param == "switched off":
        yield config
        return
    loaded = load_config(config)

    def ledger() -> Ledger:
        delivery = Delivery(hurried(NOBODY))
        return Ledger(lambda: open_outbox(loaded), delivery, kiosk="0012", clock=SystemClock())

    crew = ThreadedCrew(lambda name, fault: None)
    crew.hire({routes.LEDGER: ledger}, lambda event: None)
    control = ControlSocket(control_path(loaded), queue_hands(crew, loaded))
    yield config
    control.close()
    crew.dismiss()


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


def queue(config: Path, *words: str) -> tuple[int, str]:
    return run("queue", *words, "--config", str(config))


# -- looking ----------------------------------------------------------------------------------------


def test_the_list_tells_number_kind_and_state_and_nobodys_data(either: Path) -> None:
    status, output = queue(either, "list")
    assert status == 0
    assert "0012-000001-4  loss_report  pending" in output
    for private in PRIVATE:
        assert private not in output


def test_an_entry_is_shown_by_the_number_on_its_receipt_or_by_its_key(either: Path) -> None:
    status, output = queue(either, "show", "0012-000001-4")
    told = json.loads(output)
    assert (status, told["state"]) == (0, "pending")
    assert json.loads(queue(either, "show", told["key"])[1])["receipt_number"] == "0012-000001-4"
    for private in PRIVATE:
        assert private not in output


def test_an_entry_is_retried(either: Path) -> None:
    status, output = queue(either, "retry", "0012-000001-4")
    assert (status, json.loads(output)["state"]) == (0, "pending")


def test_the_chain_is_verified(either: Path) -> None:
    assert queue(either, "verify") == (0, "1 rows, unbroken\n")


def test_a_number_nobody_knows_is_told_in_plain_words(either: Path) -> None:
    status, output = queue(either, "show", "0012-999999-9")
    assert status == 2
    assert "no entry" in output


def test_a_backlog_of_hundreds_is_listed_whole(either: Path, tmp_path: Path) -> None:
    """Far more than one answer of the control socket holds."""
    other, bundle = another_kiosk(tmp_path / "other", entries=350), tmp_path / "0013.bundle"
    assert queue(other, "export", str(bundle), "--to", address(either))[0] == 0
    assert queue(either, "import", str(bundle), "--from", address(other))[0] == 0
    assert queue(either, "list")[1].endswith("351 entries\n")


# -- verify names damage, and leaves the file alone ---------------------------------------------------


def test_the_first_break_is_named_and_the_file_left_as_it_is(config: Path) -> None:
    with closing(open_outbox(load_config(config))) as outbox:
        outbox._connection.execute("UPDATE entries SET kind = 'contact_change'")  # as somebody might
    file = load_config(config).kiosk.data_dir / "outbox.db"
    before = file.read_bytes()
    assert queue(config, "verify") == (1, "1 rows, row 1: changed\n")
    file.write_bytes(b"\xff" * 5000)
    status, output = queue(config, "verify")
    assert status == 1
    assert "not a database" in output
    assert not list(file.parent.glob("outbox.db.damaged-*"))
    file.write_bytes(before)


def test_whoever_opens_a_damaged_file_is_told_where_it_was_kept(config: Path) -> None:
    (load_config(config).kiosk.data_dir / "outbox.db").write_bytes(b"\xff" * 5000)
    assert "outbox.db.damaged-1" in queue(config, "list")[1]


# -- carried by hand ----------------------------------------------------------------------------------


def address(config: Path) -> str:
    return queue(config, "address")[1].strip()


def another_kiosk(folder: Path, entries: int = 3) -> Path:
    """Kiosk 0013, with entries that nobody has."""
    folder.mkdir()
    (folder / "data").mkdir()
    write_new_key_file(folder / "outbox.key")
    config = write_config(folder, "0013")
    with closing(open_outbox(load_config(config))) as outbox:
        for number in range(entries):
            outbox.put(
                NewEntry(
                    key=f"key-{number}",
                    kind="contact_change",
                    person=f"person-{number}",
                    payload=b"{}",
                    captured_at=datetime(2026, 11, 24, tzinfo=UTC),
                    clock_quality="synchronised",
                )
            )
    return config


def test_a_bundle_is_written_for_the_configured_recipient_and_holds_what_waits(
    either: Path, tmp_path: Path
) -> None:
    output = tmp_path / "stick" / "0012.bundle"
    output.parent.mkdir()
    assert queue(either, "export", str(output)) == (0, f"{output}: 1 entries, up to number 1\n")
    sealed = output.read_bytes()
    assert output.stat().st_mode & 0o777 == 0o600
    for private in PRIVATE:
        assert private.encode() not in sealed
    bundle = open_bundle(sealed, RECIPIENT, Address.parse(address(either)))
    assert (bundle.owner, [entry.origin.seq for entry in bundle.entries]) == ("0012", [1])
    assert "1 entries" in queue(either, "list", "--state", "pending")[1], "it stays pending here"
    left = (tmp_path / "data" / "handover").iterdir()
    assert list(left) == [], "nothing lies about in the kiosk"


def test_a_file_that_is_there_already_is_not_overwritten(either: Path, tmp_path: Path) -> None:
    output = tmp_path / "precious"
    output.write_text("precious")
    for command in ("export", "backup"):
        status, told = queue(either, command, str(output))
        assert (status, "there already" in told, output.read_text()) == (2, True, "precious")


def test_without_a_recipient_nothing_is_exported(either: Path, tmp_path: Path) -> None:
    config = write_config(tmp_path)
    assert queue(config, "export", str(tmp_path / "x"), "--to", "00")[0] == 2
    if not control_path(load_config(config)).exists():  # a running kiosk has its own configuration
        assert "outbox.recipient" in queue(config, "export", str(tmp_path / "x"))[1]
    assert not (tmp_path / "x").exists()


def test_another_kiosk_takes_a_bundle_over_once(either: Path, tmp_path: Path) -> None:
    other, bundle = another_kiosk(tmp_path / "other"), tmp_path / "0013.bundle"
    assert queue(other, "export", str(bundle), "--to", address(either))[0] == 0
    told = (0, "3 entries of kiosk 0013, 3 of them new here\n")
    assert queue(either, "import", str(bundle), "--from", address(other)) == told
    assert "0 of them new" in queue(either, "import", str(bundle), "--from", address(other))[1]
    assert "4 entries" in queue(either, "list")[1]
    assert queue(either, "verify")[0] == 0


def test_a_bundle_by_somebody_else_is_not_taken_in(either: Path, tmp_path: Path) -> None:
    other, bundle = another_kiosk(tmp_path / "other"), tmp_path / "0013.bundle"
    assert queue(other, "export", str(bundle), "--to", address(either))[0] == 0
    status, output = queue(either, "import", str(bundle), "--from", str(RECIPIENT.address))
    assert status == 2
    assert "made by somebody else" in output
    assert queue(either, "import", str(tmp_path / "missing"), "--from", address(other))[0] == 2


def test_a_backup_opens_under_the_same_key(either: Path, tmp_path: Path) -> None:
    output = tmp_path / "copy.db"
    assert queue(either, "backup", str(output)) == (0, f"{output}: written\n")
    vault = Vault.from_file(tmp_path / "outbox.key")
    assert verify_file(output, vault, "0012").rows == 1


# -- keys ---------------------------------------------------------------------------------------------


def test_a_new_key_seals_everything_anew_and_the_old_one_opens_nothing(config: Path, tmp_path: Path) -> None:
    loaded, new = load_config(config), tmp_path / "new.key"
    before = identity_of(loaded).address
    assert run("queue", "new-key", str(new))[0] == 0
    status, output = queue(config, "rekey", str(new), "--cipher", "sm4-gcm")
    assert status == 0
    assert str(new) in output
    with pytest.raises(KeyMismatch):
        open_outbox(loaded)
    text = config.read_text(encoding="utf-8").replace(str(tmp_path / "outbox.key"), str(new))
    config.write_text(text + 'cipher = "sm4-gcm"\n', encoding="utf-8")
    with closing(open_outbox(load_config(config))) as outbox:
        (entry,) = outbox.entries(State.PENDING)
        assert entry.person == persona(LOSER).holder_number
    assert address(config) != str(before)


def test_the_key_of_a_running_kiosk_is_not_changed(config: Path, tmp_path: Path) -> None:
    assert run("queue", "new-key", str(tmp_path / "new.key"))[0] == 0
    with closing(open_outbox(load_config(config))):
        status, output = queue(config, "rekey", str(tmp_path / "new.key"))
    assert status == 2
    assert "stop the kiosk first" in output


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    assert run("queue", "new-key", str(tmp_path / "key"))[0] == 0
    status, output = run("queue", "new-key", str(tmp_path / "key"))
    assert status == 2
    assert "exists" in output


def test_the_key_may_be_a_credential_that_systemd_hands_over(
    config: Path, tmp_path: Path, monkeypatch
) -> None:
    (tmp_path / "credentials").mkdir()
    (tmp_path / "outbox.key").rename(tmp_path / "credentials" / "outbox-key")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "credentials"))
    text = config.read_text(encoding="utf-8")
    named = f'key_file = "{tmp_path / "outbox.key"}"'
    assert named in text
    config.write_text(text.replace(named, 'key_credential = "outbox-key"'), encoding="utf-8")
    assert queue(config, "verify") == (0, "1 rows, unbroken\n")


def test_the_files_of_another_user_are_left_to_that_user(config: Path, monkeypatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 12_345)
    status, output = queue(config, "list")
    assert status == 2
    assert "runuser -u" in output


# -- configuration --------------------------------------------------------------------------------------


def test_a_bad_configuration_is_named_mistake_by_mistake(tmp_path: Path) -> None:
    path = tmp_path / "kiosk.toml"
    path.write_text("[kiosk]\nid = 'x'\n", encoding="utf-8")
    status, output = run("config", "check", str(path))
    assert status == 2
    assert "kiosk.id" in output
    assert "backend: " in output
