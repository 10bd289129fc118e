"""Findings, remembered faults, and readiness reports: made, kept, and carried out."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.config import Config
from kiosk.domain.readiness import Report
from kiosk.flows.maintenance import effects as order
from kiosk.flows.maintenance import events as tech
from kiosk.flows.maintenance.events import Run, What
from kiosk.health.fault_memory import recent
from kiosk.health.inspections import Inspection, examined
from kiosk.health.readiness import FOLDER, file_report, signing_key
from kiosk.services.upkeep import Hands
from kiosk.upkeep.sticks import Sticks, carry, stick
from kiosk.views.words import Words

CHAINS = {"outbox.chain", "kiosk.audit"}
"""A walk of a chain takes a while in a long one; the readiness report has them."""


@dataclass(frozen=True, slots=True)
class ReportHands:
    """`every` inspection of the running kiosk, and `network` the way to the backend alone."""

    config: Config
    every: tuple[Inspection, ...]
    network: Inspection
    words: Mapping[str, Words]
    fonts_dir: Path
    now: Callable[[], datetime]
    sticks: Sticks

    def hands(self) -> Hands:
        """Return what is done for each order."""
        return {
            order.Examine: self._examine,
            order.TellFaults: lambda _: self._tell_faults(),
            order.FileReport: self._file,
            order.CarryReport: self._carry,
        }

    def _examine(self, ordered: order.Examine) -> Iterator[tech.Found | tech.RunEnded]:
        for finding in examined(self._inspections(ordered.run)):
            yield tech.Found(ordered.ticket, finding)
        yield tech.RunEnded(ordered.ticket)

    def _inspections(self, run: Run) -> Iterable[Inspection]:
        match run:
            case Run.NETWORK:
                return (self.network,)
            case Run.OVERVIEW:
                return (each for each in self.every if not CHAINS & {*each.checks})
            case Run.READINESS:
                return self.every

    def _tell_faults(self) -> Iterator[tech.FaultsTold]:
        yield tech.FaultsTold(
            tuple(
                tech.PastFault(each.fault.code, each.began_at, each.ended_at)
                for each in recent(self.config.kiosk.data_dir)
            )
        )

    def _file(self, ordered: order.FileReport) -> Iterator[tech.ReportFiled]:
        """Keep the report. A disk that takes no files is a finding of its own: the slip can still be had."""
        ended_at = self.now()
        began_at = ended_at - timedelta(milliseconds=sum(each.took_ms for each in ordered.findings))
        kiosk = self.config.kiosk
        report = Report(kiosk.id, kiosk.site, began_at, ended_at, ordered.findings)
        try:
            words, key = self.words[ordered.language], signing_key(self.config)
            filed = file_report(report, self._folder, key, words, self.fonts_dir)
        except OSError:
            yield tech.ReportFiled(ordered.ticket, report, "")
        else:
            yield tech.ReportFiled(ordered.ticket, report, filed.json.stem)

    def _carry(self, ordered: order.CarryReport) -> Iterator[tech.Carried | tech.CarriedOut]:
        folder = stick(self.sticks)
        for suffix in ("json", "pdf"):
            yield from carry(self._folder / f"{ordered.name}.{suffix}", folder, ordered.ticket)
        yield tech.CarriedOut(ordered.ticket, What.REPORT, ordered.name, 2)

    @property
    def _folder(self) -> Path:
        return self.config.kiosk.data_dir / FOLDER
