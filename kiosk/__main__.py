"""The command line: run the kiosk, show it, emulate its devices, look after its outbox."""

from pathlib import Path
from typing import Annotated

import typer

from kiosk import (
    audit_commands,
    doctor_commands,
    emulate_commands,
    evidence_commands,
    fault_commands,
    queue_commands,
    readiness_commands,
    receipt_commands,
    technician_commands,
    voice_commands,
)
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, give_up, load
from kiosk.config_files import mistakes_in_files
from kiosk.rules_report import decisions_in, rules_json, rules_text
from kiosk.start_keys import unusable_keys

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
config_commands = typer.Typer(no_args_is_help=True, help="kiosk.toml.")
app.add_typer(receipt_commands.commands, name="receipt")
app.add_typer(voice_commands.commands, name="voice")
app.command("doctor")(doctor_commands.doctor)
app.command("faults")(fault_commands.faults)
app.add_typer(readiness_commands.commands, name="readiness")
app.add_typer(config_commands, name="config")
app.add_typer(queue_commands.commands, name="queue")
app.add_typer(technician_commands.commands, name="technicians")
app.add_typer(audit_commands.commands, name="audit")
app.add_typer(evidence_commands.commands, name="evidence")
app.add_typer(emulate_commands.commands, name="emulate")


@app.command()
def run(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Run the kiosk in its window. Ends on SIGTERM, and non-zero on a fault; a supervisor starts it again."""
    loaded = load(config)
    if mistakes := tuple(unusable_keys(loaded)):
        give_up(f"{config} names keys that are not usable:", *(f"  {each}" for each in mistakes))
    from kiosk.running import run as run_kiosk  # noqa: PLC0415  opens the window's libraries

    run_kiosk(loaded, config_file=config)


@app.command()
def demo(
    output: Annotated[Path, typer.Option(help="Where pictures, slips and the timeline go.")] = Path(
        "demo-output"
    ),
    maintenance: Annotated[
        bool, typer.Option("--maintenance", help="A technician's morning, by its script.")
    ] = False,
) -> None:
    """Show the kiosk on emulated devices: with a display by hand, without one by the scripted visit."""
    from kiosk.demo.show import show, show_morning  # noqa: PLC0415  emulators are no part of production

    raise typer.Exit(show_morning(output) if maintenance else show(output))


@app.command()
def rules(
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    config: Annotated[Path | None, typer.Option(help="Also say what this kiosk.toml decides.")] = None,
) -> None:
    """Print the 34 articles: what each means for the kiosk, its screens and slips, and its tests."""
    decided = decisions_in(load(config)) if config is not None else None
    typer.echo(rules_json(decided) if as_json else rules_text(decided))


@config_commands.command("check")
def check(path: Path) -> None:
    """Check a kiosk.toml and the files it names, and name every mistake."""
    if mistakes := mistakes_in_files(load(path)):
        give_up(
            f"{path} is well-formed, but what it names is not usable:", *(f"  {each}" for each in mistakes)
        )
    typer.echo(f"{path}: good")


if __name__ == "__main__":
    app()
