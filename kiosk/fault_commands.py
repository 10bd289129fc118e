"""`kiosk faults`: the last faults with their times, one code explained, or the whole catalogue as a page."""

from typing import Annotated

import typer

from kiosk.commands import DEFAULT_CONFIG, ConfigPath, give_up, load
from kiosk.doctor_commands import Language
from kiosk.domain.faults import fault_by_code
from kiosk.health.fault_memory import recent
from kiosk.health.fault_page import fault_page
from kiosk.views.health import fault_text
from kiosk.views.words import load_words


def faults(
    code: Annotated[str, typer.Argument(help="Explain this code: K-301.")] = "",
    config: ConfigPath = DEFAULT_CONFIG,
    language: Language = "zh_CN",
    page: Annotated[bool, typer.Option("--page", help="Print docs/fault-codes.md.")] = False,
) -> None:
    """Tell the last faults, newest first; or explain a code; or print the catalogue."""
    words = load_words(language)
    if page:
        typer.echo(fault_page(load_words("zh_CN"), load_words("en")), nl=False)
        return
    if code:
        try:
            told = fault_text(words, fault_by_code(code.upper()))
        except KeyError:
            give_up(f"no fault has the code {code}")
        typer.echo(
            f"{told.code} {told.meaning} [{told.severity}]\n  {told.cause}\n  {told.todo} ({told.who})"
        )
        return
    for each in recent(load(config).kiosk.data_dir):
        until = words.moment(each.ended_at) if each.ended_at else "..."
        typer.echo(f"{words.moment(each.began_at)} - {until}  {each.fault.code} "
                   f"{fault_text(words, each.fault).meaning}")  # fmt: skip
