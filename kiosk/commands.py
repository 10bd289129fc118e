"""What every command shares: where the configuration is, and how a command gives up in plain words."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kiosk.config import Config, InvalidConfig, load_config

DEFAULT_CONFIG = Path("/etc/xinxiang-kiosk/kiosk.toml")
ConfigPath = Annotated[Path, typer.Option("--config", help="kiosk.toml")]


def load(path: Path) -> Config:
    """Return the configuration, or give up naming every mistake in it."""
    try:
        return load_config(path)
    except InvalidConfig as error:
        give_up(f"{path} is not usable:", *(f"  {mistake}" for mistake in error.mistakes))


def be_owner_of(folder: Path) -> None:
    """Give up unless this is the kiosk's own user: what anybody else wrote there, the kiosk couldn't read."""
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        give_up(f"the files belong to {folder.owner()}: runuser -u {folder.owner()} -- kiosk ...")


def give_up_for(error: OSError) -> NoReturn:
    """Give up naming the file. Where whoever read our output has gone there is none: click ends quietly."""
    if isinstance(error, BrokenPipeError):
        raise error
    give_up(f"{error.filename}: {error.strerror}")


def give_up(*lines: str) -> NoReturn:
    """Say why on standard error and end with status 2."""
    for line in lines:
        typer.echo(line, err=True)
    sys.exit(2)
