"""The health of the window's loop while it runs: counted starts, numbers for operators, a word to systemd."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

import structlog

from kiosk.config import Config
from kiosk.health import starts
from kiosk.health.metrics import Metrics
from kiosk.health.metrics_server import MetricsServer
from kiosk.health.supervisor import environment_supervisor


class WindowHealth:
    """Begun before the window opens, closed when its loop has ended. For the thread of the loop."""

    def __init__(self, config: Config, log: structlog.BoundLogger) -> None:
        self._folder = config.kiosk.data_dir
        counted = starts.Starts()
        with suppress(OSError):  # a disk that takes no writes is a fault of its own, and no reason to be dark
            counted = starts.begin(self._folder)
        self.metrics = Metrics(config, counted, lambda: datetime.now(UTC))
        self._supervisor = environment_supervisor(time.monotonic)
        self._server: MetricsServer | None = None
        if config.metrics.enabled:
            try:
                self._server = MetricsServer(config.metrics.port, self.metrics, time.monotonic)
            except OSError as error:
                log.warning("no metrics", fault=type(error).__name__)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Measure one turn of the loop, and tell that it was made."""
        began_s = time.monotonic()
        yield
        self.metrics.turned(began_s, time.monotonic())
        self._supervisor.turned()

    def asked_to_end(self) -> None:
        """Note at once that the end was asked for: the X server may take the process with it any moment."""
        with suppress(OSError):
            starts.end(self._folder)
        self._supervisor.stopping()

    def close(self) -> None:
        """Let go of port and socket."""
        if self._server is not None:
            self._server.close()
        self._supervisor.close()
