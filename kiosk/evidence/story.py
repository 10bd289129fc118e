"""The story evidence tells, in plain sentences: what happened, in its order, and how far it can be believed.

Of a receipt it is the visit it was recorded in, whatever named it later, how each device stood at the moment,
and what the outbox says. That something was accepted is told as the backend's answer and never as its
effect: for that there is the backend.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from kiosk.audit.line import Line
from kiosk.evidence.content import Evidence
from kiosk.evidence.opening import first_flaw
from kiosk.evidence.sentences import device_state, sentence
from kiosk.views.words import BEIJING, Words


def story(evidence: Evidence, words: Words) -> list[str]:
    """Return the sentences, with an empty one between the parts."""
    about = evidence.about
    told = [_title(evidence, words), words("evidence.made", at=_moment(about.made_at)), ""]
    told += _happened(evidence, words)
    if about.receipt:
        told += ["", *_devices(evidence, words), _outbox(evidence.outbox, words)]
    return [*told, "", *_belief(evidence, words)]


def _title(evidence: Evidence, words: Words) -> str:
    about = evidence.about
    if about.begin is not None and about.end is not None:
        begin, end = _moment(about.begin), _moment(about.end)
        return words("evidence.about_time", kiosk=about.kiosk, site=about.site, begin=begin, end=end)
    return words("evidence.about_receipt", kiosk=about.kiosk, site=about.site, receipt=about.receipt)


def _happened(evidence: Evidence, words: Words) -> list[str]:
    about = evidence.about
    if about.begin is not None and about.end is not None:
        lines = [line for line in evidence.lines if about.begin <= line.at <= about.end]
    else:
        lines = _of_receipt(evidence)
    told = (sentence(line, words) for line in lines)
    return [each for each in told if each] or [words("evidence.nothing")]


def _of_receipt(evidence: Evidence) -> list[Line]:
    """Return the lines of the visit it was recorded in, and those that name it later."""
    recorded = _recording(evidence)
    visit = recorded.content["visit"] if recorded is not None else None
    within = _visit_around(evidence.lines, recorded) if recorded is not None else range(0)
    return [
        line
        for place, line in enumerate(evidence.lines)
        if (line.content.get("receipt") == evidence.about.receipt and line.event != "evidence_made")
        or (place in within and line.content.get("visit", visit) == visit)
    ]


def _recording(evidence: Evidence) -> Line | None:
    """Return the line that tells of it first; the last such, where its number had come round."""
    named = [line for line in evidence.lines if line.content.get("receipt") == evidence.about.receipt]
    return next((line for line in reversed(named) if line.event == "transaction_recorded"), None)


def _visit_around(lines: Sequence[Line], recorded: Line) -> range:
    visit, place = recorded.content["visit"], lines.index(recorded)
    return range(
        next((at for at in range(place, -1, -1) if _is(lines[at], "visit_began", visit)), 0),
        next((at for at in range(place, len(lines)) if _is(lines[at], "visit_ended", visit)), len(lines)) + 1,
    )


def _is(line: Line, event: str, visit: object) -> bool:
    return line.event == event and line.content.get("visit") == visit


def _devices(evidence: Evidence, words: Words) -> Iterator[str]:
    recorded = _recording(evidence)
    if recorded is None:
        return
    before = {
        device: [change for change in changes if change.at <= recorded.at]
        for device, changes in evidence.devices.items()
    }
    stood = [device_state(words, device, changes[-1].state) for device, changes in before.items() if changes]
    if stood:
        yield words("evidence.stood", devices=words("measured.join").join(stood))


def _outbox(entry: Mapping[str, object], words: Words) -> str:
    at = _moment(datetime.fromisoformat(str(entry["settled_at"]))) if "settled_at" in entry else ""
    match entry.get("state"):
        case "pending" if code := entry.get("last_error"):
            return words("evidence.outbox.pending_error", attempts=entry["attempts"], code=code)
        case "pending":
            return words("evidence.outbox.pending", attempts=entry["attempts"])
        case "delivered":
            return words("evidence.outbox.delivered", at=at)
        case "rejected":
            return words("evidence.outbox.rejected", code=entry.get("rejected_as", ""), at=at)
        case "unreadable":
            return words("evidence.outbox.unreadable", why=entry.get("why", ""))
    return words("evidence.outbox.unknown")


def _belief(evidence: Evidence, words: Words) -> Iterator[str]:
    about, flaw = evidence.about, first_flaw(evidence)
    if flaw is not None:
        yield words("evidence.flawed", flaw=flaw)
    elif evidence.lines:
        yield words("evidence.whole", lines=len(evidence.lines))
    if about.problem is None:
        yield words("evidence.log_whole", lines=about.audit_lines)
    else:
        yield words("evidence.log_flawed", problem=about.problem)
    versions = {name: evidence.versions.get(name, "?") for name in ("xinxiang-kiosk", "python")}
    yield words("evidence.versions", version=versions["xinxiang-kiosk"], python=versions["python"])


def _moment(at: datetime) -> str:
    return f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"
