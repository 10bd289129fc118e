"""`kiosk audit ...`: whether the audit log is as it was written.

The files are walked here, running kiosk or not; a running one is asked only where its log ends, which it
knows even when somebody has put back older files.
"""

from pathlib import Path
from typing import Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from drivers.control_socket import RequestRefused
from kiosk.audit.events_page import page
from kiosk.audit.verification import Verdict
from kiosk.audit.verification import verify as verify_log
from kiosk.audit_desk import running_head
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, be_owner_of, give_up, load
from kiosk.config import Config
from kiosk.maintenance_key import MaintenanceKey
from offline_queue.errors import UnusableKey

commands = typer.Typer(no_args_is_help=True, help="The audit log: what happened, and that nobody changed it.")


@commands.command("verify")
def verify(
    config: ConfigPath = DEFAULT_CONFIG,
    folder: Annotated[Path | None, typer.Option(help="A copy of a log, to verify with --key.")] = None,
    key: Annotated[str, typer.Option(help="The public key of the kiosk it comes from.")] = "",
) -> None:
    """Walk the whole log and name the first thing that is not as it was written. Exit status 1 then."""
    try:
        if folder is not None:
            verdict = verify_log(folder, _parsed(key))
        else:
            loaded = load(config)
            be_owner_of(loaded.kiosk.data_dir)
            verdict = verify_log(loaded.audit_dir, _own_key(loaded), running_head(loaded))
    except (OSError, RequestRefused) as error:
        give_up(f"the log can't be read: {error}")
    for line in _told(verdict):
        typer.echo(line)
    raise typer.Exit(1 if verdict.problem else 0)


@commands.command("public-key")
def public_key(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Print the key that copies of this kiosk's log are verified with. Not a secret; keep it elsewhere."""
    typer.echo(_own_key(load(config)).public_bytes_raw().hex())


@commands.command("events")
def events() -> None:
    """Print docs/events.md: every event, and what its fields mean."""
    typer.echo(page(), nl=False)


def _told(verdict: Verdict) -> tuple[str, ...]:
    told = [f"{verdict.lines} lines as they were written: {verdict.first_line} to {verdict.last_line}"]
    if not verdict.lines:
        told = ["no line is vouched for"]
    if verdict.unvouched:
        told.append(
            f"{verdict.unvouched} of them, or after them, were written in the last moment before a crash: "
            "nothing had vouched for them yet"
        )
    return (*told, *((f"BROKEN: {verdict.problem}",) if verdict.problem else ()))


def _own_key(config: Config) -> Ed25519PublicKey:
    if not config.maintenance_key_file.exists():
        give_up(f"no key at {config.maintenance_key_file}: this kiosk has never run")
    try:
        return MaintenanceKey.at(config.maintenance_key_file).audit_signing.public_key()
    except (UnusableKey, OSError) as error:
        give_up(str(error))


def _parsed(key: str) -> Ed25519PublicKey:
    try:
        return Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.strip()))
    except ValueError:
        give_up("--key is 64 hexadecimal digits: what `kiosk audit public-key` prints")
