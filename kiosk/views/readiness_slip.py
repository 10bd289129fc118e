"""The readiness report on a slip: the whole, what is to be done, and each check in a line."""

from drivers.receipt_printer.slip import Align, Blank, Columns, Line, Rule, Size, Text, Title
from kiosk.domain.findings import Verdict
from kiosk.domain.paper import ReadinessSlip
from kiosk.views.health import fault_text, finding_text
from kiosk.views.words import Words


def readiness_lines(slip: ReadinessSlip, words: Words) -> list[Line]:
    """Return the lines of a readiness report."""
    report = slip.report
    lines: list[Line] = [
        Title(words("readiness.title")),
        Text(words(f"readiness.verdict.{report.verdict.value}"), bold=True, align=Align.CENTER),
        Blank(),
    ]
    for fault in report.faults:
        told = fault_text(words, fault)
        lines += [
            Text(f"{told.code} {told.meaning}", bold=True),
            Text(words("readiness.todo", todo=told.todo, who=told.who)),
            Blank(12),
        ]
    lines.append(Rule())
    for finding in report.findings:
        if finding.verdict is not Verdict.SKIPPED:
            row = finding_text(words, finding)
            lines.append(Columns(row.check, row.verdict, size=Size.NORMAL))
    skipped = [finding_text(words, each).check for each in report.findings if each.skipped]
    if skipped:
        names = words("measured.join").join(skipped)
        lines.append(Text(words("readiness.skipped", checks=names), size=Size.NORMAL))
    if slip.filed_as:
        lines.append(Text(words("readiness.filed", name=slip.filed_as), size=Size.NORMAL))
    return lines
