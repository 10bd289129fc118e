"""The catalogue of faults: what can be out of order, how much it matters, and whose work it is.

    part and cause, as a driver or service names them  ->  fault_of  ->  a Fault with its code

The first digit of a code is the part. A code is never given a second meaning: technicians learn them, and
they stand on paper. What each means, why it happens and what to do is in the catalogues under
`fault.K-nnn`; docs/fault-codes.md is made from both, and each code is raised by a test.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Part(Enum):
    """What of the kiosk is out of order. The values are the names of its services, and the kiosk itself."""

    CARD_READER = "cards"
    ID_READER = "id_cards"
    PIN_PAD = "pin_pad"
    PRINTER = "printer"
    BACKEND = "backend"
    OUTBOX = "ledger"
    INPUT = "input_method"
    ACCESS = "access"
    VOICE = "voice"
    KIOSK = "kiosk"


class Severity(Enum):
    """How much it matters, worst first."""

    STOPS = "stops"  # a service is not offered, or something told could be lost
    LIMITS = "limits"  # citizens are served, with less
    SOON = "soon"  # nobody notices yet


class Who(Enum):
    """Whose work it is."""

    TECHNICIAN = "technician"
    SUPERVISOR = "supervisor"
    BUREAU = "bureau"  # who runs the network and the backend


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that can be out of order. `causes` are the words drivers and services have for it."""

    code: str
    part: Part
    causes: tuple[str, ...]
    severity: Severity
    who: Who = Who.TECHNICIAN


_CARDS, _ID_CARDS, _PIN_PAD, _PRINTER, _BACKEND, _OUTBOX, _INPUT, _ACCESS, _VOICE, _KIOSK = Part
_STOPS, _LIMITS, _SOON = Severity

