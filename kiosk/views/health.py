"""The words of what checks have found, for technicians: on a page, a slip, a report or a terminal."""

from dataclasses import dataclass

from kiosk.domain.faults import Fault, worst_first
from kiosk.domain.findings import Finding, Measured
from kiosk.views.words import Words


@dataclass(frozen=True, slots=True)
class FaultText:
    """A fault in one language: what it means, why it happens, what to do, and whose work it is."""

    code: str
    meaning: str
    cause: str
    todo: str
    who: str
    severity: str


@dataclass(frozen=True, slots=True)
class FindingText:
    """A finding in one language. `values` is empty when nothing was measured."""

    check: str
    verdict: str
    values: str
    faults: tuple[FaultText, ...]


def fault_text(words: Words, fault: Fault) -> FaultText:
    """Return the words of a fault."""
    key = f"fault.{fault.code}"
    return FaultText(
        fault.code,
        words(f"{key}.meaning"),
        words(f"{key}.cause"),
        words(f"{key}.todo"),
        words(f"who.{fault.who.value}"),
        words(f"severity.{fault.severity.value}"),
    )


def finding_text(words: Words, finding: Finding) -> FindingText:
    """Return the words of a finding."""
    return FindingText(
        words(f"check.{finding.check}"),
        words(f"verdict.{finding.verdict.value}"),
        sentence(words("measured.join").join(_value(words, each) for each in finding.measured)),
        tuple(fault_text(words, fault) for fault in worst_first(finding.faults)),
    )


def sentence(text: str) -> str:
    """Return a text that begins as a sentence does: which value comes first is not known to the words."""
    return text[:1].upper() + text[1:]


def _value(words: Words, measured: Measured) -> str:
    if measured.name == "paper":
        return words(f"measured.paper.{measured.value}")
    return words(f"measured.{measured.name}", value=measured.value)
