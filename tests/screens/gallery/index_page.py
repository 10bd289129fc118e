"""The index of the gallery: every exhibit in a row of its own, in each look, on one page per display.

A page loads its pictures as they are scrolled to. What the inspection found stands above the picture.
"""

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TypedDict

_STYLE = """
body { font: 15px sans-serif; margin: 24px; background: #e8ecee; color: #0e222c }
nav a { margin-right: 16px }
h2 { margin: 32px 0 8px; position: sticky; top: 0; background: #e8ecee }
.row { display: flex; gap: 12px; overflow-x: auto }
figure { margin: 0 }
img { height: 420px; border: 1px solid #8aa }
.found { color: #a00; max-width: 420px }
"""


class Shown(TypedDict):
    """One picture: its look, its exhibit, the screen's title, and what is wrong with it."""

    look: str
    exhibit: str
    title: str
    findings: list[dict[str, str]]


def write_index(folder: Path, displays: Mapping[str, Iterable[Shown]]) -> Path:
    """Write index.html and a page per display, and return the index."""
    links = "".join(f'<a href="{display}.html">{display}</a>' for display in displays)
    lines = []
    for display, shown in displays.items():
        listed = list(shown)
        found = sum(len(each["findings"]) for each in listed)
        exhibits = len({each["exhibit"] for each in listed})
        lines.append(f"<li>{display}: {exhibits} screens, {len(listed)} pictures, {found} findings</li>")
        _write(folder / f"{display}.html", f"<nav>{links}</nav>{_rows(display, listed)}")
    index = folder / "index.html"
    _write(index, f"<h1>Every screen of the kiosk</h1><nav>{links}</nav><ul>{''.join(lines)}</ul>")
    return index


def _rows(display: str, listed: list[Shown]) -> str:
    rows: dict[str, list[Shown]] = {}
    for each in listed:
        rows.setdefault(each["exhibit"], []).append(each)
    return "".join(
        f"<h2>{escape(exhibit)}</h2><div class=row>{''.join(_figure(display, each) for each in row)}</div>"
        for exhibit, row in sorted(rows.items())
    )


def _figure(display: str, shown: Shown) -> str:
    source = f"{display}/{shown['look']}/{shown['exhibit']}.png"
    found = "<br>".join(escape(" · ".join(finding.values())) for finding in shown["findings"])
    caption = f"{escape(shown['look'])} · {escape(shown['title'])}"
    picture = f'<a href="{source}"><img loading=lazy src="{source}" alt="{caption}"></a>'
    return f"<figure><figcaption>{caption}<div class=found>{found}</div></figcaption>{picture}</figure>"


def _write(path: Path, body: str) -> None:
    page = f"<!doctype html><meta charset=utf-8><title>Gallery</title><style>{_STYLE}</style>{body}"
    path.write_text(page, "utf-8")
