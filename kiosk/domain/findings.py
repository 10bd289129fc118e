"""What a check of the kiosk has found: one value for doctor, network probe and readiness report.

A finding names its check, the faults it met and what it measured. It holds nobody's data, and no words:
these stand in the catalogues under `check`, `fault` and `measured`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from kiosk.domain.faults import Fault, Severity, fault_by_code

CHECKS = (
    "device.card_reader", "device.id_reader", "device.pin_pad", "device.printer", "device.input",
    "device.voice",
    "backend.link", "backend.name", "backend.connection", "backend.own_certificate", "backend.certificate",
    "backend.health", "backend.latency", "backend.clock",
    "outbox.entries", "outbox.chain",
    "kiosk.disk", "kiosk.fonts", "kiosk.receipt_key", "kiosk.config",
    "kiosk.technicians", "kiosk.audit", "kiosk.versions", "kiosk.starts",
)  # fmt: skip
"""Every check there is, in the order they are told."""

MEASURES = (
    "reader", "psam", "sam", "paper", "interfaces", "address", "chain", "days_left", "latency_ms", "offset_s",
    "pending", "rejected", "lost", "oldest_h", "rows", "first_break", "free_mb", "missing", "key", "mistakes",
    "version", "rules", "python", "system", "starts", "unasked",
)  # fmt: skip
"""Everything a check may read off."""


class Verdict(Enum):
    """How a check ended, worst last."""

    WELL = "well"
    SKIPPED = "skipped"  # there was nothing to check, or an earlier one has to be put right first
    NOTED = "noted"  # it works, and something is to be done soon
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Measured:
    """A value a check has read off: `name` is its key under `measured`, `value` a number or plain text."""

    name: str
    value: int | str


@dataclass(frozen=True, slots=True)
class Finding:
    """How one check ended. `check` is its key under `check`; `faults` stand worst first."""

    check: str
    faults: tuple[Fault, ...] = ()
    measured: tuple[Measured, ...] = ()
    took_ms: int = 0
    skipped: bool = False

    @property
    def verdict(self) -> Verdict:
        """How it ended."""
        if self.skipped:
            return Verdict.SKIPPED
        if not self.faults:
            return Verdict.WELL
        return Verdict.NOTED if self.faults[0].severity is Severity.SOON else Verdict.FAILED

    def as_json(self) -> dict[str, object]:
        """Return it as JSON can carry it."""
        return {
            "check": self.check,
            "verdict": self.verdict.value,
            "faults": [fault.code for fault in self.faults],
            "measured": {each.name: each.value for each in self.measured},
            "took_ms": self.took_ms,
        }

    @classmethod
    def from_json(cls, told: object) -> "Finding":
        """Return the finding that `as_json` told. Raises ValueError when it is none."""
        match told:
            case {
                "check": str(check), "verdict": str(verdict), "faults": list(codes),
                "measured": dict(measured), "took_ms": int(took_ms),
            }:  # fmt: skip
                try:
                    faults = tuple(fault_by_code(code) for code in codes)
                except KeyError as unknown:
                    raise ValueError(f"unknown fault {unknown}") from None
                values = tuple(Measured(str(name), value) for name, value in measured.items())
                return cls(check, faults, values, took_ms, skipped=Verdict(verdict) is Verdict.SKIPPED)
        raise ValueError("not a finding")


def worst(findings: Iterable[Finding]) -> Verdict:
    """Return how the whole stands: as its worst finding. What was skipped counts as well."""
    order = list(Verdict)
    verdict = max((finding.verdict for finding in findings), key=order.index, default=Verdict.WELL)
    return Verdict.WELL if verdict is Verdict.SKIPPED else verdict
