"""A finding as a line of a status list."""

from collections.abc import Sequence
from dataclasses import replace

from kiosk.domain.findings import Finding, Verdict, worst
from kiosk.views.health import finding_text
from kiosk.views.models import AnyChoice, Health, StatusRow
from kiosk.views.words import Words

HEALTH = {
    Verdict.WELL: Health.WELL,
    Verdict.SKIPPED: Health.UNKNOWN,
    Verdict.NOTED: Health.NOTED,
    Verdict.FAILED: Health.FAILED,
}

TOLD_OF_A_LINE = 2
"""Of several findings that are well, the first ones tell what they have measured."""


def row_of(words: Words, finding: Finding, choice: AnyChoice | None = None) -> StatusRow:
    """Return the line of one finding, under its own name."""
    if finding.faults:  # a fault of the printer has said already how the paper is
        finding = replace(finding, measured=tuple(each for each in finding.measured if each.name != "paper"))
    text = finding_text(words, finding)
    fault = text.faults[0] if text.faults else None
    named = f"{fault.code} {fault.meaning}" if fault else ""
    seen = words("measured.join").join(part for part in (named, text.values) if part)
    return StatusRow(
        HEALTH[finding.verdict], text.verdict, text.check, seen, fault.todo if fault else "", choice
    )


def to_come(words: Words, label: str, choice: AnyChoice | None = None, *, under_way: bool) -> StatusRow:
    """Return the line of a check nothing was found by yet."""
    if under_way:
        return StatusRow(Health.UNDER_WAY, words("maintenance.looking"), label, choice=choice)
    return StatusRow(Health.UNKNOWN, words("verdict.skipped"), label, choice=choice)


def row_of_several(
    words: Words, findings: Sequence[Finding], label: str, choice: AnyChoice | None, *, under_way: bool
) -> StatusRow:
    """Return the line that stands for several findings: the worst speaks.

    Without any it is still to come, or, when the run is no longer `under_way`, was never made.
    """
    if not findings:
        return to_come(words, label, choice, under_way=under_way)
    verdict = worst(findings)
    speaking = next((each for each in findings if each.verdict is verdict), findings[0])
    row = row_of(words, speaking, choice)
    if speaking.faults:
        return replace(row, label=label)
    texts = (finding_text(words, each).values for each in findings[:TOLD_OF_A_LINE])
    return replace(row, label=label, seen=words("measured.join").join(text for text in texts if text))
