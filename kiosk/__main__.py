"""The command line: run the kiosk, show it, emulate its devices, look after its outbox."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from kiosk.config import Config, InvalidConfig, load_config

DEFAULT_CONFIG = Path("/etc/xinxiang-kiosk/kiosk.toml")

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
config_commands = typer.Typer(no_args_is_help=True, help="kiosk.toml.")
app.add_typer(config_commands, name="config")

ConfigPath = Annotated[Path, typer.Option("--config", help="kiosk.toml")]


@app.command()
def run(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run the kiosk in its window. Ends on SIGTERM, and non-zero on a fault; a supervisor starts it again."""
    from kiosk.running import run as run_kiosk  # noqa: PLC0415  opens the window's libraries

    run_kiosk(_load(config))


@app.command()
def demo(
    output: Annotated[Path, typer.Option(help="Where pictures, slips and the timeline go.")] = Path(
        "demo-output"
    ),
) -> None:
    """Show the kiosk on emulated devices: with a display by hand, without one by the scripted visit."""
    from kiosk.demo.show import show  # noqa: PLC0415  emulators are no part of a production kiosk

    raise typer.Exit(show(output))


@config_commands.command("check")
def check(path: Path) -> None:
    """Check a kiosk.toml and name every mistake in it."""
    _load(path)
    typer.echo(f"{path}: good")


def _load(path: Path) -> Config:
    try:
        return load_config(path)
    except InvalidConfig as error:
        _give_up(f"{path} is not usable:", *(f"  {mistake}" for mistake in error.mistakes))


def _give_up(*lines: str) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    sys.exit(2)


if __name__ == "__main__":
    app()
