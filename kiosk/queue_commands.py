"""`kiosk queue ...`: asks the running kiosk, or opens the outbox itself when none is running."""

import json
from typing import Annotated

import typer

from drivers.control_socket import RequestRefused, ask
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, give_up, load
from kiosk.config import Config
from kiosk.control import control_path
from kiosk.queue_desk import QUESTIONS, Told
from offline_queue.errors import OutboxError
from offline_queue.outbox import Outbox
from offline_queue.vault import Vault

commands = typer.Typer(no_args_is_help=True, help="The outbox: what the backend still has to be told.")

Json = Annotated[bool, typer.Option("--json", help="For machines.")]
Key = Annotated[str, typer.Argument(help="Key or receipt number.")]


@commands.command("list")
def list_entries(
    state: Annotated[str, typer.Option(help="pending, delivered or rejected")] = "",
    config: ConfigPath = DEFAULT_CONFIG,
    as_json: Json = False,
) -> None:
    """List entries: number, kind, times and state. Never who, never what."""
    told = _asked(load(config), "list", state=state)
    entries = told["entries"]
    assert isinstance(entries, list)
    if as_json:
        typer.echo(json.dumps(entries, indent=2))
        return
    for entry in entries:
        typer.echo("  ".join(str(entry[name]) for name in ("receipt_number", "kind", "state", "captured_at")))
    typer.echo(f"{len(entries)} entries")


@commands.command("show")
def show(key: Key, config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Show one entry."""
    typer.echo(json.dumps(_asked(load(config), "show", key=key), indent=2))


@commands.command("retry")
def retry(key: Key, config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Send an entry again now: one that waits, or one that was rejected."""
    typer.echo(json.dumps(_asked(load(config), "retry", key=key), indent=2))


@commands.command("verify")
def verify(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Walk the chain and name the first break. Exit status 1 when there is one."""
    told = _asked(load(config), "verify")
    typer.echo(f"{told['rows']} rows, " + (str(told["first_break"]) if told["first_break"] else "unbroken"))
    raise typer.Exit(1 if told["first_break"] else 0)


def _asked(config: Config, question: str, **args: str) -> Told:
    path = control_path(config)
    try:
        return ask(path, f"queue {question}", **args)
    except RequestRefused as refusal:
        give_up(str(refusal))
    except OSError:
        return _asked_of_files(config, question, **args)


def _asked_of_files(config: Config, question: str, **args: str) -> Told:
    file = config.kiosk.data_dir / "outbox.db"
    if not file.exists():
        give_up(f"no outbox at {file}, and no kiosk is running")
    try:
        vault = Vault.from_file(config.outbox.key_file, config.outbox.cipher)
        outbox = Outbox.open(file, vault, owner=config.kiosk.id)
    except OutboxError as error:
        give_up(f"the outbox can't be opened: {error}")
    try:
        return QUESTIONS[question](outbox, **args)
    except (LookupError, ValueError, OutboxError) as error:
        give_up(str(error))
    finally:
        outbox.close()
