"""The control socket of a running kiosk, and how the command line asks through it.

Only the kiosk's own user may: the socket is 0600. What it offers reads nobody's data and deletes nothing.
"""

from collections.abc import Callable
from pathlib import Path

from drivers.control_socket import Answer, Hands
from kiosk import queue_desk
from kiosk.config import Config
from kiosk.health.inspections import Inspection, examined
from kiosk.services.ledger import Ledger
from kiosk.services.routes import LEDGER
from kiosk.services.service import Service
from kiosk.threads import ThreadedCrew


def control_path(config: Config) -> Path:
    """Return where a kiosk's control socket is."""
    return config.kiosk.data_dir / "control"


def doctor_hands(inspections: tuple[Inspection, ...]) -> Hands:
    """Return the checks of a running kiosk: those made together are asked for by the first of them."""

    def check(check: str) -> Answer:
        found = examined(each for each in inspections if each.checks[0] == check)
        return {"findings": [finding.as_json() for finding in found]}

    return {"doctor": check}


def queue_hands(crew: ThreadedCrew) -> Hands:
    """Return the questions about the outbox, each asked on the thread that owns it."""

    def asked(question: Callable[..., Answer], **args: str) -> Answer:
        def ask(service: Service) -> Answer:
            assert isinstance(service, Ledger)
            return question(service.outbox, **args)

        answer = crew.call(LEDGER, ask)
        assert isinstance(answer, dict)
        return answer

    def list_entries(state: str = "") -> Answer:
        return asked(queue_desk.listed, state=state)

    def show(key: str) -> Answer:
        return asked(queue_desk.shown, key=key)

    def retry(key: str) -> Answer:
        return asked(queue_desk.retried, key=key)

    def verify() -> Answer:
        return asked(queue_desk.verified)

    return {"queue list": list_entries, "queue show": show, "queue retry": retry, "queue verify": verify}
