"""The readiness report: every check that needs no hands, made once, with its time. It holds nobody's data."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.faults import Fault, worst_first
from kiosk.domain.findings import Finding, Verdict, worst


@dataclass(frozen=True, slots=True)
class Report:
    """What was found at one kiosk between two moments."""

    kiosk: str
    site: str
    began_at: datetime
    ended_at: datetime
    findings: tuple[Finding, ...]

    @property
    def verdict(self) -> Verdict:
        """How the kiosk stands as a whole."""
        return worst(self.findings)

    @property
    def took_s(self) -> int:
        """Whole seconds from beginning to end, at least one."""
        return max(1, round((self.ended_at - self.began_at).total_seconds()))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that is out of order, worst first."""
        return worst_first(fault for finding in self.findings for fault in finding.faults)

    def count(self, verdict: Verdict) -> int:
        """Return how many checks ended so."""
        return sum(finding.verdict is verdict for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """Return it as JSON can carry it; times are in ISO 8601, to the second."""
        return {
            "kiosk": self.kiosk,
            "site": self.site,
            "began_at": self.began_at.isoformat(timespec="seconds"),
            "ended_at": self.ended_at.isoformat(timespec="seconds"),
            "verdict": self.verdict.value,
            "findings": [finding.as_json() for finding in self.findings],
        }

    @classmethod
    def from_json(cls, told: object) -> "Report":
        """Return the report that `as_json` told. Raises ValueError when it is none."""
        match told:
            case {
                "kiosk": str(kiosk), "site": str(site), "began_at": str(began), "ended_at": str(ended),
                "findings": list(findings),
            }:  # fmt: skip
                made = tuple(Finding.from_json(each) for each in findings)
                return cls(kiosk, site, datetime.fromisoformat(began), datetime.fromisoformat(ended), made)
        raise ValueError("not a readiness report")
