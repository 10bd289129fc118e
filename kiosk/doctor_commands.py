"""`kiosk doctor`: the checks, for people and for machines."""

import json
from collections.abc import Mapping
from typing import Annotated

import typer

from drivers.control_socket import ask
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, load
from kiosk.control import control_path
from kiosk.doctor import CHECKED, Told, examine, is_well


def doctor(
    config: ConfigPath = DEFAULT_CONFIG,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Ask every device, the backend and the outbox how it is. Exit status 1 when something is to be done."""
    loaded = load(config)
    checks: Mapping[str, Told]
    try:
        answer = ask(control_path(loaded), "doctor")
        checks = {name: _told(answer[name]) for name in CHECKED}
    except OSError:
        checks = examine(loaded)
    if as_json:
        typer.echo(json.dumps(checks, indent=2))
    else:
        for name, check in checks.items():
            todo = f" -> {check['remedy']}" if check["remedy"] else ""
            typer.echo(f"{name:13} {check['status']:15}{todo:15} {check['detail']}")
    raise typer.Exit(0 if is_well(checks) else 1)


def _told(answer: object) -> Told:
    assert isinstance(answer, dict)
    return {str(name): str(value) for name, value in answer.items()}
