"""`kiosk readiness ...`: the report of every check that needs no hands, and whether one is genuine."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from drivers.control_socket import RequestRefused
from kiosk.app import fonts_dir
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, give_up, give_up_for, load
from kiosk.doctor import findings
from kiosk.doctor_commands import Language
from kiosk.domain.findings import Verdict
from kiosk.health.readiness import FOLDER, NotGenuine, file_report, report_of, signing_key, verified
from kiosk.receipts.errors import UnusableKey
from kiosk.receipts.keys import read_public_keys
from kiosk.views.words import load_words

commands = typer.Typer(no_args_is_help=True, help="Readiness reports: make one; verify one.")


@commands.command("make")
def make(
    config: ConfigPath = DEFAULT_CONFIG,
    folder: Annotated[Path | None, typer.Option(help="Instead of reports/ in the kiosk's own.")] = None,
    language: Language = "zh_CN",
) -> None:
    """Make every check and file the report as signed JSON and PDF. Exit status as of doctor."""
    loaded, words = load(config), load_words(language)
    try:
        report = report_of(loaded, findings(loaded, config), lambda: datetime.now(UTC))
        where = folder or loaded.kiosk.data_dir / FOLDER
        filed = file_report(report, where, signing_key(loaded), words, fonts_dir(loaded))
    except RequestRefused as refusal:
        give_up(str(refusal))
    except OSError as error:
        give_up_for(error)
    typer.echo(words(f"readiness.verdict.{report.verdict.value}"))
    typer.echo(f"{filed.json}\n{filed.pdf}")
    raise typer.Exit({Verdict.WELL: 0, Verdict.NOTED: 3}.get(report.verdict, 1))


@commands.command("verify")
def verify(
    file: Path,
    key: Annotated[Path, typer.Option(help="The list of public keys: `kiosk receipt public-key`.")],
    language: Language = "zh_CN",
) -> None:
    """Say whose report it is and how the kiosk stood. Exit status 0: genuine. 1: not. 2: can't be read."""
    words = load_words(language)
    try:
        report, public = verified(file.read_bytes(), read_public_keys(key))
    except NotGenuine as error:
        typer.echo(f"{file}: {error}")
        raise typer.Exit(1) from None
    except UnusableKey as error:
        give_up(str(error))
    except OSError as error:
        give_up(f"{file}: {error.strerror}")
    made = words("readiness.made", at=words.moment(report.began_at), seconds=report.took_s)
    typer.echo(words("readiness.place", site=report.site, kiosk=report.kiosk))
    typer.echo(f"{made}  {words(f'readiness.verdict.{report.verdict.value}')}  [{public.key_id.hex()}]")
