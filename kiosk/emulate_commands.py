"""`kiosk emulate ...`: each emulator alone, with a control socket for the hands."""

import signal
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from drivers.control_socket import RequestRefused, ask
from kiosk.commands import give_up

commands = typer.Typer(no_args_is_help=True, help="Emulators of the devices and the backend, each alone.")

Link = Annotated[Path, typer.Option(help="The name the driver opens, as under /dev/serial/by-id.")]
Control = Annotated[Path, typer.Option(help="The control socket for the hands.")]


@commands.command("id-card-reader")
def id_card_reader(
    link: Link = Path("id-card-reader"), control: Control = Path("id-card-reader.control")
) -> None:
    """Emulate the resident ID card reader on a pty."""
    from drivers.emulators import id_card_reader as emulator  # noqa: PLC0415  no part of a production kiosk

    _serve(emulator.serve(link, control), link, control)


@commands.command("pin-pad")
def pin_pad(link: Link = Path("pin-pad"), control: Control = Path("pin-pad.control")) -> None:
    """Emulate the PIN pad on a pty."""
    from drivers.emulators import pin_pad as emulator  # noqa: PLC0415  as above

    _serve(emulator.serve(link, control), link, control)


@commands.command("receipt-printer")
def receipt_printer(
    link: Link = Path("receipt-printer"), control: Control = Path("receipt-printer.control")
) -> None:
    """Emulate the receipt printer on a pty."""
    from drivers.emulators import receipt_printer as emulator  # noqa: PLC0415  as above

    _serve(emulator.serve(link, control), link, control)


@commands.command("hand", context_settings={"allow_extra_args": True})
def hand(control: Path, verb: str, context: typer.Context) -> None:
    """Use a hand of a running emulator: `hand SOCKET insert persona_key=li-jianguo`; `hands` lists them."""
    try:
        answer = ask(control, verb, **dict(_argument(text) for text in context.args))
    except RequestRefused as refusal:
        give_up(str(refusal))
    except OSError as error:
        give_up(f"{control}: {error.strerror}")
    for name, value in answer.items():
        if name != "ok":
            typer.echo(f"{name}: {value}")


def _argument(text: str) -> tuple[str, str | float | bool]:
    name, _, value = text.partition("=")
    if value in {"true", "false"}:
        return name, value == "true"
    return name, int(value) if value.isdigit() else value


def _serve(emulator: AbstractContextManager[object], link: Path, control: Path) -> None:
    with emulator:
        typer.echo(f"{link} is ready, its hands are at {control}; ends on SIGTERM or Ctrl+C")
        signal.sigwait({signal.SIGTERM, signal.SIGINT})
