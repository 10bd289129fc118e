"""Where evidence comes from: inside a running kiosk its services; from a shell its socket or its files."""

from collections.abc import Mapping

from drivers.control_socket import RequestRefused, ask
from kiosk.audit.events import AuditEvent
from kiosk.audit.head import Head
from kiosk.audit_desk import running_head, tell
from kiosk.config import Config
from kiosk.control import control_path
from kiosk.evidence.making import Sources
from kiosk.health.asking import Call
from kiosk.outbox_file import open_outbox
from kiosk.queue_desk import Desk, Told, shown
from kiosk.services.audit import Audit
from kiosk.services.ledger import Ledger
from kiosk.services.routes import AUDIT, LEDGER
from kiosk.services.service import Service
from offline_queue.errors import OutboxError


def at_work(config: Config, call: Call) -> Sources:
    """Return the sources inside a running kiosk: each service is asked on its own thread, by `call`.

    What they raise reaches whoever makes the evidence: NotWorking, OSError.
    """

    def transaction(number: str) -> Told:
        def find(service: Service) -> Told:
            assert isinstance(service, Ledger)
            try:
                return shown(Desk(service.outbox, config), number)
            except OutboxError as error:
                return _unreadable(error)

        told = call(LEDGER, find)
        assert isinstance(told, Mapping)
        return told

    def tell_log(event: AuditEvent) -> None:
        call(AUDIT, lambda service: _audit(service).tell(event))

    def ends() -> Head:
        head = call(AUDIT, lambda service: _audit(service).head())
        assert isinstance(head, Head)
        return head

    return Sources(config, transaction, tell_log, ends)


def from_a_shell(config: Config) -> Sources:
    """Return the sources outside: a running kiosk is asked, and the files of one that isn't are opened."""
    return Sources(
        config,
        transaction=lambda number: _transaction(config, number),
        tell=lambda event: tell(config, event),
        ends=lambda: running_head(config),
    )


def _transaction(config: Config, number: str) -> Told:
    try:
        return ask(control_path(config), "queue show", key=number)
    except RequestRefused as refusal:
        raise LookupError(str(refusal)) from None
    except OSError:
        return _transaction_in_files(config, number)


def _transaction_in_files(config: Config, number: str) -> Told:
    try:
        outbox = open_outbox(config)
    except OutboxError as error:
        return _unreadable(error)
    try:
        return shown(Desk(outbox, config), number)
    finally:
        outbox.close()


def _unreadable(error: OutboxError) -> Told:
    return {"state": "unreadable", "why": error.word}


def _audit(service: Service) -> Audit:
    assert isinstance(service, Audit)
    return service
