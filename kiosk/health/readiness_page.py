"""The readiness report on A4: what is out of order first, then every check. With the kiosk's own font."""

from functools import partial
from io import BytesIO
from pathlib import Path

from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from kiosk.domain.findings import Verdict
from kiosk.domain.readiness import Report
from kiosk.views.health import FaultText, fault_text, finding_text
from kiosk.views.words import Words

_INK, _FAINT, _LINE = HexColor("#1c2733"), HexColor("#5d6b7a"), HexColor("#d4dbe3")
_COLOURS = {
    Verdict.WELL: HexColor("#1b7f4b"),
    Verdict.SKIPPED: HexColor("#5d6b7a"),
    Verdict.NOTED: HexColor("#a35c00"),
    Verdict.FAILED: HexColor("#b3261e"),
}
_MARGIN = 18 * mm
_WIDTH = A4[0] - 2 * _MARGIN
_REGULAR, _BOLD = "NotoSansSC", "NotoSansSC-Bold"


def write_pdf(report: Report, words: Words, fonts_dir: Path, key_id: str) -> bytes:
    """Return the report as a PDF. `key_id` names whose signature the JSON beside it bears, "" for none.

    Without the kiosk's font (a finding of its own) Chinese is drawn with one the reader has to have.
    """
    regular, bold = _fonts(fonts_dir)
    styles = _Styles(regular, bold, "CJK" if words.language == "zh_CN" else None)
    made = BytesIO()
    document = SimpleDocTemplate(
        made, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=16 * mm, bottomMargin=20 * mm,
        title=words("readiness.title"), author=report.site, subject=report.kiosk,
    )  # fmt: skip
    story = [*_head(report, words, styles), *_out_of_order(report, words, styles)]
    story += [Paragraph(words("readiness.all_checks"), styles.heading), _checks(report, words, styles)]
    foot = partial(_foot, words=words, report=report, key_id=key_id, font=regular)
    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return made.getvalue()


class _Styles:
    """The few ways text is set."""

    def __init__(self, regular: str, bold: str, wrapping: str | None) -> None:
        self.regular, self.bold = regular, bold
        plain = ParagraphStyle(
            "plain", fontName=regular, fontSize=9.5, leading=14, textColor=_INK, wordWrap=wrapping
        )
        self.plain = plain
        self.faint = ParagraphStyle("faint", plain, textColor=_FAINT)
        self.strong = ParagraphStyle("strong", plain, fontName=bold)
        self.title = ParagraphStyle("title", plain, fontName=bold, fontSize=20, leading=28)
        self.heading = ParagraphStyle(
            "heading", plain, fontName=bold, fontSize=12, leading=18, spaceBefore=12, spaceAfter=4
        )
        self.whole = ParagraphStyle(
            "whole", plain, fontName=bold, fontSize=14, leading=20, textColor=white, alignment=TA_RIGHT
        )

    def verdict(self, verdict: Verdict) -> ParagraphStyle:
        """Return how a verdict is set."""
        return ParagraphStyle(verdict.value, self.strong, textColor=_COLOURS[verdict])


def _fonts(folder: Path) -> tuple[str, str]:
    try:
        for name, file in ((_REGULAR, "NotoSansSC-Regular.ttf"), (_BOLD, "NotoSansSC-Bold.ttf")):
            pdfmetrics.registerFont(TTFont(name, folder / file))
    except (OSError, TTFError):
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # noqa: PLC0415  only without a font

        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        return "STSong-Light", "STSong-Light"
    return _REGULAR, _BOLD


def _head(report: Report, words: Words, styles: _Styles) -> list[object]:
    counts = words(
        "readiness.counts",
        well=report.count(Verdict.WELL),
        noted=report.count(Verdict.NOTED),
        failed=report.count(Verdict.FAILED),
        skipped=report.count(Verdict.SKIPPED),
    )
    made = words("readiness.made", at=words.moment(report.began_at), seconds=report.took_s)
    band = Table(
        [
            [
                Paragraph(words("readiness.whole"), ParagraphStyle("band", styles.strong, textColor=white)),
                Paragraph(words(f"readiness.verdict.{report.verdict.value}"), styles.whole),
            ]
        ],
        colWidths=[_WIDTH * 0.3, _WIDTH * 0.7],
    )
    band.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), _COLOURS[report.verdict]),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 8),
            ]
        )
    )
    return [
        Paragraph(words("readiness.title"), styles.title),
        Paragraph(words("readiness.place", site=report.site, kiosk=report.kiosk), styles.plain),
        Paragraph(made, styles.faint),
        Spacer(1, 8),
        band,
        Spacer(1, 4),
        Paragraph(counts, styles.faint),
    ]


def _out_of_order(report: Report, words: Words, styles: _Styles) -> list[object]:
    if not report.faults:
        return []
    blocks: list[object] = [Paragraph(words("readiness.out_of_order"), styles.heading)]
    return [*blocks, *(_fault(fault_text(words, fault), words, styles) for fault in report.faults)]


def _fault(told: FaultText, words: Words, styles: _Styles) -> object:
    meaning = words("readiness.fault", meaning=told.meaning, severity=told.severity)
    block = Table(
        [
            [
                Paragraph(told.code, styles.strong),
                [
                    Paragraph(meaning, styles.strong),
                    Paragraph(words("readiness.cause", cause=told.cause), styles.faint),
                    Paragraph(words("readiness.todo", todo=told.todo, who=told.who), styles.plain),
                ],
            ]
        ],
        colWidths=[18 * mm, _WIDTH - 18 * mm],
    )
    block.setStyle(
        TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE)])
    )
    return KeepTogether(block)


def _checks(report: Report, words: Words, styles: _Styles) -> Table:
    rows = []
    for finding in report.findings:
        told = finding_text(words, finding)
        codes = " ".join(fault.code for fault in told.faults)
        rows.append(
            [
                Paragraph(told.check, styles.plain),
                Paragraph(told.verdict, styles.verdict(finding.verdict)),
                Paragraph(codes, styles.strong),
                Paragraph(told.values, styles.plain),
            ]
        )
    table = Table(rows, colWidths=[_WIDTH * part for part in (0.29, 0.14, 0.08, 0.49)], repeatRows=0)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.5, _LINE),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
            ]
        )
    )
    return table


def _foot(
    canvas: Canvas, document: SimpleDocTemplate, *, words: Words, report: Report, key_id: str, font: str
) -> None:
    told = words("readiness.signed", key=key_id) if key_id else words("readiness.unsigned")
    canvas.setFont(font, 8)
    canvas.setFillColor(_FAINT)
    canvas.drawString(_MARGIN, 11 * mm, told)
    canvas.drawRightString(A4[0] - _MARGIN, 11 * mm, words("readiness.page", page=document.page))
