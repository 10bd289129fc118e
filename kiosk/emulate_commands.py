"""`kiosk emulate ...`: each emulator alone, with a control socket for the hands."""

import signal
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from drivers.control_socket import RequestRefused, ask
from kiosk.commands import give_up
from offline_queue.errors import UnusableKey
from offline_queue.vault import read_key_file, write_new_key_file

commands = typer.Typer(no_args_is_help=True, help="Emulators of the devices and the backend, each alone.")

Link = Annotated[Path, typer.Option(help="The name the driver opens, as under /dev/serial/by-id.")]
Control = Annotated[Path, typer.Option(help="The control socket for the hands.")]


@commands.command("card")
def card(link: Link = Path("pcscd.comm"), control: Control = Path("card.control")) -> None:
    """Emulate a card reader in a pcscd of its own: programs find it with PCSCLITE_CSOCK_NAME=LINK."""
    from drivers.emulators import card_reader as emulator  # noqa: PLC0415  no part of a production kiosk

    _serve(emulator.serve(link, control), link, control)


@commands.command("backend")
def backend(
    file: Annotated[Path, typer.Option(help="Its database.")] = Path("backend.db"),
    port: Annotated[int, typer.Option(help="Of the API, on loopback.")] = 8000,
    hands_port: Annotated[int, typer.Option(help="Of the hands, on loopback.")] = 8001,
    bundle_key: Annotated[
        Path, typer.Option(help="The key that opens bundles carried by hand; made if it is not there.")
    ] = Path("backend-bundles.key"),
) -> None:
    """Run the reference backend with the people of the workbench."""
    from drivers.emulators.personas import PERSONAS  # noqa: PLC0415  as above
    from kiosk.backend.emulator.hands import serve  # noqa: PLC0415
    from kiosk.backend.emulator.server import ReferenceBackend  # noqa: PLC0415
    from kiosk.demo.people import people_of  # noqa: PLC0415

    try:
        if not bundle_key.exists():
            write_new_key_file(bundle_key)
        key = read_key_file(bundle_key)
    except (OSError, UnusableKey) as error:
        give_up(f"{bundle_key}: {error}")
    typer.echo(f"http://127.0.0.1:{port} is the API, http://127.0.0.1:{hands_port}/docs are its hands")
    serve(ReferenceBackend(file, people_of(PERSONAS), port=port, bundle_key=key), hands_port)


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

    font = Path(sys.prefix) / "share" / "fonts" / "NotoSansSC-Regular.ttf"
    _serve(emulator.serve(link, control, font=font), link, control)


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
