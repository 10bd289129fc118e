"""Which faults stand, as the events of devices and surroundings tell it, and checks of what has no events.

Each event decides about some faults and says nothing of the others, so that one that is mended leaves and
the rest stay. No fault is decided about by two.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.domain.faults import FAULTS, Fault, Part, fault_of, worst_first
from kiosk.domain.transaction import ClockQuality
from kiosk.flows import events as on
from kiosk.flows.conditions import Paper
from kiosk.flows.maintenance import events as tech

_CLOCK = fault_of(Part.BACKEND, "clock")
_NUMBERS = fault_of(Part.OUTBOX, "numbers_missing")
_SERVICE_FAILED = fault_of(Part.KIOSK, "service_failed")
HELD_UP = fault_of(Part.KIOSK, "service_held_up")
"""No event decides about it: a start that takes too long does, and its end (mode.py)."""


def _codes(part: Part, *causes: str) -> frozenset[str]:
    return frozenset(fault_of(part, cause).code for cause in causes)


ONLY_CHECKED: Mapping[str, frozenset[str]] = {
    "backend.own_certificate": _codes(
        Part.BACKEND, "own_certificate_unusable", "own_certificate_expired", "own_certificate_soon"
    ),
    "backend.certificate": _codes(Part.BACKEND, "untrusted", "certificate_expired", "certificate_soon"),
    "backend.latency": _codes(Part.BACKEND, "slow"),
    "outbox.entries": _codes(Part.OUTBOX, "overdue"),
    "kiosk.disk": _codes(Part.KIOSK, "disk_low"),
    "kiosk.fonts": _codes(Part.KIOSK, "fonts_missing"),
    "kiosk.receipt_key": _codes(Part.KIOSK, "receipt_key_unusable", "receipt_key_missing"),
    "kiosk.config": _codes(Part.KIOSK, "config_invalid"),
    "kiosk.technicians": _codes(Part.ACCESS, "no_technicians", "roster_unusable"),
    "kiosk.audit": _codes(Part.KIOSK, "audit_altered", "audit_unwritten"),
    "kiosk.starts": _codes(Part.KIOSK, "ended_unasked"),
}
"""The faults that only a check finds, by that check. kiosk/upkeep/round.py makes these checks by itself."""

_DECIDED_APART = frozenset({_CLOCK.code, _NUMBERS.code}).union(*ONLY_CHECKED.values())
_CODES = {
    part: frozenset(fault.code for fault in FAULTS if fault.part is part) - _DECIDED_APART for part in Part
}


@dataclass(frozen=True, slots=True)
class _Decision:
    """What an event has to say: of the faults with the codes it is about, these stand."""

    about: frozenset[str]
    standing: tuple[Fault, ...]


def faults_after(faults: tuple[Fault, ...], event: on.Event) -> tuple[Fault, ...]:
    """Return the faults that stand after an event, worst first."""
    decision = _decision(event)
    if decision is None or not (faults or decision.standing):
        return faults
    return worst_first((*(each for each in faults if each.code not in decision.about), *decision.standing))


def _decision(event: on.Event) -> _Decision | None:
    match event:
        case on.CardReaderChanged(ready, cause):
            return _of_part(Part.CARD_READER, () if ready else (cause,))
        case on.IdReaderChanged(ready, cause):
            return _of_part(Part.ID_READER, () if ready else (cause,))
        case on.PinPadChanged(_, cause):
            return _of_part(Part.PIN_PAD, (cause,) if cause else ())
        case on.PrinterChanged(ready, paper, cause):
            low = ("paper_low",) if paper is Paper.LOW else ()
            return _of_part(Part.PRINTER, (cause,) if cause or not ready else low)
        case on.LinkChanged(online, cause):
            return _of_part(Part.BACKEND, () if online else (cause,))
        case on.ClockChecked(quality):
            wrong = quality is not ClockQuality.SYNCHRONISED
            return _Decision(frozenset({_CLOCK.code}), (_CLOCK,) if wrong else ())
        case on.OutboxChanged(_, rejected, refusal, lost=lost, salvaged=salvaged, copied=copied):
            noted = {"rejected": rejected, "lost": lost, "salvaged": salvaged, "no_copy": not copied}
            causes = (refusal, *(cause for cause, is_so in noted.items() if is_so))
            return _of_part(Part.OUTBOX, tuple(cause for cause in causes if cause is not None))
        case on.NumbersChecked(in_order):
            return _Decision(frozenset({_NUMBERS.code}), () if in_order else (_NUMBERS,))
        case on.InputMethodReady(ready):
            return _of_part(Part.INPUT, () if ready else ("no_dictionaries",))
        case on.VoiceReady(_, cause):
            return _of_part(Part.VOICE, (cause,) if cause else ())
        case on.ServiceFailed():
            return _Decision(frozenset(), (_SERVICE_FAILED,))
        case tech.Found(finding=finding) | tech.Noticed(finding):
            was_made = not finding.skipped and HELD_UP not in finding.faults
            about = ONLY_CHECKED.get(finding.check, frozenset()) if was_made else frozenset()
            return _Decision(about, tuple(fault for fault in finding.faults if fault.code in about))
    return None


def _of_part(part: Part, causes: tuple[str, ...]) -> _Decision:
    return _Decision(_CODES[part], tuple(fault_of(part, cause) for cause in causes))
