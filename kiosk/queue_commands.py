"""`kiosk queue ...`: asks the running kiosk, or opens the outbox itself when none is running."""

import json
import os
import shutil
import stat
from pathlib import Path
from typing import Annotated

import typer

from drivers.control_socket import RequestRefused, ask
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, be_owner_of, give_up, give_up_for, load
from kiosk.config import Config
from kiosk.control import control_path
from kiosk.outbox_file import identity_of, open_outbox, outbox_path, vault_of
from kiosk.queue_desk import QUESTIONS, Desk, Told, handover
from offline_queue.copies import publish, sync
from offline_queue.errors import Damage, InUse, KeyChanged, OutboxError
from offline_queue.opening import verify_file
from offline_queue.outbox import Outbox
from offline_queue.vault import Vault, write_new_key_file

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
    loaded, entries, after = load(config), [], 0
    while True:
        told = _asked(loaded, "list", state=state, after=after)
        page = told["entries"]
        assert isinstance(page, list)
        entries += page
        if not isinstance(told["next"], int):
            break
        after = told["next"]
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
    typer.echo(f"{told['rows']} rows, {told['first_break'] or 'unbroken'}")
    raise typer.Exit(1 if told["first_break"] else 0)


@commands.command("export")
def export(
    output: Annotated[Path, typer.Argument(help="The new file, as on a stick.")],
    to: Annotated[str, typer.Option(help="The recipient's address, if not outbox.recipient.")] = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Write what is pending into a file only the recipient can open, signed by this kiosk."""
    _refuse_to_overwrite(output)
    told = _asked(load(config), "export", recipient=to)
    _move(Path(str(told["file"])), output)
    typer.echo(f"{output}: {told['entries']} entries, up to number {told['last_number']}")


@commands.command("import")
def import_(
    bundle: Annotated[Path, typer.Argument(help="A file another kiosk exported for this one.")],
    sender: Annotated[str, typer.Option("--from", help="The address of the kiosk it comes from.")],
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Take over what another kiosk could not send. Each is looked up by its key before it is sent."""
    loaded = load(config)
    be_owner_of(loaded.kiosk.data_dir)
    inside = handover(loaded) / f"{os.getpid()}-{bundle.name}"
    _copy(bundle, inside)
    try:
        told = _asked(loaded, "import", file=str(inside), sender=sender)
    finally:
        inside.unlink(missing_ok=True)
    typer.echo(f"{told['entries']} entries of kiosk {told['kiosk']}, {told['new']} of them new here")


@commands.command("backup")
def backup(
    output: Annotated[Path, typer.Argument(help="The new file.")], config: ConfigPath = DEFAULT_CONFIG
) -> None:
    """Write a copy of the outbox, sealed as it is: it opens under the same key."""
    _refuse_to_overwrite(output)
    _move(Path(str(_asked(load(config), "backup")["file"])), output)
    typer.echo(f"{output}: written")


@commands.command("address")
def address(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Print this kiosk's address: whom to seal a bundle for, and whose signature to believe. No secret."""
    try:
        typer.echo(str(identity_of(load(config)).address))
    except OutboxError as error:
        give_up(str(error))


@commands.command("new-key")
def new_key(file: Path) -> None:
    """Make a random key in a new file that only this user may read."""
    try:
        write_new_key_file(file)
    except OSError as error:
        give_up(f"{file}: {error.strerror}")
    typer.echo(f"{file}: made; name it in kiosk.toml as outbox.key_file, and keep a copy in a safe")


@commands.command("rekey")
def rekey(
    new_key_file: Annotated[Path, typer.Argument(help="Made by `kiosk queue new-key`.")],
    cipher: Annotated[str, typer.Option(help="aes-256-gcm or sm4-gcm; by default as it is")] = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Seal everything under another key or cipher, or leave all as it is. The kiosk must not be running."""
    loaded = load(config)
    cipher = cipher or loaded.outbox.cipher
    try:
        vault = Vault.from_file(new_key_file, cipher)
        outbox = _opened(loaded)
        try:
            outbox.change_key(vault)
        finally:
            outbox.close()
    except KeyChanged as error:
        give_up(
            f"the new key is in force: name it in kiosk.toml and keep it. But {error};"
            " second copies under the old key may be left, to be removed by hand"
        )
    except OutboxError as error:
        give_up(f"{error}; the old key is still in force")
    typer.echo(f"sealed anew; now name the key in kiosk.toml: key_file = {str(new_key_file)!r}, {cipher = }")
    typer.echo("then destroy the old key; the kiosk's address is another one now (`kiosk queue address`)")


# -- asking -----------------------------------------------------------------------------------------


def _asked(config: Config, question: str, **args: str | int) -> Told:
    try:
        return ask(control_path(config), f"queue {question}", **args)
    except RequestRefused as refusal:
        give_up(str(refusal))
    except TimeoutError:
        give_up("the running kiosk doesn't answer")
    except OSError:
        return _asked_of_files(config, question, **args)


def _asked_of_files(config: Config, question: str, **args: str | int) -> Told:
    if not outbox_path(config).exists():
        give_up(f"no outbox at {outbox_path(config)}, and no kiosk is running")
    try:
        if question == "verify":  # a damaged file is to be named, not mended
            return _verified(config)
        outbox = _opened(config)
        try:
            if question == "list":  # all on one page: no line of a socket limits it
                args["limit"] = 1 << 62
            return QUESTIONS[question](Desk(outbox, config), **args)
        finally:
            outbox.close()
    except (LookupError, ValueError, OutboxError) as error:
        give_up(str(error))


def _verified(config: Config) -> Told:
    try:
        found = verify_file(outbox_path(config), vault_of(config), config.kiosk.id)
    except Damage as damage:
        return {"rows": "no", "first_break": str(damage)}
    at = found.first_break
    return {"rows": found.rows, "first_break": at and f"row {at.position}: {at.fault.value}"}


def _opened(config: Config) -> Outbox:
    be_owner_of(config.kiosk.data_dir)
    try:
        outbox = open_outbox(config)
    except InUse:
        give_up("the outbox is in use: stop the kiosk first")
    salvage = outbox.opening.salvage
    if salvage is not None:
        typer.echo(f"the file was damaged ({salvage.cause}); kept in {salvage.kept_aside}", err=True)
    return outbox


# -- files ------------------------------------------------------------------------------------------


def _refuse_to_overwrite(output: Path) -> None:
    if output.exists():
        give_up(f"{output} is there already")
    if not output.parent.is_dir():
        give_up(f"{output.parent} is no folder")


def _move(source: Path, output: Path) -> None:
    """Carry a file out of the kiosk's folder, durably: a stick is pulled as soon as the command ends."""
    _copy(source, output)
    source.unlink(missing_ok=True)


def _copy(source: Path, output: Path) -> None:
    partial = output.with_name(output.name + ".partial")
    try:
        output.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(source, partial)
        partial.chmod(stat.S_IRUSR | stat.S_IWUSR)
        publish(partial, output)
        sync(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        give_up_for(error)
