"""The words for people, by key, in one language.

Catalogues are TOML (kiosk/views/catalogues), zh_CN first; a test holds that every language has the same
keys and the same places for values. Words of legal effect stand under `effect` and are reached only
through `in_effect`, which asks for the backend's `Acceptance`: nothing else can say 已生效.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from kiosk.domain.transaction import Acceptance, TransactionKind

BEIJING = ZoneInfo("Asia/Shanghai")
_EFFECT = "effect."


class MissingWords(KeyError):
    """A key without words: a mistake in a catalogue or a presenter, found by the tests."""


@dataclass(frozen=True)
class Words:
    """One language's words."""

    language: str
    texts: Mapping[str, str | tuple[str, ...]]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the words of a key with the values in their places. Raises MissingWords."""
        if key.startswith(_EFFECT):
            raise MissingWords(f"{key}: words of effect are made from an acceptance only")
        return self._text(key).format(**values)

    def all(self, key: str, /, **values: object) -> tuple[str, ...]:
        """Return the list of sentences of a key. Raises MissingWords."""
        if key.startswith(_EFFECT):
            raise MissingWords(f"{key}: words of effect are made from an acceptance only")
        found = self.texts.get(key)
        if not isinstance(found, tuple):
            raise MissingWords(f"{self.language}: {key} (a list)")
        return tuple(sentence.format(**values) for sentence in found)

    def has(self, key: str) -> bool:
        """Whether the catalogue has a key: guides leave out the sections they don't need."""
        return key in self.texts

    def in_effect(self, kind: TransactionKind, acceptance: Acceptance) -> str:
        """Return the words that something is in effect, which only an acceptance can say."""
        text = self._text(f"{_EFFECT}{kind.value}.{'already' if acceptance.already else 'now'}")
        return text.format(number=acceptance.number, time=self.moment(acceptance.effective_at))

    def effect_notes(self, kind: TransactionKind, acceptance: Acceptance) -> tuple[str, ...]:
        """Return what being in effect means for the one account, and doesn't for the other."""
        notes = self.texts.get(f"{_EFFECT}{kind.value}.notes")
        if not isinstance(notes, tuple):
            raise MissingWords(f"{self.language}: {_EFFECT}{kind.value}.notes")
        return tuple(note.format(number=acceptance.number) for note in notes)

    def effect_fact(self, acceptance: Acceptance) -> tuple[str, str]:
        """Return the label and time of taking effect."""
        return self._text(f"{_EFFECT}since"), self.moment(acceptance.effective_at)

    def moment(self, at: datetime) -> str:
        """Return a date and time as people here write it, to the minute."""
        return self("format.moment", at=at.astimezone(BEIJING))

    def day(self, day: date) -> str:
        """Return a date as people here write it."""
        return self("format.day", day=day)

    def month(self, month: date) -> str:
        """Return a month as people here write it."""
        return self("format.month", month=month)

    def money(self, fen: int) -> str:
        """Return an amount of fen as yuan with two decimals and separators."""
        return self("format.money", amount=amount(fen))

    def articles(self, numbers: Iterable[int]) -> str:
        """Return the names of articles of the Measures, one after the other."""
        names = self.all("articles.names")
        wanted = [names[number - 1] for number in numbers]
        return self(
            f"articles.{'one' if len(wanted) == 1 else 'several'}", names=self("articles.join").join(wanted)
        )

    def _text(self, key: str) -> str:
        found = self.texts.get(key)
        if not isinstance(found, str):
            raise MissingWords(f"{self.language}: {key}")
        return found


def amount(fen: int) -> str:
    """Return an amount of fen in yuan without its unit, for the columns of a table that names it."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


@cache
def load_words(language: str) -> Words:
    """Return a language's words. Raises FileNotFoundError when there is no such catalogue."""
    text = (files("kiosk.views.catalogues") / f"{language}.toml").read_text(encoding="utf-8")
    return Words(language, dict(_flattened(tomllib.loads(text))))


class Catalogues(Mapping[str, Words]):
    """The words of these languages, each read when it is first spoken."""

    def __init__(self, languages: Iterable[str]) -> None:
        self._languages = tuple(languages)

    def __getitem__(self, language: str) -> Words:
        if language not in self._languages:
            raise KeyError(language)
        return load_words(language)

    def __iter__(self) -> Iterator[str]:
        return iter(self._languages)

    def __len__(self) -> int:
        return len(self._languages)


def _flattened(table: Mapping[str, object], prefix: str = "") -> list[tuple[str, str | tuple[str, ...]]]:
    entries: list[tuple[str, str | tuple[str, ...]]] = []
    for key, value in table.items():
        match value:
            case dict():
                entries += _flattened(value, f"{prefix}{key}.")
            case str():
                entries.append((prefix + key, value))
            case list():
                entries.append((prefix + key, tuple(str(sentence) for sentence in value)))
            case _:
                raise ValueError(f"{prefix}{key}: a catalogue holds texts and lists of texts only")
    return entries
