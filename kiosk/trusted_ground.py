"""The trusted ground of maintenance, put together from its configuration: the door, and the audit log."""

from datetime import timedelta
from importlib.metadata import version
from queue import SimpleQueue

from kiosk.audit.events import KioskStarted
from kiosk.audit.log import AuditLog
from kiosk.audit.observer import AuditObserver
from kiosk.config import Config
from kiosk.domain.measures.supplementary import RULE_SET
from kiosk.maintenance_key import MaintenanceKey
from kiosk.runtime import Clock
from kiosk.services.audit import Audit, Told
from kiosk.technicians.attempts import Attempts
from kiosk.technicians.door import Door


def door_of(config: Config, clock: Clock) -> Door:
    """Return the door technicians come in by. Raises UnusableKey, and OSError."""
    attempts = Attempts.at(config.technicians_file.with_name("attempts.json"), clock.steady)
    return Door(config.technicians_file, MaintenanceKey.at(config.maintenance_key_file), attempts, clock.wall)


class AuditTrail:
    """The audit log's two ends: `observer` hears the loop, and `service` writes, on a thread of its own.

    Between them is an inbox, and nothing else is shared. `patience_s`: how long it listens at a time.
    """

    def __init__(self, config: Config, clock: Clock, patience_s: float) -> None:
        self._config = config
        self._clock = clock
        self._patience_s = patience_s
        self._key = MaintenanceKey.at(config.maintenance_key_file)
        self._inbox: SimpleQueue[Told] = SimpleQueue()
        self._inbox.put((clock.wall(), KioskStarted(version=version("xinxiang-kiosk"), rules=RULE_SET)))
        self.observer = AuditObserver(
            lambda at, event: self._inbox.put((at, event)), self._key.mark, clock.wall
        )

    def service(self) -> Audit:
        """Make the service that writes the log; it opens the files when it first writes."""
        config, clock = self._config, self._clock
        return Audit(
            lambda: AuditLog.open(config.audit_dir, config.kiosk.id, self._key.audit_signing, clock.wall()),
            self._inbox,
            wall=clock.wall,
            steady=clock.steady,
            keep=timedelta(days=config.maintenance.audit_keep_days),
            patience_s=self._patience_s,
        )