# A device's or the outbox's last fault stands for causes that nobody has listed as well.
FAULTS: tuple[Fault, ...] = (
    Fault("K-101", _CARDS, ("no_device", "device_disconnected"), _STOPS),
    Fault("K-103", _CARDS, ("psam_missing",), _LIMITS),
    Fault("K-102", _CARDS, ("device_silent", "device_failed", "port_in_use"), _STOPS),
    Fault("K-201", _ID_CARDS, ("no_device", "device_disconnected"), _STOPS),
    Fault("K-202", _ID_CARDS, ("port_in_use",), _STOPS),
    Fault("K-203", _ID_CARDS, ("device_silent", "write_timed_out"), _STOPS),
    Fault("K-204", _ID_CARDS, ("device_failed",), _STOPS),
    Fault("K-205", _ID_CARDS, ("protocol_violation",), _STOPS),
    Fault("K-301", _PRINTER, ("paper_out",), _LIMITS),
    Fault("K-302", _PRINTER, ("cover_open",), _LIMITS),
    Fault("K-303", _PRINTER, ("cutter_error",), _LIMITS),
    Fault("K-304", _PRINTER, ("head_hot",), _LIMITS),
    Fault("K-305", _PRINTER, ("broken",), _LIMITS),
    Fault("K-306", _PRINTER, ("stalled",), _LIMITS),
    Fault("K-307", _PRINTER, ("silent",), _LIMITS),
    Fault("K-308", _PRINTER, ("no_device",), _LIMITS),
    Fault("K-309", _PRINTER, ("port_in_use",), _LIMITS),
    Fault("K-310", _PRINTER, ("unknown_outcome",), _LIMITS),
    Fault("K-311", _PRINTER, ("paper_low",), _SOON),
    Fault("K-312", _PRINTER, ("offline",), _LIMITS),
    Fault("K-401", _BACKEND, ("no_link",), _LIMITS),
    Fault("K-402", _BACKEND, ("name",), _LIMITS, Who.BUREAU),
    Fault("K-403", _BACKEND, ("connect",), _LIMITS, Who.BUREAU),
    Fault("K-404", _BACKEND, ("untrusted",), _LIMITS, Who.BUREAU),
    Fault("K-405", _BACKEND, ("certificate_expired",), _LIMITS, Who.BUREAU),
    Fault("K-406", _BACKEND, ("certificate_soon",), _SOON, Who.BUREAU),
    Fault("K-407", _BACKEND, ("own_certificate_unusable",), _LIMITS, Who.SUPERVISOR),
    Fault("K-408", _BACKEND, ("own_certificate_expired",), _LIMITS, Who.SUPERVISOR),
    Fault("K-409", _BACKEND, ("own_certificate_soon",), _SOON, Who.SUPERVISOR),
    Fault("K-410", _BACKEND, ("own_certificate_refused",), _LIMITS, Who.BUREAU),
    Fault("K-411", _BACKEND, ("tls",), _LIMITS, Who.BUREAU),
    Fault("K-412", _BACKEND, ("timeout",), _LIMITS, Who.BUREAU),
    Fault("K-413", _BACKEND, ("not_now",), _LIMITS, Who.BUREAU),
    Fault("K-414", _BACKEND, ("nonsense", "refused"), _LIMITS, Who.BUREAU),
    Fault("K-415", _BACKEND, ("slow",), _SOON, Who.BUREAU),
    Fault("K-416", _BACKEND, ("clock",), _LIMITS),
    Fault("K-501", _OUTBOX, ("backlog_full",), _STOPS, Who.BUREAU),
    Fault("K-502", _OUTBOX, ("disk_full",), _STOPS),
    Fault("K-503", _OUTBOX, ("read_only",), _STOPS),
    Fault("K-504", _OUTBOX, ("damage", "seal_broken"), _STOPS, Who.SUPERVISOR),
    Fault("K-505", _OUTBOX, ("salvaged", "lost"), _LIMITS, Who.SUPERVISOR),
    Fault("K-506", _OUTBOX, ("unusable_key",), _STOPS, Who.SUPERVISOR),
    Fault("K-507", _OUTBOX, ("owner_mismatch",), _STOPS, Who.SUPERVISOR),
    Fault("K-508", _OUTBOX, ("key_mismatch",), _STOPS, Who.SUPERVISOR),
    Fault("K-509", _OUTBOX, ("in_use",), _STOPS),
    Fault("K-510", _OUTBOX, ("rejected",), _SOON, Who.BUREAU),
    Fault("K-511", _OUTBOX, ("overdue",), _SOON, Who.BUREAU),
    Fault("K-513", _OUTBOX, ("no_copy",), _SOON),
    Fault("K-514", _OUTBOX, ("numbers_missing",), _LIMITS, Who.BUREAU),
    Fault("K-512", _OUTBOX, ("storage_failed", "storage_failure", "not_durable"), _STOPS),
    Fault("K-601", _KIOSK, ("service_failed",), _STOPS),
    Fault("K-602", _KIOSK, ("service_held_up",), _LIMITS),
    Fault("K-603", _KIOSK, ("ended_unasked",), _SOON),
    Fault("K-604", _KIOSK, ("disk_low",), _SOON),
    Fault("K-605", _KIOSK, ("fonts_missing",), _STOPS),
    Fault("K-606", _INPUT, ("no_dictionaries",), _LIMITS),
    Fault("K-607", _KIOSK, ("receipt_key_unusable",), _LIMITS, Who.SUPERVISOR),
    Fault("K-608", _KIOSK, ("receipt_key_missing",), _SOON, Who.SUPERVISOR),
    Fault("K-609", _KIOSK, ("config_invalid",), _SOON, Who.SUPERVISOR),
    Fault("K-610", _ACCESS, ("no_technicians",), _SOON, Who.SUPERVISOR),
    Fault("K-611", _ACCESS, ("roster_unusable",), _SOON, Who.SUPERVISOR),
    Fault("K-612", _KIOSK, ("audit_altered",), _LIMITS, Who.SUPERVISOR),
    Fault("K-613", _KIOSK, ("audit_unwritten",), _LIMITS),
    Fault("K-701", _PIN_PAD, ("no_device", "device_disconnected"), _LIMITS),
    Fault("K-702", _PIN_PAD, ("port_in_use",), _LIMITS),
    Fault("K-703", _PIN_PAD, ("device_silent", "write_timed_out"), _LIMITS),
    Fault("K-704", _PIN_PAD, ("protocol_violation",), _LIMITS),
    Fault("K-705", _PIN_PAD, ("device_failed",), _LIMITS),
    Fault("K-802", _VOICE, ("no_words", "unspoken"), _LIMITS),
    Fault("K-801", _VOICE, ("no_device", "device_disconnected", "port_in_use"), _LIMITS),
)

_BY_CAUSE = {(fault.part, cause): fault for fault in FAULTS for cause in fault.causes}
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
_BY_CODE = {fault.code: fault for fault in FAULTS}
_OTHERWISE = {fault.part: fault for fault in FAULTS} | {
    _KIOSK: _BY_CODE["K-601"],
    _BACKEND: _BY_CODE["K-403"],
}


def fault_of(part: Part, cause: str) -> Fault:
    """Return what a cause means; one that nobody has listed is the part's most general fault."""
    return _BY_CAUSE.get((part, cause), _OTHERWISE[part])


def fault_by_code(code: str) -> Fault:
    """Return the fault of a code. Raises KeyError."""
    return _BY_CODE[code]


def worst_first(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults in the order somebody should see to them: by severity, then by code."""
    by_code = {fault.code: fault for fault in faults}
    return tuple(sorted(by_code.values(), key=lambda fault: (_RANKS[fault.severity], fault.code)))
