"""`kiosk voice ...`: what a person has to record so that the kiosk speaks with a human voice."""

from collections.abc import Iterator

import typer

from kiosk.commands import DEFAULT_CONFIG, ConfigPath, load
from kiosk.views.aloud import aloud
from kiosk.views.words import load_words
from kiosk.voice.prompts import SPLICED, Prompts, UnusablePrompt, digest

commands = typer.Typer(no_args_is_help=True, help="The voice.")


@commands.callback()
def voice() -> None:
    """Keep `prompts` a command of its own name though it is the only one."""


@commands.command("prompts")
def prompts(config: ConfigPath = DEFAULT_CONFIG) -> None:
    """List every fixed sentence with its file, and whether that is there. Sentences with values aren't fixed.

    Exit status 1 when a file is there and can't be played.
    """
    loaded = load(config)
    recorded = Prompts(loaded.voice.prompts_dir)
    broken = False
    for language in loaded.kiosk.languages:
        for sentence in dict.fromkeys(_fixed(language)):
            try:
                state = "missing" if recorded.samples_of(sentence, language) is None else "recorded"
            except UnusablePrompt as error:
                state, broken = str(error), True
            typer.echo(f"{language}/{digest(sentence)}.wav\t{state}\t{sentence}")
    raise typer.Exit(1 if broken else 0)


def _fixed(language: str) -> Iterator[str]:
    for text in load_words(language).texts.values():
        for sentence in (text,) if isinstance(text, str) else text:
            if "{" not in sentence:
                yield aloud(sentence, language)
    if language == "zh_CN":
        yield from sorted(SPLICED)
