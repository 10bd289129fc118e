"""docs/events.md, written from the catalogue: `kiosk audit events > docs/events.md`."""

from collections.abc import Iterator
from inspect import getdoc

from pydantic.fields import FieldInfo

from kiosk.audit.events import CATALOGUE, AuditEvent

_BEGINNING = """# Events of the audit log

What the kiosk keeps of what has happened, one JSON object a line, for at least six months
(《网络安全法》第二十一条). Written from `kiosk/audit/events.py` by `kiosk audit events > docs/events.md`.

Every line has `line` (its number, without gaps), `at` (time, UTC), `kiosk`, `event`, and `link`, the SHA-256
of the line before's link and of every byte before its own. `log_signed` signs all lines before it; beside
the files `head.json` signs where the log begins and ends. `kiosk audit verify` walks all of it.

No line holds anything of a citizen. `holder` is a mark made under the kiosk's key: two visits of one person
bear the same, and it names nobody. A field that is not listed here can't be written.
"""


def page() -> str:
    """Return the page."""
    parts = (_BEGINNING, *(_event(event) for event in CATALOGUE))
    return "\n".join(part.strip() + "\n" for part in parts)


def _event(event: type[AuditEvent]) -> str:
    return "\n".join((f"## {event.word()}", "", getdoc(event) or "", *_fields(event)))


def _fields(event: type[AuditEvent]) -> Iterator[str]:
    if event.model_fields:
        yield ""
    for name, field in event.model_fields.items():
        yield f"- `{name}`: {_meaning(field)}"


def _meaning(field: FieldInfo) -> str:
    return field.description or ("true or false" if field.annotation is bool else "")
