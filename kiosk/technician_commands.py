"""`kiosk technicians ...`: who may come into maintenance. For whoever has a shell as the kiosk's user.

A PIN is asked for without showing it and never stands on a command line; the secret for the telephone is
shown once. Both a running kiosk and a stopped one write into the audit log that it was done.
"""

from pathlib import Path
from typing import Annotated

import segno
import typer
from pydantic import ValidationError

from kiosk.audit.events import AuditEvent, TechnicianAdded, TechnicianDisabled
from kiosk.audit_desk import tell
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, be_owner_of, give_up, load
from kiosk.config import Config
from kiosk.domain.technician import Role
from kiosk.maintenance_key import MaintenanceKey
from kiosk.technicians.one_time_codes import enrolment_uri, is_code_now
from kiosk.technicians.pins import LEAST_DIGITS, UnfitPin
from kiosk.technicians.roster import RosterUnusable, Technician, enrol, read_roster, write_roster
from offline_queue.errors import UnusableKey

commands = typer.Typer(no_args_is_help=True, help="Technicians: who may come into maintenance.")

Name = Annotated[str, typer.Argument(help="As it is to stand in the list on the screen.")]


@commands.command("list")
def list_technicians(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """List technicians with their roles, and whether they may come in."""
    for one in _roster(_owned(config)):
        words = [one.name, one.role.value, *(["own card"] if one.card else [])]
        typer.echo("  ".join([*words, *(["disabled"] if one.disabled else [])]))


@commands.command("add")
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="A supervisor also exports, and sets configuration.")] = (
        Role.TECHNICIAN
    ),
    card: Annotated[bool, typer.Option("--card", help="Ask for the number of the own card, too.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Replace PIN, secret and card.")] = False,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Add a technician: asks for the PIN, then shows the telephone's secret once, as a QR code."""
    loaded = _owned(config)
    before = _roster(loaded)
    if any(one.name == name for one in before) and not again:
        give_up(f"{name} is there already; --again replaces PIN and secret")
    key = _key(loaded)
    pin = typer.prompt(f"PIN, at least {LEAST_DIGITS} digits", hide_input=True, confirmation_prompt=True)
    card_id = typer.prompt("Card identification number (卡识别码)", hide_input=True) if card else ""
    try:
        added, secret = enrol(name, role, pin, key.vault, key.mark("card", card_id) if card_id else "")
    except UnfitPin as error:
        give_up(str(error))
    except ValidationError:
        give_up(f"{name!r} can't be a name: 1 to 20 characters, no space at either end")
    _show(secret, name, loaded)
    if not is_code_now(secret, typer.prompt("The six digits the telephone shows now")):
        give_up("not the code of this secret at this time: compare the clocks. Nobody was added")
    _write(loaded, (*(one for one in before if one.name != name), added))
    _tell(loaded, TechnicianAdded(name=name, role=role.value))
    typer.echo(f"{name} may come in as {role.value}")


@commands.command("disable")
def disable(
    name: Name,
    undo: Annotated[bool, typer.Option("--undo", help="Let them in again.")] = False,
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Keep a technician out from now on."""
    loaded = _owned(config)
    before = _roster(loaded)
    if all(one.name != name for one in before):
        give_up(f"no technician {name}")
    changed = (one.model_copy(update={"disabled": not undo}) if one.name == name else one for one in before)
    _write(loaded, tuple(changed))
    _tell(loaded, TechnicianDisabled(name=name, disabled=not undo))
    typer.echo(f"{name} {'may come in again' if undo else 'stays out'}")


def _show(secret: str, name: str, config: Config) -> None:
    uri = enrolment_uri(secret, name, config.kiosk.id)
    typer.echo("Take this into the telephone's authenticator now. It is not shown again.")
    segno.make(uri, error="m").terminal(compact=True)
    typer.echo(uri)


def _owned(path: Path) -> Config:
    config = load(path)
    be_owner_of(config.kiosk.data_dir)
    return config


def _roster(config: Config) -> tuple[Technician, ...]:
    try:
        return read_roster(config.technicians_file)
    except RosterUnusable as error:
        give_up(str(error))


def _write(config: Config, technicians: tuple[Technician, ...]) -> None:
    try:
        write_roster(config.technicians_file, technicians)
    except OSError as error:
        give_up(f"{config.technicians_file}: {error.strerror}")


def _key(config: Config) -> MaintenanceKey:
    try:
        return MaintenanceKey.at(config.maintenance_key_file)
    except (UnusableKey, OSError) as error:
        give_up(str(error))


def _tell(config: Config, event: AuditEvent) -> None:
    try:
        tell(config, event)
    except OSError as error:
        give_up(f"done, but not in the audit log: {error}")
