"""One line of the audit log as a plain sentence in the reader's language.

A word this program does not know, as of a later version, is told as it stands.
"""

from collections.abc import Mapping

from kiosk.audit.line import Line
from kiosk.domain.faults import fault_by_code
from kiosk.views.words import BEIJING, Words

_SECTIONS = {
    "kind": "kind", "role": "role", "was": "mode", "mode": "mode", "device": "device",
    "what": "carried", "order": "order", "trouble": "trouble",
}  # fmt: skip
"""Fields whose values are words of ours, and where the words for them stand."""


def sentence(line: Line, words: Words) -> str:
    """Return what a line says, with its time; "" for what only the log itself is concerned with."""
    said = _said(line, words)
    return words("evidence.line", at=line.at.astimezone(BEIJING), said=said) if said else ""


def device_state(words: Words, device: str, state: object) -> str:
    """Return how a device stands."""
    return words(
        "evidence.said.device_changed", device=_word(words, "device", device), state=_state(words, state)
    )


def _said(line: Line, words: Words) -> str:
    content, event = line.content, line.event
    match event:
        case "log_signed":
            return ""
        case "password_tried":
            return _word(words, "password", content["outcome"])
        case "slip_ended":
            key = "printed" if content["printed"] else "doubtful" if content["begun"] else "failed"
            return words(f"evidence.said.slip_{key}", failure=_word(words, "failure", content["failure"]))
        case "transaction_settled":
            key = "accepted" if content["state"] == "effective" else "refused"
            return words(f"evidence.said.transaction_{key}", **content)
        case "technician_disabled" if not content["disabled"]:
            return words("evidence.said.technician_restored", **content)
    key = f"evidence.said.{event}"
    return words(key, **_values(content, words)) if words.has(key) else event


def _values(content: Mapping[str, object], words: Words) -> dict[str, object]:
    values = dict(content)
    for name, section in _SECTIONS.items():
        if name in values:
            values[name] = _word(words, section, values[name])
    if "state" in values:
        values["state"] = _state(words, values["state"])
    if "fault" in values:
        values["meaning"] = _meaning(words, str(values["fault"]))
    return values


def _word(words: Words, section: str, word: object) -> str:
    key = f"evidence.{section}.{word}"
    return words(key) if words.has(key) else str(word)


def _state(words: Words, state: object) -> str:
    key = f"evidence.state.{state}"
    return words(key) if words.has(key) else words("evidence.state.refusing", code=state)


def _meaning(words: Words, code: str) -> str:
    try:
        return words(f"fault.{fault_by_code(code).code}.meaning")
    except KeyError:
        return ""
