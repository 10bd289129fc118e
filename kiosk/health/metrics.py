"""Numbers for operators: counts, states and times of the kiosk, and never a word about anybody.

The loop leaves its last state here, an immutable value, and goes on; whoever asks for numbers reads it on
another thread. So a slow or broken scrape can't hold the window up.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import version

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily
from prometheus_client.registry import Collector

from kiosk.backend import certificates
from kiosk.config import Config
from kiosk.domain.faults import FAULTS
from kiosk.domain.measures.supplementary import RULE_SET
from kiosk.domain.transaction import ClockQuality
from kiosk.flows import events as on
from kiosk.flows.conditions import Paper, PinPad
from kiosk.flows.mode import Kiosk, OutOfService, Starting
from kiosk.flows.visit import Home, TakingCard
from kiosk.health.starts import Starts

HUNG_S = 5.0  # a loop that turns thirty times a second and hasn't for so long
_MODES = ("Starting", "InService", "OutOfService", "EnteringMaintenance", "Maintenance")
_SECONDS = (0.005, 0.01, 0.02, 0.035, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)

Families = Iterator[GaugeMetricFamily | InfoMetricFamily]


class Metrics:
    """An observer of the loop, and the numbers that come of it."""

    def __init__(self, config: Config, starts: Starts, now: Callable[[], datetime]) -> None:
        self.registry = CollectorRegistry()
        self._visits = Counter("kiosk_visits", "Visits begun since the start", registry=self.registry)
        self._frames = Histogram(
            "kiosk_frame_seconds", "From one turn of the window's loop to the next",
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._turns = Histogram(
            "kiosk_turn_seconds", "What the kiosk's own part of a turn takes",
            buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._state = _State(config, starts, now)
        self.registry.register(self._state)
        ProcessCollector(registry=self.registry)
        self._turned_at_s: float | None = None

    def __call__(self, event: on.Event, before: Kiosk, after: Kiosk) -> None:
        """Keep what a step has come to."""
        self._state.kiosk = after
        if isinstance(event, on.OutboxChanged):
            self._state.outbox = event
        if isinstance(before.visit.state, Home) and not isinstance(after.visit.state, Home | TakingCard):
            self._visits.inc()

    def turned(self, began_s: float, ended_s: float) -> None:
        """Keep how long a turn of the loop took, by the steady clock."""
        if self._turned_at_s is not None:
            self._frames.observe(began_s - self._turned_at_s)
        self._turns.observe(ended_s - began_s)
        self._turned_at_s = began_s

    def page(self) -> bytes:
        """Return the numbers in Prometheus' text format. Any thread may ask."""
        return generate_latest(self.registry)

    def health(self, steady_s: float) -> tuple[bool, dict[str, object]]:
        """Return whether the kiosk serves, and why it doesn't. Any thread may ask."""
        kiosk, turned_at_s = self._state.kiosk, self._turned_at_s
        if kiosk is None or turned_at_s is None:
            return False, {"mode": "", "since_last_turn_s": None, "faults": []}
        silent_s = round(steady_s - turned_at_s, 1)
        conditions = kiosk.visit.conditions
        closed = isinstance(kiosk.mode, Starting | OutOfService)
        serves = not closed and not conditions.failed_services
        return serves and silent_s <= HUNG_S, {
            "mode": type(kiosk.mode).__name__,
            "since_last_turn_s": silent_s,
            "faults": [fault.code for fault in conditions.faults],
        }


class _State(Collector):
    """The present state as numbers, made when somebody asks for them."""

    def __init__(self, config: Config, starts: Starts, now: Callable[[], datetime]) -> None:
        self.kiosk: Kiosk | None = None
        self.outbox = on.OutboxChanged(0, 0)
        self._config = config
        self._starts = starts
        self._now = now

    def collect(self) -> Families:
        """Yield every family."""
        what = {"kiosk": self._config.kiosk.id, "version": version("xinxiang-kiosk"), "rules": RULE_SET}
        yield InfoMetricFamily("kiosk", "Which kiosk this is", what)
        yield _gauge("kiosk_starts", "Starts since the kiosk was set up", self._starts.starts)
        yield _gauge("kiosk_unasked_ends", "Runs that ended without being told to", self._starts.unasked)
        yield from self._transactions()
        yield from self._certificate()
        if self.kiosk is not None:
            yield from _of_kiosk(self.kiosk)

    def _transactions(self) -> Families:
        told = self.outbox
        states = {"pending": told.pending, "effective": told.effective, "rejected": told.rejected,
                  "lost": told.lost}  # fmt: skip
        yield _labelled("kiosk_transactions", "Transactions in the outbox by state", "state", states)
        oldest = told.oldest_pending
        age_s = 0.0 if oldest is None else max(0.0, (self._now() - oldest).total_seconds())
        yield _gauge("kiosk_oldest_pending_seconds", "Age of the oldest pending one; 0 if none is", age_s)
        yield _gauge("kiosk_outbox_accepts", "Whether the outbox takes new ones", told.refusal is None)

    def _certificate(self) -> Families:
        file = self._config.backend.client_cert
        if file is not None:
            try:
                ends = certificates.ends_of_file(file).timestamp()
            except certificates.Unusable:
                ends = 0.0
            yield _gauge("kiosk_certificate_expiry_timestamp_seconds", "When the kiosk's own ends", ends)


def _of_kiosk(kiosk: Kiosk) -> Families:
    now = kiosk.visit.conditions
    mode = type(kiosk.mode).__name__
    yield _labelled("kiosk_mode", "The mode it is in", "mode", {each: each == mode for each in _MODES})
    devices = {"card_reader": now.card_reader, "id_reader": now.id_reader, "printer": now.printer,
               "backend": now.online, "input_method": now.pinyin, "voice": now.voice}  # fmt: skip
    if now.pin_pad is not PinPad.NONE:  # none is configured: passwords are entered on the screen
        devices["pin_pad"] = now.pin_pad is PinPad.READY
    yield _labelled("kiosk_device_up", "Whether a device or the backend works", "device", devices)
    paper = {each.value: each is now.paper for each in Paper}
    yield _labelled("kiosk_paper", "How much paper there is", "paper", paper)
    standing = {fault.code for fault in now.faults}
    faults = GaugeMetricFamily("kiosk_fault", "Faults that stand now", labels=("code", "severity"))
    for fault in FAULTS:
        faults.add_metric((fault.code, fault.severity.value), fault.code in standing)
    yield faults
    is_right = now.clock is ClockQuality.SYNCHRONISED
    yield _gauge("kiosk_clock_synchronised", "Whether its clock agrees with the backend's", is_right)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, meaning, value=float(value))


def _labelled(
    name: str, meaning: str, label: str, values: dict[str, int] | dict[str, bool]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, meaning, labels=(label,))
    for each, value in values.items():
        family.add_metric((each,), float(value))
    return family
