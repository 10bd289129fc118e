"""What says that something is in effect: the words of `effect.*` in the catalogues, and their synonyms."""

import re

from drivers.receipt_printer.slip import Columns, Slip, Text, Title
from kiosk.views.words import Words, load_words
from tests.flows.hall import LANGUAGES

_CLAUSE = re.compile(r"[，。；：（）、\n]|[,.;:()](?:\s|$)")
_SYNONYM = re.compile(
    r"生效|成功|已停用|已冻结|已挂失|已变更|已更新"
    r"|in effect|in force|takes? effect|effective|success|no longer works|is stopped|is frozen",
    re.I,
)
_DENIAL = re.compile(r"尚未|未|不能|没有|\bnot\b|cannot|neither", re.I)


def clauses_of(text: str) -> set[str]:
    """Return the clauses of a text, in small letters."""
    return {clause.strip().casefold() for clause in _CLAUSE.split(text)} - {""}


def _clauses(words: Words, *, of_effect: bool) -> set[str]:
    found: set[str] = set()
    for key, said in words.texts.items():
        if key.startswith("effect.") is of_effect:
            for text in (said,) if isinstance(said, str) else said:
                found |= clauses_of(text)
    return found


_OF_EFFECT = {
    language: _clauses(words, of_effect=True) - _clauses(words, of_effect=False)
    for language, words in ((language, load_words(language)) for language in LANGUAGES)
}


def claims_in(text: str, language: str) -> set[str]:
    """Return the clauses of a text that say that something is in effect, and do not deny it."""
    clauses = clauses_of(text)
    synonyms = {each for each in clauses if _SYNONYM.search(each) and not _DENIAL.search(each)}
    return (clauses & _OF_EFFECT[language]) | synonyms


def text_of_slip(slip: Slip) -> str:
    """Return every word on a slip, a line of it to a line."""
    lines = []
    for line in slip.lines:
        match line:
            case Title(text) | Text(text):
                lines.append(text)
            case Columns(left, right):
                lines.append(f"{left} {right}")
    return "\n".join(lines)
