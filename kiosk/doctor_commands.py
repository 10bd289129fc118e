"""`kiosk doctor`: every check that needs no hands, for people and for machines."""

import json
from typing import Annotated, Literal

import typer

from drivers.control_socket import RequestRefused
from kiosk.commands import DEFAULT_CONFIG, ConfigPath, give_up, give_up_for, load
from kiosk.doctor import findings
from kiosk.domain.findings import Finding, Verdict, worst
from kiosk.views.health import finding_text
from kiosk.views.words import Words, load_words

Language = Annotated[Literal["zh_CN", "en"], typer.Option(help="Of the words for people.")]
_MARKS = {Verdict.WELL: "+", Verdict.NOTED: "!", Verdict.FAILED: "X", Verdict.SKIPPED: "-"}


def doctor(
    config: ConfigPath = DEFAULT_CONFIG,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    language: Language = "zh_CN",
) -> None:
    """Check devices, network, outbox and the rest. Exit status 0: well. 1: something failed. 3: take note."""
    loaded, words = load(config), load_words(language)
    made: list[Finding] = []
    try:
        for finding in findings(loaded, config):
            made.append(finding)
            if not as_json:
                _show(finding, words)
    except RequestRefused as refusal:
        give_up(str(refusal))
    except OSError as error:
        give_up_for(error)
    if as_json:
        typer.echo(
            json.dumps([_with_words(finding, words) for finding in made], indent=2, ensure_ascii=False)
        )
    raise typer.Exit({Verdict.WELL: 0, Verdict.NOTED: 3}.get(worst(made), 1))


def _with_words(finding: Finding, words: Words) -> dict[str, object]:
    """Return a finding as JSON, and what is to be done in words: a code alone helps nobody far from here."""
    told = finding_text(words, finding)
    todo = [
        {"code": fault.code, "meaning": fault.meaning, "todo": fault.todo, "who": fault.who}
        for fault in told.faults
    ]
    return finding.as_json() | {"todo": todo}


def _show(finding: Finding, words: Words) -> None:
    told = finding_text(words, finding)
    typer.echo(f"{_MARKS[finding.verdict]} {told.check}  {told.verdict}  {told.values}".rstrip())
    for fault in told.faults:
        typer.echo(f"    {fault.code} {fault.meaning} [{fault.severity}]")
        typer.echo(f"          {fault.cause}")
        typer.echo(f"       -> {fault.todo} ({fault.who})")
