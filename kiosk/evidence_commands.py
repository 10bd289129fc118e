"""`kiosk evidence ...`: made at the kiosk, running or not; opened by whom it is sealed for."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from drivers.control_socket import RequestRefused
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, be_owner_of, give_up, load
from kiosk.doctor_commands import Language
from kiosk.domain.receipt_number import parse_receipt_number
from kiosk.evidence.asked import AboutReceipt, AboutTime, Asked
from kiosk.evidence.content import UnreadableEvidence
from kiosk.evidence.making import make_evidence
from kiosk.evidence.opening import first_flaw, open_evidence
from kiosk.evidence.story import story
from kiosk.evidence_desk import from_a_shell
from kiosk.maintenance_key import MaintenanceKey
from kiosk.views.words import BEIJING, load_words
from offline_queue.bundle import Address, Identity
from offline_queue.errors import UnusableKey
from offline_queue.vault import write_new_key_file

commands = typer.Typer(no_args_is_help=True, help="Evidence of what happened, for a dispute or a fault.")


@commands.command("make")
def make(
    output: Annotated[Path, typer.Argument(help="The folder it goes to, as on a stick.")],
    receipt: Annotated[str, typer.Option(help="The number on the receipt.")] = "",
    between: Annotated[
        tuple[str, str] | None, typer.Option(help="Two times of the clock on the wall, as 2026-11-24T09:30")
    ] = None,
    recipient: Annotated[
        str, typer.Option(help="The recipient's address, if not evidence_recipient of kiosk.toml.")
    ] = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Collect what is known of a receipt or a time into a file that only the recipient can open."""
    loaded = load(config)
    be_owner_of(loaded.kiosk.data_dir)
    asked = _asked(receipt, between)
    address = _address(recipient or loaded.maintenance.evidence_recipient or "")
    try:
        made = make_evidence(from_a_shell(loaded), asked, address, output, datetime.now(UTC))
    except (OSError, UnusableKey, RequestRefused) as error:
        give_up(f"no evidence was made: {error}")
    typer.echo(f"{made.file}: {made.lines} lines of the log")


@commands.command("open")
def open_(
    file: Path,
    key: Annotated[Path, typer.Option(help="The recipient's key: `kiosk evidence new-key` made it.")],
    sender: Annotated[str, typer.Option("--from", help="The kiosk's address: `kiosk evidence address`.")],
    extract: Annotated[Path | None, typer.Option(help="A folder to write its files to.")] = None,
    language: Language = "zh_CN",
) -> None:
    """Verify evidence and tell its story. Exit status 1: not this kiosk's, or its lines were altered."""
    try:
        evidence = open_evidence(file.read_bytes(), Identity.from_file(key), _address(sender))
        if extract is not None:
            extract.mkdir(parents=True, exist_ok=True)
            for name, content in evidence.files().items():
                (extract / name).write_bytes(content)
    except UnreadableEvidence as error:
        typer.echo(f"{file}: {error}", err=True)
        raise typer.Exit(1) from None
    except (OSError, UnusableKey) as error:
        give_up(str(error))
    for sentence in story(evidence, load_words(language)):
        typer.echo(sentence)
    raise typer.Exit(1 if first_flaw(evidence) or evidence.about.problem else 0)


@commands.command("address")
def address(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Print whose signature this kiosk's evidence bears. Not a secret; keep it where evidence is opened."""
    try:
        typer.echo(str(MaintenanceKey.at(load(config).maintenance_key_file).evidence.address))
    except (OSError, UnusableKey) as error:
        give_up(str(error))


@commands.command("new-key")
def new_key(file: Path) -> None:
    """Make the key of a recipient in a new file, and print its address for kiosk.toml."""
    try:
        write_new_key_file(file)
    except OSError as error:
        give_up(f"{file}: {error.strerror}")
    typer.echo(f'evidence_recipient = "{Identity.from_file(file).address}"')


def _asked(receipt: str, between: tuple[str, str] | None) -> Asked:
    if receipt and between is None:
        number = parse_receipt_number(receipt)
        if number is None:
            give_up(f"{receipt} is no receipt number: a digit is wrong or missing")
        return AboutReceipt(number)
    if receipt or between is None:
        give_up("either --receipt or --between")
    try:
        return AboutTime(*(_moment(text) for text in between))
    except ValueError:
        give_up("--between takes two times, as 2026-11-24T09:30")


def _moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is not None else at.replace(tzinfo=BEIJING)


def _address(text: str) -> Address:
    try:
        return Address.parse(text)
    except ValueError:
        nobody = "for whom? maintenance.evidence_recipient is not configured"
        give_up("an address is 128 hexadecimal digits" if text else nobody)
