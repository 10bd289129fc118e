"""`kiosk receipt ...`: whether a receipt is genuine, and the keys that show it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.commands import DEFAULT_CONFIG, ConfigPath, give_up, load
from kiosk.receipts.errors import UnusableKey
from kiosk.receipts.keys import SigningKey, read_public_keys, write_new_signing_key
from kiosk.receipts.statement import WORDS, examine

commands = typer.Typer(no_args_is_help=True, help="Receipts: verify one without a network; make keys.")


@commands.command("verify")
def verify(
    text: Annotated[str, typer.Argument(help="The code as scanned, or - for a line of standard input.")],
    key: Annotated[Path, typer.Option(help="The list of public keys.")],
    language: Annotated[str, typer.Option(help="zh_CN or en")] = "zh_CN",
) -> None:
    """Say in plain words what a receipt claims. Exit status 0: genuine. 1: not. 2: the list can't be used."""
    try:
        keys = read_public_keys(key)
    except UnusableKey as error:
        give_up(str(error))
    if language not in WORDS:
        give_up(f"no words in {language!r}; there are {', '.join(WORDS)}")
    verdict = examine(sys.stdin.readline() if text == "-" else text, keys, language)
    for line in verdict.lines:
        typer.echo(line)
    raise typer.Exit(0 if verdict.genuine else 1)


@commands.command("new-key")
def new_key(file: Path) -> None:
    """Make a signing key in a new file that only this user may read."""
    try:
        write_new_signing_key(file)
    except OSError as error:
        give_up(f"{file}: {error.strerror}")
    typer.echo(f"{file}: made; name it in kiosk.toml as receipts.signing_key_file")


@commands.command("public-key")
def public_key(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Print the line for the list of public keys, and for the wall of the hall."""
    loaded = load(config)
    file = loaded.receipts.signing_key_file
    if file is None:
        give_up("receipts.signing_key_file is not configured")
    try:
        typer.echo(str(SigningKey.from_file(file).public(loaded.kiosk.id)))
    except UnusableKey as error:
        give_up(str(error))
