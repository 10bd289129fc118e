"""All hands of maintenance put together, and the services that use them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kiosk.config import Config
from kiosk.health import inspections
from kiosk.health.asking import AtWork
from kiosk.services.power import Power
from kiosk.services.service import Service
from kiosk.services.upkeep import Upkeep
from kiosk.upkeep.evidence import EvidenceHands
from kiosk.upkeep.outbox import OutboxHands
from kiosk.upkeep.power import PowerHands, Switch
from kiosk.upkeep.reports import ReportHands
from kiosk.upkeep.round import Round
from kiosk.upkeep.sticks import Sticks
from kiosk.views.words import Words

WITHDRAWN_FILE = "withdrawn"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the hands reach for. `call` asks a service of the running kiosk where it works."""

    config: Config
    config_file: Path | None
    call: Callable[[str, Callable[[Service], object]], object]
    words: Mapping[str, Words]
    fonts_dir: Path
    now: Callable[[], datetime]
    steady: Callable[[], float]
    sticks: Sticks
    switch: Switch


def upkeep(around: Surroundings) -> Upkeep:
    """Return the service of whatever may take long."""
    config = around.config
    looked_at = inspections.Kiosk(config, around.config_file, around.fonts_dir, around.now)
    every = inspections.inspections(looked_at, AtWork(around.call))
    rounds = Round(every, inspections.certificate_inspection(looked_at), around.steady)
    reports = ReportHands(
        config,
        every,
        inspections.network_inspection(looked_at),
        around.words,
        around.fonts_dir,
        around.now,
        around.sticks,
    )
    outbox = OutboxHands(config, around.call, around.now, around.sticks)
    evidence = EvidenceHands(config, around.call, around.now, around.sticks)
    return Upkeep({**reports.hands(), **outbox.hands(), **evidence.hands()}, rounds)


def power(around: Surroundings) -> Power:
    """Return the service of what must never wait, as the kiosk was left."""
    hands = PowerHands(around.config.kiosk.data_dir / "maintenance" / WITHDRAWN_FILE, around.switch)
    return Power(hands.hands(), hands.withdrawn())
